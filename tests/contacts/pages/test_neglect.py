"""The page that shows where people are neglected."""

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from hustings.accounts.models import Role
from tests.contacts import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def url() -> str:
    cast.make_organisation()
    cast.make_places()
    return reverse("contacts_desk:neglect")


def test_alice_sees_her_wards(client: Client, url: str, now: datetime) -> None:
    cast.make_person(name="Ada One", last_contacted_at=now - timedelta(days=10))
    cast.make_person(name="Bea Two")
    client.force_login(cast.make_alice())
    page = client.get(url).content.decode()
    assert "Ullathorne" in page
    told = re.findall(r'h-tile__value">([^<]*)<.*?h-tile__label">([^<]*)<', page, re.DOTALL)
    assert told == [
        ("2", "people"),
        ("1", "contacted in the last 90 days"),
        ("1", "never contacted"),
        ("0", "reachable"),
    ]


def test_charlie_cannot_see_hers(client: Client, url: str) -> None:
    cast.make_person(name="Ada One")
    client.force_login(cast.make_charlie())
    for address in (url, f"{url}?format=csv"):
        assert "Ullathorne" not in client.get(address).content.decode()


def test_volunteers_cannot_enter(client: Client, url: str) -> None:
    client.force_login(cast.make_user(name="Bob", role=Role.VOLUNTEER, area=cast.EAST))
    assert client.get(url).status_code == 403


def test_a_stranger_is_sent_to_the_login(client: Client, url: str) -> None:
    assert "/account/login/" in client.get(url)["Location"]


def test_csv(client: Client, url: str, now: datetime) -> None:
    cast.make_person(name="Ada One", last_contacted_at=now - timedelta(days=40))
    client.force_login(cast.make_alice())
    lines = client.get(f"{url}?days=30&format=csv").content.decode().splitlines()
    assert lines[0].split(",")[4] == "contacted_in_30_days"
    assert lines[1] == "E05999001,Ullathorne,1,0,0,0,0.000,0"


def test_an_odd_span_falls_back_to_ninety_days(client: Client, url: str) -> None:
    client.force_login(cast.make_alice())
    cast.make_person(name="Ada One")
    assert 'value="90" selected' in client.get(f"{url}?days=ninety").content.decode()


def test_an_empty_patch_says_so(client: Client, url: str) -> None:
    client.force_login(cast.make_alice())
    assert "There are no people in the places you look after." in client.get(url).content.decode()
