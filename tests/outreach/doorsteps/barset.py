"""A small ward to canvass: two streets, seven electors, a canvass of Alice's, a volunteer to walk it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from hustings.outreach.doorsteps.models import Canvass, Door
from hustings.outreach.doorsteps.usecases.open_canvass import open_canvass
from hustings.outreach.doorsteps.usecases.save_canvass import CanvassPlan, save_canvass
from hustings.people.models import Person
from hustings.register.models import Elector, RegisterVersion
from hustings.volunteers.models import Volunteer
from tests.cast import Cast
from tests.register.electors import list_elector, make_version

#: Name and address of each elector of the east, in the register's order.
EAST = (
    ("Alma Grantly", "1 Mill Lane, Eelbrook", "ZZ1 1AA"),
    ("Bertie Grantly", "1 Mill Lane, Eelbrook", "ZZ1 1AA"),
    ("Cora Harding", "2a Mill Lane, Eelbrook", "ZZ1 1AA"),
    ("Dan Harding", "10 Mill Lane, Eelbrook", "ZZ1 1AA"),
    ("Eva Quiverful", "Flat 2, 3 Rye Hill, Eelbrook", "ZZ1 1AB"),
    ("Fay Quiverful", "Rose Cottage, Rye Hill, Eelbrook", "ZZ1 1AB"),
    ("Gil Stanhope", "4 Rye Hill, Eelbrook", "ZZ1 1AC"),
)


@dataclass(frozen=True, kw_only=True)
class Ward:
    """The register of the east, and its electors by name."""

    version: RegisterVersion
    electors: dict[str, Elector]


def make_ward(*, cast: Cast, now: datetime, valid_until: date = date(2027, 1, 1)) -> Ward:
    """The register of Barset: seven electors in the east, one in the west."""
    version = make_version(area=cast.district, now=now, valid_until=valid_until)
    electors = {
        name: list_elector(
            version=version, now=now, name=name, address=address, postcode=postcode, ward=cast.east
        )
        for name, address, postcode in EAST
    }
    electors["Wes West"] = list_elector(
        version=version,
        now=now,
        name="Wes West",
        address="1 Far Road",
        postcode="ZZ2 2BB",
        ward=cast.west,
        district="BA",
    )
    return Ward(version=version, electors=electors)


def plan(*, cast: Cast, **fields: Any) -> CanvassPlan:
    """Four days in the east from today on."""
    return CanvassPlan(
        **{
            "title": "Buses at the door",
            "area": cast.east,
            "starts_on": date(2026, 3, 30),
            "ends_on": date(2026, 4, 2),
            "return_by": date(2026, 4, 9),
            **fields,
        }
    )


def make_canvass(*, cast: Cast, now: datetime, **fields: Any) -> Canvass:
    """A draft of Alice's."""
    return save_canvass(plan=plan(cast=cast, **fields), by=cast.alice, now=now)


def opened(*, cast: Cast, now: datetime, **fields: Any) -> Canvass:
    """An open canvass of Alice's."""
    return open_canvass(canvass=make_canvass(cast=cast, now=now, **fields), by=cast.alice, now=now)


def make_walker(*, cast: Cast, now: datetime, name: str = "Vera", is_adult: bool = True) -> Volunteer:
    """A volunteer who lives in the east."""
    person = Person.objects.create(
        given_name=name, family_name="Tester", ward=cast.east, source="tests", created_at=now
    )
    return Volunteer.objects.create(
        person=person,
        area=cast.east,
        postcode="ZZ1 1AA",
        adult_confirmed_at=now if is_adult else None,
        joined_at=now,
    )


def door_of(*, elector: Elector) -> Door:
    """The elector's line."""
    return Door.objects.get(elector=elector)
