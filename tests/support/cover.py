"""What the tests of cover start from: a custody suite in Barset East and volunteers at chosen distances from it."""

from datetime import datetime
from typing import Any

from hustings.people.models import ContactPoint, ContactPointKind, Person
from hustings.places.models import Venue, VenueKind
from hustings.volunteers.models import Completion, Course, Volunteer
from tests.conftest import NOW

LAT, LON = 53.48, -2.24
KM_A_DEGREE = 111.195


def make_venue(*, area: Any = None, name: str = "Barchester Custody Suite", reference: str = "1") -> Venue:
    """A custody suite."""
    return Venue.objects.create(
        kind=VenueKind.CUSTODY_SUITE, name=name, address="1 Gaol Lane, Barchester", postcode="ZZ1 1AA",
        latitude=LAT, longitude=LON, area=area, source="tests", reference=reference, changed_at=NOW,
    )  # fmt: skip


def make_course(slug: str = "supporting-a-person") -> Course:
    """A course that cover can require."""
    return Course.objects.get_or_create(
        slug=slug,
        defaults={"title": "Supporting a person in distress", "text": "# Support", "changed_at": NOW},
    )[0]


def make_volunteer(
    number: int,
    *,
    km: float = 1.0,
    area: Any = None,
    hours: float | None = None,
    course: Course | None = None,
    email: bool = True,
    phone: bool = True,
    is_adult: bool = True,
    now: datetime = NOW,
) -> Volunteer:
    """A volunteer so many kilometres north of the suite."""
    person = Person.objects.create(
        given_name=f"Vera{number}", family_name="Tester", ward=area, source="tests", created_at=now
    )
    if email:
        value = f"v{number}@barset.example"
        ContactPoint.objects.create(
            person=person, kind=ContactPointKind.EMAIL, value=value, canonical=value, verified_at=now, added_at=now,
            source="tests",
        )  # fmt: skip
    if phone:
        value = f"07700 900{number:03}"
        ContactPoint.objects.create(
            person=person, kind=ContactPointKind.PHONE, value=value, canonical=f"+447700900{number:03}",
            is_mobile=True, added_at=now, source="tests",
        )  # fmt: skip
    volunteer = Volunteer.objects.create(
        person=person, area=area, postcode="ZZ1 1AA", latitude=LAT + km / KM_A_DEGREE, longitude=LON,
        weekly_limit_minutes=None if hours is None else int(hours * 60),
        adult_confirmed_at=now if is_adult else None, joined_at=now,
    )  # fmt: skip
    if course is not None:
        Completion.objects.create(volunteer=volunteer, course=course, completed_at=now)
    return volunteer
