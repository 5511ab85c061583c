"""Bob, Cleo and Dot as volunteers, and a home of its own for every test."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from hustings.people.usecases.record_person import record_person
from hustings.people.usecases.verify_contact_point import verify_contact_point
from hustings.volunteers.models import Volunteer
from hustings.volunteers.pages.way_in import SESSION_KEY
from hustings.volunteers.usecases.enrol_volunteer import enrol_volunteer
from tests.actions.conftest import own_home, postcodes
from tests.cast import Cast
from tests.conftest import NOW

__all__ = ["own_home", "postcodes"]

Enrol = Callable[..., Volunteer]


@pytest.fixture
def enrol(cast: Cast, postcodes: None) -> Enrol:
    """Make a volunteer: `enrol("Bob", postcode="ZZ1 1AA")`."""

    def make(name: str, *, postcode: str = "ZZ1 1AA", is_adult: bool = True, **changes: Any) -> Volunteer:
        email = f"{name.lower()}@barset.example"
        person = record_person(
            source="test", now=NOW, given_name=name, family_name="Tester", email=email, postcode=postcode,
            phone="07700 900123",
        )  # fmt: skip
        verify_contact_point(person=person, kind="email", canonical=email, now=NOW)
        volunteer = enrol_volunteer(person=person, now=NOW, is_adult=is_adult)
        for key, value in changes.items():
            setattr(volunteer, key, value)
        volunteer.save()
        return volunteer

    return make


@pytest.fixture
def bob(enrol: Enrol) -> Volunteer:
    """Bob, of Barset East."""
    return enrol("Bob")


@pytest.fixture
def cleo(enrol: Enrol) -> Volunteer:
    """Cleo, of Barset East too."""
    return enrol("Cleo", postcode="ZZ1 1AB")


@pytest.fixture
def wim(enrol: Enrol) -> Volunteer:
    """Wim, of Barset West."""
    return enrol("Wim", postcode="ZZ2 2AA")


def let_in(volunteer: Volunteer) -> Client:
    """A browser that came in by the volunteer's link."""
    client = Client()
    session = client.session
    session[SESSION_KEY] = str(volunteer.public_id)
    session.save()
    return client
