"""What became of a contact is known later than the contact was made: a delivery report settles it."""

from datetime import datetime

from django.db import transaction

from hustings.contacts.models import Contact, Outcome
from hustings.contacts.rules.reach import is_reached
from hustings.people.usecases.note_contacts import note_contacts


def settle_contact(*, contact_id: int, outcome: str, at: datetime) -> bool:
    """Give a contact whose words were handed over, or whose fate is unknown, its outcome; returns whether that was news.

    Only those two are open to a report: what a person said stands. `Person.last_contacted_at` moves when it turns out that they
    were reached, and is never taken back, because an earlier contact may stand at the same moment.
    """
    with transaction.atomic():
        row = Contact.objects.select_for_update().filter(pk=contact_id).first()
        if row is None or row.outcome == outcome or row.outcome not in {Outcome.DELIVERED, Outcome.UNKNOWN}:
            return False
        row.outcome = outcome
        row.save(update_fields=["outcome"])
        if row.person_id is not None and is_reached(outcome=outcome):
            note_contacts(person_ids=[row.person_id], at=row.at)
    return True
