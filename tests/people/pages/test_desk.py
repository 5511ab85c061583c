"""Desk pages about people: each login sees the people of its places, and nobody else's."""

import uuid
from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from hustings.accounts.models import Role
from hustings.people.models import Person, RightsRequest
from hustings.people.queries import suppressed_person_ids
from hustings.people.usecases import (
    object_to_contact,
    open_rights_request,
    record_consent,
    record_person,
    wording_for,
)
from hustings.people.usecases.lift_objection import lift_objection
from hustings.platform.models import AuditEntry
from tests.cast import Cast, make_user, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def fiona(cast: Cast, barset_postcodes: None, now: datetime) -> Person:
    fiona = record_person(
        given_name="Fiona",
        family_name="Fishwick",
        email="fiona@barset.example",
        phone="07700 900123",
        postcode="ZZ1 1AA",
        address_line="12 Mill Lane",
        source="petition bins",
        now=now,
    )
    record_consent(
        person=fiona,
        channel="email",
        purpose="campaign",
        is_given=True,
        wording=wording_for(key="k", text="Email me about the bins.", now=now),
        source="petition bins",
        evidence={"signature": 1},
        now=now,
    )
    return fiona


@pytest.fixture
def asked(fiona: Person, now: datetime) -> RightsRequest:
    return open_rights_request(kind="access", source="desk", now=now, person=fiona)


def of_one(pk: int, request_pk: int) -> dict[str, str]:
    return {
        **{
            name: reverse(f"people_desk:{name}", args=[pk])
            for name in ("person", "edit_person", "record_objection", "export", "erase", "open_request")
        },
        "decide_hit": reverse("people_desk:decide_hit", args=[pk, uuid.uuid4()]),
        "request": reverse("people_desk:request", args=[request_pk]),
    }


def test_charlie_cannot(cast: Cast, fiona: Person, asked: RightsRequest) -> None:
    """Neither as organiser of another ward nor as its data officer."""
    officer = make_user(name="Cora", role=Role.DATA_OFFICER, area=cast.west)
    for login in (cast.charlie, officer):
        client = signed_in(login)
        assert "Fishwick" not in client.get(reverse("people_desk:people")).content.decode()
        for name, address in of_one(fiona.pk, asked.pk).items():
            for response in (client.get(address), client.post(address, {"act": "answer"})):
                assert response.status_code in {403, 404, 405}, (login, name)
    lists = signed_in(officer)
    for name in ("doubtful", "requests"):
        page = lists.get(reverse(f"people_desk:{name}"))
        assert page.status_code == 200
        assert "Fishwick" not in page.content.decode()
    fiona.refresh_from_db()
    assert fiona.erased_at is None


def test_the_list_is_searched_by_name_postcode_and_email(cast: Cast, fiona: Person, now: datetime) -> None:
    record_person(given_name="Gwen", family_name="Green", postcode="ZZ1 1AB", source="test", now=now)
    client = signed_in(cast.alice)
    for query in ("fishw", "zz11aa", "fiona@barset", "Fiona Fishwick"):
        page = client.get(reverse("people_desk:people"), {"q": query}).content.decode()
        assert "Fishwick" in page, query
        assert "Green" not in page, query
    assert "Green" not in client.get(reverse("people_desk:people"), {"email": "yes"}).content.decode()


def test_only_who_may_takes_the_list_away(cast: Cast, fiona: Person) -> None:
    refused = signed_in(cast.alice).get(reverse("people_desk:people"), {"export": "csv"})
    assert refused.status_code == 403
    taken = signed_in(cast.dora).get(reverse("people_desk:people"), {"export": "csv"})
    assert b"Fishwick" in b"".join(taken.streaming_content)  # type: ignore[attr-defined]
    assert AuditEntry.objects.get(verb="exported").actor_id == cast.dora.pk


def test_a_person_with_receipts_and_objections(cast: Cast, fiona: Person, now: datetime) -> None:
    object_to_contact(person=fiona, channel="post", source="letter of 3 March", now=now)
    page = signed_in(cast.alice).get(reverse("people_desk:person", args=[fiona.pk])).content.decode()
    for part in (
        "12 Mill Lane",
        "fiona@barset.example",
        "Email me about the bins.",
        "letter of 3 March",
        "Barset East",
    ):
        assert part in page
    assert reverse("people_desk:erase", args=[fiona.pk]) not in page
    assert signed_in(cast.alice).get(reverse("people_desk:erase", args=[fiona.pk])).status_code == 403


def test_adding_and_editing_stay_within_the_places(cast: Cast, fiona: Person) -> None:
    client = signed_in(cast.alice)
    said = {
        "given_name": "Gwen",
        "family_name": "Green",
        "postcode": "ZZ1 1AB",
        "email": "gwen@barset.example",
    }
    assert client.post(reverse("people_desk:add_person"), said).status_code == 302
    gwen = Person.objects.get(given_name="Gwen")
    assert gwen.ward == cast.east
    assert client.post(reverse("people_desk:add_person"), said | {"postcode": "ZZ2 2BB"}).status_code == 403
    edit = reverse("people_desk:edit_person", args=[gwen.pk])
    assert client.post(edit, said | {"postcode": "ZZ2 2BB"}).status_code == 403
    assert client.post(edit, said | {"family_name": "Grey", "email": ""}).status_code == 302
    gwen.refresh_from_db()
    assert (gwen.family_name, gwen.ward) == ("Grey", cast.east)
    assert not gwen.contact_points.filter(is_preferred=True).exists()
    kept = client.post(edit, said | {"email": "gwen at barset"})
    assert kept.status_code == 200
    assert "gwen at barset" in kept.content.decode()


