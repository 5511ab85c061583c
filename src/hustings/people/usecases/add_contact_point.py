"""Add an address that somebody gave for themselves to what is on file about them."""

from datetime import datetime

from hustings.basics.email_address import EmailAddress
from hustings.basics.phone import PhoneNumber
from hustings.people.models import ContactPoint, Person
from hustings.people.usecases.find_people import canonical_of, kind_of
from hustings.people.usecases.keep_keys import keep_keys
from hustings.people.usecases.record_people import contact_point


def add_contact_point(
    *, person: Person, address: EmailAddress | PhoneNumber, source: str, now: datetime
) -> ContactPoint:
    """The person's address as it is on file, added where it is new. In an open transaction that holds the person's row.

    It was taken by ear, so it takes the place of another only where that one is not used any more or there is none. Objections
    find the person by it from now on.
    """
    points = ContactPoint.objects.filter(person=person, kind=kind_of(address))
    known = points.filter(canonical=canonical_of(address)).first()
    if known is not None:
        return known
    points.filter(is_preferred=True, unusable_at__isnull=False).update(is_preferred=False)
    added = contact_point(
        person=person,
        address=address,
        is_preferred=not points.filter(is_preferred=True).exists(),
        now=now,
        source=source,
    )
    added.save()
    keep_keys(person_ids=[person.pk])
    return added
