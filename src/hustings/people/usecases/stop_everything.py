"""Let a person end all marketing in one press."""

import uuid
from datetime import datetime

from django.db import transaction

from hustings.people.models import Person
from hustings.people.queries.receipts import standing_objections
from hustings.people.usecases.object_to_contact import object_to_contact


def stop_everything(*, person: Person, source: str, now: datetime) -> uuid.UUID:
    """Object to all marketing by every channel; a second press finds the first objection and adds none."""
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        for objection in standing_objections(person_id=person.pk):
            if objection.is_sure and not (objection.channel or objection.purpose or objection.lifted):
                return objection.objection
        return object_to_contact(person=person, source=source, now=now)
