"""What goes out is an approved copy that nobody can change."""

import hashlib
from datetime import datetime, timedelta
from importlib import import_module

import pytest

from hustings.accounts.access import NotAllowed
from hustings.clearance.events import MaterialApproved
from hustings.clearance.models import ApprovedCopy, MaterialState, Medium, Override, Promoter
from hustings.clearance.queries import copy_facts
from hustings.clearance.usecases import (
    MaterialNotPassed,
    NotToBeOverridden,
    approve_material,
    check_material,
    override_finding,
    withdraw_material,
    write_promoter,
)
from hustings.clearance.usecases.approve_material import NothingToApprove
from hustings.clearance.usecases.withdraw_material import NothingToWithdraw
from hustings.platform.events import Event
from hustings.platform.kept import NeverChanged
from hustings.platform.models import AuditEntry
from tests.clearance.materials import IMPRINT, make_agent, make_copy, make_material, make_promoter
from tests.contacts import cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def places() -> None:
    cast.make_organisation()
    cast.make_places()


@pytest.fixture
def announced(monkeypatch: pytest.MonkeyPatch) -> list[Event]:
    told: list[Event] = []
    for module in ("approve_material", "withdraw_material"):
        monkeypatch.setattr(import_module(f"hustings.clearance.usecases.{module}"), "announce", told.append)
    return told


def test_the_copy_holds_the_words_the_imprint_the_hash_and_the_checks(
    now: datetime, announced: list[Event]
) -> None:
    material = make_material(use_until=now + timedelta(days=30))
    copy = approve_material(material=material, by=cast.make_alice(), now=now)
    assert (
        bytes(copy.content).decode()
        == f"Subject: Save our park\n\nThe council wants to sell it.\n\n{IMPRINT}\n"
    )
    assert copy.sha256 == hashlib.sha256(bytes(copy.content)).hexdigest()
    assert (copy.subject, copy.body) == ("Save our park", f"The council wants to sell it.\n\n{IMPRINT}")
    assert copy.imprint == IMPRINT
    assert {line["id"] for line in copy.checks} == {f"I{number}" for number in range(1, 15)}
    assert copy.named == [
        {
            "role": "promoter",
            "name": "Alice Archer",
            "address": "12 High Street, Barset, ZZ1 1AA",
            "promoter": material.promoter_id,
        }
    ]
    assert copy.use_until == now + timedelta(days=30)
    assert material.state == MaterialState.APPROVED
    assert announced == [MaterialApproved(at=now, copy_id=copy.pk)]
    assert AuditEntry.objects.filter(verb="approved", subject_id=str(material.pk)).count() == 1


def test_words_that_hold_the_imprint_already_do_not_get_it_twice(now: datetime) -> None:
    copy = make_copy(by=cast.make_alice(), body=f"The park.\n\n{IMPRINT}")
    assert bytes(copy.content).decode().count("Promoted by") == 1


def test_without_its_imprint_it_is_refused_and_everything_stays_as_it_was(
    now: datetime, announced: list[Event]
) -> None:
    material = make_material(adds_imprint=False)
    with pytest.raises(MaterialNotPassed) as refused:
        approve_material(material=material, by=cast.make_alice(), now=now)
    assert "The promoter Alice Archer is not named in it." in str(refused.value)
    material.refresh_from_db()
    assert material.state == MaterialState.DRAFT
    assert not ApprovedCopy.objects.exists()
    assert announced == []


def test_an_unverified_promoter_is_refused(now: datetime) -> None:
    material = make_material(promoter=make_promoter(is_verified=False))
    with pytest.raises(MaterialNotPassed, match="not a verified promoter"):
        approve_material(material=material, by=cast.make_alice(), now=now)


def test_nothing_written_is_nothing_to_approve(now: datetime) -> None:
    with pytest.raises(NothingToApprove):
        approve_material(material=make_material(body="  \n"), by=cast.make_alice(), now=now)


def test_charlie_cannot_approve_withdraw_or_override_what_is_alice_s(now: datetime) -> None:
    charlie, material = cast.make_charlie(), make_material()
    with pytest.raises(NotAllowed):
        approve_material(material=material, by=charlie, now=now)
    with pytest.raises(NotAllowed):
        withdraw_material(material=material, reason="mine", by=charlie, now=now)
    with pytest.raises(NotAllowed):
        override_finding(material=material, code="promoter-not-named", reason="mine", by=charlie, now=now)


def test_only_an_appointment_for_the_whole_approves_what_has_no_place(now: datetime) -> None:
    material = make_material(area=None)
    with pytest.raises(NotAllowed):
        approve_material(material=material, by=cast.make_alice(), now=now)
    assert approve_material(material=material, by=make_agent(), now=now).pk


def test_a_kept_copy_is_never_changed_nor_deleted(now: datetime) -> None:
    copy = make_copy(by=cast.make_alice())
    copy.imprint = "Promoted by nobody"
    with pytest.raises(NeverChanged):
        copy.save()
    with pytest.raises(NeverChanged):
        copy.save(update_fields=["imprint"])
    with pytest.raises(NeverChanged):
        copy.delete()
    with pytest.raises(NeverChanged):
        ApprovedCopy.objects.all().delete()
    with pytest.raises(NeverChanged):
        ApprovedCopy.objects.update(imprint="")
    copy.refresh_from_db()
    assert copy.imprint == IMPRINT


