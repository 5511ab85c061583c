"""The people and the material of the hand-made imprint cases."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from hustings.clearance.rules.facts import (
    Artefact,
    Election,
    MaterialFacts,
    Medium,
    Nation,
    Publisher,
    Responsible,
    Subject,
)

ALICE = Responsible(name="Alice Archer", address="12 High Street, Barset ZZ1 1AA", is_verified=True)
PARTY = Responsible(
    name="Barset Forward", address="The Old Forge, 3 Mill Lane, Barset, ZZ1 2BB", is_verified=True
)
BOB = Responsible(name="Bob Baker", address="12 High Street, Barset ZZ1 1AA", is_verified=True)
GROUP = Responsible(name="Friends of Barset Park", address="PO Box 7, Barset ZZ9 9ZZ", is_verified=True)
PRINTER = Responsible(name="Penny Press Ltd", address="Unit 4, Dock Road, Barset ZZ3 4AD", is_verified=True)

ALICE_SAYS = "Promoted by Alice Archer, 12 High Street, Barset ZZ1 1AA"
PARTY_SAYS = "Promoted by Barset Forward, The Old Forge, 3 Mill Lane, Barset, ZZ1 2BB"
BOB_FOR_ALICE = "Promoted by Bob Baker on behalf of Alice Archer, both of 12 High Street, Barset ZZ1 1AA"
ALICE_FOR_PARTY = (
    "Promoted by Alice Archer, 12 High Street, Barset ZZ1 1AA on behalf of Barset Forward, "
    "The Old Forge, 3 Mill Lane, Barset, ZZ1 2BB"
)
PRINTED = "Printed by Penny Press Ltd, Unit 4, Dock Road, Barset ZZ3 4AD. "

EMAIL = MaterialFacts(
    medium=Medium.EMAIL,
    nation=Nation.ENGLAND,
    election=Election.LOCAL,
    is_paid=False,
    publisher=Publisher.CANDIDATE,
    subject=Subject.CANDIDATE,
    promoters=(ALICE,),
)
LEAFLET = replace(EMAIL, medium=Medium.PRINT, printer=PRINTER)
ADVERT = replace(EMAIL, medium=Medium.SOCIAL, is_paid=True, publisher=Publisher.UNREGISTERED_ORGANISATION)

POLL_2026 = date(2026, 5, 7)
LAST_FREE_DAY = date(2023, 10, 31)
FIRST_DAY = date(2023, 11, 1)


@dataclass(frozen=True)
class Case:
    """One piece of material with what the checklist must say of it; codes left out are not asked about."""

    name: str
    facts: MaterialFacts
    says: str | Artefact = ALICE_SAYS
    on: date = POLL_2026
    blocks: set[str] = field(default_factory=set)
    warns: set[str] = field(default_factory=set)
    infos: set[str] = field(default_factory=set)

    @property
    def artefact(self) -> Artefact:
        """The words as an artefact."""
        return Artefact(text=self.says) if isinstance(self.says, str) else self.says


def but(facts: MaterialFacts, **changes: Any) -> MaterialFacts:
    """The same material with some facts different."""
    return replace(facts, **changes)
