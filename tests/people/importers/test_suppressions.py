"""Lists of those who must not be contacted."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hustings.people.importers.supporters import Supporters
from hustings.people.importers.suppressions import Suppressions
from hustings.people.models import Person, Suppression
from hustings.people.queries import suppressed_person_ids
from hustings.people.usecases import lift_objection, record_person
from hustings.platform.importing.importer import Importer, ImportRefused, Options
from hustings.platform.importing.run_import import run_import
from hustings.platform.models import ImportRun

pytestmark = pytest.mark.django_db

IMPORTERS: list[Importer] = [Supporters(), Suppressions()]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> None:
    settings.HUSTINGS_HOME = tmp_path


def load(text: str, tmp_path: Path, now: datetime, *, name: str = "list.csv", **values: str) -> ImportRun:
    path = tmp_path / name
    path.write_text(text)
    return run_import(path=path, now=now, importers=IMPORTERS, options=Options(values=values))


def verdict(person: Person, channel: str) -> str:
    found = suppressed_person_ids(person_ids=[person.pk], channel=channel, purpose="campaign")
    return "definite" if found.definite else "doubtful" if found.doubtful else ""


def test_those_on_file_and_those_to_come_are_found(tmp_path: Path, now: datetime) -> None:
    known = record_person(given_name="Ann", email="ann@barset.example", source="a", now=now)
    run = load(
        "Email,Phone,Objected on,Channel\nAnn@Barset.example,,1/2/2026,\n,01632 960123,,phone\nx@@,,,\n",
        tmp_path,
        now,
    )
    assert (run.importer, run.accepted, run.rejected) == ("suppressions", 2, 1)
    later = record_person(given_name="Bea", phone="01632960123", source="a", now=now)
    assert (verdict(known, "email"), verdict(known, "post")) == ("definite", "definite")
    assert (verdict(later, "call"), verdict(later, "sms")) == ("definite", "")
    assert Person.objects.count() == 2


def test_unsubscribes_from_a_mail_provider_are_about_email(tmp_path: Path, now: datetime) -> None:
    load(
        "Email Address,First Name,Last Name,UNSUB_TIME,UNSUB_REASON\n"
        "ann@barset.example,Ann,Archer,2026-01-05 10:11:12,N/A\n",
        tmp_path,
        now,
    )
    ann = record_person(given_name="Ann", email="ann@barset.example", source="a", now=now)
    assert (verdict(ann, "email"), verdict(ann, "post")) == ("definite", "")


def test_people_known_by_name_and_address_only(tmp_path: Path, now: datetime) -> None:
    load(
        "First name,Surname,Address,Postcode,Objected on\n"
        "Ann,Archer,12 Mill Lane,ZZ1 1AA,1/2/2026\n"
        "Bea,Archer,,,1/2/2026\n",
        tmp_path,
        now,
        channel="post",
    )
    ann = record_person(
        given_name="Ann",
        family_name="Archer",
        address_line="12, Mill Lane",
        postcode="ZZ11AA",
        email="a@barset.example",
        source="a",
        now=now,
    )
    near = record_person(
        given_name="A",
        family_name="Archer",
        address_line="12 Mill Lane",
        postcode="ZZ1 1AA",
        source="a",
        now=now,
    )
    assert (verdict(ann, "post"), verdict(ann, "email")) == ("definite", "")
    assert verdict(near, "post") == "doubtful"


@pytest.mark.parametrize("day", ["1/2/2026", ""])
def test_the_same_list_again_adds_nothing(tmp_path: Path, now: datetime, day: str) -> None:
    text = f"Email,Objected on\nann@barset.example,{day}\nann@barset.example,{day}\n"
    first = load(text, tmp_path, now)
    rows = Suppression.objects.count()
    again = load(text, tmp_path, now + timedelta(days=5))
    assert (first.accepted, first.unchanged) == (1, 1)
    assert (again.accepted, again.unchanged) == (0, 2)
    assert Suppression.objects.count() == rows


def test_an_old_list_does_not_undo_a_change_of_mind(tmp_path: Path, now: datetime) -> None:
    text = "Email,Objected on\nann@barset.example,1/2/2026\n"
    load(text, tmp_path, now)
    ann = record_person(given_name="Ann", email="ann@barset.example", source="a", now=now)
    lift_objection(objection=Suppression.objects.all()[0].objection, source="page", now=now)
    assert verdict(ann, "email") == ""
    load(text, tmp_path, now, name="again.csv")
    assert verdict(ann, "email") == ""
    load("Email,Objected on\nann@barset.example,1/3/2026\n", tmp_path, now, name="newer.csv")
    assert verdict(ann, "email") == "definite"


def test_a_wrong_choice_of_channel_is_refused(tmp_path: Path, now: datetime) -> None:
    with pytest.raises(ImportRefused):
        load("Email,Objected on\nann@barset.example,1/2/2026\n", tmp_path, now, channel="pigeon")
