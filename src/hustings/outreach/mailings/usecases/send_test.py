"""Send a mailing's text to whoever wrote it, to be read in a mail client before anybody else gets it."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from hustings.accounts.models import User
from hustings.outreach.mailings.access import require_sending
from hustings.outreach.mailings.models import Mailing
from hustings.people.models import Purpose
from hustings.platform import audit
from hustings.postroom.models import Message
from hustings.postroom.usecases.queue_message import queue_message


def send_test(*, mailing: Mailing, subject: str, text: str, by: User, now: datetime) -> Message:
    """Queue one message to the login's own address; it is no contact with anybody and passes as a service to that login."""
    require_sending(user=by, area_code=mailing.audience.area_id, now=now)
    page = settings.HUSTINGS_ADDRESS + reverse("outreach_desk:mailing", args=[mailing.pk])
    with transaction.atomic():
        message = queue_message(
            template="outreach/test_mailing",
            address=by.email,
            fields={
                "to_name": by.get_full_name(),
                "title": mailing.title,
                "subject": subject,
                "message_lines": text,
                "page_url": page,
            },
            purpose=Purpose.ACCOUNT,
            now=now,
        )
        audit.record(
            now=now,
            actor=by,
            verb="sent a test",
            subject_type="outreach.Mailing",
            subject_id=mailing.pk,
            area_code=mailing.audience.area_id or "",
        )
    return message
