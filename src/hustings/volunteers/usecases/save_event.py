"""Make an event, change it, and its shifts."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.text import slugify

from hustings.accounts.models import User
from hustings.basics.clock import UK, uk_date
from hustings.basics.postcode import parse_postcode
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.places.postcode_file import PostcodeStatus
from hustings.places.queries import explain, locate, postcodes_in_use
from hustings.platform import audit
from hustings.volunteers.models import STANDING, BookingState, Event, EventKind, EventState, Shift
from hustings.volunteers.rules.forbidden_tasks import Finding, findings_of
from hustings.volunteers.usecases.tell_bookers import tell_bookers

#: Longer than any canvass session, shorter than a mistake.
_LONGEST = timedelta(days=3)


class ImpossibleTimes(Refusal):
    """An event or a shift that ends before it begins, lies outside its event, or lasts for days."""


class PlaceUnknown(Refusal):
    """The postcode is none, or lies where the installation's postcodes do not reach."""


class AgainstTheLaw(Refusal):
    """The event asks for what the law forbids."""


class PeopleAreBooked(Refusal):
    """A shift with people on it is to go, or is to hold fewer than it has."""


def check_times(*, starts_at: datetime, ends_at: datetime) -> None:
    """Raise `ImpossibleTimes` where a span ends before it begins or lasts for days."""
    if ends_at <= starts_at:
        raise ImpossibleTimes(
            "ends_first",
            gettext_noop("It ends before it begins. Enter a later end, or an earlier beginning."),
        )
    if ends_at - starts_at > _LONGEST:
        raise ImpossibleTimes(
            "too_long",
            gettext_noop("It lasts more than three days. Check the dates, or make one event a day."),
        )


def place_event(*, event: Event) -> None:
    """Set the event's postcode in its proper form, and its point; raise `PostcodeError` or `PlaceUnknown`.

    An event without a postcode is held at no place. One outside Great Britain is refused where the postcodes in use do not
    reach there, as nobody could be told how far it is.
    """
    event.latitude = event.longitude = None
    if not event.postcode.strip():
        event.postcode = ""
        return
    event.postcode = parse_postcode(event.postcode).spaced
    if not postcodes_in_use().rows:
        return
    found = locate(postcode=event.postcode)
    if found.status in {PostcodeStatus.UNKNOWN, PostcodeStatus.NORTHERN_IRELAND, PostcodeStatus.INVALID}:
        raise PlaceUnknown("place_unknown", gettext_noop("{reason}"), reason=explain(located=found))
    event.latitude, event.longitude = found.lat, found.lon


def event_findings(*, event: Event) -> list[Finding]:
    """What the law minds about the event as it stands."""
    shifts = [shift.name for shift in event.shifts.all()] if event.pk else []
    return findings_of(
        text="\n".join([event.title, event.about, event.bring, event.payment_note, *shifts]),
        food=event.food,
        food_purpose=event.food_purpose,
        is_paid=event.is_paid,
        is_canvassing=event.kind
        in {EventKind.CANVASS, EventKind.PHONE_BANK, EventKind.STALL, EventKind.POLLING_DAY},
        on=uk_date(event.starts_at),
    )


def save_event(*, event: Event, by: User | None, now: datetime) -> Event:
    """Keep an event; people who are booked are told where its time or place changed.

    Raises `ImpossibleTimes`, `PlaceUnknown`, `PostcodeError`, or `AgainstTheLaw` for what a confirmed rule forbids; what is not
    confirmed is shown as a warning (`event_findings`).
    """
    check_times(starts_at=event.starts_at, ends_at=event.ends_at)
    place_event(event=event)
    for finding in event_findings(event=event):
        if finding.is_refusal:
            raise AgainstTheLaw(
                finding.act,
                gettext_noop("{rule} No event can ask for it: change the words, or take it out."),
                rule=finding.sentence,
            )
    with transaction.atomic():
        before = Event.objects.select_for_update().filter(pk=event.pk).first() if event.pk else None
        if before is None:
            event.slug = event.slug or _free_slug(event.title, event.starts_at)
            event.made_at, event.made_by = now, by
        is_moved = before is not None and _where_and_when(before) != _where_and_when(event)
        if before is not None and is_moved:
            _move_shifts(event, before)
        event.changes += before is not None
        event.save()
        audit.record(
            now=now,
            actor=by,
            verb="made" if before is None else "changed",
            subject_type="volunteers.Event",
            subject_id=event.pk,
            area_code=event.area_id or "",
        )
        if is_moved and event.state == EventState.OPEN and event.ends_at > now:
            tell_bookers(event=event, template="event_changed", now=now)
    return event


