"""Checklist I7 to I11: is the imprint where people meet it, and can they read or hear it?"""

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from hustings.basics.refusals import gettext_noop
from hustings.basics.tables import NoRuleInForce, RuleTable, load_table
from hustings.clearance.rules.facts import PICTURED, PRINTED, Artefact, Link, MaterialFacts, Medium, Place
from hustings.clearance.rules.findings import Finding, Level, sources_of
from hustings.clearance.rules.naming import Naming
from hustings.clearance.rules.parts import Passage

LEAST_CONTRAST = 4.5  # WCAG ratio; our own standard, not law
LEAST_PX = 9.0  # imprint height at 320 px width; our own standard
LEAST_SECONDS = 4.0  # on screen in a film; our own standard
OWN_STANDARD = "our own standard, not law"


@cache
def platforms() -> RuleTable:
    """Places with a technical limit that may leave no room for an imprint."""
    return load_table(Path(__file__).parent / "tables" / "linking_platforms.toml")


def check_place(*, naming: Naming, artefact: Artefact, on: date) -> Iterator[Finding]:
    """The lines I7 to I11, each at least once."""
    yield from _or_ok(
        "I7", _in_material(naming, artefact), gettext_noop("The imprint is part of the material.")
    )
    if naming.facts.place is Place.LINKED:
        good = gettext_noop(
            "The imprint is one click away, open to everyone, and a technical limit is recorded."
        )
    else:
        good = gettext_noop("The imprint is in the material, so no link is needed.")
    yield from _or_ok("I8", _linked(naming, on), good)
    yield from _or_ok("I9", _watched(naming), gettext_noop("No linked imprint needs watching."))
    yield from _or_ok(
        "I10", _survives(naming, artefact), gettext_noop("The imprint stays with it when it is shared.")
    )
    yield from _legible(naming)


def _or_ok(number: str, found: Iterator[Finding], good: str) -> Iterator[Finding]:
    first = next(found, None)
    if first is None:
        yield Finding(id=number, code="ok", level=Level.OK, sentence=good, rule="1.3")
        return
    yield first
    yield from found


def _is_named_in(text: str, facts: MaterialFacts) -> bool:
    passage = Passage(text)
    return bool(facts.promoters) and all(passage.names_with_address(person) for person in facts.promoters)


def _in_material(naming: Naming, artefact: Artefact) -> Iterator[Finding]:
    facts = naming.facts
    if facts.place is Place.LINKED:
        yield naming.finding(
            "I7",
            "linked",
            gettext_noop(
                "The imprint is not in the material but behind a link. That is allowed only where it cannot "
                "be in it."
            ),
            Level.INFO,
        )
        return
    if naming.is_vouched_for or _is_named_in(naming.passage.text, facts):
        if len(artefact.pages) > 2 and not any(
            _is_named_in(page, facts) for page in (artefact.pages[0], artefact.pages[-1])
        ):
            # Rules 1.4 has this from general knowledge: it warns and does not refuse.
            yield naming.finding(
                "I7",
                "not-on-first-or-last-page",
                gettext_noop(
                    "The imprint stands on an inner page. On print it belongs on the first or the last page; that was not "
                    "confirmed in a source."
                ),
                Level.WARN if naming.duty.is_required else Level.INFO,
            )
        if not all(_is_named_in(other, facts) for other in artefact.alternatives):
            yield naming.finding(
                "I7",
                "missing-from-plain",
                gettext_noop(
                    "The imprint is missing from the plain-text part, which some mail programs show instead."
                ),
            )
        return
    if _is_named_in(artefact.hidden_text, facts):
        yield naming.finding(
            "I7",
            "hidden",
            gettext_noop(
                "The imprint stands only where readers do not see it (a header, a comment, invisible or "
                "alternative text). "
                "Put it in the text they read."
            ),
        )
    elif facts.medium in PICTURED and not artefact.text.strip():
        yield naming.finding(
            "I7",
            "picture-unread",
            gettext_noop(
                "No words could be read from the picture. Look at it, and record that you found the imprint "
                "in it."
            ),
        )
    elif facts.medium is Medium.AUDIO and not artefact.text.strip():
        yield naming.finding(
            "I7",
            "audio-unheard",
            gettext_noop("There is no script. Add it, or listen and record that you heard the imprint."),
        )
    else:
        yield naming.finding(
            "I7", "not-in-material", gettext_noop("There is no complete imprint in the material itself.")
        )


