"""The demo's people who give their time: every claim of the step holds."""

import io
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from rich.console import Console

from hustings.accounts.models import Role
from hustings.people.models import Person
from hustings.people.usecases.check_row import PersonRow
from hustings.people.usecases.record_people import record_people
from hustings.places.models import Area, AreaKind
from hustings.postroom.models import Message
from hustings.project.demo.build import DemoHome
from hustings.project.demo.people_of_the_office import MEMBERS, email_of
from hustings.project.demo.story import Story
from hustings.project.demo.volunteers_step import organise_volunteers
from tests.cast import make_user
from tests.conftest import NOW


@pytest.mark.django_db
def test_every_claim_holds(settings: Any, tmp_path: Path) -> None:
    settings.HUSTINGS_HOME = tmp_path
    seat = Area.objects.create(
        code="E14999001", kind=AreaKind.CONSTITUENCY, name="Barset East", nation="england", lat=51.5, lon=-2.6
    )
    ward = Area.objects.create(
        code="E05999001", kind=AreaKind.WARD, name="Canal and Lock", parent=seat, nation="england"
    )
    record_people(
        rows=[
            PersonRow(given_name="Ann", family_name=f"Tester {number}", email=f"t{number}@barset.example",
                      postcode="ZZ1 1AA")
            for number in range(60)
        ],
        now=NOW,
        source="test",
    )  # fmt: skip
    Person.objects.update(ward=ward, constituency=seat)
    alice = make_user(name="Alice", role=Role.ORGANISER, area=seat)
    bob = make_user(name="Bob", role=Role.VOLUNTEER, area=seat)
    login = next(member for member in MEMBERS if member.given_name == "Bob")
    bob.emailaddress_set.update(email=email_of(member=login))
    story = Story(console=Console(file=io.StringIO()))
    demo = cast(DemoHome, SimpleNamespace(users={"Alice": alice, "Bob": bob}))
    organise_volunteers(demo=demo, now=NOW, story=story)
    assert [claim for step in story.steps for claim in step.claims if not claim["holds"]] == []
    assert len(story.steps) == 3
    assert story.steps[-1].figures["proposed"] > 10
    assert (
        Message.objects.filter(template="volunteers/shift_proposed").count()
        == story.steps[-1].figures["proposed"]
    )