def test_an_edited_material_runs_through_the_checks_again_and_gives_a_second_copy(now: datetime) -> None:
    alice, material = cast.make_alice(), make_material()
    first = approve_material(material=material, by=alice, now=now)
    material.body = "The council has sold it."
    material.save()
    second = approve_material(material=material, by=alice, now=now + timedelta(hours=1))
    assert first.sha256 != second.sha256
    assert [copy.pk for copy in material.copies.all()] == [second.pk, first.pk]


def test_withdrawing_stops_every_copy_and_keeps_the_reason(now: datetime, announced: list[Event]) -> None:
    alice = cast.make_alice()
    copy = make_copy(by=alice)
    assert copy_facts(copy=copy).is_approved
    announced.clear()
    (withdrawn,) = withdraw_material(material=copy.material, reason="A wrong date", by=alice, now=now)
    assert withdrawn.withdrawn_reason == "A wrong date"
    assert not copy_facts(copy=withdrawn).is_approved
    assert copy.material.state == MaterialState.WITHDRAWN
    assert [type(event).__name__ for event in announced] == ["MaterialWithdrawn"]
    with pytest.raises(NothingToWithdraw):
        withdraw_material(material=copy.material, reason="Again", by=alice, now=now)


def test_withdrawing_needs_a_reason(now: datetime) -> None:
    alice = cast.make_alice()
    copy = make_copy(by=alice)
    with pytest.raises(NothingToWithdraw, match="Give the reason"):
        withdraw_material(material=copy.material, reason=" ", by=alice, now=now)


def test_a_promoter_who_moves_stops_the_copies_at_the_gate(now: datetime) -> None:
    alice = cast.make_alice()
    promoter = make_promoter(area_id=cast.EAST)
    copy = make_copy(by=alice, promoter=promoter)
    assert copy_facts(copy=copy).is_promoter_verified
    write_promoter(
        promoter=promoter,
        name="Alice Archer",
        address="3 Mill Lane",
        postcode="ZZ1 2BB",
        area=promoter.area,
        by=alice,
        now=now,
    )
    assert Promoter.objects.get().verified_at is None
    assert not copy_facts(copy=copy).is_promoter_verified


def test_the_agent_alone_may_set_a_finding_aside_with_a_reason_for_these_words(now: datetime) -> None:
    agent, alice = make_agent(), cast.make_alice()
    material = make_material(adds_imprint=False, body="Letters to the office. Alice Archer, 12 High St.")
    with pytest.raises(NotAllowed):
        override_finding(
            material=material, code="promoter-postcode-missing", reason="It is there", by=alice, now=now
        )
    with pytest.raises(NotToBeOverridden):
        override_finding(material=material, code="promoter-postcode-missing", reason=" ", by=agent, now=now)
    with pytest.raises(NotToBeOverridden):
        override_finding(material=material, code="printer-missing", reason="No printer", by=agent, now=now)
    for code in ("promoter-postcode-missing", "not-in-material"):
        override_finding(material=material, code=code, reason="Too small a badge", by=agent, now=now)
    assert material.state == MaterialState.CHECKED
    copy = approve_material(material=material, by=alice, now=now)
    overridden = [line for line in copy.checks if line["code"] == "promoter-postcode-missing"]
    assert [line["level"] for line in overridden] == ["warn"]
    assert Override.objects.filter(by=agent, reason="Too small a badge").count() == 2
    material.body += " Changed."
    material.save()
    with pytest.raises(MaterialNotPassed):
        approve_material(material=material, by=alice, now=now)


def test_missing_facts_may_not_be_set_aside(now: datetime) -> None:
    material = make_material(medium=Medium.IMAGE, upload=b"x", upload_type="image/png", adds_imprint=False)
    codes = {
        finding.code for finding in check_material(material=material, now=now) if finding.level == "block"
    }
    assert "picture-unread" in codes
    with pytest.raises(NotToBeOverridden):
        override_finding(material=material, code="edited-since-checked", reason="r", by=make_agent(), now=now)


def test_a_picture_passes_once_a_named_person_saw_the_imprint_in_it(now: datetime) -> None:
    alice = cast.make_alice()
    material = make_material(
        medium=Medium.IMAGE,
        upload=b"pixels",
        upload_type="image/png",
        body="",
        adds_imprint=False,
        imprint_seen_by=alice,
    )
    copy = approve_material(material=material, by=alice, now=now)
    assert bytes(copy.content) == b"pixels"
    assert copy.media_type == "image/png"
    assert copy.body == ""


def test_a_picture_with_its_imprint_in_the_caption_passes_with_a_warning(now: datetime) -> None:
    material = make_material(
        medium=Medium.IMAGE, upload=b"pixels", upload_type="image/png", caption="Our park"
    )
    copy = approve_material(material=material, by=cast.make_alice(), now=now)
    assert copy.caption == f"Our park\n{IMPRINT}"
    assert "caption-only" in {line["code"] for line in copy.checks if line["level"] == "warn"}


def test_a_file_that_is_no_pdf_is_a_finding_and_not_a_crash(now: datetime) -> None:
    material = make_material(medium=Medium.PRINT, upload=b"not a pdf", upload_type="application/pdf")
    assert [finding.code for finding in check_material(material=material, now=now)] == ["file-unreadable"]
