"""Send one copy of a bulk text to the telephone of whoever wrote it, exactly as a recipient would get it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from hustings.basics.phone import PhoneKind, parse_phone
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.people.models import Channel, Purpose
from hustings.postroom.delivery.bulk_texts import SAMPLE, SAMPLE_TEXT
from hustings.postroom.models import Message
from hustings.postroom.usecases.open_text_dispatch import check_texts_ready
from hustings.postroom.usecases.queue_message import queue_message

#: Samples by text in a day, of everybody together: enough to try words out, too few to write to people with.
MOST_A_DAY = 30


class SampleRefused(Refusal):
    """A copy of a text cannot go to this number, or not now."""


def queue_text_sample(
    *, to: str, text: str, values: Mapping[str, str], now: datetime, language: str = "en-gb"
) -> Message:
    """Queue it to a mobile number. It is no contact with anybody: it passes as a service to the login that asked.

    `text` is in the language of `rules/template_language.py`, `values` fill it. Raises `SampleRefused`, `NotAPhoneNumber`,
    `TextsNotReady` and what the fields' language raises.
    """
    check_texts_ready()
    number = parse_phone(to)
    if number.kind != PhoneKind.MOBILE:
        raise SampleRefused("not_mobile", gettext_noop("Give a mobile number: texts reach no other."))
    sent = Message.objects.filter(
        channel=Channel.SMS, template=SAMPLE, queued_at__gt=now - timedelta(days=1)
    ).count()
    if sent >= MOST_A_DAY:
        raise SampleRefused(
            "too_many",
            gettext_noop("{most} tests by text have gone out in a day. Try again tomorrow."),
            most=MOST_A_DAY,
        )
    return queue_message(
        template=SAMPLE,
        address=number.e164,
        fields={**values, SAMPLE_TEXT: text},
        purpose=Purpose.ACCOUNT,
        language=language,
        channel=Channel.SMS,
        now=now,
    )
