"""Write to volunteers about what they signed up for: the one way by which this app queues messages to them."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from django.conf import settings
from django.utils.translation import override

from hustings.accounts.models import Organisation
from hustings.people.models import ContactPoint, ContactPointKind, Purpose
from hustings.postroom.models import Message
from hustings.postroom.usecases.queue_message import MessageRequest, queue_messages
from hustings.volunteers.models import Volunteer

#: The fields of one volunteer's message. It is asked in that volunteer's language, so that days and tasks are named in it.
FieldsOf = Callable[[Volunteer], Mapping[str, str | bool]]


def write_to_volunteer(
    *, template: str, volunteer: Volunteer, fields_of: FieldsOf, path: str, now: datetime
) -> Message | None:
    """Queue one service message with `page_url` for a path of this site; none where the volunteer has no address that works."""
    queued = write_to_volunteers(
        template=template, volunteers=[volunteer], fields_of=fields_of, path=path, now=now
    )
    return queued[0] if queued else None


def write_to_volunteers(
    *,
    template: str,
    volunteers: Iterable[Volunteer],
    fields_of: FieldsOf,
    path: str,
    now: datetime,
) -> list[Message]:
    """Queue a service message to each, with one insert; the gate stops whoever objected to those too.

    Each gets `to_name`, `given_name`, `organisation_name` and `page_url` besides the fields of their own.
    """
    people = {volunteer.person_id: volunteer for volunteer in volunteers if volunteer.is_active}
    points = ContactPoint.objects.filter(
        person__in=list(people), kind=ContactPointKind.EMAIL, is_preferred=True, unusable_at=None
    ).order_by("pk")
    organisation = Organisation.objects.first()
    requests = []
    for point in points:
        volunteer = people[point.person_id]
        with override(volunteer.person.language):
            own = fields_of(volunteer)
        requests.append(
            MessageRequest(
                template=f"volunteers/{template}",
                address=point.value,
                fields={
                    "to_name": str(volunteer.person),
                    "given_name": volunteer.person.given_name,
                    "organisation_name": organisation.name if organisation else "",
                    "page_url": f"{settings.HUSTINGS_ADDRESS}{path}",
                    **own,
                },
                purpose=Purpose.SERVICE,
                person_id=volunteer.person_id,
                language=volunteer.person.language,
            )
        )
    return queue_messages(requests=requests, now=now) if requests else []