def save_shift(*, shift: Shift, now: datetime) -> Shift:
    """Keep a shift of an event. Raises `ImpossibleTimes`, `PeopleAreBooked` or `AgainstTheLaw`."""
    check_times(starts_at=shift.starts_at, ends_at=shift.ends_at)
    event = shift.event
    if shift.starts_at < event.starts_at or shift.ends_at > event.ends_at:
        raise ImpossibleTimes(
            "outside",
            gettext_noop(
                "A shift lies within its event, from {starts} to {ends}. Change the shift or the event."
            ),
            starts=f"{event.starts_at.astimezone(UK):%H:%M}",
            ends=f"{event.ends_at.astimezone(UK):%H:%M}",
        )
    for finding in findings_of(
        text=shift.name, food="none", food_purpose="", is_paid=False, is_canvassing=False,
        on=uk_date(shift.starts_at),
    ):  # fmt: skip
        if finding.is_refusal:
            raise AgainstTheLaw(
                finding.act,
                gettext_noop("{rule} No shift can ask for it: give it another task."),
                rule=finding.sentence,
            )
    with transaction.atomic():
        if shift.pk:
            held = shift.bookings.filter(state__in=(BookingState.BOOKED, BookingState.PROPOSED)).count()
            if shift.capacity < held:
                raise PeopleAreBooked(
                    "booked",
                    gettext_noop("{held} people are booked. Enter room for at least {held}."),
                    held=held,
                )
        shift.save()
    return shift


def remove_shift(*, shift: Shift) -> None:
    """Delete a shift that nobody ever stood to. Raises `PeopleAreBooked`."""
    with transaction.atomic():
        if shift.bookings.filter(state__in=STANDING).exists():
            raise PeopleAreBooked(
                "booked",
                gettext_noop("People are booked on this shift. Cancel the event, or move them first."),
            )
        shift.bookings.all().delete()
        shift.delete()


def _where_and_when(event: Event) -> tuple[object, ...]:
    return event.starts_at, event.ends_at, event.place, event.postcode


def _move_shifts(event: Event, before: Event) -> None:
    """Shifts move with their event; one that would stick out is trimmed, and one that would vanish lasts as the event does."""
    later = event.starts_at - before.starts_at
    for shift in event.shifts.all():
        starts_at = min(max(shift.starts_at + later, event.starts_at), event.ends_at)
        ends_at = min(max(shift.ends_at + later, event.starts_at), event.ends_at)
        if starts_at >= ends_at:
            starts_at, ends_at = event.starts_at, event.ends_at
        if (starts_at, ends_at) != (shift.starts_at, shift.ends_at):
            shift.starts_at, shift.ends_at = starts_at, ends_at
            shift.save(update_fields=["starts_at", "ends_at"])
            shift.bookings.update(reminded_at=None)


def _free_slug(title: str, starts_at: datetime) -> str:
    stem = f"{slugify(title)[:70] or 'event'}-{starts_at.astimezone(UK):%d-%b}".lower()
    taken: Iterable[str] = Event.objects.filter(slug__startswith=stem).values_list("slug", flat=True)
    known, slug, number = set(taken), stem, 1
    while slug in known:
        number += 1
        slug = f"{stem}-{number}"
    return slug
