"""Send the link to their preferences to whoever has an address, without telling anybody whether it is known."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from hustings.basics.email_address import parse_email
from hustings.people.events import PreferenceLinkAsked
from hustings.people.models import ContactPoint, ContactPointKind
from hustings.platform.events import announce

#: A family that shares an address gets a link each, a list that somebody gave one address does not.
MOST_LINKS = 5


def ask_preference_link(*, email: str, now: datetime) -> None:
    """Let a link be sent to this address for every person who has it. Nothing is returned: the page says the same always.

    Raises `NotAnEmailAddress`. The work after it is the same for an address that nobody has, so that its time tells nothing.
    """
    address = parse_email(email, allow_example=settings.HUSTINGS_MODE != "live")
    with transaction.atomic():
        known = ContactPoint.objects.filter(
            kind=ContactPointKind.EMAIL,
            canonical=address.canonical,
            person__merged_into=None,
            person__erased_at=None,
        ).order_by("pk")
        ids = tuple(known.values_list("pk", flat=True)[:MOST_LINKS])
        announce(PreferenceLinkAsked(at=now, contact_point_ids=ids))
