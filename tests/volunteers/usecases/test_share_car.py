"""Sharing cars: adults only, proposed to both, names only once both said yes, and a no is heard."""

import pytest

from hustings.postroom.models import Message
from hustings.volunteers.models import CarShare, Event, Lift, Volunteer
from hustings.volunteers.usecases.book_shift import book_shift, give_back
from hustings.volunteers.usecases.share_car import CannotShare, LiftIsOver, answer_lift, end_share, share_car
from tests.cast import Cast
from tests.conftest import NOW
from tests.volunteers.conftest import Enrol, let_in
from tests.volunteers.events import make_event

pytestmark = pytest.mark.usefixtures("cast", "postcodes")


@pytest.fixture
def event(cast: Cast) -> Event:
    return make_event(area=cast.east, by=cast.alice, capacity=6)


def share(volunteer: Volunteer, event: Event, side: str, *, outward: str = "zz1", seats: int = 1) -> CarShare:
    return share_car(
        volunteer=volunteer, event=event, side=side, outward=outward, seats=seats, note="", now=NOW
    )


def booked(volunteer: Volunteer, event: Event) -> Volunteer:
    book_shift(volunteer=volunteer, shift=event.shifts.get(), now=NOW)
    return volunteer


def test_both_say_yes_and_see_each_other(event: Event, bob: Volunteer, cleo: Volunteer) -> None:
    driver, rider = let_in(booked(bob, event)), let_in(booked(cleo, event))
    page = f"/volunteer/cars/{event.slug}/"
    assert 'value="ZZ1"' in driver.get(page).content.decode()
    driver.post(page, {"side": "offers", "outward": "zz1", "seats": "3", "note": "A dog."})
    html = rider.post(page, {"side": "wants", "outward": "ZZ1", "seats": "1"}, follow=True).content.decode()
    assert "Somebody from ZZ1 has a seat." in html
    assert "A dog." in html
    assert "Bob Tester" not in html
    lift = Lift.objects.get()
    assert Message.objects.filter(template="volunteers/lift_proposed").count() == 2
    html = rider.post(f"/volunteer/lifts/{lift.pk}/", {"answer": "yes"}, follow=True).content.decode()
    assert "We wait for the other side." in html
    assert "Bob Tester" not in html
    html = driver.post(f"/volunteer/lifts/{lift.pk}/", {"answer": "yes"}, follow=True).content.decode()
    assert "You take Cleo Tester" in html
    assert "07700 900123" in html
    assert "Bob Tester takes you." in rider.get("/volunteer/").content.decode()


def test_a_no_is_heard_and_others_are_asked(
    event: Event, bob: Volunteer, cleo: Volunteer, enrol: Enrol
) -> None:
    dan = enrol("Dan")
    for one in (bob, cleo, dan):
        booked(one, event)
    share(bob, event, "offers")
    share(cleo, event, "wants")
    first = Lift.objects.get()
    answer_lift(lift=first, volunteer=bob, is_yes=False, now=NOW)
    assert Lift.objects.filter(ended_at=None).count() == 0
    share(dan, event, "offers")
    lift = Lift.objects.get(ended_at=None)
    assert (lift.offer.volunteer, lift.want.volunteer) == (dan, cleo)


def test_taking_a_car_back_looks_for_another(
    event: Event, bob: Volunteer, cleo: Volunteer, enrol: Enrol
) -> None:
    dan = enrol("Dan")
    for one in (bob, cleo, dan):
        booked(one, event)
    mine = share(bob, event, "offers")
    share(cleo, event, "wants")
    share(dan, event, "offers", outward="ZZ2")
    end_share(share=mine, now=NOW)
    assert Lift.objects.get(ended_at=None).offer.volunteer == dan
    assert Message.objects.filter(template="volunteers/lift_ended").count() == 1


def test_giving_the_shift_back_ends_the_share(event: Event, bob: Volunteer) -> None:
    booked(bob, event)
    share(bob, event, "offers")
    give_back(booking=bob.bookings.get(), now=NOW)
    assert not CarShare.objects.filter(ended_at=None).exists()


def test_cars_are_for_adults_who_come(event: Event, enrol: Enrol, bob: Volunteer) -> None:
    dot = booked(enrol("Dot", is_adult=False), event)
    with pytest.raises(CannotShare, match="for adults"):
        share(dot, event, "wants")
    with pytest.raises(CannotShare, match="Sign up for a shift"):
        share(bob, event, "wants")
    booked(bob, event)
    with pytest.raises(CannotShare, match="first half of a postcode"):
        share(bob, event, "wants", outward="ZZ1 1AA")
    with pytest.raises(CannotShare, match="from 1 to 8"):
        share(bob, event, "wants", seats=0)


def test_the_form_keeps_what_was_entered(event: Event, bob: Volunteer) -> None:
    mine = let_in(booked(bob, event))
    answer = mine.post(
        f"/volunteer/cars/{event.slug}/", {"side": "offers", "outward": "Barset", "seats": "2"}
    )
    assert answer.status_code == 422
    assert 'value="Barset"' in answer.content.decode()


def test_a_lift_is_its_two_peoples(event: Event, bob: Volunteer, cleo: Volunteer, enrol: Enrol) -> None:
    eva = enrol("Eva")
    for one in (bob, cleo):
        booked(one, event)
    offer = share(bob, event, "offers")
    share(cleo, event, "wants")
    with pytest.raises(LiftIsOver):
        answer_lift(lift=Lift.objects.get(), volunteer=eva, is_yes=True, now=NOW)
    assert let_in(eva).post(f"/volunteer/cars/{offer.pk}/stop/").status_code == 404
    assert let_in(bob).post(f"/volunteer/cars/{offer.pk}/stop/").status_code == 302
