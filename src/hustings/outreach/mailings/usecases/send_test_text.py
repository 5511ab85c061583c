"""Send a mailing by text to the telephone of whoever wrote it, as somebody in the audience would get it, before anybody else."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from hustings.accounts.models import User
from hustings.basics.phone import parse_phone
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.outreach.mailings.access import require_sending
from hustings.outreach.mailings.models import Mailing
from hustings.outreach.mailings.rules.writing import Written
from hustings.people.models import Channel, ContactPoint, ContactPointKind
from hustings.people.queries import suppressed_addresses
from hustings.platform import audit
from hustings.postroom.models import Message
from hustings.postroom.usecases.queue_text_sample import queue_text_sample


class NotYourOwnNumber(Refusal):
    """A test goes to the telephone of whoever asks for it, and to nobody whom the gate has to be asked about."""


def send_test_text(
    *, mailing: Mailing, written: Written, values: Mapping[str, str], number: str, by: User, now: datetime
) -> Message:
    """Queue one text to the number that the login says is its own: sender, imprint and way out as sent.

    A number of somebody else in the records, or one that stopped texts, is refused: those are written to only through the
    gate. It is no contact. Raises `NotYourOwnNumber`, `NotAllowed`, and what `queue_text_sample` raises.
    """
    require_sending(user=by, area_code=mailing.audience.area_id, now=now)
    canonical = parse_phone(number).e164
    points = ContactPoint.objects.filter(kind=ContactPointKind.PHONE, canonical=canonical)
    own = ContactPoint.objects.filter(kind=ContactPointKind.EMAIL, canonical=by.email.lower())
    stopped = suppressed_addresses(
        canonicals=[canonical],
        kind=ContactPointKind.PHONE,
        channel=Channel.SMS,
        purpose=mailing.material.purpose,
    )
    if stopped or points.exclude(person__in=own.values("person")).exists():
        raise NotYourOwnNumber(
            "not_own",
            gettext_noop(
                "A test goes to your own mobile alone. This number has stopped our texts, or stands with somebody else in your "
                "records: they are written to only through the gate."
            ),
        )
    with transaction.atomic():
        message = queue_text_sample(
            to=number, text=written.text, values=values, language=mailing.material.language, now=now
        )
        audit.record(
            now=now,
            actor=by,
            verb="sent a test",
            subject_type="outreach.Mailing",
            subject_id=mailing.pk,
            area_code=mailing.audience.area_id or "",
            channel=mailing.channel,
            message=message.pk,
        )
    return message
