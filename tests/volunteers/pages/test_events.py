"""Events: found, signed up for with and without being known, waited for, reminded of, called off, followed up."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from hustings.basics.clock import clock_set_to
from hustings.postroom.models import Message
from hustings.volunteers.models import Booking, BookingState, Event, EventState, Shift, Volunteer
from hustings.volunteers.queries import minutes_committed
from hustings.volunteers.usecases.book_shift import CannotBook, book_shift, give_back
from hustings.volunteers.usecases.load_course import load_course
from hustings.volunteers.usecases.note_attendance import NotBegunYet, note_attendance
from hustings.volunteers.usecases.open_event import NotReady, cancel_event, open_event
from hustings.volunteers.usecases.record_completion import record_completion
from hustings.volunteers.usecases.remind_and_follow_up import send_follow_ups, send_reminders
from hustings.volunteers.usecases.save_event import (
    AgainstTheLaw,
    ImpossibleTimes,
    PeopleAreBooked,
    PlaceUnknown,
    event_findings,
    remove_shift,
    save_event,
    save_shift,
)
from hustings.website.campaign_map.rules.feed import read_feed
from tests.cast import Cast, signed_in
from tests.conftest import NOW
from tests.volunteers.conftest import Enrol, let_in
from tests.volunteers.events import STARTS, make_event, make_shift
from tests.volunteers.pages.test_training import TEXT
from tests.volunteers.pages.test_way_in import FORM, link_in

pytestmark = pytest.mark.usefixtures("cast", "postcodes")


@pytest.fixture
def event(cast: Cast) -> Event:
    return make_event(area=cast.east, by=cast.alice)


@pytest.fixture
def shift(event: Event) -> Shift:
    return event.shifts.get()


def templates() -> list[str]:
    """The templates of every message so far."""
    return [name.split("/")[1] for name in Message.objects.order_by("pk").values_list("template", flat=True)]


def test_an_event_is_found_by_time_and_by_distance(client: Client, event: Event) -> None:
    html = client.get("/events/").content.decode()
    assert "Canvass in Canal Street" in html
    assert not client.get("/events/").cookies
    assert "No such postcode is known" in client.get("/events/?near=ZZ9 9ZZ").content.decode()
    assert "covers Great Britain alone" in client.get("/events/?near=BT1 1AA").content.decode() or (
        "Northern Ireland" in client.get("/events/?near=BT1 1AA").content.decode()
    )
    assert "Canvass in Canal Street" not in client.get("/events/?kind=stall").content.decode()


def test_eve_signs_up_without_an_account(client: Client, event: Event, shift: Shift) -> None:
    page = f"/events/{event.slug}/"
    answer = client.get(page)
    assert "Level; toilets in the library." in answer.content.decode()
    assert not answer.cookies
    answer = client.post(page, {**FORM, "shift": str(shift.pk)})
    assert "Now look at your email" in answer.content.decode()
    assert not Booking.objects.exists()
    path = link_in(Message.objects.get(), "join_url")
    html = client.post(path, follow=True).content.decode()
    assert "You are booked for “Canvass in Canal Street”" in html
    booking = Booking.objects.get()
    assert (booking.state, booking.volunteer.person.given_name) == (BookingState.BOOKED, "Eve")
    assert templates() == ["confirm_joining", "shift_booked"]
    message = Message.objects.get(template="volunteers/shift_booked")
    assert message.purpose == "service"
    assert message.fields["bring"] == "Water."


def test_the_form_keeps_what_was_entered(client: Client, event: Event) -> None:
    answer = client.post(f"/events/{event.slug}/", {**FORM, "email": "eve"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose a shift." in html
    assert 'value="Newcomer"' in html


def test_who_waits_moves_up_and_is_told(shift: Shift, bob: Volunteer, cleo: Volunteer, enrol: Enrol) -> None:
    dan, eva = enrol("Dan"), enrol("Eva")
    states = [book_shift(volunteer=one, shift=shift, now=NOW).state for one in (bob, cleo, dan, eva)]
    assert states == ["booked", "booked", "waiting", "waiting"]
    assert book_shift(volunteer=bob, shift=shift, now=NOW).state == "booked"
    assert Booking.objects.count() == 4
    give_back(booking=Booking.objects.get(volunteer=bob), now=NOW)
    assert Booking.objects.get(volunteer=dan).state == BookingState.BOOKED
    assert Booking.objects.get(volunteer=eva).state == BookingState.WAITING
    assert templates() == ["shift_booked", "shift_booked", "shift_waiting", "shift_waiting", "shift_moved_up"]
    assert Message.objects.order_by("-pk")[0].address == "dan@barset.example"


def test_whoever_cannot_come_any_more_is_passed_over(
    cast: Cast, shift: Shift, bob: Volunteer, cleo: Volunteer, enrol: Enrol
) -> None:
    dan, eva = enrol("Dan"), enrol("Eva")
    for one in (bob, cleo, dan, eva):
        book_shift(volunteer=one, shift=shift, now=NOW)
    other = make_event(area=cast.east, by=cast.alice, title="A stall", kind="stall")
    book_shift(volunteer=dan, shift=other.shifts.get(), now=NOW)
    give_back(booking=Booking.objects.get(volunteer=bob, shift=shift), now=NOW)
    assert Booking.objects.get(volunteer=dan, shift=shift).state == BookingState.WAITING
    assert Booking.objects.get(volunteer=eva).state == BookingState.BOOKED


def test_a_volunteer_presses_one_button(event: Event, shift: Shift, bob: Volunteer) -> None:
    mine = let_in(bob)
    assert "Sign me up" in mine.get(f"/events/{event.slug}/").content.decode()
    html = mine.post(f"/volunteer/shifts/{shift.pk}/take/", follow=True).content.decode()
    assert "You are booked." in html
    assert "Canvass in Canal Street" in mine.get("/volunteer/").content.decode()
    assert minutes_committed(volunteer=bob, week=STARTS.date()) == 120
    assert minutes_committed(volunteer=bob, week=NOW.date() - timedelta(days=7)) == 0
    booking = Booking.objects.get()
    mine.post(f"/volunteer/bookings/{booking.public_id}/back/")
    assert minutes_committed(volunteer=bob, week=STARTS.date()) == 0


def test_nobody_touches_another_ones_booking(shift: Shift, bob: Volunteer, cleo: Volunteer) -> None:
    booking = book_shift(volunteer=bob, shift=shift, now=NOW)
    for path in ("back", "yes"):
        assert let_in(cleo).post(f"/volunteer/bookings/{booking.public_id}/{path}/").status_code == 404
    booking.refresh_from_db()
    assert booking.state == BookingState.BOOKED
    assert let_in(bob).post(f"/volunteer/bookings/{booking.public_id}/back/").status_code == 302


def test_what_a_shift_asks_for(cast: Cast, event: Event, shift: Shift, enrol: Enrol) -> None:
    dot = enrol("Dot", is_adult=False)
    shift.required_course = load_course(text=TEXT, slug="door", now=NOW)
    shift.save()
    with pytest.raises(CannotBook, match="At the door"):
        book_shift(volunteer=dot, shift=shift, now=NOW)
    record_completion(volunteer=dot, course=shift.required_course, by=cast.alice, now=NOW)
    event.is_adults_only = True
    event.save()
    with pytest.raises(CannotBook, match="for adults"):
        book_shift(volunteer=dot, shift=shift, now=NOW)
    dot.adult_confirmed_at = NOW
    dot.save()
    assert book_shift(volunteer=dot, shift=shift, now=NOW).state == "booked"


def test_nobody_is_in_two_places_at_once(cast: Cast, shift: Shift, bob: Volunteer) -> None:
    book_shift(volunteer=bob, shift=shift, now=NOW)
    other = make_event(area=cast.east, by=cast.alice, title="A stall", kind="stall")
    with pytest.raises(CannotBook, match="You are booked for “Canvass in Canal Street” at that time"):
        book_shift(volunteer=bob, shift=other.shifts.get(), now=NOW)


def test_calendars_say_the_same_in_utc(client: Client, event: Event, shift: Shift, bob: Volunteer) -> None:
    book_shift(volunteer=bob, shift=shift, now=NOW)
    for path in (
        f"/events/{event.slug}.ics",
        "/events/calendar.ics",
        f"/volunteer/calendar/{bob.calendar_key}.ics",
    ):
        answer = client.get(path)
        assert answer["Content-Type"].startswith("text/calendar")
        (entry,) = Calendar.from_ical(answer.content).walk("VEVENT")
        assert entry["dtstart"].dt == STARTS
        assert entry["dtend"].dt == STARTS + timedelta(hours=2)
        assert entry["status"] == "CONFIRMED"
        assert "ZZ1 1AA" in entry["location"]
    bob.left_at = NOW
    bob.save()
    assert client.get(f"/volunteer/calendar/{bob.calendar_key}.ics").status_code == 404


def test_a_cancelled_event_stays_in_the_calendar_as_cancelled(
    client: Client, event: Event, cast: Cast
) -> None:
    (before,) = Calendar.from_ical(client.get("/events/calendar.ics").content).walk("VEVENT")
    cancel_event(event=event, reason="Snow.", by=cast.alice, now=NOW)
    (after,) = Calendar.from_ical(client.get("/events/calendar.ics").content).walk("VEVENT")
    assert (after["uid"], after["status"]) == (before["uid"], "CANCELLED")
    assert after["sequence"] > before["sequence"]


def test_the_feed_is_one_that_other_installations_take(
    client: Client, event: Event, shift: Shift, bob: Volunteer, cast: Cast
) -> None:
    book_shift(volunteer=bob, shift=shift, now=NOW)
    make_event(area=cast.east, by=cast.alice, title="Secret", is_open=False)
    answer = client.get("/events/feed.json")
    assert answer["Access-Control-Allow-Origin"] == "*"
    document = json.loads(answer.content)
    assert "Bob" not in answer.content.decode()
    feed = read_feed(document=document)
    assert feed.rejected == ()
    (taken,) = feed.events
    assert (taken.title, taken.area, taken.starts_at) == ("Canvass in Canal Street", "E05999001", STARTS)
    (need,) = feed.needs
    assert (need.code, need.wanted) == ("E05999001", 1)
    (row,) = document["events"]
    assert (row["free_places"], row["shifts"][0]["wanted"], row["shifts"][0]["free"]) == (1, 2, 1)


def test_reminders_go_once_and_not_to_whoever_has_just_booked(
    shift: Shift, bob: Volunteer, cleo: Volunteer
) -> None:
    book_shift(volunteer=bob, shift=shift, now=NOW)
    assert send_reminders(now=NOW) == 0
    a_day_before = STARTS - timedelta(hours=24)
    book_shift(volunteer=cleo, shift=shift, now=STARTS - timedelta(hours=10))
    assert send_reminders(now=a_day_before) == 1
    assert send_reminders(now=STARTS - timedelta(hours=9)) == 0
    assert templates().count("shift_reminder") == 1


def test_a_change_of_time_moves_the_shift_and_is_told(
    event: Event, shift: Shift, bob: Volunteer, cast: Cast
) -> None:
    book_shift(volunteer=bob, shift=shift, now=NOW)
    event.starts_at += timedelta(hours=3)
    event.ends_at += timedelta(hours=3)
    save_event(event=event, by=cast.alice, now=NOW)
    shift.refresh_from_db()
    assert shift.starts_at == STARTS + timedelta(hours=3)
    assert templates()[-1] == "event_changed"
    event.bring = "An umbrella."
    save_event(event=event, by=cast.alice, now=NOW)
    assert templates().count("event_changed") == 1


def test_calling_off_tells_everybody_once(
    event: Event, shift: Shift, bob: Volunteer, cleo: Volunteer, cast: Cast
) -> None:
    make_shift(event=event, task="board_runner")
    for one in (bob, cleo):
        book_shift(volunteer=one, shift=shift, now=NOW)
    assert cancel_event(event=event, reason="Snow.", by=cast.alice, now=NOW) == 2
    assert set(Booking.objects.values_list("state", flat=True)) == {BookingState.CANCELLED}
    page = Client().get(f"/events/{event.slug}/").content.decode()
    assert "Snow." in page
    assert "Sign me up" not in page


def test_who_came_is_noted_and_written_to(
    event: Event, shift: Shift, bob: Volunteer, cleo: Volunteer, cast: Cast
) -> None:
    event.follow_up = "We knocked at 120 doors."
    event.save()
    bookings = [book_shift(volunteer=one, shift=shift, now=NOW) for one in (bob, cleo)]
    came = {bookings[0].pk: True, bookings[1].pk: False}
    with pytest.raises(NotBegunYet):
        note_attendance(event=event, came=came, by=cast.alice, now=NOW)
    assert note_attendance(event=event, came=came, by=cast.alice, now=STARTS) == 2
    assert send_follow_ups(now=event.ends_at) == 0
    later = event.ends_at + timedelta(hours=13)
    assert send_follow_ups(now=later) == 1
    assert send_follow_ups(now=later) == 0
    message = Message.objects.get(template="volunteers/event_follow_up")
    assert message.address == "bob@barset.example"
    assert message.fields["follow_up"] == "We knocked at 120 doors."


def test_an_event_needs_a_shift_a_place_and_a_future(cast: Cast) -> None:
    event = make_event(area=cast.east, by=cast.alice, is_open=False)
    event.shifts.all().delete()
    with pytest.raises(NotReady, match="at least one shift"):
        open_event(event=event, by=cast.alice, now=NOW)
    make_shift(event=event)
    with pytest.raises(NotReady, match="It is over"):
        open_event(event=event, by=cast.alice, now=event.ends_at)


def test_impossible_times_and_places_are_refused(cast: Cast) -> None:
    with pytest.raises(ImpossibleTimes, match="ends before it begins"):
        make_event(area=cast.east, by=cast.alice, ends_at=STARTS)
    with pytest.raises(ImpossibleTimes, match="three days"):
        make_event(area=cast.east, by=cast.alice, ends_at=STARTS + timedelta(days=4))
    with pytest.raises(PlaceUnknown, match="No such postcode is known"):
        make_event(area=cast.east, by=cast.alice, postcode="ZZ9 9ZZ")
    with pytest.raises(PlaceUnknown, match="Great Britain"):
        make_event(area=cast.east, by=cast.alice, postcode="BT1 1AA")


def test_shifts_lie_within_their_event_and_keep_their_people(
    event: Event, shift: Shift, bob: Volunteer, cleo: Volunteer
) -> None:
    with pytest.raises(ImpossibleTimes, match="from 10:00 to 12:00"):
        make_shift(event=event, starts_at=STARTS - timedelta(hours=1))
    for one in (bob, cleo):
        book_shift(volunteer=one, shift=shift, now=NOW)
    shift.capacity = 1
    with pytest.raises(PeopleAreBooked, match="2 people are booked"):
        save_shift(shift=shift, now=NOW)
    with pytest.raises(PeopleAreBooked):
        remove_shift(shift=shift)


def test_what_the_law_forbids_is_refused_or_warned_of(cast: Cast) -> None:
    with pytest.raises(AgainstTheLaw, match="postal voting documents"):
        make_event(area=cast.east, by=cast.alice, title="Collecting postal votes in East")
    event = make_event(area=cast.east, by=cast.alice, is_paid=True, payment_note="Ten pounds an hour")
    assert [finding.act for finding in event_findings(event=event)] == ["paid_canvassing"]
    page = signed_in(cast.alice).get(f"/desk/volunteers/events/{event.pk}/").content.decode()
    assert "Mind the law" in page
    assert "We could not confirm this rule" in page


def test_alice_makes_an_event_on_the_desk(cast: Cast) -> None:
    alice = signed_in(cast.alice)
    entered = {
        "kind": "stall", "title": "Market stall", "area": cast.east.pk, "starts_at": "2026-04-04T10:00",
        "ends_at": "2026-04-04T12:00", "place": "Market", "postcode": "ZZ1 1AA", "food": "helpers", "remind_hours": "24",
    }  # fmt: skip
    refused = alice.post("/desk/volunteers/events/new/", entered).content.decode()
    assert "the law on treating asks" in refused
    assert 'value="Market stall"' in refused
    refused = alice.post(
        "/desk/volunteers/events/new/", {**entered, "food": "none", "ends_at": "2026-04-04T09:00"}
    )
    assert "It ends before it begins" in refused.content.decode()
    refused = alice.post("/desk/volunteers/events/new/", {**entered, "food": "none", "area": cast.west.pk})
    assert not Event.objects.exists()
    answer = alice.post("/desk/volunteers/events/new/", {**entered, "food": "none"})
    event = Event.objects.get()
    assert answer.headers["Location"] == f"/desk/volunteers/events/{event.pk}/"
    assert event.starts_at == STARTS
    shift = {
        "task": "stall_helper",
        "starts_at": "2026-04-04T10:00",
        "ends_at": "2026-04-04T12:00",
        "capacity": "3",
    }
    refused = alice.post(
        f"/desk/volunteers/events/{event.pk}/shifts/new/", {**shift, "ends_at": "2026-04-04T13:00"}
    )
    assert "A shift lies within its event" in refused.content.decode()
    assert alice.post(f"/desk/volunteers/events/{event.pk}/shifts/new/", shift).status_code == 302
    alice.post(f"/desk/volunteers/events/{event.pk}/open/")
    event.refresh_from_db()
    assert event.state == EventState.OPEN


def test_attendance_on_the_desk(cast: Cast, event: Event, shift: Shift, bob: Volunteer) -> None:
    booking = book_shift(volunteer=bob, shift=shift, now=NOW)
    alice, page = signed_in(cast.alice), f"/desk/volunteers/events/{event.pk}/attendance/"
    with clock_set_to(STARTS + timedelta(hours=1)):
        assert "Bob Tester" in alice.get(page).content.decode()
        alice.post(page, {f"came-{booking.pk}": "yes"})
    booking.refresh_from_db()
    assert booking.attended is True


READS = ("", "edit/", "cancel/", "shifts/new/", "bookings/", "rota/", "attendance/")


@pytest.mark.parametrize("path", READS)
def test_charlie_cannot_see_alices_events(cast: Cast, event: Event, path: str) -> None:
    page = f"/desk/volunteers/events/{event.pk}/{path}"
    assert signed_in(cast.alice).get(page).status_code == 200
    assert signed_in(cast.charlie).get(page).status_code == 404
    assert signed_in(cast.bob).get(page).status_code == 403


def test_charlie_cannot_change_alices_events(cast: Cast, event: Event, shift: Shift) -> None:
    for path in ("open/", f"shifts/{shift.pk}/"):
        page = f"/desk/volunteers/events/{event.pk}/{path}"
        assert signed_in(cast.charlie).post(page).status_code == 404
        assert signed_in(cast.alice).post(page).status_code in {200, 302}


def test_a_draft_is_not_there(client: Client, cast: Cast) -> None:
    draft = make_event(area=cast.east, by=cast.alice, is_open=False)
    for path in (f"/events/{draft.slug}/", f"/events/{draft.slug}.ics"):
        assert client.get(path).status_code == 404
    assert "Canvass" not in client.get("/events/").content.decode()


def test_a_first_visit_is_light(client: Client, event: Event, settings: Any) -> None:
    import gzip
    from pathlib import Path

    from django.contrib.staticfiles import finders

    stylesheet = finders.find("hustings/public.css")
    assert isinstance(stylesheet, str)
    style = len(gzip.compress(Path(stylesheet).read_bytes()))
    for path in (
        f"/events/{event.slug}/",
        "/events/",
        "/groups/",
        "/training/",
        "/volunteer/join/",
        "/report/",
    ):
        answer = client.get(path, headers={"Accept-Encoding": "gzip"})
        assert answer["Content-Encoding"] == "gzip"
        assert len(answer.content) + style <= 14 * 1024, path
