"""Stopping mail by the link in a message: an objection, recorded once however often the link is used."""

from datetime import datetime

from hustings.people.models import Person, Purpose
from hustings.people.queries import UnsubscribeChoice, suppressed_person_ids
from hustings.people.usecases.object_to_contact import object_to_contact

SOURCE = "unsubscribe link in a message"


def person_to_stop(*, choice: UnsubscribeChoice) -> Person | None:
    """Whom the link is about: of a merged person the one kept; None once erased."""
    person = Person.objects.filter(pk=choice.person_id).first()
    while person is not None and person.merged_into_id is not None:
        person = person.merged_into
    return None if person is None or person.erased_at is not None else person


def stop_by_link(*, choice: UnsubscribeChoice, now: datetime) -> bool:
    """Record the objection that the link stands for; returns whether one was recorded now.

    Nobody who has objected already, or was erased (and so gets nothing), is recorded again.
    """
    person = person_to_stop(choice=choice)
    if person is None:
        return False
    asked = choice.purpose or Purpose.CAMPAIGN
    stopped = suppressed_person_ids(person_ids=[person.pk], channel=choice.channel, purpose=asked)
    if person.pk in stopped.definite:
        return False
    object_to_contact(person=person, channel=choice.channel, purpose=choice.purpose, source=SOURCE, now=now)
    return True
