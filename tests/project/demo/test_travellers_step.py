"""The demo's map and its travellers: every claim of the step holds, where the fictional borough lies."""

import io
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from rich.console import Console

from hustings.accounts.models import Role
from hustings.elections.models import Candidacy, Contest, Election, Party
from hustings.people.usecases.record_person import record_person
from hustings.people.usecases.verify_contact_point import verify_contact_point
from hustings.places.models import Area, AreaKind
from hustings.places.postcode_file import Located, PostcodeStatus
from hustings.project.demo.build import DemoHome
from hustings.project.demo.story import Story
from hustings.project.demo.travellers_step import house_travellers
from hustings.volunteers.hosting.usecases import offer_beds
from hustings.volunteers.usecases.enrol_volunteer import enrol_volunteer
from tests.cast import make_user
from tests.conftest import NOW

_LAT, _LON = 53.166, 1.874


@pytest.mark.django_db
def test_every_claim_holds(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two seats, two wards, and people enough to host and to travel."""
    settings.HUSTINGS_HOME = tmp_path
    seats = [
        Area.objects.create(
            code=f"E1499900{number}",
            kind=AreaKind.CONSTITUENCY,
            name=name,
            nation="england",
            lat=_LAT,
            lon=_LON,
        )
        for number, name in ((1, "Barset East"), (2, "Barset West"))
    ]
    wards = [
        Area.objects.create(
            code=f"E0599900{number}", kind=AreaKind.WARD, name=f"Ward {number}", lat=_LAT, lon=_LON
        )
        for number in (1, 2)
    ]
    own, other = (
        Party.objects.create(name="Lantern Party", abbreviation="Lan"),
        Party.objects.create(name="Heron Party"),
    )
    for election, kind, areas in (
        ("parl.2024-07-04", "parl", seats),
        ("local.barset.2023-05-04", "local", wards),
    ):
        held = Election.objects.create(pk=election, kind=kind, title=election, poll_on=date(2024, 7, 4))
        for number, area in enumerate(areas):
            contest = Contest.objects.create(
                election=held, ballot_id=f"b{area.pk}", area=area, area_name=area.name, majority=40 + 300 * number,
                valid_votes=1000,
            )  # fmt: skip
            for party, votes in ((own, 480 - 150 * number), (other, 520 + 150 * number)):
                Candidacy.objects.create(contest=contest, name=f"{party} {number}", party=party, votes=votes)
    monkeypatch.setattr(
        offer_beds,
        "locate",
        lambda *, postcode: Located(postcode, PostcodeStatus.LIVE, _LAT, _LON, wards[0].pk),
    )
    for number in range(20):
        email = f"t{number}@barset.example"
        person = record_person(
            source="test",
            now=NOW,
            given_name="Ann",
            family_name=f"Tester {number}",
            email=email,
            postcode="ZZ1 1AA",
        )
        verify_contact_point(person=person, kind="email", canonical=email, now=NOW)
        volunteer = enrol_volunteer(person=person, now=NOW, is_adult=True)
        volunteer.latitude, volunteer.longitude = _LAT, _LON
        volunteer.save()
    users = {
        "Ada": make_user(name="Ada", role=Role.ADMINISTRATOR),
        "Alice": make_user(name="Alice", role=Role.ORGANISER),
    }
    story = Story(console=Console(file=io.StringIO()))
    house_travellers(demo=cast(DemoHome, SimpleNamespace(users=users)), now=NOW, story=story)
    assert [claim for step in story.steps for claim in step.claims if not claim["holds"]] == []
    assert story.steps[-1].figures["proposed"] >= 5
