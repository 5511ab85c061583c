"""Requests under data protection law from receipt to answer."""

import io
import json
import zipfile
from datetime import date, datetime, timedelta

import pytest

from hustings.accounts.models import Organisation, OrganisationKind
from hustings.people.models import Person, RightsOutcome, RightsRequest
from hustings.people.usecases import (
    answer_request,
    download_own_data,
    erase_self,
    export_person,
    extend_request,
    merge_people,
    object_to_contact,
    open_rights_request,
    record_consent,
    record_person,
    verify_identity,
    wording_for,
)
from hustings.people.usecases.close_unconfirmed import close_unconfirmed
from hustings.people.usecases.confirm_own_request import NotAskedFor
from hustings.people.usecases.handle_rights_request import AlreadyAnswered, CannotExtend
from hustings.platform.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def fiona(now: datetime) -> Person:
    Organisation.objects.create(
        pk=1,
        name="Barset Together",
        kind=OrganisationKind.NON_PARTY,
        address="1 High Street",
        email="o@barset.example",
    )
    fiona = record_person(
        given_name="Fiona", family_name="Fishwick", email="fiona@barset.example", source="page", now=now
    )
    record_consent(
        person=fiona,
        channel="email",
        purpose="campaign",
        is_given=True,
        wording=wording_for(key="k", text="Email me <news>.", now=now),
        source="page",
        evidence={"signature": 7},
        now=now,
    )
    object_to_contact(person=fiona, channel="post", source="letter", now=now)
    return fiona


def test_the_clock_stands_still_while_identity_is_awaited(fiona: Person, now: datetime) -> None:
    request = open_rights_request(kind="access", source="desk", now=now, person=fiona)
    assert (request.due_on, request.identity_asked_at) == (date(2026, 4, 30), now)
    later = now + timedelta(days=9)
    verified = verify_identity(request=request, evidence="passport seen", now=later)
    assert (verified.due_on, verified.identity_verified_at) == (date(2026, 5, 9), later)
    again = verify_identity(request=request, evidence="seen again", now=later + timedelta(days=5))
    assert again.due_on == date(2026, 5, 9)
    extended = extend_request(request=request, reason="Many rows", now=later)
    assert extended.due_on == date(2026, 7, 9)
    with pytest.raises(CannotExtend):
        extend_request(request=request, reason="Many rows", now=later)
    answer_request(request=request, outcome="met", answer="Sent by post", now=later)
    with pytest.raises(AlreadyAnswered):
        answer_request(request=request, outcome="met", answer="", now=later)
    assert set(AuditEntry.objects.values_list("verb", flat=True)) == {
        "opened",
        "identity verified",
        "extended",
        "answered",
    }


def test_a_known_person_starts_the_clock_at_receipt(fiona: Person, now: datetime) -> None:
    request = open_rights_request(
        kind="access",
        source="desk",
        now=now,
        received_at=now - timedelta(days=3),
        person=fiona,
        is_identity_known=True,
    )
    assert request.due_on == date(2026, 4, 27)
    with pytest.raises(CannotExtend, match="run out"):
        extend_request(request=request, reason="Many rows", now=now + timedelta(days=40))


def test_evidence_and_words_are_encrypted(fiona: Person, now: datetime) -> None:
    from django.db import connection

    request = open_rights_request(
        kind="complaint", source="desk", now=now, person=fiona, details="secret words"
    )
    verify_identity(request=request, evidence="passport seen", now=now)
    with connection.cursor() as cursor:
        cursor.execute("SELECT details, identity_evidence FROM people_rightsrequest")
        stored = str(cursor.fetchone())
    assert "secret" not in stored
    assert "passport" not in stored
    request.refresh_from_db()
    assert (request.details, request.identity_evidence) == ("secret words", "passport seen")


def test_asking_twice_is_one_request(fiona: Person, now: datetime) -> None:
    one = open_rights_request(kind="access", source="preferences page", now=now, person=fiona)
    two = open_rights_request(
        kind="access", source="preferences page", now=now + timedelta(days=1), person=fiona
    )
    other = open_rights_request(kind="erasure", source="preferences page", now=now, person=fiona)
    assert one == two != other


def test_the_export_holds_everything_for_machines_and_for_people(fiona: Person, now: datetime) -> None:
    twin = record_person(given_name="Fi", email="fi@barset.example", source="stall", now=now)
    merge_people(kept=fiona, merged=twin, reason="same", now=now)
    archive = zipfile.ZipFile(io.BytesIO(export_person(person=fiona, now=now).as_zip()))
    held = json.loads(archive.read("your-data.json"))
    assert held["controller"]["name"] == "Barset Together"
    assert [point["address"] for point in held["held"]["How to reach you"]] == [
        "fiona@barset.example",
        "fi@barset.example",
    ]
    receipt = held["held"]["What you agreed to or withdrew"][0]
    assert receipt["in these words"] == "Email me <news>."
    assert receipt["evidence"] == {"signature": 7}
    assert held["held"]["Your objections"][0]["by"] == "post"
    page = archive.read("your-data.html").decode()
    assert "Email me &lt;news&gt;." in page
    assert "fi@barset.example" in page
    assert "<script" not in page


def test_a_person_downloads_and_erases_by_their_own_link(fiona: Person, now: datetime) -> None:
    access = open_rights_request(kind="access", source="preferences page", now=now, person=fiona)
    with pytest.raises(NotAskedFor):
        erase_self(request=access, now=now)
    for _ in range(2):
        assert download_own_data(request=access, now=now).person_id == fiona.pk
        access.refresh_from_db()
    assert (access.outcome, access.identity_verified_at) == (RightsOutcome.MET, now)

    erasure = open_rights_request(kind="erasure", source="preferences page", now=now, person=fiona)
    with pytest.raises(NotAskedFor):
        download_own_data(request=erasure, now=now)
    assert erase_self(request=erasure, now=now)
    fiona.refresh_from_db()
    assert fiona.erased_at == now
    for request in (access, erasure):
        request.refresh_from_db()
        with pytest.raises(NotAskedFor):
            erase_self(request=request, now=now)
    with pytest.raises(NotAskedFor):
        download_own_data(request=access, now=now)


def test_what_nobody_confirmed_is_closed(fiona: Person, now: datetime) -> None:
    stale = open_rights_request(
        kind="erasure", source="preferences page", now=now - timedelta(days=61), person=fiona
    )
    fresh = open_rights_request(kind="access", source="preferences page", now=now, person=fiona)
    at_desk = open_rights_request(kind="erasure", source="desk", now=now - timedelta(days=61), person=fiona)
    assert close_unconfirmed(now=now) == 1
    assert list(RightsRequest.objects.filter(answered_at=None).order_by("pk")) == [fresh, at_desk]
    stale.refresh_from_db()
    assert stale.outcome == RightsOutcome.LAPSED
