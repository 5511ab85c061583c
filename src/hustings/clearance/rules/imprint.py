"""The imprint checklist I1 to I14: what is missing, in plain words, each line with its rule.

    findings = check_imprint(facts=facts, artefact=artefact_of_html(html), on=publish_on)
    has_passed(findings)

It refuses only on confirmed law: where a regime rests on an entry that was not read in a source, what is
missing is a warning.
"""

from collections.abc import Iterator
from datetime import date
from types import MappingProxyType

from hustings.basics.refusals import gettext_noop
from hustings.clearance.rules.duty import Duty, missing_facts, needs_imprint
from hustings.clearance.rules.facts import (
    PICTURED,
    Artefact,
    Link,
    MaterialFacts,
    Medium,
    Place,
    Publisher,
    Stage,
)
from hustings.clearance.rules.findings import Finding, Level, sources_of
from hustings.clearance.rules.naming import Naming, check_names
from hustings.clearance.rules.parts import Passage
from hustings.clearance.rules.placing import OWN_STANDARD, check_place

CHECKS = tuple(f"I{number}" for number in range(1, 15))

_FACT_WORDS = {
    "medium": gettext_noop("what it is (email, page, leaflet…)"),
    "nation": gettext_noop("the nation it is aimed at"),
    "election": gettext_noop("the election it bears on, or none"),
    "is_paid": gettext_noop("whether you pay for it to be published as an advertisement"),
    "publisher": gettext_noop("who publishes it (a party, a candidate, a group…)"),
    "subject": gettext_noop("whom or what it is for or against"),
}


def check_imprint(*, facts: MaterialFacts, artefact: Artefact, on: date) -> tuple[Finding, ...]:
    """Run the whole checklist on material to be published on this day; every number I1 to I14 has at least
    one line.
    """
    duty = needs_imprint(facts=facts, on=on)
    naming = Naming(facts, duty, Passage(_words_searched(facts, artefact)), _is_vouched_for(facts, artefact))
    found = [
        *_facts_recorded(facts),
        _duty_told(duty),
        *check_names(naming),
        *check_place(naming=naming, artefact=artefact, on=on),
        _edited(facts, artefact, duty),
        _kept(facts, artefact),
        _outside_period(facts),
    ]
    return tuple(sorted(found, key=lambda finding: CHECKS.index(finding.id)))


def _words_searched(facts: MaterialFacts, artefact: Artefact) -> str:
    if facts.place is Place.LINKED:
        return (facts.link or Link()).text
    # A caption is published with the picture, so an imprint there is part of the post; that it is lost in
    # sharing is I10's.
    return f"{artefact.text}\n{artefact.caption_text}" if facts.medium in PICTURED else artefact.text


def _is_vouched_for(facts: MaterialFacts, artefact: Artefact) -> bool:
    return (
        artefact.is_seen_by_person
        and facts.medium in PICTURED | {Medium.AUDIO}
        and facts.place is Place.IN_MATERIAL
    )


def _facts_recorded(facts: MaterialFacts) -> Iterator[Finding]:
    missing = missing_facts(facts)
    for name in missing:
        yield Finding(
            id="I1",
            code=f"{name.replace('_', '-')}-missing",
            level=Level.BLOCK,
            sentence=gettext_noop("Record {what}."),
            details=MappingProxyType({"what": _FACT_WORDS[name]}),
            rule="1.6",
        )
    if not missing:
        yield Finding(
            id="I1",
            code="ok",
            level=Level.OK,
            sentence=gettext_noop("All facts about it are recorded."),
            rule="1.6",
        )


def _duty_told(duty: Duty) -> Finding:
    return Finding(
        id="I2",
        code=duty.code,
        level=Level.WARN if duty.code == "required-unconfirmed" else Level.INFO,
        sentence=duty.sentence,
        details=duty.details,
        rule=duty.step,
        **sources_of(duty.entry),
    )


def _edited(facts: MaterialFacts, artefact: Artefact, duty: Duty) -> Finding:
    if facts.checked_sha256 and artefact.sha256 and facts.checked_sha256 != artefact.sha256:
        return Finding(
            id="I12",
            code="edited-since-checked",
            level=Level.BLOCK,
            sentence=gettext_noop("It was changed after it was checked. Check the changed copy again."),
            rule=duty.law or "1.6",
        )
    return Finding(
        id="I12",
        code="ok",
        level=Level.OK,
        sentence=gettext_noop("The copy that was checked is the copy at hand."),
        rule="1.6",
    )


def _kept(facts: MaterialFacts, artefact: Artefact) -> Finding:
    if facts.stage is Stage.CHECKING:
        return Finding(
            id="I13",
            code="kept-on-approval",
            level=Level.INFO,
            sentence=gettext_noop(
                "An unchangeable copy, its hash and the imprint are kept when it is approved."
            ),
            rule=OWN_STANDARD,
        )
    if not facts.kept_sha256 or facts.kept_sha256 != artefact.sha256:
        return Finding(
            id="I13",
            code="copy-not-kept",
            level=Level.BLOCK,
            sentence=gettext_noop("No unchangeable copy of it is kept. Approve it again, so that one is."),
            rule=OWN_STANDARD,
        )
    if facts.medium in PICTURED and not facts.is_pictured:
        return Finding(
            id="I13",
            code="picture-not-kept",
            level=Level.WARN,
            sentence=gettext_noop("No picture of it as people met it is kept. Add one."),
            rule=OWN_STANDARD,
        )
    return Finding(
        id="I13",
        code="ok",
        level=Level.OK,
        sentence=gettext_noop("An unchangeable copy is kept."),
        rule=OWN_STANDARD,
    )


def _outside_period(facts: MaterialFacts) -> Finding:
    is_organic_by_holder = facts.is_paid is False and facts.publisher in {
        Publisher.FUTURE_CANDIDATE,
        Publisher.OFFICE_HOLDER,
    }
    if is_organic_by_holder and facts.is_in_regulated_period is False:
        return Finding(
            id="I14",
            code="outside-period",
            level=Level.INFO,
            sentence=gettext_noop(
                "The regulated period has not begun; the imprint rules hold all year for future candidates "
                "and office-holders."
            ),
            rule="1.2 step 4b",
        )
    return Finding(
        id="I14",
        code="ok",
        level=Level.OK,
        sentence=gettext_noop("Nothing more to say about the time of year."),
        rule="1.6",
    )
