"""People to match against the small register of Barset."""

from collections.abc import Callable
from datetime import datetime

import pytest

from hustings.people.models import Person
from hustings.places.models import Area

MakePerson = Callable[..., Person]


@pytest.fixture
def make_person(db: None, now: datetime) -> MakePerson:
    """Make somebody as a petition would: a name, a postcode, perhaps a door."""

    def make(
        given_name: str,
        family_name: str,
        postcode: str = "ZZ1 1AA",
        address_line: str = "",
        ward: Area | None = None,
    ) -> Person:
        return Person.objects.create(
            given_name=given_name,
            family_name=family_name,
            postcode=postcode,
            address_line=address_line,
            ward=ward,
            source="test",
            created_at=now,
        )

    return make
