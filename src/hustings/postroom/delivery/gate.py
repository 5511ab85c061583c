"""The last question before a message leaves: does anything stand against it now?

People were cleared when the dispatch was opened; between then and the moment of sending they may have objected, been
erased, or lost their address. Each claimed batch is asked about once.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from hustings.people.models import Person
from hustings.people.queries import suppressed_person_ids
from hustings.postroom.usecases.claim_messages import ClaimedMessage


def stopped_by_clearance(
    *, messages: Sequence[ClaimedMessage], channel_purpose: tuple[str, str] | None, now: datetime
) -> Mapping[int, str]:
    """The claimed messages that must not go, each with the reason; `channel_purpose` is the dispatch's, None for singles."""
    person_ids = {message.person_id for message in messages if message.person_id is not None}
    gone = set(Person.objects.filter(pk__in=person_ids, erased_at__isnull=False).values_list("pk", flat=True))
    objected: frozenset[int] = frozenset()
    if channel_purpose is not None:
        channel, purpose = channel_purpose
        objected = suppressed_person_ids(person_ids=person_ids, channel=channel, purpose=purpose).everyone
    reasons = {}
    for message in messages:
        if message.person_id in gone:
            reasons[message.id] = _("The person's details were erased before sending.")
        elif message.person_id in objected:
            reasons[message.id] = _("The person objected before sending.")
    return reasons
