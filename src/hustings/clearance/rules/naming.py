"""Checklist I3 to I6: does the imprint name everyone it must, with an address where letters arrive?"""

from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType

from hustings.basics.refusals import gettext_noop
from hustings.clearance.rules.duty import Duty
from hustings.clearance.rules.facts import MaterialFacts, Medium, Responsible
from hustings.clearance.rules.findings import Finding, Level, sources_of
from hustings.clearance.rules.parts import Passage, is_electronic_only, is_postal, is_same_address, words_of

_FAR_APART = 60  # words between a name and its address past which nobody would read the two as one imprint


@dataclass(frozen=True)
class Naming:
    """What the naming checks are asked about: the words in which the imprint is looked for, and the duty."""

    facts: MaterialFacts
    duty: Duty
    passage: Passage
    is_vouched_for: bool  # a named person found the imprint in the picture or sound

    @property
    def level(self) -> Level:
        """How grave it is where something is missing."""
        if not self.duty.is_required:
            return Level.INFO
        return Level.BLOCK if self.duty.is_confirmed else Level.WARN

    def finding(
        self, number: str, code: str, sentence: str, level: Level | None = None, **details: str
    ) -> Finding:
        """A line of the checklist that rests on the duty's entry."""
        return Finding(
            id=number,
            code=code,
            level=self.level if level is None else level,
            sentence=sentence,
            details=MappingProxyType(details),
            rule=self.duty.law or "1.3",
            **sources_of(self.duty.entry),
        )

    def has_name(self, name: str) -> bool:
        """Whether the name is in the material."""
        return self.is_vouched_for or self.passage.has_name(name)

    def has_address(self, address: str) -> bool:
        """Whether the postal address is in the material."""
        return self.is_vouched_for or self.passage.has_address(address)


def others_named(facts: MaterialFacts) -> tuple[Responsible, ...]:
    """The principals who are not themselves promoters."""
    promoters = {words_of(person.name) for person in facts.promoters}
    return tuple(person for person in facts.principals if words_of(person.name) not in promoters)


def check_names(naming: Naming) -> Iterator[Finding]:
    """The lines I3, I4, I5 and I6, each at least once."""
    yield from _or_ok(
        naming, "I3", _promoters_named(naming), gettext_noop("The promoter is named, and verified.")
    )
    yield from _or_ok(
        naming, "I4", _promoters_addressed(naming), gettext_noop("The promoter's postal address is given.")
    )
    if others_named(naming.facts):
        good = gettext_noop("Everyone on whose behalf this is published is named, with an address.")
    else:
        good = gettext_noop("The promoter acts for nobody else, so nobody else need be named.")
    yield from _or_ok(naming, "I5", _principals(naming), good)
    if naming.facts.medium is Medium.PRINT:
        good = gettext_noop("The printer is named, with an address.")
    else:
        good = gettext_noop("A printer is named on print only.")
    yield from _or_ok(naming, "I6", _printer(naming), good)


def _or_ok(naming: Naming, number: str, found: Iterator[Finding], good: str) -> Iterator[Finding]:
    first = next(found, None)
    if first is None:
        yield naming.finding(number, "ok", good, Level.OK)
        return
    yield first
    yield from found


def _promoters_named(naming: Naming) -> Iterator[Finding]:
    if not naming.facts.promoters:
        yield naming.finding(
            "I3",
            "promoter-missing",
            gettext_noop("No promoter is chosen. Choose who causes this to be published."),
        )
    for promoter in naming.facts.promoters:
        if not promoter.is_verified:
            # Our own standard, not the law's words: an imprint that names someone nobody checked proves
            # nothing.
            yield naming.finding(
                "I3",
                "promoter-unverified",
                gettext_noop(
                    "{name} is not a verified promoter yet. Ask the agent to verify the name and address "
                    "first."
                ),
                name=promoter.name,
            )
        if not naming.has_name(promoter.name):
            yield naming.finding(
                "I3",
                "promoter-not-named",
                gettext_noop("The promoter {name} is not named in it."),
                name=promoter.name,
            )


def _promoters_addressed(naming: Naming) -> Iterator[Finding]:
    for promoter in naming.facts.promoters:
        yield from _address(naming, "I4", promoter, "promoter")
        between = naming.passage.words_between(promoter)
        if between is not None and between > _FAR_APART and not naming.is_vouched_for:
            yield naming.finding(
                "I4",
                "name-far-from-address",
                gettext_noop(
                    "The name {name} and the address stand far apart. Put them side by side in one imprint."
                ),
                Level.WARN if naming.duty.is_required else Level.INFO,
                name=promoter.name,
            )


def _principals(naming: Naming) -> Iterator[Finding]:
    for principal in others_named(naming.facts):
        if not naming.has_name(principal.name):
            yield naming.finding(
                "I5",
                "principal-not-named",
                gettext_noop("{name}, on whose behalf this is published, is not named in it."),
                name=principal.name,
            )
        yield from _address(naming, "I5", principal, "principal")
        if (
            not naming.is_vouched_for
            and naming.has_address(principal.address)
            and any(
                is_same_address(first=principal.address, second=promoter.address)
                for promoter in naming.facts.promoters
            )
            and not _says_shared_or_twice(naming, principal)
        ):
            yield naming.finding(
                "I5",
                "shared-address-unsaid",
                gettext_noop(
                    "The address is given once for two people. Say “both of”, so that nobody doubts whose it "
                    "is."
                ),
                Level.WARN if naming.duty.is_required else Level.INFO,
            )


def _says_shared_or_twice(naming: Naming, person: Responsible) -> bool:
    shared = ("both of", "both at", "all of", "all at", "y ddau o", "ill dau o", "pob un o", "i gyd o")
    if any(naming.passage.positions(words_of(words)) for words in shared):
        return True
    lines = [line for line in person.address.replace("\n", ",").split(",") if line.strip()]
    return len(naming.passage.positions(words_of(lines[0]))) > 1


def _printer(naming: Naming) -> Iterator[Finding]:
    if naming.facts.medium is not Medium.PRINT:
        return
    printer = naming.facts.printer
    if printer is None:
        yield naming.finding(
            "I6",
            "printer-missing",
            gettext_noop(
                "No printer is given. Name the firm; if you print it yourselves, you are the printer."
            ),
        )
        return
    if not naming.has_name(printer.name):
        yield naming.finding(
            "I6",
            "printer-not-named",
            gettext_noop("The printer {name} is not named on it."),
            name=printer.name,
        )
    yield from _address(naming, "I6", printer, "printer")


def _address(naming: Naming, number: str, who: Responsible, role: str) -> Iterator[Finding]:
    if is_electronic_only(who.address):
        yield naming.finding(
            number,
            f"{role}-address-electronic",
            gettext_noop(
                "Only an email or web address is recorded for {name}. Give one where letters arrive: an "
                "office, a home, "
                "a PO box or a mailbox service."
            ),
            name=who.name,
        )
    elif not is_postal(who.address):
        yield naming.finding(
            number,
            f"{role}-address-incomplete",
            gettext_noop("The address recorded for {name} lacks a street or box, or a full UK postcode."),
            name=who.name,
        )
    elif naming.is_vouched_for:
        return
    elif not naming.passage.has_postcode(who.address):
        yield naming.finding(
            number,
            f"{role}-postcode-missing",
            gettext_noop("The postcode of {name} is missing from it."),
            name=who.name,
        )
    elif not naming.passage.has_street(who.address):
        yield naming.finding(
            number,
            f"{role}-street-missing",
            gettext_noop("The street or box of {name} is missing from it."),
            name=who.name,
        )
