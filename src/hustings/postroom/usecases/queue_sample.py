"""Send one copy of a bulk message to a login, exactly as a recipient would get it: both parts, headers, sender and ways out."""

from collections.abc import Mapping
from datetime import datetime

from hustings.accounts.models import User
from hustings.people.models import Purpose
from hustings.postroom.delivery.bulk_texts import SAMPLE
from hustings.postroom.delivery.writing import SAMPLE_FIELDS
from hustings.postroom.models import Message
from hustings.postroom.usecases.queue_message import queue_message


def queue_sample(
    *,
    to: User,
    subject: str,
    text: str,
    html: str,
    from_address: str,
    from_name: str,
    reply_to: str,
    values: Mapping[str, str],
    now: datetime,
    language: str = "en-gb",
) -> Message:
    """Queue it to the login's own address. It is no contact with anybody: it passes as a service to that login.

    `subject`, `text` and `html` are in the language of `rules/template_language.py`, `values` fill it, the ways out included.
    Raises what compiling raises, `FieldMissing` and `AddressNotSendable`.
    """
    parts = {
        "subject": subject,
        "text": text,
        "html": html,
        "from_address": from_address,
        "from_name": from_name,
        "reply_to": reply_to,
    }
    fields = {
        **values,
        **{f"{SAMPLE_FIELDS}{name}": part for name, part in parts.items()},
        "to_name": to.get_full_name(),
    }
    return queue_message(
        template=SAMPLE, address=to.email, fields=fields, purpose=Purpose.ACCOUNT, language=language, now=now
    )
