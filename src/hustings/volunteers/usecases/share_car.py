"""Sharing cars to an event: seats are offered and wanted, proposed to both sides, and agreed by both."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from hustings.basics.refusals import Refusal, gettext_noop
from hustings.volunteers.models import BookingState, CarShare, CarSide, Event, EventState, Lift, Volunteer
from hustings.volunteers.rules.car_matching import Ride, Share, is_outward, match_cars
from hustings.volunteers.usecases.write_to_volunteers import write_to_volunteer


class CannotShare(Refusal):
    """Seats cannot be offered or wanted like this; says what to do."""


class LiftIsOver(Refusal):
    """The lift was taken back, or is somebody else's."""


def share_car(
    *, volunteer: Volunteer, event: Event, side: str, outward: str, seats: int, note: str, now: datetime
) -> CarShare:
    """Offer seats, or ask for some, from the first half of a postcode; an earlier word of theirs about this event is replaced.

    For adults who are booked on the event. Raises `CannotShare`.
    """
    outward = "".join(outward.split()).upper()
    if not volunteer.is_adult:
        raise CannotShare(
            "adults",
            gettext_noop(
                "Sharing cars is for adults. Confirm on “My limits and times” that you are 18 or older."
            ),
        )
    if event.state != EventState.OPEN or event.ends_at <= now:
        raise CannotShare("closed", gettext_noop("This event is over, or was called off."))
    if not volunteer.bookings.filter(shift__event=event, state=BookingState.BOOKED).exists():
        raise CannotShare(
            "not_booked", gettext_noop("Sign up for a shift of this event first; then share a car to it.")
        )
    if not is_outward(text=outward):
        raise CannotShare(
            "outward",
            gettext_noop(
                "Enter the first half of a postcode, for example ZZ1. We ask for no more than that."
            ),
        )
    if not 1 <= seats <= 8:
        raise CannotShare("seats", gettext_noop("Enter a number of seats from 1 to 8."))
    with transaction.atomic():
        for earlier in CarShare.objects.filter(event=event, volunteer=volunteer, ended_at=None):
            _end(earlier, now)
        share = CarShare.objects.create(
            event=event,
            volunteer=volunteer,
            side=side,
            outward=outward,
            seats=seats,
            note=" ".join(note.split())[:200],
            made_at=now,
        )
        propose_lifts(event=event, now=now)
    return share


def end_share(*, share: CarShare, now: datetime) -> None:
    """Take an offer or a wish back; lifts of it end, the other side is told, and others are proposed instead."""
    with transaction.atomic():
        held = CarShare.objects.select_for_update().get(pk=share.pk)
        if held.ended_at is None:
            _end(held, now)
            propose_lifts(event=held.event, now=now)


def propose_lifts(*, event: Event, now: datetime) -> int:
    """Propose a lift to everybody who wants a seat and has none, as `match_cars` finds; both sides are told. Returns how many."""
    event = Event.objects.select_for_update().get(pk=event.pk)
    shares = list(
        CarShare.objects.filter(event=event, ended_at=None)
        .exclude(volunteer__left_at__isnull=False)
        .select_related("volunteer__person")
        .order_by("made_at", "pk")
    )
    by_id = {share.pk: share for share in shares}
    standing = list(Lift.objects.filter(ended_at=None, offer__in=by_id, want__in=by_id))
    taken = {lift.want_id for lift in standing}
    used = {share.pk: 0 for share in shares}
    for lift in standing:
        used[lift.offer_id] += by_id[lift.want_id].seats
    refused = frozenset(
        Ride(offer_id=lift.offer_id, want_id=lift.want_id)
        for lift in Lift.objects.filter(offer__event=event).exclude(ended_at=None)
    )
    rides = match_cars(
        offers=[
            Share(share_id=share.pk, outward=share.outward, seats=share.seats - used[share.pk])
            for share in shares
            if share.side == CarSide.OFFERS
        ],
        wants=[
            Share(share_id=share.pk, outward=share.outward, seats=share.seats)
            for share in shares
            if share.side == CarSide.WANTS and share.pk not in taken
        ],
        refused=refused,
    )
    for ride in rides:
        lift = Lift.objects.create(offer=by_id[ride.offer_id], want=by_id[ride.want_id], proposed_at=now)
        for share in (lift.offer, lift.want):
            _tell("lift_proposed", share, event, now)
    return len(rides)


def answer_lift(*, lift: Lift, volunteer: Volunteer, is_yes: bool, now: datetime) -> Lift:
    """One side's answer. When both have said yes each is told how to reach the other; a no ends it and others are proposed.

    Raises `LiftIsOver` for a lift that has ended or that the volunteer has no part in.
    """
    with transaction.atomic():
        held = (
            Lift.objects.select_for_update(of=("self",))
            .select_related("offer__event", "want")
            .get(pk=lift.pk)
        )
        if held.ended_at is not None or volunteer.pk not in (held.offer.volunteer_id, held.want.volunteer_id):
            raise LiftIsOver("over", gettext_noop("This lift was taken back. Look at your page for another."))
        if not is_yes:
            held.ended_at = now
            held.save(update_fields=["ended_at"])
            other = held.want if held.offer.volunteer_id == volunteer.pk else held.offer
            _tell("lift_ended", other, held.offer.event, now)
            propose_lifts(event=held.offer.event, now=now)
            return held
        if held.offer.volunteer_id == volunteer.pk:
            held.driver_agreed_at = held.driver_agreed_at or now
        else:
            held.rider_agreed_at = held.rider_agreed_at or now
        held.save(update_fields=["driver_agreed_at", "rider_agreed_at"])
        if held.is_agreed:
            for share in (held.offer, held.want):
                _tell("lift_agreed", share, held.offer.event, now)
    return held


def _end(share: CarShare, now: datetime) -> None:
    share.ended_at = now
    share.save(update_fields=["ended_at"])
    lifts = Lift.objects.filter(Q(offer=share) | Q(want=share), ended_at=None).select_related("offer", "want")
    for lift in lifts:
        lift.ended_at = now
        lift.save(update_fields=["ended_at"])
        _tell("lift_ended", lift.want if lift.offer_id == share.pk else lift.offer, share.event, now)


def _tell(template: str, share: CarShare, event: Event, now: datetime) -> None:
    write_to_volunteer(
        template=template,
        volunteer=share.volunteer,
        fields_of=lambda _one: {"event_title": event.title},
        path="/volunteer/",
        now=now,
    )
