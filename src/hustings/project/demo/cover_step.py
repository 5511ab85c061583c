"""Cover and care in the demo: places come in, a custody suite goes active, and is covered by a call-out."""

import csv
from datetime import datetime
from pathlib import Path

from hustings.accounts.models import User
from hustings.people.models import ContactPointKind, Person
from hustings.places.models import Area, AreaKind, Venue, VenueKind
from hustings.platform.importing.run_import import run_import
from hustings.project.demo.story import Story
from hustings.support.models import Ask, CoverPeriod
from hustings.support.queries import open_shifts
from hustings.support.usecases.activate_place import activate_place
from hustings.support.usecases.answer_ask import answer_ask
from hustings.support.usecases.change_cover import hand_over
from hustings.support.usecases.take_shift import ShiftNotTaken, take_shift
from hustings.support.usecases.tend_cover import tend_cover
from hustings.volunteers.usecases.enrol_volunteer import enrol_volunteer
from hustings.volunteers.usecases.set_limits import set_limits

_HELPERS = 24
_PLACES = (
    ("custody suite", "Barchester Custody Suite", "1 Gaol Lane"),
    ("police station", "Barchester Quay Police Station", "12 Bridewell Row"),
    ("hospital", "Hiram's Hospital", "The Close"),
    ("count venue", "Barchester Corn Exchange", "Market Place"),
    ("council office", "Barset District Council", "Civic Square"),
)


def cover_a_place(*, users: dict[str, User], folder: Path, now: datetime, story: Story) -> None:
    """Bring in a sheet of places, ask for cover of the custody suite, and let people answer."""
    alice = users["Alice"]
    path = _write_sheet(folder / "places.csv")
    run = run_import(path=path, now=now, slug="places-sheet")
    story.tell("Places come in from a sheet", read=run.read, accepted=run.accepted, rejected=run.rejected)
    story.equal("every place but one outside Great Britain came in", run.accepted, len(_PLACES))
    helpers = _enrol(now)
    venue = Venue.objects.get(kind=VenueKind.CUSTODY_SUITE)
    period = activate_place(
        venue=venue, reason="Friends and family wait outside", meeting_point="The bench opposite the main door",
        minimum=1, required_course="", by=alice, now=now,
    )  # fmt: skip
    first = tend_cover(now=now)
    second = tend_cover(now=now)
    taken, declined = _let_them_answer(period, now)
    hand_over(
        period=period, text="The side door is open until ten. The desk is friendly.", by_user=alice, now=now
    )
    story.tell(
        "A custody suite goes active and is covered", helpers=helpers, asked=first["asked"], shifts_taken=taken,
        not_today=declined,
    )  # fmt: skip
    story.claim(
        "people near it were asked, and nobody twice", holds=first["asked"] > 0 and second["asked"] == 0
    )
    story.equal("no gap is left on its rota", len(open_shifts(period=period, since=now)), 0)


def _write_sheet(path: Path) -> Path:
    ward = Area.objects.filter(kind=AreaKind.WARD, lat__isnull=False).order_by("pk").first()
    people = Person.objects.exclude(postcode="").filter(ward__isnull=False)
    home = people.order_by("pk").values_list("postcode", flat=True).first() or ""
    point = ("", "") if ward is None or home else (str(ward.lat), str(ward.lon))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(
            ["kind", "name", "address", "postcode", "latitude", "longitude", "phone", "reference"]
        )
        for kind, name, address in _PLACES:
            writer.writerow([kind, name, address, home, *point, "01632 960999", ""])
        writer.writerow(["hospital", "A hospital across the water", "", "", "54.597", "-5.930", "", ""])
    return path


def _enrol(now: datetime) -> int:
    """People with an email address and a known postcode offer to help."""
    found = Person.objects.filter(
        merged_into=None, erased_at=None, ward__isnull=False, contact_points__kind=ContactPointKind.EMAIL,
        contact_points__unusable_at=None, volunteer=None,
    ).exclude(postcode="")  # fmt: skip
    people = list(found.distinct().order_by("pk")[:_HELPERS])
    for number, person in enumerate(people):
        volunteer = enrol_volunteer(person=person, now=now, is_adult=True)
        limit = None if number % 3 == 0 else 60 * (4 + number % 5)
        set_limits(volunteer=volunteer, weekly_limit_minutes=limit, free_times=[], is_adult=True, now=now)
    return len(people)


def _let_them_answer(period: CoverPeriod, now: datetime) -> tuple[int, int]:
    """Every fourth cannot today; the others take a shift each until nobody is missing."""
    taken = declined = 0
    for number, ask in enumerate(
        Ask.objects.filter(period=period).select_related("volunteer").order_by("pk")
    ):
        if number % 4 == 3:
            declined += answer_ask(ask=ask, answer="not_today", now=now)
            continue
        for need in open_shifts(period=period, since=now)[:1]:
            try:
                take_shift(shift=period.shifts.get(pk=need.key), volunteer=ask.volunteer, now=now)
                taken += 1
            except ShiftNotTaken:
                continue
    return taken, declined
