"""Providers' calls: believed only with their signature or password, and only the provider that is set up."""

import base64
import hashlib
import hmac
import json
from typing import Any

import pytest
from django.test import Client

from hustings.people.models import Channel
from hustings.people.queries import suppressed_person_ids
from hustings.postroom.models import DeliveryReport, Message
from hustings.postroom.rules.providers import PROVIDERS, ProviderUnknown, provider_of
from tests.conftest import NOW
from tests.postroom.outbox import make_dispatch, make_people

pytestmark = pytest.mark.django_db


def configure(settings: Any, webhook: str) -> None:
    settings.HUSTINGS_MAIL_WEBHOOK = webhook
    known = provider_of(setting=webhook)
    assert known is not None
    settings.ANYMAIL = {known[1].setting: known[2]}


@pytest.fixture
def message() -> Message:
    make_dispatch(make_people(1))
    Message.objects.update(ended_at=NOW)
    return Message.objects.get()


def mailgun(event: str, message: Message, key: str, **changes: Any) -> dict[str, Any]:
    signature = hmac.new(key.encode(), b"1774861200token", hashlib.sha256).hexdigest()
    return {
        "signature": {"timestamp": "1774861200", "token": "token", "signature": signature},
        "event-data": {
            "event": event, "id": "e1", "timestamp": 1774861200.0, "recipient": "p0@barset.example",
            "message": {"headers": {"message-id": f"{message.public_id.hex}@barset.example"}}, **changes,
        },
    }  # fmt: skip


def test_a_signed_bounce_is_recorded_once(client: Client, settings: Any, message: Message) -> None:
    configure(settings, "mailgun:signing-key")
    body = mailgun(
        "failed", message, "signing-key", severity="permanent", reason="bounce",
        **{"delivery-status": {"code": 550, "message": "5.1.1 no such user"}},
    )  # fmt: skip
    for _ in range(2):
        assert (
            client.post("/postroom/reports/mailgun/", body, content_type="application/json").status_code
            == 200
        )
    report = DeliveryReport.objects.get()
    assert (report.kind, report.message, report.is_permanent) == ("bounce", message, True)
    message.refresh_from_db()
    assert message.bounced_at == NOW


def test_a_forged_call_changes_nothing(client: Client, settings: Any, message: Message) -> None:
    configure(settings, "mailgun:signing-key")
    body = mailgun("complained", message, "another key")
    assert client.post("/postroom/reports/mailgun/", body, content_type="application/json").status_code == 400
    assert not DeliveryReport.objects.exists()


def test_a_complaint_behind_a_password_is_an_objection(
    client: Client, settings: Any, message: Message
) -> None:
    configure(settings, "postmark:user:pass:word")
    body = json.dumps(
        {
            "RecordType": "SpamComplaint", "ID": 42, "Type": "SpamComplaint", "TypeCode": 512, "MessageID": "not ours",
            "Email": "p0@barset.example", "BouncedAt": "2026-03-30T09:00:00Z", "Description": "spam",
        }
    )  # fmt: skip
    address = "/postroom/reports/postmark/"
    assert client.post(address, body, content_type="application/json").status_code == 400
    login = base64.b64encode(b"user:pass:word").decode()
    answer = client.post(
        address, body, content_type="application/json", headers={"authorization": f"Basic {login}"}
    )
    assert answer.status_code == 200
    assert (
        message.person_id
        in suppressed_person_ids(
            person_ids=[message.person_id or 0], channel=Channel.EMAIL, purpose="campaign"
        ).definite
    )


def test_a_delivery_is_no_report(client: Client, settings: Any, message: Message) -> None:
    configure(settings, "mailgun:signing-key")
    body = mailgun("delivered", message, "signing-key")
    assert client.post("/postroom/reports/mailgun/", body, content_type="application/json").status_code == 200
    assert not DeliveryReport.objects.exists()


@pytest.mark.parametrize("provider", sorted(PROVIDERS))
def test_a_provider_that_is_not_set_up_does_not_exist(client: Client, settings: Any, provider: str) -> None:
    settings.HUSTINGS_MAIL_WEBHOOK = ""
    assert (
        client.post(f"/postroom/reports/{provider}/", "{}", content_type="application/json").status_code
        == 404
    )


@pytest.mark.parametrize("provider", sorted(PROVIDERS))
def test_no_provider_is_believed_without_proof(client: Client, settings: Any, provider: str) -> None:
    secret = "user:password" if PROVIDERS[provider].setting == "WEBHOOK_SECRET" else "signing-key"
    configure(settings, f"{provider}:{secret}")
    answer = client.post(f"/postroom/reports/{provider}/", "{}", content_type="application/json")
    assert answer.status_code == 400


@pytest.mark.parametrize("setting", ["mailgun", "mailgun:", "nobody:key", "postmark:password-alone"])
def test_a_setting_that_names_nobody_is_said(setting: str) -> None:
    with pytest.raises(ProviderUnknown, match=r"mailgun:the-signing-key"):
        provider_of(setting=setting)
