"""Confirming: the person, their consents and answers go on file, once; the count and the table follow."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from hustings.actions.events import SignatureConfirmed
from hustings.actions.models import Petition, Signature, SignatureState
from hustings.actions.queries import ward_counts
from hustings.actions.usecases import count_signature as counting
from hustings.actions.usecases.close_petition import close_petition
from hustings.actions.usecases.confirm_signature import (
    ChangedSinceShown,
    ConfirmedTooLate,
    LinkLeadsNowhere,
    confirm_signature,
)
from hustings.actions.usecases.forget_unconfirmed import forget_unconfirmed
from hustings.actions.usecases.recount import recount
from hustings.actions.usecases.withdraw_signature import withdraw_signature
from hustings.basics.clock import clock_set_to
from hustings.contacts.models import Intention, IssueRaised
from hustings.people.models import Consent, ConsentEvent, ContactPoint, Person
from hustings.people.usecases.object_to_contact import object_to_contact
from hustings.people.usecases.record_person import record_person
from hustings.postroom.models import Message
from tests.actions.forms import box_value
from tests.cast import Cast
from tests.conftest import NOW

Send = Callable[..., Any]
NEWS = "Barset Together may email me news of this and its other campaigns."
LATER = NOW + timedelta(hours=1)


def pending() -> Signature:
    return Signature.objects.get(state=SignatureState.PENDING)


def confirm(signature: Signature) -> Signature:
    return confirm_signature(token=signature.token, shown_at=signature.signed_at, now=LATER)


@pytest.fixture
def announced(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    seen: list[Any] = []
    monkeypatch.setattr(counting, "announce", seen.append)
    return seen


def test_a_confirmed_signature_counts_and_everything_said_is_on_file(
    sign: Send, client: Client, petition: Petition, postcodes: None, announced: list[Any]
) -> None:
    html = client.get("/petitions/save-the-bus/").content.decode()
    sign(
        consent=box_value(html=html, words=NEWS),
        intention=box_value(html=html, words="Barset Greens"),
        issue=box_value(html=html, words="Buses"),
        phone="01632 960123",
        address_line="7 Elm Row",
    )
    signature = confirm(pending())
    person = signature.person
    assert person is not None
    assert (person.given_name, person.family_name, person.postcode) == ("Ewan", "McTavish", "ZZ1 1AA")
    assert person.address_line == "7 Elm Row"
    assert person.ward_id == signature.ward_id == "E05999001"
    email = ContactPoint.objects.get(person=person, kind="email")
    assert email.verified_at == LATER
    event = ConsentEvent.objects.get()
    assert (event.channel, event.purpose, event.is_given) == ("email", "campaign", True)
    assert event.wording is not None
    assert event.wording.text == NEWS
    assert event.evidence["signature"] == signature.pk
    assert event.evidence["confirmed"] == "by email"
    intention = Intention.objects.get(person=person)
    assert (intention.choice, str(intention.party)) == ("party", "Barset Greens")
    assert intention.at == NOW
    assert IssueRaised.objects.get(person=person).issue.name == "Buses"
    assert signature.choices.keys() == {"consents", "language"}
    petition.refresh_from_db()
    assert petition.confirmed == 1
    assert announced == [SignatureConfirmed(at=LATER, signature_id=signature.pk, person_id=person.pk)]


def test_nothing_ticked_is_nothing_agreed(sign: Send) -> None:
    sign()
    confirm(pending())
    assert not ConsentEvent.objects.exists()
    assert not Consent.objects.exists()
    assert not Intention.objects.exists()


def test_pressing_twice_counts_once(sign: Send, petition: Petition) -> None:
    sign()
    signature = pending()
    confirm(signature)
    confirm(signature)
    petition.refresh_from_db()
    assert petition.confirmed == 1
    assert Person.objects.count() == 1


def test_the_person_known_by_the_address_is_the_person(sign: Send) -> None:
    known = record_person(given_name="Ewan", email="EWAN@barset.example", source="test", now=NOW)
    sign()
    assert confirm(pending()).person == known


def test_a_made_up_link_leads_nowhere(petition: Petition) -> None:
    with pytest.raises(LinkLeadsNowhere):
        confirm_signature(token="x" * 43, shown_at=None, now=LATER)


def test_a_link_that_has_run_out_counts_nothing(sign: Send, petition: Petition) -> None:
    sign()
    with pytest.raises(ConfirmedTooLate):
        confirm_signature(token=pending().token, shown_at=None, now=NOW + timedelta(days=31))
    petition.refresh_from_db()
    assert petition.confirmed == 0


def test_after_closing_there_is_a_week(sign: Send, petition: Petition, cast: Cast) -> None:
    sign()
    close_petition(petition=petition, by=cast.alice, now=LATER)
    signature = confirm_signature(token=pending().token, shown_at=None, now=NOW + timedelta(days=6))
    assert signature.state == SignatureState.CONFIRMED


def test_a_newer_form_must_be_seen_before_it_is_confirmed(sign: Send) -> None:
    sign()
    seen = pending()
    with clock_set_to(NOW + timedelta(minutes=5)):
        sign(given_name="Mallory")
    with pytest.raises(ChangedSinceShown):
        confirm(seen)


def test_consent_given_through_ones_own_mailbox_lifts_ones_own_objection(sign: Send, client: Client) -> None:
    fiona = record_person(given_name="Fiona", email="fiona@barset.example", source="test", now=NOW)
    object_to_contact(person=fiona, channel="email", source="test", now=NOW)
    html = client.get("/petitions/save-the-bus/").content.decode()
    sign(given_name="Fiona", email="fiona@barset.example", consent=box_value(html=html, words=NEWS))
    confirm(pending())
    assert Consent.objects.get(person=fiona, channel="email", purpose="campaign").is_given
    from hustings.people.queries import suppressed_person_ids

    hits = suppressed_person_ids(person_ids=[fiona.pk], channel="email", purpose="campaign")
    assert fiona.pk not in set(hits.definite)
    assert fiona.pk in set(
        suppressed_person_ids(person_ids=[fiona.pk], channel="email", purpose="fundraising").definite
    )


def test_without_a_tick_an_objection_stands(sign: Send) -> None:
    fiona = record_person(given_name="Fiona", email="fiona@barset.example", source="test", now=NOW)
    object_to_contact(person=fiona, channel="email", source="test", now=NOW)
    sign(given_name="Fiona", email="fiona@barset.example")
    confirm(pending())
    from hustings.people.queries import suppressed_person_ids

    hits = suppressed_person_ids(person_ids=[fiona.pk], channel="email", purpose="campaign")
    assert fiona.pk in set(hits.definite)


def test_taking_it_back_uncounts_it_once(sign: Send, petition: Petition) -> None:
    sign()
    token = confirm(pending()).token
    withdraw_signature(token=token, now=LATER)
    withdraw_signature(token=token, now=LATER)
    petition.refresh_from_db()
    assert petition.confirmed == 0
    with pytest.raises(LinkLeadsNowhere):
        confirm_signature(token=token, shown_at=None, now=LATER)


def test_who_took_it_back_may_sign_again(sign: Send, petition: Petition) -> None:
    sign()
    token = confirm(pending()).token
    withdraw_signature(token=token, now=LATER)
    with clock_set_to(LATER):
        sign()
    confirm_signature(token=token, shown_at=None, now=LATER)
    petition.refresh_from_db()
    assert petition.confirmed == 1


def test_the_table_by_ward_hides_small_counts(
    sign: Send, petition: Petition, postcodes: None, cast: Cast
) -> None:
    for number in range(30):
        postcode = "ZZ1 1AA" if number < 17 else "ZZ2 2AA" if number < 21 else "ZZ9 9ZZ"
        sign(
            email=f"ewan{number}@barset.example", given_name=f"E{number}",
            postcode=postcode, known_postcode=postcode,
        )  # fmt: skip
        confirm(pending())
    petition.refresh_from_db()
    assert petition.confirmed == 30
    rows = {row.name: (row.at_least, row.at_most) for row in ward_counts(petition=petition)}
    assert rows == {"Barset East": (10, 19), "Barset West": (0, 9), "": (0, 9)}


def test_the_kept_count_can_be_mended(sign: Send, petition: Petition) -> None:
    sign()
    confirm(pending())
    Petition.objects.update(confirmed=7)
    assert recount(petition_id=petition.pk, actor=None, now=LATER) == (7, 1)


def test_the_unconfirmed_are_erased_after_thirty_days(sign: Send) -> None:
    sign()
    sign(email="gwen@barset.example")
    kept = confirm(Signature.objects.get(email="gwen@barset.example"))
    assert forget_unconfirmed(now=NOW + timedelta(days=30)) == 0
    assert forget_unconfirmed(now=NOW + timedelta(days=30, seconds=1)) == 1
    assert list(Signature.objects.all()) == [kept]
    assert [message.address for message in Message.objects.all()] == ["gwen@barset.example"]
