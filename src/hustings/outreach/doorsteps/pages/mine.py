"""A volunteer's own rounds, for a cheap phone in the rain: streets, doors, one tap."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hustings.basics.clock import UK, clock, uk_date
from hustings.basics.refusals import Refusal
from hustings.outreach.conversations.queries import words_to_say
from hustings.outreach.conversations.rules.answers import Spoken
from hustings.outreach.doorsteps.access import round_of, rounds_of
from hustings.outreach.doorsteps.models import Canvass, Door, Round
from hustings.outreach.doorsteps.pages.spoken import SpokenForm, read_tap
from hustings.outreach.doorsteps.queries import DoorLine, RoundSight, sight_of
from hustings.outreach.doorsteps.usecases.record_door import record_door
from hustings.volunteers.pages.way_in import VolunteerRequest, for_volunteers


@for_volunteers
@require_safe
def my_rounds(request: VolunteerRequest) -> HttpResponse:
    """The rounds that are mine now."""
    rounds = rounds_of(volunteer=request.volunteer).order_by("walk_on", "pk")
    return render(request, "outreach/doorsteps/mine/rounds.html", {"rounds": rounds})


@for_volunteers
@require_safe
def my_round(request: VolunteerRequest, pk: int) -> HttpResponse:
    """One round: its streets with how far each is, what to say, and what to know."""
    held = round_of(volunteer=request.volunteer, pk=pk)
    now = clock().now()
    sight = sight_of(round=held, now=now)
    streets = [
        {
            "number": number,
            "name": name,
            "all": len(lines),
            "done": sum(line.is_done for line in lines),
            "is_begun": any(line.outcome for line in lines),
        }
        for number, (name, lines) in enumerate(sight.streets, start=1)
    ]
    return render(
        request,
        "outreach/doorsteps/mine/round.html",
        {
            "round": held,
            "streets": streets,
            "words": [line for line in held.canvass.words.splitlines() if line.strip()],
            "privacy": words_to_say(channel=Spoken.DOOR, on=uk_date(now)),
            "is_late": _is_late(held.canvass),
        },
    )


@for_volunteers
@require_http_methods(["GET", "HEAD", "POST"])
def my_street(request: VolunteerRequest, pk: int, number: int) -> HttpResponse:
    """The doors of one street; a tap records, and the next door is at the top."""
    held = round_of(volunteer=request.volunteer, pk=pk)
    now = clock().now()
    if request.method == "POST":
        return _tap(request, held, number)
    sight = sight_of(round=held, now=now)
    name, lines = _street(sight, number)
    doors: dict[str, list[DoorLine]] = {}
    for line in lines:
        doors.setdefault(line.house, []).append(line)
    return render(
        request,
        "outreach/doorsteps/mine/street.html",
        {
            "round": held,
            "number": number,
            "name": name,
            "doors": list(doors.items()),
            "following": number + 1 if number < len(sight.streets) else 0,
            "is_late": _is_late(held.canvass),
        },
    )


@for_volunteers
@require_http_methods(["GET", "HEAD", "POST"])
def my_door(request: VolunteerRequest, pk: int, door: int) -> HttpResponse:
    """Somebody spoke: what they said."""
    held = round_of(volunteer=request.volunteer, pk=pk)
    now = clock().now()
    sight = sight_of(round=held, now=now)
    line = next((one for one in sight.lines if one.pk == door), None)
    asked = held.doors.filter(pk=door).first()
    if asked is None:
        raise Http404
    number = next(
        (place for place, (name, _l) in enumerate(sight.streets, 1) if line and name == line.street), 1
    )
    back = reverse("doorsteps:my_street", args=[pk, number])
    form = SpokenForm(request.POST or None, canvass=held.canvass, now=now)
    if request.method == "POST" and form.is_valid():
        refused = _record(request, asked, turn=_turn(request.POST.get("turn", "")), **form.told())
        if refused is None:
            return redirect(f"{back}#d{asked.line}")
        form.refuse(refused)
    if line is None:
        for problem in form.non_field_errors():
            messages.error(request, str(problem))
        # Settled against visits meanwhile: nothing of them is shown any more.
        return redirect(back)
    return render(
        request,
        "outreach/doorsteps/mine/door.html",
        {
            "round": held,
            "line": line,
            "form": form,
            "back": back,
            "privacy": words_to_say(channel=Spoken.DOOR, on=uk_date(now)),
        },
        status=422 if form.errors else 200,
    )


def _tap(request: VolunteerRequest, round: Round, number: int) -> HttpResponse:
    """Record one tap."""
    back = reverse("doorsteps:my_street", args=[round.pk, number])
    tap = read_tap(tap=request.POST.get("tap", ""))
    door = None if tap is None else round.doors.filter(pk=tap.door).first()
    if tap is None or door is None:
        messages.error(request, _("That was not understood. Tap once more."))
        return redirect(back)
    refused = _record(request, door, turn=tap.turn, **tap.told)
    if refused is not None:
        messages.error(request, refused.told(_))
    return redirect(f"{back}#d{door.line}")


def _record(request: VolunteerRequest, door: Door, **told: Any) -> Refusal | None:
    """Record, and say so; returns why not, where it was refused. Sent twice is fine."""
    now, volunteer = clock().now(), request.volunteer
    try:
        recorded = record_door(door=door, at=now, now=now, taken_by=str(volunteer), by=volunteer.user, **told)
    except Refusal as problem:
        return problem
    if recorded.is_new:
        messages.success(
            request,
            _("Line %(line)s: %(outcome)s.")
            % {"line": door.line, "outcome": recorded.door.get_outcome_display()},
        )
    for refused in recorded.not_kept:
        messages.warning(request, refused.told(_))
    return None


def _street(sight: RoundSight, number: int) -> tuple[str, tuple[DoorLine, ...]]:
    if not 1 <= number <= len(sight.streets):
        raise Http404
    return sight.streets[number - 1]


def _turn(given: str) -> int:
    return int(given) if given.isdecimal() else 0


def _is_late(canvass: Canvass) -> bool:
    """Whether it is not the hour for knocking."""
    hour = clock().now().astimezone(UK).hour
    return not canvass.hour_from <= hour < canvass.hour_until
