"""Stopping mail by the link: looking changes nothing, one click does, and twice is once."""

import re

import pytest
from django.test import Client

from hustings.people.models import Channel, Person, Suppression
from hustings.people.queries import suppressed_person_ids
from hustings.postroom.delivery.writing import unsubscribe_link
from tests.conftest import NOW
from tests.postroom.outbox import make_people

pytestmark = pytest.mark.django_db


def path_for(person: Person) -> str:
    return re.sub(r"^https?://[^/]+", "", unsubscribe_link(person_id=person.pk))


def is_stopped(person: Person) -> bool:
    return (
        person.pk
        in suppressed_person_ids(person_ids=[person.pk], channel=Channel.EMAIL, purpose="campaign").definite
    )


def test_looking_changes_nothing(client: Client) -> None:
    (pat,) = make_people(1)
    answer = client.get(path_for(pat))
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Stop these emails" in page
    assert "<script" not in page
    assert '<form method="post">' in page
    assert "/preferences/" in page
    assert "Pat0" not in page
    assert "p0@" not in page
    assert not Suppression.objects.exists()


def test_one_click_from_a_mail_program_is_enough_and_needs_no_cookie() -> None:
    (pat,) = make_people(1)
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(
        path_for(pat), "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 200
    assert is_stopped(pat)
    assert not answer.cookies
    kept = Suppression.objects.count()
    assert "You will get no more of these" in strict.post(path_for(pat)).content.decode()
    assert Suppression.objects.count() == kept


def test_a_joined_person_is_stopped_as_the_one_kept(client: Client) -> None:
    pat, kept = make_people(2)
    Person.objects.filter(pk=pat.pk).update(merged_into=kept)
    client.post(path_for(pat))
    assert is_stopped(kept)


def test_an_erased_person_learns_that_nothing_more_comes(client: Client) -> None:
    (pat,) = make_people(1)
    Person.objects.filter(pk=pat.pk).update(erased_at=NOW)
    answer = client.post(path_for(pat))
    assert answer.status_code == 200
    assert not re.search(r"/preferences/[^\"]", answer.content.decode())
    assert not Suppression.objects.exists()


@pytest.mark.parametrize("token", ["x", "AAAA", "%C3%A9", "a" * 200])
def test_a_link_cut_short_gets_a_clear_page(client: Client, token: str) -> None:
    make_people(1)
    for answer in (client.get(f"/unsubscribe/{token}/"), client.post(f"/unsubscribe/{token}/")):
        assert answer.status_code == 404
        assert "This link is not complete" in answer.content.decode()


def test_nobody_can_stop_somebody_elses_mail(client: Client) -> None:
    pat, other = make_people(2)
    path = path_for(pat)
    forged = path.replace(path[13:25], path_for(other)[13:25])
    client.post(forged)
    assert not is_stopped(other) or forged == path_for(other)
