"""The outbox on the desk: Alice sees hers and decides, Charlie sees nothing of it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hustings.clearance.models import ApprovedCopy, Material
from hustings.people.models import Person
from hustings.platform.models import AuditEntry
from hustings.postroom.models import (
    DeliveryReport,
    Dispatch,
    DispatchState,
    Message,
    MessageState,
    SendingDomainCheck,
)
from tests.cast import Cast, signed_in
from tests.conftest import NOW
from tests.postroom.outbox import make_dispatch, make_people

pytestmark = pytest.mark.django_db


@pytest.fixture
def dispatch(cast: Cast) -> Dispatch:
    """A sending of Barset East: one accepted, one unknown, one refused and bounced, one waiting."""
    people = make_people(4, area=cast.east)
    made = make_dispatch(people)
    material = Material.objects.create(
        title="Mill Lane", medium="email", area=cast.east, made_at=NOW, made_by=cast.alice, body="x"
    )
    copy = ApprovedCopy.objects.create(
        material=material, content=b"x", media_type="text/markdown", sha256="0" * 64, medium="email", purpose="campaign",
        title="Mill Lane", approved_at=NOW, approved_by=cast.alice,
    )  # fmt: skip
    type(made.clearance).objects.filter(pk=made.clearance_id).update(copy=copy)
    ends = [MessageState.ACCEPTED, MessageState.UNKNOWN, MessageState.REFUSED]
    for message, state in zip(Message.objects.order_by("id"), ends, strict=False):
        Message.objects.filter(pk=message.pk).update(state=state, ended_at=NOW, reason="550 5.7.1 no")
    DeliveryReport.objects.create(
        message=Message.objects.order_by("id")[0], kind="bounce", is_permanent=True, address_hash="x", status="5.1.1",
        source="mailbox", source_id="1", at=NOW,
    )  # fmt: skip
    Dispatch.objects.update(state=DispatchState.SENDING, problem="The mail server cannot be used: refused")
    return made


def addresses(dispatch: Dispatch) -> dict[str, str]:
    unknown = Message.objects.get(state=MessageState.UNKNOWN)
    return {
        "dispatch": reverse("postroom_desk:dispatch", args=[dispatch.pk]),
        "stop": reverse("postroom_desk:stop", args=[dispatch.pk]),
        "resend": reverse("postroom_desk:resend", args=[unknown.pk]),
        "resend_of_dispatch": reverse("postroom_desk:resend_of_dispatch", args=[dispatch.pk]),
    }


LISTS = ("outbox", "messages", "unknowns", "reports", "domains")


def text(client: Client, address: str, **parameters: str) -> str:
    answer: Any = client.get(address, parameters)
    assert answer.status_code == 200, (address, answer.status_code)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str(content.decode())


def test_alice_sees_her_sending_and_what_became_of_it(cast: Cast, dispatch: Dispatch) -> None:
    alice = signed_in(cast.alice)
    assert "Mill Lane, March" in text(alice, reverse("postroom_desk:outbox"))
    page = text(alice, addresses(dispatch)["dispatch"])
    assert "The mail server cannot be used" in page
    assert "Nobody has checked yet" in page
    assert "Pause" in page
    assert "Fate unknown" in page
    messages = text(alice, reverse("postroom_desk:messages"), dispatch=str(dispatch.pk), state="refused")
    assert "p2@barset.example" in messages
    assert "p0@barset.example" not in messages
    assert "p1@barset.example" in text(alice, reverse("postroom_desk:unknowns"), dispatch=str(dispatch.pk))
    assert "5.1.1" in text(alice, reverse("postroom_desk:reports"))


def test_charlie_sees_nothing_of_hers(cast: Cast, dispatch: Dispatch) -> None:
    charlie = signed_in(cast.charlie)
    for name in LISTS:
        for parameters in ({}, {"export": "csv"}, {"q": "p1"}, {"dispatch": str(dispatch.pk)}):
            answer: Any = charlie.get(reverse(f"postroom_desk:{name}"), parameters)
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert answer.status_code in (200, 403)
            assert b"Mill Lane" not in content
            assert b"barset.example<" not in content.replace(b"charlie@barset.example", b"")
    for address in addresses(dispatch).values():
        assert charlie.get(address).status_code == 404
        assert charlie.post(address).status_code in (404, 405)
    for name in ("pause", "resume"):
        assert charlie.post(reverse(f"postroom_desk:{name}", args=[dispatch.pk])).status_code == 404
    dispatch.refresh_from_db()
    assert dispatch.state == DispatchState.SENDING


@pytest.mark.parametrize("login", ["bob", "tess", "stranger"])
def test_others_have_no_outbox(cast: Cast, dispatch: Dispatch, login: str) -> None:
    client = signed_in(getattr(cast, login))
    for name in LISTS:
        assert client.get(reverse(f"postroom_desk:{name}")).status_code == 403
    assert client.get(addresses(dispatch)["dispatch"]).status_code == 403


def test_nobody_signed_in_is_asked_to(client: Client, cast: Cast, dispatch: Dispatch) -> None:
    for name in LISTS:
        assert client.get(reverse(f"postroom_desk:{name}")).status_code == 302


def test_alice_pauses_resumes_and_stops(cast: Cast, dispatch: Dispatch) -> None:
    alice = signed_in(cast.alice)
    for name, state in (("pause", "paused"), ("resume", "sending")):
        assert alice.post(reverse(f"postroom_desk:{name}", args=[dispatch.pk])).status_code == 302
        dispatch.refresh_from_db()
        assert dispatch.state == state
    assert "1 message of" in text(alice, addresses(dispatch)["stop"])
    alice.post(addresses(dispatch)["stop"])
    dispatch.refresh_from_db()
    assert dispatch.state == DispatchState.STOPPED
    assert Message.objects.filter(state=MessageState.WITHDRAWN).count() == 1
    assert list(AuditEntry.objects.order_by("id").values_list("verb", flat=True)) == [
        "paused",
        "resumed",
        "stopped",
    ]
    assert (
        "cannot be paused"
        in alice.post(reverse("postroom_desk:pause", args=[dispatch.pk]), follow=True).content.decode()
    )


def test_a_data_officer_looks_but_does_not_send(cast: Cast, dispatch: Dispatch) -> None:
    dora = signed_in(cast.dora)
    assert "Pause" not in text(dora, addresses(dispatch)["dispatch"])
    assert dora.post(reverse("postroom_desk:pause", args=[dispatch.pk])).status_code == 403
    assert dora.get(addresses(dispatch)["resend"]).status_code == 403
    assert "p1@barset.example" in text(dora, reverse("postroom_desk:messages"), export="csv")
    assert AuditEntry.objects.get().verb == "exported"


def test_alice_decides_about_what_is_in_doubt(cast: Cast, dispatch: Dispatch) -> None:
    alice = signed_in(cast.alice)
    address = addresses(dispatch)["resend"]
    assert "may have arrived already" in text(alice, address)
    assert Message.objects.filter(state=MessageState.UNKNOWN).count() == 1
    assert alice.post(address).status_code == 302
    assert not Message.objects.filter(state=MessageState.UNKNOWN).exists()
    assert alice.post(address).status_code == 404


def test_people_without_a_place_are_the_whole_organisations(cast: Cast, dispatch: Dispatch) -> None:
    Person.objects.update(ward=None)
    assert "p2@barset.example" not in text(signed_in(cast.alice), reverse("postroom_desk:messages"))
    assert "p2@barset.example" in text(signed_in(cast.agent), reverse("postroom_desk:messages"))


def test_a_domain_is_checked_from_the_desk(cast: Cast, settings: Any) -> None:
    settings.HUSTINGS_DNS = "127.0.0.1:9"  # nobody answers there
    alice = signed_in(cast.alice)
    address = reverse("postroom_desk:domains")
    assert "after the @" in alice.post(address, {"domain": "no domain"}).content.decode()
    settings.HUSTINGS_DKIM_SELECTORS = ("s1",)
    SendingDomainCheck.objects.create(
        domain="barset.example", selectors=["s1"], is_ready=False, at=NOW,
        findings=[{"check": "spf", "code": "missing", "level": "bad", "record": "", "values": [["domain", "barset.example"]],
                   "sentence": "{domain} has no SPF record."}],
    )  # fmt: skip
    assert "barset.example" in text(alice, address)
    page = text(alice, reverse("postroom_desk:domain", args=[SendingDomainCheck.objects.get().pk]))
    assert "barset.example has no SPF record." in page
    assert "Not ready for bulk mail" in page