def test_an_objection_is_noted(cast: Cast, fiona: Person) -> None:
    address = reverse("people_desk:record_objection", args=[fiona.pk])
    signed_in(cast.alice).post(address, {"channel": "call", "source": "at the door"})
    found = suppressed_person_ids(person_ids=[fiona.pk], channel="call", purpose="campaign")
    assert found.definite == {fiona.pk}


@pytest.mark.parametrize(("answer", "is_blocked"), [("same", True), ("other", False)])
def test_a_doubtful_hit_is_decided_with_a_reason(
    cast: Cast, fiona: Person, now: datetime, answer: str, is_blocked: bool
) -> None:
    objection = object_to_contact(person=fiona, source="letter", now=now)
    frank = record_person(
        given_name="F",
        family_name="Fishwick",
        postcode="ZZ1 1AA",
        address_line="12 Mill Lane",
        email="f@barset.example",
        source="t",
        now=now,
    )
    client = signed_in(cast.dora)
    address = reverse("people_desk:decide_hit", args=[frank.pk, objection])
    assert address in client.get(reverse("people_desk:doubtful")).content.decode()
    assert client.post(address, {"answer": answer, "reason": ""}).status_code == 200
    assert client.post(address, {"answer": answer, "reason": "Rang him"}).status_code == 302
    found = suppressed_person_ids(person_ids=[frank.pk], channel="email", purpose="campaign")
    assert bool(found.everyone) is is_blocked
    # Decided, it stands below with its reason, and can be decided otherwise.
    listed = client.get(reverse("people_desk:doubtful")).content.decode()
    assert "Rang him" in listed
    assert "Rang him" in client.get(address).content.decode()
    other = {"same": "other", "other": "same"}[answer]
    assert client.post(address, {"answer": other, "reason": "Rang again"}).status_code == 302
    found = suppressed_person_ids(person_ids=[frank.pk], channel="email", purpose="campaign")
    assert bool(found.everyone) is not is_blocked
    lift_objection(objection=objection, source="letter", now=now)
    assert address not in client.get(reverse("people_desk:doubtful")).content.decode()


def test_a_request_from_receipt_to_answer(cast: Cast, fiona: Person, now: datetime) -> None:
    client = signed_in(cast.dora)
    response = client.post(
        reverse("people_desk:open_request", args=[fiona.pk]), {"kind": "access", "details": "Her letter"}
    )
    request = RightsRequest.objects.get()
    address = reverse("people_desk:request", args=[request.pk])
    assert response["Location"] == address
    page = client.get(address).content.decode()
    assert "clock stands still" in page
    assert "30 April 2026" in page
    assert "Requests" in client.get(reverse("people_desk:requests")).content.decode()
    client.post(address, {"act": "identity", "reason-reason": "Passport seen"})
    client.post(address, {"act": "extend", "reason-reason": "Many rows"})
    client.post(address, {"act": "answer", "answer-outcome": "met", "answer-answer": "Sent by post"})
    request.refresh_from_db()
    assert (request.outcome, request.identity_evidence, request.extended_at) == ("met", "Passport seen", now)
    assert "answered before" in client.post(address, {"act": "acknowledge"}).content.decode()


def test_export_and_erasure_are_noted(cast: Cast, fiona: Person) -> None:
    client = signed_in(cast.dora)
    export, erase = (reverse(f"people_desk:{name}", args=[fiona.pk]) for name in ("export", "erase"))
    assert client.get(export).status_code == client.get(erase).status_code == 200
    assert client.post(export)["Content-Type"] == "application/zip"
    assert client.post(erase).status_code == 302
    assert client.get(erase).status_code == 404
    verbs = AuditEntry.objects.filter(subject_type="people.Person").values_list("verb", "actor_id")
    assert set(verbs) == {("exported", cast.dora.pk), ("erased", cast.dora.pk)}


def test_overdue_requests_say_so(cast: Cast, fiona: Person, now: datetime) -> None:
    open_rights_request(
        kind="erasure",
        source="desk",
        now=now,
        received_at=now - timedelta(days=60),
        person=fiona,
        is_identity_known=True,
    )
    assert "overdue" in signed_in(cast.dora).get(reverse("people_desk:requests")).content.decode()


def test_people_are_found_by_name_postcode_or_email(cast: Cast, now: datetime) -> None:
    """The box to search stands on the page, and it finds."""
    for given_name, postcode in (("Bea", "ZZ1 1AB"), ("Cora", "ZZ1 1AC")):
        Person.objects.create(
            given_name=given_name, family_name="Lane", postcode=postcode, ward=cast.east, created_at=now
        )
    client = signed_in(cast.admin)
    page = client.get(reverse("people_desk:people")).content.decode()
    assert 'name="q"' in page
    assert "Name, postcode or email" in page
    for query in ("bea", "zz11ab"):
        found = client.get(reverse("people_desk:people"), {"q": query}).content.decode()
        assert "Bea Lane" in found
        assert "Cora Lane" not in found
