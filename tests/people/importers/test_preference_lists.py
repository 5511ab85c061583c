"""Preference services: results of screening and whole lists, kept as keyed hashes, the newest word on each."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from hustings.basics.phone import parse_phone
from hustings.people.models import Person, PreferenceList, PreferenceListing
from hustings.people.queries.preference_services import listed_by_post, telephone_standing
from hustings.people.usecases.keep_keys import keep_keys
from hustings.platform.importing.importer import ImportRefused, Options
from hustings.platform.importing.run_import import run_import
from hustings.platform.models import ImportRun
from tests.contacts import cast

pytestmark = pytest.mark.django_db

ADA, BEA, CORA = "01632 960001", "07700 900123", "01632 960003"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> None:
    settings.HUSTINGS_HOME = tmp_path


@pytest.fixture
def people() -> dict[str, int]:
    cast.make_organisation()
    cast.make_places()
    made = {}
    for name, phone in (("Ada", ADA), ("Bea", BEA), ("Cora", CORA)):
        person = cast.make_person(name=f"{name} Lane", phone=phone)
        person.contact_points.update(canonical=parse_phone(phone).e164)
        made[name] = person.pk
    return made


def load(text: str, now: datetime, tmp_path: Path, *, slug: str = "", **values: str) -> ImportRun:
    path = tmp_path / "screened.csv"
    path.write_text(text)
    return run_import(path=path, now=now, slug=slug, options=Options(values=values))


def standing(people: dict[str, int], *, since: date, on: date) -> tuple[set[str], set[str]]:
    listed, unscreened = telephone_standing(person_ids=people.values(), since=since, on=on)
    names = {pk: name for name, pk in people.items()}
    return {names[pk] for pk in listed}, {names[pk] for pk in unscreened}


def test_screening_results_say_who_is_listed_and_who_was_looked_up(
    people: dict[str, int], now: datetime, tmp_path: Path
) -> None:
    """Ada is listed, Bea clear, Cora was not sent; nothing of a number is stored."""
    text = (
        f"Telephone,TPS,CTPS,Screened on\n{ADA},Y,N,28/03/2026\n+44 7700 900123,no match,,28/03/2026\n"
        "0123,Y,N,28/03/2026\n01632 960009,perhaps,N,28/03/2026\n"
    )
    run = load(text, now, tmp_path)
    assert (run.importer, run.read, run.accepted, run.rejected) == ("preference-lists", 4, 2, 2)
    since, on = date(2026, 3, 2), date(2026, 3, 30)
    assert standing(people, since=since, on=on) == ({"Ada"}, {"Cora"})
    assert standing(people, since=date(2026, 3, 29), on=on) == ({"Ada"}, {"Ada", "Bea", "Cora"})
    assert standing(people, since=date(2026, 1, 1), on=date(2026, 3, 27)) == (set(), {"Ada", "Bea", "Cora"})
    kept = " ".join(PreferenceListing.objects.values_list("key_hash", flat=True))
    assert "960001" not in kept
    again = load(text, now, tmp_path)
    assert (again.accepted, again.unchanged) == (0, 2)


def test_a_whole_list_covers_everybody_and_ends_older_entries(
    people: dict[str, int], now: datetime, tmp_path: Path
) -> None:
    """A licensed list without a heading: Bea stands on it, and Ada no longer."""
    load(f"Phone,TPS\n{ADA},yes\n", now, tmp_path, as_of="2026-02-01")
    run = load(
        "07700900123\n01632960077\n",
        now,
        tmp_path,
        slug="preference-lists",
        service="tps",
        whole="yes",
        as_of="2026-03-20",
    )
    assert (run.read, run.accepted) == (2, 2)
    assert standing(people, since=date(2026, 3, 2), on=date(2026, 3, 30)) == ({"Bea"}, set())
    assert PreferenceList.objects.filter(is_whole=True).get().listed == 2


def test_an_older_file_does_not_undo_a_newer_word(
    people: dict[str, int], now: datetime, tmp_path: Path
) -> None:
    load(f"Phone,TPS\n{ADA},yes\n", now, tmp_path, as_of="2026-03-28")
    load(f"Phone,TPS\n{ADA},no\n", now, tmp_path, as_of="2026-03-01")
    assert standing(people, since=date(2026, 3, 2), on=date(2026, 3, 30))[0] == {"Ada"}


def test_the_mailing_preference_service_goes_by_name_and_address(now: datetime, tmp_path: Path) -> None:
    cast.make_organisation()
    cast.make_places()
    ada = cast.make_person(name="Ada Lane")
    Person.objects.filter(pk=ada.pk).update(address_line="4 Mill Lane", postcode="ZZ1 1AB")
    keep_keys(person_ids=[ada.pk])
    run = load(
        "Forename,Surname,Address1,Postcode,MPS\nAda,Lane,4 Mill Lane,ZZ1 1AB,Y\nB,Lane,,ZZ1 1AB,Y\n",
        now,
        tmp_path,
        as_of="2026-03-28",
    )
    assert (run.accepted, run.rejected) == (1, 1)
    assert listed_by_post(person_ids=[ada.pk], on=date(2026, 3, 28)) == {ada.pk}
    assert listed_by_post(person_ids=[ada.pk], on=date(2026, 3, 27)) == set()


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({}, "Say of which day"),
        ({"as_of": "2024-03-01"}, "more than a year ago"),
        ({"as_of": "soon"}, "day of the list"),
        ({"as_of": "2026-03-28", "whole": "yes", "service": "rta"}, "Say whose list"),
    ],
)
def test_a_file_of_no_day_or_no_service_is_refused(
    values: dict[str, str], why: str, now: datetime, tmp_path: Path
) -> None:
    with pytest.raises(ImportRefused, match=why):
        load(f"Phone,TPS\n{ADA},yes\n", now, tmp_path, **values)
    assert not PreferenceListing.objects.exists()
