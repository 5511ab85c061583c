"""Record one contact."""

from datetime import datetime

from hustings.accounts.models import User
from hustings.contacts.models import Contact
from hustings.contacts.usecases.record_contacts import NewContact, record_contacts
from hustings.people.models import Channel, Purpose


def record_contact(
    *,
    channel: Channel | str,
    purpose: Purpose | str,
    outcome: str,
    at: datetime,
    person_id: int | None = None,
    elector_id: int | None = None,
    label: str = "",
    by: User | None = None,
) -> Contact:
    """Record one contact with one person or elector."""
    row = NewContact(
        channel=str(channel),
        purpose=str(purpose),
        outcome=outcome,
        at=at,
        person_id=person_id,
        elector_id=elector_id,
        label=label,
        by_id=None if by is None else by.pk,
    )
    return record_contacts(rows=[row])[0]