def _linked(naming: Naming, on: date) -> Iterator[Finding]:
    facts = naming.facts
    if facts.place is not Place.LINKED:
        return
    if facts.medium in PRINTED:
        yield naming.finding(
            "I8", "print-linked", gettext_noop("On print the imprint cannot be behind a link.")
        )
        return
    link = facts.link or Link()
    yield from _limit(naming, link, on)
    faults = {
        "too-many-clicks": (
            link.clicks is None or link.clicks > 1,
            gettext_noop("The imprint must be at most one click away."),
        ),
        "login-needed": (
            link.needs_login is not False,
            gettext_noop(
                "The imprint must be open to everyone who can see the material, without logging in."
            ),
        ),
        "link-dead": (
            link.status != 200,
            gettext_noop("The page with the imprint did not answer when it was last asked."),
        ),
        "imprint-not-there": (
            not _is_named_in(link.text, facts),
            gettext_noop("The page behind the link does not hold the complete imprint."),
        ),
    }
    for code, (is_wrong, sentence) in faults.items():
        if is_wrong:
            yield naming.finding("I8", code, sentence)


def _limit(naming: Naming, link: Link, on: date) -> Iterator[Finding]:
    try:
        entry = platforms().entry(on=on, platform=link.platform or "none")
    except NoRuleInForce:
        yield naming.finding(
            "I8",
            "no-technical-limit",
            gettext_noop(
                "It can be in the material here, so a link is an offence. Put the imprint in the material "
                "itself."
            ),
        )
        return
    if not link.reason.strip():
        yield naming.finding(
            "I8", "reason-missing", gettext_noop("Record why the imprint cannot be in the material.")
        )
    if naming.facts.is_paid:
        yield naming.finding(
            "I8",
            "paid-linked",
            gettext_noop(
                "The Commission expects a paid advert always to carry the imprint itself. Use the disclaimer "
                "field."
            ),
            Level.WARN,
        )
    if not entry.is_confirmed:
        yield Finding(
            id="I8",
            code="limit-unconfirmed",
            level=Level.WARN,
            sentence=gettext_noop(
                "That this place has no room for an imprint ({limit}) was not confirmed in a source."
            ),
            details=MappingProxyType({"limit": entry.text("limit")}),
            rule="1.3",
            **sources_of(entry),
        )


def _watched(naming: Naming) -> Iterator[Finding]:
    if naming.facts.place is Place.LINKED and not (naming.facts.link or Link()).is_watched:
        yield naming.finding(
            "I9",
            "unwatched",
            gettext_noop(
                "Nobody watches the linked imprint. Keep it up for as long as any material that needs it is "
                "up."
            ),
            Level.WARN,
        )


def _survives(naming: Naming, artefact: Artefact) -> Iterator[Finding]:
    facts = naming.facts
    if facts.place is Place.LINKED or not naming.duty.is_required:
        return
    if (
        facts.medium in PICTURED
        and not artefact.is_seen_by_person
        and not _is_named_in(artefact.text, facts)
        and _is_named_in(artefact.caption_text, facts)
    ):
        yield naming.finding(
            "I10",
            "caption-only",
            gettext_noop(
                "The imprint stands only in the caption and is lost when the picture is shared. Put it in "
                "the picture."
            ),
            Level.WARN,
        )
    if (
        facts.medium is Medium.EMAIL
        and _is_named_in(artefact.hidden_text, facts)
        and not _is_named_in(artefact.text, facts)
    ):
        yield naming.finding(
            "I10",
            "lost-when-forwarded",
            gettext_noop("The imprint stands in a part of the message that is lost when it is forwarded."),
            Level.WARN,
        )


def _legible(naming: Naming) -> Iterator[Finding]:
    measures, medium = naming.facts.measures, naming.facts.medium
    measured = {
        "contrast": (
            measures.contrast,
            LEAST_CONTRAST,
            medium not in {Medium.AUDIO, Medium.SMS, Medium.CALL},
            gettext_noop("The imprint's contrast is {found}; make it at least {least}."),
        ),
        "size": (
            measures.smallest_px,
            LEAST_PX,
            medium not in {Medium.AUDIO, Medium.SMS, Medium.CALL},
            gettext_noop("The imprint is {found} px high on a narrow screen; make it at least {least}."),
        ),
        "time": (
            measures.seconds_on_screen,
            LEAST_SECONDS,
            medium is Medium.VIDEO,
            gettext_noop("The imprint is on screen for {found} seconds; show it for at least {least}."),
        ),
    }
    applicable = {code: row for code, row in measured.items() if row[2]}
    short = [
        (code, found, least, sentence)
        for code, (found, least, _, sentence) in applicable.items()
        if found is not None and found < least
    ]
    for code, found, least, sentence in short:
        yield Finding(
            id="I11",
            code=f"{code}-too-low",
            level=Level.WARN if naming.duty.is_required else Level.INFO,
            sentence=sentence,
            details=MappingProxyType({"found": f"{found:g}", "least": f"{least:g}"}),
            rule=OWN_STANDARD,
        )
    if not short:
        unmeasured = [code for code, (found, *_) in applicable.items() if found is None]
        yield Finding(
            id="I11",
            code="unmeasured" if unmeasured else "ok",
            level=Level.INFO if unmeasured else Level.OK,
            sentence=gettext_noop(
                "Whether the imprint is easy to read was not measured: look at it on a telephone."
            )
            if unmeasured
            else gettext_noop("The imprint is easy to read or hear."),
            rule=OWN_STANDARD,
        )
