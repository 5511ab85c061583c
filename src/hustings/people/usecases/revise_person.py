"""Correct what is on file about a person: names, address, email, phone."""

from datetime import datetime

from django.db import transaction

from hustings.accounts.models import User
from hustings.people.models import ContactPoint, ContactPointKind, Person
from hustings.people.usecases.check_row import CheckedRow
from hustings.people.usecases.find_people import canonical_of
from hustings.people.usecases.keep_keys import keep_keys
from hustings.people.usecases.place_postcodes import Placed, place_postcodes
from hustings.people.usecases.record_people import contact_point
from hustings.platform import audit


def revise_person(*, person: Person, row: CheckedRow, by: User | None, now: datetime) -> Person:
    """Let the row stand for what is held now; an emptied email or phone stops being the preferred one.

    Former addresses stay as keys, so that no objection is lost by a correction.
    """
    with transaction.atomic():
        held = Person.objects.select_for_update().get(pk=person.pk)
        for name in ("given_name", "family_name", "address_line"):
            setattr(held, name, getattr(row, name))
        if row.postcode != held.postcode:
            held.postcode = row.postcode
            where = place_postcodes(postcodes=[row.postcode]).get(row.postcode, Placed())
            held.ward_id, held.constituency_id = where.ward, where.constituency
        held.save()
        wanted = {
            ContactPointKind.EMAIL: row.email,
            ContactPointKind.PHONE: row.phones[0] if row.phones else None,
        }
        for kind, address in wanted.items():
            points = ContactPoint.objects.filter(person=held, kind=kind)
            canonical = None if address is None else canonical_of(address)
            points.filter(is_preferred=True).exclude(canonical=canonical or "").update(is_preferred=False)
            if address is not None and not points.filter(canonical=canonical).update(is_preferred=True):
                contact_point(person=held, address=address, is_preferred=True, now=now, source="desk").save()
        keep_keys(person_ids=[held.pk])
        audit.record(
            now=now,
            actor=by,
            verb="revised",
            subject_type="people.Person",
            subject_id=held.pk,
            area_code=held.ward_id or "",
        )
    return held
