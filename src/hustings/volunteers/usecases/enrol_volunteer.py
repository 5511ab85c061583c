"""Make a volunteer of a person on file."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction

from hustings.accounts.models import User
from hustings.people.models import ContactPointKind, Person
from hustings.places.queries import locate
from hustings.platform.events import announce
from hustings.volunteers.events import VolunteerJoined
from hustings.volunteers.models import Volunteer


def enrol_volunteer(*, person: Person, now: datetime, is_adult: bool = False) -> Volunteer:
    """The person's volunteer row, made where there is none; somebody who had left is back.

    Their home ward and the point of their postcode follow the person. A login with the same verified address is joined to it.
    """
    with transaction.atomic():
        volunteer, is_new = Volunteer.objects.select_for_update().get_or_create(
            person=person, defaults={"joined_at": now}
        )
        is_back = volunteer.left_at is not None
        volunteer.left_at = None
        if is_adult and volunteer.adult_confirmed_at is None:
            volunteer.adult_confirmed_at = now
        if volunteer.user_id is None:
            volunteer.user = _login_of(person)
        place_volunteer(volunteer=volunteer, person=person)
        volunteer.save()
        if is_new or is_back:
            announce(VolunteerJoined(at=now, volunteer_id=volunteer.pk))
    return volunteer


def place_volunteer(*, volunteer: Volunteer, person: Person) -> None:
    """Set the volunteer's ward, postcode and point from the person's; the row is not saved."""
    volunteer.postcode, volunteer.area_id = person.postcode, person.ward_id
    found = locate(postcode=person.postcode) if person.postcode else None
    volunteer.latitude = found.lat if found else None
    volunteer.longitude = found.lon if found else None


def _login_of(person: Person) -> User | None:
    """The login whose verified address is one that the person proved to be theirs, where no other volunteer has it."""
    proved = person.contact_points.filter(kind=ContactPointKind.EMAIL).exclude(verified_at=None)
    for address in proved.values_list("value", flat=True):
        known = EmailAddress.objects.filter(email__iexact=address, verified=True).order_by("pk").first()
        if known is not None and not Volunteer.objects.filter(user=known.user_id).exists():
            return User.objects.get(pk=known.user_id)
    return None
