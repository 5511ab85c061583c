"""Send a mailing to whoever wrote it, exactly as somebody in the audience would get it, before anybody else does."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import transaction

from hustings.accounts.models import User
from hustings.outreach.mailings.access import require_sending
from hustings.outreach.mailings.models import Mailing
from hustings.outreach.mailings.rules.writing import Written
from hustings.platform import audit
from hustings.postroom.models import Message
from hustings.postroom.usecases.queue_sample import queue_sample


def send_test(
    *, mailing: Mailing, written: Written, values: Mapping[str, str], by: User, now: datetime
) -> Message:
    """Queue one message to the login's own address: HTML and text, the sender, the reply address and the ways out as sent.

    `values` fill the fields as for the person in whose place it is read. Nobody else gets anything, and it is no contact.
    """
    require_sending(user=by, area_code=mailing.audience.area_id, now=now)
    with transaction.atomic():
        message = queue_sample(
            to=by,
            subject=written.subject,
            text=written.text,
            html=written.html,
            from_address=settings.HUSTINGS_MAIL_FROM,
            from_name=mailing.from_name,
            reply_to=mailing.reply_to,
            values=values,
            language=mailing.material.language,
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
