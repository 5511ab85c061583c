"""Does this material need an imprint? The dated regimes of rules 1.1 and the steps of 1.2."""

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from hustings.basics.refusals import gettext_noop
from hustings.basics.tables import Entry, NoRuleInForce, RuleTable, load_table
from hustings.clearance.rules.facts import DIGITAL, TELEPHONED, MaterialFacts, Publisher, Subject

_TABLES = Path(__file__).parent / "tables"


@cache
def regimes() -> RuleTable:
    """Which material needs an imprint, by day of publication."""
    return load_table(_TABLES / "imprint_regimes.toml")


@cache
def exemptions() -> RuleTable:
    """Which material is exempt, by day of publication and text of law."""
    return load_table(_TABLES / "imprint_exemptions.toml")


@dataclass(frozen=True, kw_only=True)
class Duty:
    """Whether an imprint is needed, why, and how sure that is.

    `is_confirmed` is false where the answer rests on an entry that was not read in a source: then what is
    missing becomes a warning and not a refusal. `entry` is the entry that decided; `law` names it in words.
    """

    is_required: bool
    is_confirmed: bool
    code: str
    sentence: str
    step: str
    entry: Entry | None = None
    details: MappingProxyType[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def law(self) -> str:
        """The law the answer rests on; empty where there is none."""
        return self.details.get("law", "")


def missing_facts(facts: MaterialFacts) -> tuple[str, ...]:
    """The names of the facts without which nobody can tell whether an imprint is needed (checklist I1)."""
    wanted = ("medium", "nation", "election", "is_paid", "publisher", "subject")
    return tuple(name for name in wanted if getattr(facts, name) is None)


def needs_imprint(*, facts: MaterialFacts, on: date) -> Duty:
    """Tell whether material published on this day needs an imprint.

    Where a fact is missing the answer is yes, unconfirmed: checklist I1 refuses it in any case.
    """
    if missing_facts(facts):
        return Duty(
            is_required=True,
            is_confirmed=False,
            code="facts-missing",
            sentence=gettext_noop(
                "Nobody can tell yet whether this needs an imprint: some facts are missing."
            ),
            step="1.2",
        )
    matching = [entry for entry in _in_force(on) if _matches(entry, facts)]
    required = [entry for entry in matching if entry.flag("required")]
    bound, doubtful, freed = _without_exempt(required, facts, on)
    # A confirmed duty weighs more than a doubtful one; of two confirmed ones either says the same.
    for entry in sorted(bound, key=lambda one: not one.is_confirmed):
        return _required(entry, is_confirmed=entry.is_confirmed)
    for entry in doubtful:
        return _required(entry, is_confirmed=False)
    return _not_required(facts, matching, freed)


def _in_force(on: date) -> list[Entry]:
    return [entry for entry in regimes().entries if entry.span.contains(on)]


def _matches(entry: Entry, facts: MaterialFacts) -> bool:
    asked = {
        "mediums": facts.medium,
        "nations": facts.nation,
        "elections": facts.election,
        "publishers": facts.publisher,
        "subjects": facts.subject,
    }
    payment = entry.text("payment")
    if payment != "any" and (payment == "paid") != facts.is_paid:
        return False
    return all((listed := entry.texts(name)) == ("*",) or fact in listed for name, fact in asked.items())


def _without_exempt(
    required: list[Entry], facts: MaterialFacts, on: date
) -> tuple[list[Entry], list[Entry], list[Entry]]:
    """The entries that bind, those from which an unconfirmed exemption frees, and the exemptions that do
    free.
    """
    bound: list[Entry] = []
    doubtful: list[Entry] = []
    freed: list[Entry] = []
    for entry in required:
        exemption = _exemption(facts, entry.text("family"), on)
        if exemption is None:
            bound.append(entry)
        elif exemption.is_confirmed:
            freed.append(exemption)
        else:
            doubtful.append(entry)
    return bound, doubtful, freed


def _exemption(facts: MaterialFacts, family: str, on: date) -> Entry | None:
    if facts.exemption is None:
        return None
    try:
        return exemptions().entry(on=on, exemption=str(facts.exemption), family=family)
    except NoRuleInForce:
        return None


def _required(entry: Entry, *, is_confirmed: bool) -> Duty:
    return Duty(
        is_required=True,
        is_confirmed=is_confirmed,
        code="required" if is_confirmed else "required-unconfirmed",
        sentence=gettext_noop("The law asks for an imprint on this ({law}).")
        if is_confirmed
        else gettext_noop(
            "The law probably asks for an imprint on this ({law}), but that was not confirmed."
        ),
        step="1.4" if entry.text("family") == "print" else "1.2",
        entry=entry,
        details=MappingProxyType({"law": entry.text("law")}),
    )


def _not_required(facts: MaterialFacts, matching: list[Entry], freed: list[Entry]) -> Duty:
    entry = next(iter(freed or matching), None)
    if facts.medium in TELEPHONED:
        code, step = "telephone", "1.2 step 1"
        sentence = gettext_noop(
            "Calls and text messages need no imprint by law. Say who you are all the same."
        )
    elif freed:
        code, step = "exempt", "1.2 steps 6 and 7"
        sentence = gettext_noop("This kind of material is exempt ({law}). An imprint is still good practice.")
    elif facts.subject in {Subject.ISSUE, Subject.TURNOUT}:
        code, step = "not-election-material", "1.2 step 5"
        sentence = gettext_noop(
            "Material that is for or against no party or candidate needs no imprint by law. It is still good "
            "practice."
        )
    elif matching:
        code, step = "before-the-law", "1.1"
        sentence = gettext_noop("No law asked for an imprint on this kind of material on that day.")
    elif facts.medium in DIGITAL and facts.publisher in {
        Publisher.UNREGISTERED_ORGANISATION,
        Publisher.PRIVATE_PERSON,
    }:
        code, step = "organic-unregistered", "1.2 step 4c"
        sentence = gettext_noop(
            "The law asks no imprint of someone who is not registered and did not pay for this to be "
            "published. It is still good practice."
        )
    else:
        code, step = "outside-every-rule", "1.1"
        sentence = gettext_noop("No rule we know asks for an imprint on this. It is still good practice.")
    law = ""
    if entry is not None:
        law = entry.text("law") if "law" in entry.values else entry.text()
    return Duty(
        is_required=False,
        is_confirmed=entry is None or entry.is_confirmed,
        code=code,
        sentence=sentence,
        step=step,
        entry=entry,
        details=MappingProxyType({"law": law}),
    )
