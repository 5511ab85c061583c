"""People who give their time: conduct rules and courses, groups, events with shifts, a rota within everybody's limits."""

from datetime import datetime, time, timedelta

from django.db.models import Count, Q

from hustings.accounts.access import Right, scope_of
from hustings.basics.clock import UK, uk_date
from hustings.people.models import ContactPointKind, Person
from hustings.people.usecases.record_person import record_person
from hustings.people.usecases.verify_contact_point import verify_contact_point
from hustings.places.models import Area, AreaKind
from hustings.project.demo.build import DemoHome
from hustings.project.demo.people_of_the_office import MEMBERS, email_of
from hustings.project.demo.story import Story
from hustings.volunteers.access import volunteers_for
from hustings.volunteers.models import (
    Booking,
    BookingState,
    Course,
    Event,
    Group,
    LinkRelease,
    Membership,
    Shift,
    Volunteer,
)
from hustings.volunteers.queries.commitments import minutes_committed
from hustings.volunteers.rules.rota import UNSET_LIMIT_MINUTES
from hustings.volunteers.usecases.accept_conduct import accept_conduct
from hustings.volunteers.usecases.book_shift import book_shift
from hustings.volunteers.usecases.enrol_volunteer import enrol_volunteer
from hustings.volunteers.usecases.join_group import join_group
from hustings.volunteers.usecases.open_event import open_event
from hustings.volunteers.usecases.prepare_volunteering import prepare_volunteering
from hustings.volunteers.usecases.propose_shifts import propose_shifts
from hustings.volunteers.usecases.publish_conduct_rules import publish_shipped_rules
from hustings.volunteers.usecases.record_completion import record_completion
from hustings.volunteers.usecases.release_link import release_link
from hustings.volunteers.usecases.save_event import save_event, save_shift
from hustings.volunteers.usecases.save_group import add_overflow, open_group, save_group
from hustings.volunteers.usecases.set_limits import set_limits
from hustings.volunteers.usecases.share_car import share_car

_VOLUNTEERS = 48
_GROUP_ROOM = 12

#: Kind, title, days from now, hour, hours long, task, people wanted.
_EVENTS = (
    ("canvass", "Knocking on doors by the canal", 3, 10, 2, "canvasser", 8),
    ("phone_bank", "An evening on the telephone", 4, 18, 2, "caller", 6),
    ("stall", "Stall on the quay", 5, 9, 3, "stall_helper", 4),
    ("leaflets", "Leaflets before lunch", 6, 10, 2, "deliverer", 10),
    ("training", "Talking at the door: practise with us", 8, 19, 1, "learner", 20),
    ("polling_day", "Polling day: taking numbers", 12, 7, 3, "number_taker", 6),
)


def organise_volunteers(*, demo: DemoHome, now: datetime, story: Story) -> None:
    """Let people of Barset East help: they join a group, book shifts, are asked by a rota, and share a car."""
    prepare_volunteering(now=now)
    volunteers = _enrol(demo, now)
    story.tell(
        "People offer to help",
        volunteers=len(volunteers),
        courses=Course.objects.count(),
        with_a_limit=sum(one.weekly_limit_minutes is not None for one in volunteers),
    )
    story.equal("three courses are there", Course.objects.filter(is_published=True).count(), 3)
    bob = Volunteer.objects.filter(user=demo.users["Bob"]).first()
    story.claim("Bob's login opens his page as a volunteer", holds=bob is not None)
    _fill_groups(demo, volunteers, now, story)
    _hold_events(demo, volunteers, now, story)


def _enrol(demo: DemoHome, now: datetime) -> list[Volunteer]:
    bob = next(member for member in MEMBERS if member.given_name == "Bob")
    postcode = (
        Person.objects.filter(ward__isnull=False, constituency__name="Barset East")
        .exclude(postcode="")
        .order_by("pk")
        .values_list("postcode", flat=True)[0]
    )
    person = record_person(
        source="offer to help", now=now, given_name="Bob", family_name="Harding", email=email_of(member=bob),
        phone="07700 900142", postcode=postcode,
    )  # fmt: skip
    verify_contact_point(person=person, kind=ContactPointKind.EMAIL, canonical=email_of(member=bob), now=now)
    known = (
        Person.objects.filter(
            merged_into=None, erased_at=None, constituency__name="Barset East", contact_points__kind="email"
        )
        .exclude(pk=person.pk)
        .distinct()
        .order_by("pk")[: _VOLUNTEERS - 1]
    )
    rules = publish_shipped_rules(now=now)
    volunteers = []
    for number, one in enumerate([person, *known]):
        volunteer = enrol_volunteer(person=one, now=now, is_adult=number % 9 != 8)
        if number % 3 != 2:
            limit = (120, 240, 360, 600)[number % 4]
            set_limits(
                volunteer=volunteer,
                weekly_limit_minutes=limit,
                free_times=[],
                is_adult=volunteer.is_adult,
                now=now,
            )
        accept_conduct(volunteer=volunteer, version=rules.version, now=now)
        volunteers.append(volunteer)
    canvassing = Course.objects.get(slug="canvassing")
    for volunteer in volunteers[::2]:
        record_completion(volunteer=volunteer, course=canvassing, by=demo.users["Alice"], now=now)
    return volunteers


