"""Django's mail door, as libraries use it: known account mail goes into the outbox, anything else is refused.

A library that sends mail by itself would pass round clearance. So `EMAIL_BACKEND` names this class: what allauth renders from
a template listed here is queued with the purpose `account` (`accounts.adapter` notes the template on the message), and
everything else raises, so that a new sender is noticed at once instead of writing to people unseen.
"""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from hustings.basics.clock import clock
from hustings.people.models import Purpose
from hustings.postroom.usecases.queue_message import MessageRequest, queue_messages

#: The messages about a login that allauth may send, by their template prefix.
ACCOUNT_TEMPLATES = frozenset(
    {
        *(
            f"account/email/{name}"
            for name in (
                "account_already_exists",
                "email_changed",
                "email_confirm",
                "email_confirmation",
                "email_confirmation_signup",
                "email_deleted",
                "invitation",
                "login_code",
                "password_changed",
                "password_reset",
                "password_reset_code",
                "password_reset_key",
                "password_set",
                "unknown_account",
            )
        ),
        *(
            f"mfa/email/{name}"
            for name in (
                "recovery_codes_generated",
                "totp_activated",
                "totp_deactivated",
                "webauthn_added",
                "webauthn_removed",
            )
        ),
    }
)

#: The attribute on which `accounts.adapter` notes what a message was rendered from.
TEMPLATE_ATTRIBUTE = "account_template"


class NotAccountMail(Exception):
    """Something tried to send mail that is not about a login, past the outbox and clearance."""

    def __init__(self, *, template: str) -> None:
        super().__init__(
            f"Mail from {f'the template “{template}”' if template else 'an unknown sender'} was not sent. "
            "Only mail about logins goes this way; anything else is queued with hustings.postroom.usecases.queue_message."
        )


class AccountEmailBackend(BaseEmailBackend):
    """Queues account mail in the outbox. Raises NotAccountMail for anything else, whatever `fail_silently` says."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue each message for each of its recipients; returns how many messages were queued."""
        for message in email_messages:
            template = str(getattr(message, TEMPLATE_ATTRIBUTE, ""))
            if template not in ACCOUNT_TEMPLATES:
                raise NotAccountMail(template=template)
        requests = [
            MessageRequest(
                template="postroom/account_mail",
                address=recipient,
                fields={"subject": str(message.subject), "body_lines": str(message.body)},
                purpose=Purpose.ACCOUNT,
            )
            for message in email_messages
            for recipient in message.recipients()
        ]
        with transaction.atomic():
            queue_messages(requests=requests, now=clock().now())
        return len(email_messages)
