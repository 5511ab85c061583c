"""Signed links: to a person's own preferences, and to stop one kind of message.

A token is short enough to be typed from paper: what it says, and half an HMAC-SHA256 over it under the installation's
secret key (and, for reading, under the keys it had before). Without the key a token can neither be made nor guessed.
"""

import base64
import binascii
import struct
import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from hustings.basics.clock import clock, uk_date
from hustings.people.models import Person, RightsRequest

#: How long a link to preferences opens the page: long enough for the last message somebody kept.
LINK_DAYS = 400

#: How long the link that confirms a request, and downloads its answer, works.
REQUEST_LINK_DAYS = 14

#: Stands in the links of a preview or a test, where the real ones would act for whoever reads over a shoulder.
PREVIEW_TOKEN = "preview"  # noqa: S105 -- opens nothing

_MAC_BYTES = 16
_EPOCH = date(2020, 1, 1)
_PREFERENCES = "hustings.people.preferences"
_REQUEST = "hustings.people.request"
_UNSUBSCRIBE = "hustings.people.unsubscribe"


class NotALink(ValueError):
    """The token was not made here, or was cut short."""


class LinkExpired(ValueError):
    """The token was made here, too long ago."""


@dataclass(frozen=True, slots=True)
class UnsubscribeChoice:
    """What an unsubscribe token says: whom, and from what (empty: every channel, all marketing)."""

    person_id: int
    channel: str
    purpose: str


def preference_link(*, person: Person, on: date | None = None) -> str:
    """The absolute address of the person's own preferences page, good for `LINK_DAYS` from the day `on` (else today)."""
    return f"{settings.HUSTINGS_ADDRESS}/preferences/{preference_token(person=person, on=on)}/"


def preference_token(*, person: Person, on: date | None = None) -> str:
    """The signed part of the link to a person's preferences."""
    # Mailings, letters and pages all put this link in, so the day is read here where it is not given.
    day = (on or clock().today_in_uk()) - _EPOCH
    return _sign(person.public_id.bytes + struct.pack(">H", day.days), salt=_PREFERENCES)


def person_of_link(*, token: str, now: datetime) -> Person:
    """The person whose preferences a token opens; of a merged person, the one kept.

    Raises `NotALink` for a token not made here, and `LinkExpired` for one too old or whose person was erased: the page says
    the same for both, so that nobody learns who is known.
    """
    said = _read(token, salt=_PREFERENCES)
    made_on = _EPOCH + timedelta(days=struct.unpack(">H", said[16:])[0])
    if uk_date(now) > made_on + timedelta(days=LINK_DAYS):
        raise LinkExpired("This link is too old.")
    person = Person.objects.filter(public_id=uuid.UUID(bytes=said[:16])).first()
    while person is not None and person.merged_into_id is not None:
        person = person.merged_into
    if person is None or person.erased_at is not None:
        raise LinkExpired("This link no longer leads anywhere.")
    return person


def request_token(*, request: RightsRequest, on: date) -> str:
    """The signed part of a link by which a person confirms what they asked for, sent to their own address on the day `on`."""
    return _sign(request.public_id.bytes + struct.pack(">H", (on - _EPOCH).days), salt=_REQUEST)


def request_of_token(*, token: str, now: datetime) -> RightsRequest:
    """The request a token confirms. Raises `NotALink`, or `LinkExpired` after `REQUEST_LINK_DAYS`."""
    said = _read(token, salt=_REQUEST)
    made_on = _EPOCH + timedelta(days=struct.unpack(">H", said[16:])[0])
    request = (
        RightsRequest.objects.filter(public_id=uuid.UUID(bytes=said[:16])).select_related("person").first()
    )
    if request is None or uk_date(now) > made_on + timedelta(days=REQUEST_LINK_DAYS):
        raise LinkExpired("This link is too old.")
    return request


def unsubscribe_token(*, person_id: int, channel: str, purpose: str) -> str:
    """The signed part of a link that stops one kind of message. It never expires."""
    return _sign(struct.pack(">Q", person_id) + f"{channel}/{purpose}".encode("ascii"), salt=_UNSUBSCRIBE)


def read_unsubscribe_token(*, token: str) -> UnsubscribeChoice:
    """What an unsubscribe token says, or `NotALink`."""
    said = _read(token, salt=_UNSUBSCRIBE)
    channel, _, purpose = said[8:].decode("ascii").partition("/")
    return UnsubscribeChoice(struct.unpack(">Q", said[:8])[0], channel, purpose)


def _sign(said: bytes, *, salt: str) -> str:
    return base64.urlsafe_b64encode(said + _mac(said, salt, settings.SECRET_KEY)).decode().rstrip("=")


def _read(token: str, *, salt: str) -> bytes:
    try:
        raw = base64.urlsafe_b64decode(token.encode("ascii") + b"=" * (-len(token) % 4))
    except (binascii.Error, UnicodeEncodeError) as fault:
        raise NotALink("This is not a link of ours.") from fault
    said, mac = raw[:-_MAC_BYTES], raw[-_MAC_BYTES:]
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    if not any(constant_time_compare(mac, _mac(said, salt, secret)) for secret in secrets):
        raise NotALink("This is not a link of ours.")
    return said


def _mac(said: bytes, salt: str, secret: str | bytes) -> bytes:
    return salted_hmac(salt, said, secret=secret, algorithm="sha256").digest()[:_MAC_BYTES]
