"""Hanna hosts in Barset East, Tom travels there; both are adults with references that were followed up."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from hustings.places.models import Area
from hustings.places.postcode_file import Located, PostcodeStatus
from hustings.volunteers.hosting.usecases import ask_for_stay as asking
from hustings.volunteers.hosting.usecases import offer_beds as offering
from hustings.volunteers.hosting.usecases.ask_for_stay import ask_for_stay
from hustings.volunteers.hosting.usecases.give_details import give_details
from hustings.volunteers.hosting.usecases.offer_beds import offer_beds
from hustings.volunteers.models import HostingDetails, HostOffer, StayRequest, Volunteer
from tests.cast import Cast
from tests.conftest import NOW
from tests.volunteers.conftest import Enrol

TODAY = NOW.date()
FIRST = TODAY + timedelta(days=10)


@pytest.fixture(autouse=True)
def places(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """ZZ1 lies in Barset East at 53.0, −1.5; ZZ2 in Barset West ten kilometres north; ZZ3 far away; ZZ9 nowhere."""
    Area.objects.filter(pk=cast.east.pk).update(lat=53.0, lon=-1.5)
    known = {"ZZ1": (53.0, cast.east.pk), "ZZ2": (53.09, cast.west.pk), "ZZ3": (56.0, cast.west.pk)}

    def locate(*, postcode: str) -> Located:
        found = known.get(postcode.replace(" ", "").upper()[:3])
        if found is None:
            return Located(postcode, PostcodeStatus.UNKNOWN)
        return Located(postcode, PostcodeStatus.LIVE, found[0], -1.5, found[1])

    monkeypatch.setattr(offering, "locate", locate)
    monkeypatch.setattr(asking, "locate", locate)


def vouch(volunteer: Volunteer, *, is_checked: bool = True) -> Volunteer:
    """Give references and an emergency contact, and follow them up."""
    give_details(
        volunteer=volunteer,
        reference_one="Rita Reed, neighbour, 01632 960001",
        reference_two="Owen Oak, employer, 01632 960002",
        emergency_contact="Sister Sue, 07700 900111",
        now=NOW,
    )
    if is_checked:
        HostingDetails.objects.filter(volunteer=volunteer).update(checked_at=NOW)
    return volunteer


@pytest.fixture
def hanna(enrol: Enrol) -> Volunteer:
    """The host."""
    return vouch(enrol("Hanna"))


@pytest.fixture
def tom(enrol: Enrol) -> Volunteer:
    """The traveller, from Barset West."""
    return vouch(enrol("Tom", postcode="ZZ2 2AA"))


def offered(volunteer: Volunteer, **changes: Any) -> HostOffer:
    """An offer of one bed for two weeks."""
    values: dict[str, Any] = {
        "address": "1 Secret Lane, Barchester", "postcode": "ZZ1 1AA", "available_from": FIRST,
        "available_until": FIRST + timedelta(days=14), "beds": 1, "offers": ["bed"], "asks": [],
    }  # fmt: skip
    return offer_beds(volunteer=volunteer, **{**values, **changes}, now=NOW, today=TODAY)


def asked(volunteer: Volunteer, **changes: Any) -> StayRequest:
    """A request for three nights in Barset East."""
    values: dict[str, Any] = {
        "place": "Barset East", "arrive_on": FIRST, "leave_on": FIRST + timedelta(days=3), "max_km": 15.0, "needs": [],
        "traits": [], "prefers": [],
    }  # fmt: skip
    return ask_for_stay(volunteer=volunteer, **{**values, **changes}, now=NOW, today=TODAY)


Make = Callable[..., date]