def _fill_groups(demo: DemoHome, volunteers: list[Volunteer], now: datetime, story: Story) -> None:
    alice, east = demo.users["Alice"], Area.objects.get(kind=AreaKind.CONSTITUENCY, name="Barset East")
    chat = save_group(
        group=Group(
            name="Barset East canvassers",
            kind="whatsapp",
            area=east,
            capacity=_GROUP_ROOM,
            summary="Who comes on Saturday, who has a car, where the tea is. No more than a few messages a day.",
        ),
        link="https://chat.whatsapp.com/DemoDemoDemoDemoDemo00",
        by=alice,
        now=now,
    )
    open_group(group=chat, by=alice, now=now)
    add_overflow(group=chat, link="https://chat.whatsapp.com/DemoDemoDemoDemoDemo02", by=alice, now=now)
    letters = save_group(
        group=Group(
            name="Barset East by email",
            kind="email_list",
            area=east,
            capacity=500,
            summary="For everybody who would rather read one message a week.",
        ),
        link="east@lists.barset.example",
        by=alice,
        now=now,
    )
    open_group(group=letters, by=alice, now=now)
    seated = [join_group(volunteer=one, group=chat, now=now) for one in volunteers[: 2 * _GROUP_ROOM + 3]]
    for membership in seated[:5]:
        release_link(membership=membership, now=now)
    places = Membership.objects.filter(family=chat, left_at=None)
    waiting = places.filter(group=None).count()
    story.tell(
        "Groups fill up", groups=Group.objects.count(), members=places.exclude(group=None).count(), waiting=waiting,
        links_released=LinkRelease.objects.count(),
    )  # fmt: skip
    crowded = Group.objects.annotate(held=Count("memberships", filter=Q(memberships__left_at=None)))
    story.claim(
        "no group holds more than it has room for", holds=all(one.held <= one.capacity for one in crowded)
    )
    twice = places.values("volunteer").annotate(times=Count("pk")).filter(times__gt=1).count()
    story.equal("nobody is in two groups of a family", twice, 0)
    story.equal("the overflow group opened, and the last ones wait", waiting, 3)


def _hold_events(demo: DemoHome, volunteers: list[Volunteer], now: datetime, story: Story) -> None:
    alice, east = demo.users["Alice"], Area.objects.get(kind=AreaKind.CONSTITUENCY, name="Barset East")
    canvassing, polling_day = (Course.objects.get(slug=slug) for slug in ("canvassing", "polling-day"))
    events = []
    for kind, title, days, hour, hours, task, wanted in _EVENTS:
        day = uk_date(now) + timedelta(days=days)
        starts_at = datetime.combine(day, time(hour), tzinfo=UK)
        event = save_event(
            event=Event(
                kind=kind,
                title=title,
                area=east,
                place="" if kind == "phone_bank" else "Footbridge on Canal Street",
                postcode="" if kind == "phone_bank" else volunteers[0].postcode,
                about="Somebody shows you how. Come as you are.",
                starts_at=starts_at,
                ends_at=starts_at + timedelta(hours=hours),
                bring="Comfortable shoes and a coat.",
                access="Level way in; seats; toilets in the library next door.",
                required_course={"canvass": canvassing, "polling_day": polling_day}.get(kind),
                follow_up="Thank you. What people told you is with those who can mend it.",
            ),
            by=alice,
            now=now,
        )
        if kind == "phone_bank":
            event.place = "By telephone, from home"
            event = save_event(event=event, by=alice, now=now)
        save_shift(
            shift=Shift(
                event=event, task=task, starts_at=event.starts_at, ends_at=event.ends_at, capacity=wanted
            ),
            now=now,
        )
        events.append(open_event(event=event, by=alice, now=now))
    stall = events[2].shifts.get()
    for volunteer in volunteers[:6]:
        book_shift(volunteer=volunteer, shift=stall, now=now)
    booked = Booking.objects.filter(shift=stall, state=BookingState.BOOKED).count()
    waiting = Booking.objects.filter(shift=stall, state=BookingState.WAITING).count()
    adults = [one for one in volunteers[:4] if one.is_adult]
    share_car(volunteer=adults[0], event=events[2], side="offers", outward="ZZ1", seats=2, note="", now=now)
    share_car(volunteer=adults[1], event=events[2], side="wants", outward="ZZ1", seats=1, note="", now=now)
    among = volunteers_for(scope=scope_of(user=alice, right=Right.SEE_VOLUNTEERS, on=uk_date(now)))
    proposed = [propose_shifts(event=event, among=among, by=alice, now=now) for event in events]
    story.tell(
        "Events fill up",
        events=len(events),
        booked=booked,
        waiting=waiting,
        proposed=sum(len(each.bookings) for each in proposed),
        places_empty=sum(each.gaps for each in proposed),
    )
    story.equal("the stall holds as many as it wants", booked, stall.capacity)
    story.equal("the others wait", waiting, 2)
    asked = Booking.objects.filter(state=BookingState.PROPOSED).select_related("volunteer", "shift")
    above = [
        one
        for one in asked
        if minutes_committed(volunteer=one.volunteer, week=uk_date(one.shift.starts_at))
        > (
            UNSET_LIMIT_MINUTES
            if one.volunteer.weekly_limit_minutes is None
            else one.volunteer.weekly_limit_minutes
        )
    ]
    story.equal("nobody is asked for more than their own weekly limit", len(above), 0)
