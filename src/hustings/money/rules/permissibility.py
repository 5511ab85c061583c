"""May this donor give? The kinds of PPERA 2000 s. 54(2), the evidence each needs, and what the evidence says.

`asks` in the table names the evidence of a kind; `QUESTIONS` says each in words. An answer is "yes", "no" or "unknown",
with words of where it was seen. One "no" to what the law asks makes a donor impermissible, one unknown makes it unclear.
What is asked only by a proposed rule (rules/tables/pending_donation_rules.toml) warns and never refuses.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from hustings.basics.entries import Entry
from hustings.basics.money import format_pence
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.money.rules.donation_law import PERMISSIBLE, pending_rule

Answer = Literal["yes", "no", "unknown"]
Outcome = Literal["permissible", "impermissible", "unclear"]

QUESTIONS: Mapping[str, str] = {
    "register": gettext_noop("Was the donor on a UK electoral register on the day of receipt?"),
    "register_before_death": gettext_noop(
        "Was the giver on a UK electoral register at any time in the five years before death?"
    ),
    "anonymity_certificate": gettext_noop("Did the donor show the certificate of anonymous registration?"),
    "company_number": gettext_noop("Is the company number on the public register, and the company active?"),
    "incorporated_in_uk": gettext_noop("Is the company incorporated in the United Kingdom?"),
    "carries_on_business": gettext_noop("Does it carry on business in the United Kingdom?"),
    "registered_party": gettext_noop("Is the party on the Electoral Commission's register?"),
    "listed_union": gettext_noop("Is the union on the Certification Officer's list?"),
    "registered_society": gettext_noop("Is the society on the public register of societies?"),
    "two_members": gettext_noop("Does the association have two members or more?"),
    "office_in_uk": gettext_noop("Are its main office and its activities in the United Kingdom?"),
    "uk_headquarters": gettext_noop("Proposed: are its headquarters in the United Kingdom?"),
    "uk_control": gettext_noop("Proposed: is it owned or controlled in the United Kingdom?"),
    "revenue_covers_gift": gettext_noop("Proposed: do its accounts show revenue enough for this gift?"),
    "risk_assessment": gettext_noop(
        "Proposed: was the risk assessed that the money comes from somebody else?"
    ),
}


class AnswersMissing(Refusal):
    """A check leaves a question without an answer, or an answer without where it was seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The answer to one question, and where it was seen."""

    answer: Answer
    seen: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a check found: the outcome, a sentence, the table entries that decided, and warnings."""

    outcome: Outcome
    sentence: str
    entries: tuple[str, ...]
    warnings: tuple[str, ...] = ()


def questions_for(*, kind: str, on: date, pending: Iterable[str] = ()) -> tuple[str, ...]:
    """The keys of the questions for a kind of donor on a day; none for a kind that may never give.

    `pending` are the proposed rules that somebody switched on.
    """
    entry = _entry(kind, on)
    asked = list(entry.texts("asks")) if entry else []
    for key in pending:
        if key == "company_test" and kind not in {"company", "llp"}:
            continue
        rule = pending_rule(key=key)
        asked.extend(rule.texts("asks") if "asks" in rule.values else ())
    return tuple(dict.fromkeys(asked))


def judge(
    *,
    kind: str,
    on: date,
    answers: Mapping[str, Evidence],
    pending: Iterable[str] = (),
    is_crypto: bool = False,
    overseas_year_pence: int | None = None,
) -> Finding:
    """Say what the answers mean on the day of receipt.

    `overseas_year_pence` is what an overseas elector has given in the year, this gift included; none for anybody else. Raises
    `AnswersMissing` where a question of the law has no answer, or a yes or no does not say where it was seen.
    """
    entry = _entry(kind, on)
    if entry is None:
        return Finding(
            outcome="impermissible",
            sentence="This kind of donor is not named in PPERA 2000 s. 54(2). Return the gift.",
            entries=(),
        )
    asked = entry.texts("asks")
    for key in asked:
        found = answers.get(key)
        if found is None:
            raise AnswersMissing(
                key, gettext_noop("Answer the question: {question}"), question=QUESTIONS[key]
            )
        if found.answer != "unknown" and not found.seen.strip():
            raise AnswersMissing(
                key, gettext_noop("Say where you saw the answer to: {question}"), question=QUESTIONS[key]
            )
    no = [key for key in asked if answers[key].answer == "no"]
    unknown = [key for key in asked if answers[key].answer == "unknown"]
    warnings = [entry.warning] if entry.warning else []
    entries = [entry.id]
    pending = tuple(pending)
    warnings += _proposed(kind, answers, pending, entries, is_crypto, overseas_year_pence)
    if no and entry.is_confirmed:
        outcome: Outcome = "impermissible"
        sentence = f"Not permissible: {_words(no)} Answered no. Return the gift within the time."
    elif no or unknown:
        outcome = "unclear"
        sentence = (
            f"It cannot be told yet: {_words(no or unknown)} Find out within the time, or return the gift."
        )
    else:
        outcome = "permissible"
        sentence = f"Permissible: {entry.text('means')}"
    return Finding(outcome=outcome, sentence=sentence, entries=tuple(entries), warnings=tuple(warnings))


def _proposed(
    kind: str,
    answers: Mapping[str, Evidence],
    pending: tuple[str, ...],
    entries: list[str],
    is_crypto: bool,
    overseas_year_pence: int | None,
) -> list[str]:
    """Warnings of the proposed rules that are switched on; they never decide."""
    warnings = []
    for key in pending:
        rule = pending_rule(key=key)
        asks = rule.texts("asks") if "asks" in rule.values else ()
        if key == "company_test" and kind not in {"company", "llp"}:
            continue
        concerns = any(answers.get(ask, Evidence(answer="unknown")).answer != "yes" for ask in asks)
        if key == "crypto_moratorium":
            concerns = is_crypto
        if key == "overseas_cap":
            concerns = overseas_year_pence is not None and overseas_year_pence > rule.integer("yearly_pence")
        if not concerns:
            continue
        entries.append(rule.id)
        told = (
            f" This donor's year: {format_pence(overseas_year_pence)}."
            if key == "overseas_cap" and overseas_year_pence
            else ""
        )
        warnings.append(f"Proposed, not known to be law: {rule.text('says')}{told} {rule.note}".strip())
    return warnings


def _entry(kind: str, on: date) -> Entry | None:
    return next((entry for entry in PERMISSIBLE.history(key=kind) if entry.span.contains(on)), None)


def _words(keys: Iterable[str]) -> str:
    return " ".join(QUESTIONS[key] for key in keys)
