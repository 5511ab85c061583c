"""A proposed rota asks people near the event, within their limits, whatever else they promised."""

from datetime import timedelta
from typing import Any

import pytest

from hustings.accounts.access import EVERYTHING
from hustings.postroom.models import Message
from hustings.project import wiring
from hustings.volunteers.access import volunteers_for
from hustings.volunteers.models import Booking, BookingState, Event, Volunteer
from hustings.volunteers.queries import Commitment, commitments_here, minutes_committed, near
from hustings.volunteers.usecases.book_shift import book_shift, give_back
from hustings.volunteers.usecases.propose_shifts import Proposed, propose_shifts
from tests.cast import Cast, signed_in
from tests.conftest import NOW
from tests.volunteers.conftest import Enrol, let_in
from tests.volunteers.events import STARTS, make_event

pytestmark = pytest.mark.usefixtures("cast", "postcodes")


@pytest.fixture
def event(cast: Cast) -> Event:
    return make_event(area=cast.east, by=cast.alice, capacity=3)


def propose(event: Event, cast: Cast) -> Proposed:
    return propose_shifts(event=event, among=volunteers_for(scope=EVERYTHING), by=cast.alice, now=NOW)


def test_people_are_asked_and_answer(cast: Cast, event: Event, bob: Volunteer, cleo: Volunteer) -> None:
    alice, page = signed_in(cast.alice), f"/desk/volunteers/events/{event.pk}/rota/"
    html = alice.get(page).content.decode()
    assert "Bob Tester" in html
    assert "1 place stays empty" in html
    assert not Booking.objects.exists(), "looking stores nothing"
    alice.post(page)
    assert set(Booking.objects.values_list("state", flat=True)) == {BookingState.PROPOSED}
    assert Message.objects.filter(template="volunteers/shift_proposed").count() == 2
    mine = let_in(bob)
    assert "Could you?" in mine.get("/volunteer/").content.decode()
    booking = Booking.objects.get(volunteer=bob)
    mine.post(f"/volunteer/bookings/{booking.public_id}/yes/")
    booking.refresh_from_db()
    assert booking.state == BookingState.BOOKED
    give_back(booking=Booking.objects.get(volunteer=cleo), now=NOW)
    assert propose(event, cast).bookings == [], "who declined is left alone"


def test_limits_hold_over_everything_that_is_promised(
    cast: Cast, event: Event, bob: Volunteer, cleo: Volunteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for one in (bob, cleo):
        one.weekly_limit_minutes = 180
        one.save()
    other = make_event(
        area=cast.east, by=cast.alice, title="The day before", starts_at=STARTS - timedelta(days=1),
        ends_at=STARTS - timedelta(days=1, hours=-2),
    )  # fmt: skip
    book_shift(volunteer=bob, shift=other.shifts.get(), now=NOW)

    def cover(**_asked: Any) -> list[Commitment]:
        begins = STARTS - timedelta(days=2)
        return [Commitment(volunteer_id=cleo.pk, starts_at=begins, ends_at=begins + timedelta(minutes=61))]

    monkeypatch.setattr(wiring, "COMMITMENTS", (commitments_here, cover))
    assert propose(event, cast).bookings == []
    monkeypatch.setattr(wiring, "COMMITMENTS", (commitments_here,))
    assert [one.volunteer for one in propose(event, cast).bookings] == [cleo]
    assert minutes_committed(volunteer=cleo, week=STARTS.date()) == 120


def test_two_rotas_do_not_each_use_the_whole_limit(cast: Cast, event: Event, bob: Volunteer) -> None:
    bob.weekly_limit_minutes = 120
    bob.save()
    later = make_event(
        area=cast.east, by=cast.alice, title="Afternoon", starts_at=STARTS + timedelta(hours=5),
        ends_at=STARTS + timedelta(hours=7),
    )  # fmt: skip
    assert len(propose(event, cast).bookings) == 1
    assert propose(later, cast).bookings == []


def test_times_of_ones_own_are_kept(cast: Cast, event: Event, bob: Volunteer) -> None:
    bob.free_times = ["sun-morning"]
    bob.save()
    assert propose(event, cast).bookings == []
    bob.free_times = ["sat-morning"]
    bob.save()
    assert len(propose(event, cast).bookings) == 1


def test_only_those_near_are_asked(cast: Cast, event: Event, enrol: Enrol) -> None:
    here = enrol("Here", latitude=51.5, longitude=-2.6)
    enrol("Far", latitude=53.5, longitude=-2.6)
    enrol("Nowhere")
    Event.objects.filter(pk=event.pk).update(latitude=51.51, longitude=-2.61)
    event.refresh_from_db()
    assert [one.volunteer for one in propose(event, cast).bookings] == [here]


def test_near_sorts_by_distance(cast: Cast, enrol: Enrol) -> None:
    second = enrol("Second", latitude=51.60, longitude=-2.6)
    first = enrol("First", latitude=51.51, longitude=-2.6)
    enrol("Gone", latitude=51.5, longitude=-2.6, left_at=NOW)
    enrol("Nowhere")
    found = near(latitude=51.5, longitude=-2.6)
    assert [each.volunteer for each in found] == [first, second]
    assert found[0].km == pytest.approx(1.11, abs=0.01)
    assert [each.volunteer for each in near(latitude=51.5, longitude=-2.6, within_km=5)] == [first]
    assert len(near(latitude=51.5, longitude=-2.6, limit=1)) == 1
