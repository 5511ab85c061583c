"""Rows that may be one person are found, joined, told apart, and joins are undone."""

import json
from datetime import datetime

import pytest
from django.urls import reverse
from typer.testing import CliRunner

from hustings.people.commands import app
from hustings.people.models import ContactPoint, Person
from hustings.people.queries.duplicates import likely_duplicates
from hustings.people.usecases import object_to_contact, record_person
from tests.cast import Cast, signed_in

pytestmark = pytest.mark.django_db


def person(
    now: datetime, given_name: str, family_name: str, email: str = "", postcode: str = "ZZ1 1AA"
) -> Person:
    return record_person(
        given_name=given_name, family_name=family_name, email=email, postcode=postcode, source="test", now=now
    )


@pytest.fixture
def pair(cast: Cast, barset_postcodes: None, now: datetime) -> tuple[Person, Person]:
    bob = person(now, "Bob", "Baker", "bob@barset.example")
    robert = person(now, "Robert", "Baker", "r.baker@barset.example")
    person(now, "Gwen", "Baker", "gwen@barset.example")
    person(now, "Bob", "Baker", "other@barset.example", "ZZ2 2BB")
    return bob, robert


def pairs() -> list[tuple[int, int, tuple[str, ...]]]:
    found = likely_duplicates(people=Person.objects.filter(merged_into=None, erased_at=None))
    return [(one.one.pk, one.other.pk, one.shared) for one in found]


def test_what_is_shared_makes_a_pair(pair: tuple[Person, Person], now: datetime) -> None:
    bob, robert = pair
    assert pairs() == [(bob.pk, robert.pk, ("name and postcode",))]
    for one in pair:
        ContactPoint.objects.create(
            person=one,
            kind="phone",
            value="07700 900123",
            canonical="+447700900123",
            added_at=now,
            source="t",
        )
    assert pairs() == [(bob.pk, robert.pk, ("name and postcode", "phone"))]


def test_a_pair_is_joined_and_taken_apart(cast: Cast, pair: tuple[Person, Person], now: datetime) -> None:
    bob, robert = pair
    client = signed_in(cast.alice)
    address = reverse("people_desk:decide_pair", args=[bob.pk, robert.pk])
    assert address in client.get(reverse("people_desk:duplicates")).content.decode()
    assert "r.baker@barset.example" in client.get(address).content.decode()
    client.post(address, {"act": "keep_other"})
    bob.refresh_from_db()
    assert bob.merged_into == robert
    page = client.get(reverse("people_desk:duplicates")).content.decode()
    (undo,) = {part.split('"')[0] for part in page.split('action="')[1:] if "undo" in part.split('"')[0]}
    client.post(undo)
    bob.refresh_from_db()
    assert bob.merged_into is None


def test_both_stand_side_by_side_with_what_is_the_same(cast: Cast, pair: tuple[Person, Person]) -> None:
    """As the register's review has it: a card on a phone needs a label in every cell."""
    address = reverse("people_desk:decide_pair", args=[pair[0].pk, pair[1].pk])
    page = signed_in(cast.alice).get(address).content.decode()
    assert "review.css" in page
    assert 'class="listing"' not in page
    lines = page.split("<tbody>")[1].split("</tbody>")[0].split("</tr>")
    (name,) = (line for line in lines if '<th scope="row">Name</th>' in line)
    (postcode,) = (line for line in lines if '<th scope="row">Postcode</th>' in line)
    assert 'data-label="First row">' in name
    assert 'data-label="Second row">' in name
    assert "the same" in postcode


def test_the_list_names_what_is_the_same_and_what_differs(cast: Cast, pair: tuple[Person, Person]) -> None:
    page = signed_in(cast.alice).get(reverse("people_desk:duplicates")).content.decode()
    for words in (
        "r.baker@barset.example",
        "h-badge--good",
        ">name and postcode<",
        "h-badge--warn",
        ">Name<",
    ):
        assert words in page


