"""Write to an address that was taken down by ear, so that whoever reads there sees what was noted and can change it."""

from datetime import datetime

from django.db import transaction

from hustings.accounts.models import Organisation
from hustings.basics.clock import uk_date
from hustings.people.models import ContactPoint, Purpose
from hustings.people.queries import preference_link
from hustings.platform.words import day
from hustings.postroom.usecases.queue_message import queue_message


def write_what_was_agreed(*, contact_point_id: int, said_at: datetime, now: datetime) -> bool:
    """Queue one service message with the link to their own choices; False where there is nobody to write to any more."""
    point = (
        ContactPoint.objects.filter(
            pk=contact_point_id, unusable_at=None, person__erased_at=None, person__merged_into=None
        )
        .exclude(value="")
        .select_related("person")
        .first()
    )
    if point is None:
        return False
    person = point.person
    with transaction.atomic():
        queue_message(
            template="outreach/agreed_aloud",
            address=point.value,
            fields={
                "name": person.given_name,
                "organisation_name": Organisation.objects.get().name,
                "said_on": day(uk_date(said_at)),
                "preferences_url": preference_link(person=person, on=uk_date(now)),
            },
            purpose=Purpose.SERVICE,
            now=now,
            person=person,
            language=person.language,
        )
    return True
