"""Mail of libraries: about logins it goes through the outbox, anything else is refused."""

from pathlib import Path

import allauth
import pytest
from django.core.mail import EmailMessage, send_mail
from django.test import Client

import hustings.accounts
from hustings.people.models import Purpose
from hustings.postroom.email_backend import ACCOUNT_TEMPLATES, NotAccountMail
from hustings.postroom.models import Message
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def real_backend(settings: object) -> None:
    """Tests replace the backend; these want ours."""
    settings.EMAIL_BACKEND = "hustings.postroom.email_backend.AccountEmailBackend"  # type: ignore[attr-defined]


def test_a_login_code_goes_into_the_outbox(client: Client, cast: Cast) -> None:
    client.post("/account/login/code/", {"email": cast.alice.email})
    message = Message.objects.get()
    assert (message.purpose, message.address, message.template) == (
        Purpose.ACCOUNT, cast.alice.email, "postroom/account_mail",
    )  # fmt: skip
    assert message.fields["subject"]
    assert len(message.fields["body_lines"]) > 40


def test_any_other_mail_is_refused_whoever_sends_it() -> None:
    with pytest.raises(NotAccountMail, match="queue_message"):
        send_mail("Vote for us", "Now", "office@barset.example", ["dot@barset.example"], fail_silently=True)
    disguised = EmailMessage("x", "y", to=["dot@barset.example"])
    disguised.account_template = "mail/appeal"  # type: ignore[attr-defined]
    with pytest.raises(NotAccountMail, match="mail/appeal"):
        disguised.send()
    assert not Message.objects.exists()


def test_every_listed_template_is_the_librarys_or_our_own() -> None:
    folders = [Path(module.__file__ or "").parent / "templates" for module in (allauth, hustings.accounts)]
    missing = {
        name
        for name in ACCOUNT_TEMPLATES
        if not any((folder / f"{name}_message.txt").exists() for folder in folders)
    }
    assert missing == set()
