"""Note that an address was proved to be the person's own."""

from datetime import datetime

from hustings.people.models import ContactPoint, Person


class NoSuchContactPoint(LookupError):
    """The person has no such address."""


def verify_contact_point(*, person: Person, kind: str, canonical: str, now: datetime) -> ContactPoint:
    """Mark an address as verified, and as usable again: whoever confirmed it has just read their mail there.

    Raises `NoSuchContactPoint`. The first verification's moment is kept.
    """
    point = ContactPoint.objects.filter(person=person, kind=kind, canonical=canonical).first()
    if point is None:
        raise NoSuchContactPoint(f"Person {person.pk} has no such {kind}.")
    point.verified_at = point.verified_at or now
    point.unusable_at, point.unusable_reason = None, ""
    point.save(update_fields=["verified_at", "unusable_at", "unusable_reason"])
    return point