@pytest.mark.parametrize("act", ["keep_one", "keep_other"])
def test_the_page_says_what_joining_keeps_and_so_it_is(
    cast: Cast, pair: tuple[Person, Person], act: str
) -> None:
    bob, robert = pair
    Person.objects.filter(pk=robert.pk).update(address_line="3 High Street")
    address = reverse("people_desk:decide_pair", args=[bob.pk, robert.pk])
    client = signed_in(cast.alice)
    page = client.get(address)
    (said,) = (choice.facts for choice in page.context["choices"] if choice.act == act)
    assert "what joining keeps" in page.content.decode()
    client.post(address, {"act": act})
    kept = Person.objects.get(merged_into=None, pk__in=[bob.pk, robert.pk])
    ways = ", ".join(kept.contact_points.order_by("pk").values_list("value", flat=True))
    assert [fact.value for fact in said[:3]] == [str(kept), kept.address_line, kept.postcode]
    assert sorted(str(said[3].value).split(", ")) == sorted(ways.split(", "))
    assert kept.address_line == "3 High Street"
    other = "Robert Baker" if act == "keep_one" else "Bob Baker"
    assert said[0].note == f"no longer shown: {other}"


def test_a_street_is_not_put_to_another_postcode(
    cast: Cast, pair: tuple[Person, Person], now: datetime
) -> None:
    from hustings.people.usecases import merge_people

    bob, robert = pair
    Person.objects.filter(pk=robert.pk).update(address_line="3 High Street", postcode="ZZ2 2BB")
    merge_people(kept=bob, merged=robert, reason="test", now=now)
    bob.refresh_from_db()
    assert (bob.address_line, bob.postcode) == ("", "ZZ1 1AA")


def test_two_people_are_not_asked_about_again(cast: Cast, pair: tuple[Person, Person]) -> None:
    bob, robert = pair
    signed_in(cast.alice).post(reverse("people_desk:decide_pair", args=[bob.pk, robert.pk]), {"act": "two"})
    assert pairs() == []


def test_charlie_cannot(cast: Cast, pair: tuple[Person, Person], now: datetime) -> None:
    from hustings.people.usecases import merge_people

    client = signed_in(cast.charlie)
    bob, robert = pair
    address = reverse("people_desk:decide_pair", args=[bob.pk, robert.pk])
    assert "Robert" not in client.get(reverse("people_desk:duplicates")).content.decode()
    assert {client.get(address).status_code, client.post(address, {"act": "keep_one"}).status_code} == {404}
    merge = merge_people(kept=bob, merged=robert, reason="test", now=now)
    assert client.post(reverse("people_desk:undo_merge", args=[merge.pk])).status_code == 404


def test_commands(pair: tuple[Person, Person], now: datetime) -> None:
    bob, robert = pair
    run = CliRunner().invoke
    found = json.loads(run(app, ["duplicates", "--json"]).stdout)
    assert found == [{"one": bob.pk, "other": robert.pk, "shared": ["name and postcode"]}]
    object_to_contact(person=robert, source="test", now=now)
    counts = json.loads(run(app, ["suppressions", "--json"]).stdout)
    assert (counts["objections"], counts["blocked"]["email"]) == (1, {"definite": 1, "doubtful": 0})
    assert json.loads(run(app, ["rebuild-consents", "--json"]).stdout)["people"] == 4
    assert (
        json.loads(run(app, ["export", str(bob.pk), "--json"]).stdout)["held"]["About you"][0]["family name"]
        == "Baker"
    )
    assert run(app, ["erase", str(bob.pk), "--why", "test"]).exit_code == 1
    erased = run(app, ["erase", str(bob.pk), "--why", "test", "--yes", "--json"])
    assert json.loads(erased.stdout)["is_blocked"]
    assert run(app, ["erase", str(bob.pk), "--why", "test", "--yes"]).exit_code == 1
    assert run(app, ["export", "999999"]).exit_code == 1
