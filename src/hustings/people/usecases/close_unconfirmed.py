"""Close requests that were made by a link and never confirmed by the person."""

from datetime import datetime, timedelta

from django.db import transaction

from hustings.people.models import RightsOutcome, RightsRequest
from hustings.people.usecases.change_preferences import SOURCE
from hustings.people.usecases.handle_rights_request import answer_request

#: After this long nobody is waiting any more, and whoever still wants it presses once again.
WAIT = timedelta(days=60)


def close_unconfirmed(*, now: datetime) -> int:
    """Close what waited too long for its person; returns how many. Requests taken in at the desk are left to people."""
    waiting = RightsRequest.objects.filter(
        source=SOURCE, answered_at=None, identity_verified_at=None, received_at__lt=now - WAIT
    )
    closed = 0
    for request in waiting:
        with transaction.atomic():
            answer_request(
                request=request, outcome=RightsOutcome.LAPSED, answer="Not confirmed by the person.", now=now
            )
        closed += 1
    return closed
