"""The stamp in the form: for which words, and when the page was made. Signed, so that it cannot be made up.

It stands where a session and a CSRF token would: the page sets no cookie, can be left open for days and sent more than once.
Nothing could be gained by sending the form from a foreign site, as nobody is signed in and every signature is confirmed by
email.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core import signing

from hustings.actions.models import PetitionVersion

#: A form filled in faster than this was not filled in by a person.
LEAST_TIME = timedelta(seconds=2)

#: A form older than this is shown again, filled in, with a fresh stamp: the words may have changed.
LONGEST_TIME = timedelta(days=7)

_SALT = "hustings.actions.form"


class StampUnreadable(Exception):
    """The stamp is missing, was not made here, or is for another petition."""


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """What a stamp says."""

    petition_id: int
    version_id: int
    made_at: datetime

    def is_too_fast(self, *, now: datetime) -> bool:
        """Whether nobody could have filled the form in since."""
        return now - self.made_at < LEAST_TIME

    def is_too_old(self, *, now: datetime) -> bool:
        """Whether the page must be shown afresh."""
        return now - self.made_at > LONGEST_TIME


def stamp_for(*, version: PetitionVersion, now: datetime) -> str:
    """A stamp for a page made now with these words."""
    moment = int(now.timestamp() * 1000)
    return signing.Signer(salt=_SALT).sign(f"{version.petition_id}-{version.pk}-{moment:x}")


def read_stamp(*, text: str, petition_id: int) -> Stamp:
    """What the stamp says; raises `StampUnreadable`."""
    try:
        petition, version, moment = signing.Signer(salt=_SALT).unsign(text).split("-")
    except (signing.BadSignature, ValueError) as problem:
        raise StampUnreadable from problem
    if int(petition) != petition_id:
        raise StampUnreadable
    made_at = datetime.fromtimestamp(int(moment, 16) / 1000, tz=UTC)
    return Stamp(petition_id=petition_id, version_id=int(version), made_at=made_at)
