"""Note an election that is coming, so that dates, limits and templates know of it."""

from datetime import date, datetime

from django.db import transaction

from hustings.accounts.models import User
from hustings.basics.clock import uk_date
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.elections.models import Election
from hustings.platform import audit


class PollIsPast(Refusal):
    """The day of poll lies before today."""


@transaction.atomic
def note_election(*, kind: str, title: str, poll_on: date, nation: str, by: User, now: datetime) -> Election:
    """Store the election under its identifier (uk-election-ids), or return the one that is known. Raises `PollIsPast`."""
    if poll_on < uk_date(now):
        raise PollIsPast("past", gettext_noop("That day has passed. Enter the day of the next poll."))
    # The group identifier of https://elections.democracyclub.org.uk/reference_definition: kind and day of poll.
    identifier = f"{kind}.{poll_on.isoformat()}"
    election, is_new = Election.objects.get_or_create(
        pk=identifier, defaults={"kind": kind, "title": title.strip(), "poll_on": poll_on, "nation": nation}
    )
    if is_new:
        audit.record(now=now, actor=by, verb="noted", subject_type="election", subject_id=identifier)
    return election
