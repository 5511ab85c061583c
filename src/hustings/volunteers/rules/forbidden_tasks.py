"""What an event may not be: the dated list of acts that the law forbids, and how an event is held against it.

There is no kind of event and no task for any of them (a test reads the lists). What people write in free words is looked at too:
what rests on a source refuses, what does not (status known) warns, as everywhere in Hustings.
"""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hustings.basics.tables import Entry, NoRuleInForce, Status, load_table

CONDUCT = load_table(Path(__file__).parent / "tables" / "conduct.toml")

#: Every act on the list, in its order.
ACTS = tuple(key[0] for key in CONDUCT.keys)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something about an event that the law minds; it refuses where the rule is confirmed, else it warns. `rule` is its entry."""

    act: str
    sentence: str
    is_refusal: bool
    rule: str


def acts_in(*, text: str, on: date) -> list[Finding]:
    """The forbidden acts that free words seem to speak of, on a day. A denial in the same sentence ("we never …") is not one."""
    found = []
    for act in ACTS:
        entry = _entry(act, on)
        if entry is None or not entry.text("words"):
            continue
        if any(_speaks_of(entry, sentence) for sentence in re.split(r"[.!?\n]+", text.lower())):
            found.append(_finding(act, entry))
    return found


def findings_of(
    *, text: str, food: str, food_purpose: str, is_paid: bool, is_canvassing: bool, on: date
) -> list[Finding]:
    """Everything that the law minds about an event with these words and answers.

    `food` is `none`, `helpers` or `everybody`. Food for whoever comes warns; so does pay for canvassing.
    """
    found = acts_in(text=f"{text}\n{food_purpose}", on=on)
    if food == "everybody" and (entry := _entry("treating", on)):
        found.append(_finding("treating", entry))
    if is_paid and is_canvassing and (entry := _entry("paid_canvassing", on)):
        found.append(_finding("paid_canvassing", entry))
    return list({finding.act: finding for finding in found}.values())


def _entry(act: str, on: date) -> Entry | None:
    try:
        return CONDUCT.entry(on=on, act=act)
    except NoRuleInForce:
        return None


def _speaks_of(entry: Entry, sentence: str) -> bool:
    if re.search(r"\b(?:no|not|never|nobody|without|don't|unpaid)\b", sentence):
        return False
    has_words = _has(entry.text("words"), sentence)
    verbs = entry.text("verbs")
    return has_words and (not verbs or _has(verbs, sentence))


def _has(words: str, sentence: str) -> bool:
    return any(re.search(rf"\b{re.escape(word)}s?\b", sentence) for word in words.split("|"))


def _finding(act: str, entry: Entry) -> Finding:
    return Finding(
        act=act,
        sentence=entry.text("sentence"),
        is_refusal=entry.status in {Status.SOURCED, Status.DERIVED},
        rule=entry.id,
    )
