"""The unsure are looked at side by side; Charlie sees nothing of Alice's."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from hustings.accounts.access import EVERYTHING, Right, scope_of
from hustings.accounts.models import Role
from hustings.people.models import Person
from hustings.platform.models import AuditEntry
from hustings.register.models import Entitlement, Match, MatchState
from hustings.register.queries import attention
from hustings.register.usecases.match_people import match_people
from tests.cast import Cast, make_user, signed_in
from tests.register.conftest import ROWS, Import

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 30)
TWINS = (
    *ROWS,
    ("AA", "6", "0", "", "", "Ash", "John Arthur", "ZZ1 1AB", "8 Mill Street", "Eelbrook"),
    ("AA", "7", "0", "", "", "Ash", "John Brian", "ZZ1 1AB", "8 Mill Street", "Eelbrook"),
)
REVIEW = reverse("register_desk:review")
MATCHES = reverse("register_desk:matches")


@pytest.fixture
def john(load: Import, barset: Cast, now: datetime) -> Person:
    """John Ash of Barset East, who may be the father or the son."""
    load(TWINS)
    person = Person.objects.create(
        given_name="John",
        family_name="Ash",
        postcode="ZZ1 1AB",
        ward=barset.east,
        source="test",
        created_at=now,
    )
    match_people(now=now, on=TODAY)
    return person


def _question(person: Person) -> str:
    return reverse("register_desk:question", args=[person.pk])


def _asked(person: Person) -> list[Match]:
    return list(Match.objects.filter(person=person, state=MatchState.UNSURE).order_by("elector"))


def test_alice_sees_both_electors_beside_the_person(john: Person, barset: Cast) -> None:
    alice = signed_in(barset.alice)
    assert alice.get(REVIEW)["Location"] == _question(john)
    page = alice.get(_question(john)).content.decode()
    for words in ("John Arthur", "John Brian", "AA-6", "AA-7", "8 Mill Street", "1 person is waiting"):
        assert words in page


def test_accepting_goes_on_and_can_be_taken_back(john: Person, barset: Cast) -> None:
    alice = signed_in(barset.alice)
    first, _ = _asked(john)
    answer = alice.post(_question(john), {"act": f"accept-{first.pk}"})
    assert answer["Location"] == REVIEW
    first.refresh_from_db()
    assert (first.state, first.decided_by) == (MatchState.ACCEPTED, barset.alice)
    page = alice.get(REVIEW).content.decode()
    assert "Nothing to decide" in page
    assert "John Ash was joined to an elector." in page
    alice.post(reverse("register_desk:undo"))
    first.refresh_from_db()
    assert first.state == MatchState.UNSURE


def test_one_of_two_can_be_ruled_out_and_then_the_other(john: Person, barset: Cast) -> None:
    alice = signed_in(barset.alice)
    first, second = _asked(john)
    assert alice.post(_question(john), {"act": f"reject-{first.pk}"})["Location"] == _question(john)
    assert alice.post(_question(john), {"act": "none"})["Location"] == REVIEW
    assert set(Match.objects.values_list("state", flat=True)) == {MatchState.REJECTED}
    assert "John Ash was not joined." in alice.get(REVIEW).content.decode()
    assert alice.post(_question(john), {"act": f"accept-{second.pk}"})["Location"] == REVIEW
    second.refresh_from_db()
    assert second.state == MatchState.REJECTED


def test_deciding_later_goes_round(john: Person, barset: Cast, now: datetime) -> None:
    other = Person.objects.create(
        given_name="John",
        family_name="Ash",
        postcode="ZZ1 1AB",
        ward=barset.east,
        source="test",
        created_at=now,
    )
    match_people(now=now, on=TODAY)
    alice = signed_in(barset.alice)
    assert f'href="{_question(other)}"' in alice.get(_question(john)).content.decode()
    assert f'href="{_question(john)}"' in alice.get(_question(other)).content.decode()


def test_an_act_that_makes_no_sense_is_not_found(john: Person, barset: Cast) -> None:
    alice = signed_in(barset.alice)
    for act in ("", "marry", "accept-", "accept-x"):
        assert alice.post(_question(john), {"act": act}).status_code == 404
    assert len(_asked(john)) == 2


def test_charlie_cannot(john: Person, barset: Cast) -> None:
    charlie = signed_in(barset.charlie)
    first, _ = _asked(john)
    assert "Nothing to decide" in charlie.get(REVIEW).content.decode()
    assert charlie.get(_question(john))["Location"] == REVIEW
    charlie.post(_question(john), {"act": f"accept-{first.pk}"})
    charlie.post(_question(john), {"act": "none"})
    assert len(_asked(john)) == 2
    for method in ("get", "post"):
        ask: Callable[..., object] = getattr(charlie, method)
        assert getattr(ask(reverse("register_desk:match", args=[first.pk])), "status_code") == 404  # noqa: B009
    assert "Ash" not in charlie.get(MATCHES).content.decode()
    assert "Ash" not in signed_in(barset.charlie).get(MATCHES + "?export=csv").content.decode()
    signed_in(barset.alice).post(_question(john), {"act": f"accept-{first.pk}"})
    charlie.post(reverse("register_desk:undo"))
    first.refresh_from_db()
    assert first.state == MatchState.ACCEPTED


def test_an_elector_of_another_patch_is_neither_shown_nor_decided(
    load: Import, barset: Cast, now: datetime
) -> None:
    """Persephone moved from Charlie's patch, where she is still registered, to Alice's."""
    load([*ROWS, ("BA", "2", "0", "", "", "Quarrington", "Persephone Jane", "ZZ2 2BB", "9 Castle Road")])
    moved = Person.objects.create(
        given_name="Persephone Jane",
        family_name="Quarrington",
        postcode="ZZ1 1AA",
        ward=barset.east,
        source="test",
        created_at=now,
    )
    match_people(now=now, on=TODAY)
    (match,) = _asked(moved)
    alice = signed_in(barset.alice)
    page = alice.get(_question(moved)).content.decode()
    assert "9 Castle Road" not in page
    assert "BA-2" not in page
    alice.post(_question(moved), {"act": f"accept-{match.pk}"})
    assert len(_asked(moved)) == 1
    dora = signed_in(barset.dora)
    assert "9 Castle Road" in dora.get(_question(moved)).content.decode()
    dora.post(_question(moved), {"act": f"accept-{match.pk}"})
    assert not _asked(moved)


def test_bob_and_strangers_are_turned_away(john: Person, barset: Cast) -> None:
    for user in (barset.bob, barset.stranger, barset.tess):
        for url in (REVIEW, MATCHES, _question(john), reverse("register_desk:versions")):
            assert signed_in(user).get(url).status_code == 403
    assert Client().get(REVIEW).status_code == 302


def test_without_a_second_factor_the_register_stays_shut(john: Person, barset: Cast) -> None:
    weak = make_user(name="Wilma", role=Role.ORGANISER, area=barset.east, has_second_factor=False)
    answer = signed_in(weak).get(_question(john))
    assert answer.status_code == 302
    assert "2fa" in answer["Location"] or "mfa" in answer["Location"]


def test_after_the_entitlement_ended_nothing_is_shown(john: Person, barset: Cast) -> None:
    Entitlement.objects.update(valid_until=date(2026, 3, 30))
    alice = signed_in(barset.alice)
    page = alice.get(_question(john)).content.decode()
    assert "may not be read" in page
    assert "8 Mill Street" not in page
    assert "8 Mill Street" not in alice.get(MATCHES).content.decode()
    first, _ = _asked(john)
    assert "8 Mill Street" not in alice.get(reverse("register_desk:match", args=[first.pk])).content.decode()


def test_a_match_has_a_page_with_its_weights(john: Person, barset: Cast) -> None:
    alice = signed_in(barset.alice)
    first, _ = _asked(john)
    url = reverse("register_desk:match", args=[first.pk])
    page = alice.get(url).content.decode()
    assert "barset-1" in page
    assert f"+{first.evidence['surname'][1]}" in page
    alice.post(url, {"act": "accept"})
    assert Match.objects.get(pk=first.pk).state == MatchState.ACCEPTED
    alice.post(url, {"act": "undo"})
    assert Match.objects.get(pk=first.pk).state == MatchState.UNSURE
    alice.post(url, {"act": "reject"})
    assert Match.objects.get(pk=first.pk).state == MatchState.REJECTED
    assert alice.post(url, {"act": "reject"}).status_code == 302
    assert alice.post(url, {"act": "?"}).status_code == 404


def test_the_list_filters_and_says_what_it_leaves_out(john: Person, barset: Cast, now: datetime) -> None:
    Person.objects.create(
        given_name="Nobody", family_name="Else", ward=barset.east, source="test", created_at=now
    )
    alice = signed_in(barset.alice)
    page = alice.get(MATCHES + "?state=unsure").content.decode()
    assert "John Arthur Ash" in page
    assert "1 people who were not found" in page
    assert "John Arthur Ash" not in alice.get(MATCHES + "?state=matched").content.decode()


def test_the_data_officer_exports_and_it_is_noted(john: Person, barset: Cast) -> None:
    answer = signed_in(barset.dora).get(MATCHES + "?export=csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert "John Brian Ash" in text
    assert AuditEntry.objects.filter(verb="exported register matches").count() == 1


def test_the_desk_is_told_how_many_wait(john: Person, barset: Cast, now: datetime) -> None:
    (told,) = attention(scope=EVERYTHING, now=now)
    assert told.count == 1
    assert not attention(scope=scope_of(user=barset.charlie, right=Right.MATCH, on=TODAY), now=now)
