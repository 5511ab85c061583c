"""A volunteer's own rounds, for a cheap phone in the rain: streets, doors, one tap."""

from datetime import datetime
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
from hustings.outreach.doorsteps.models import Door, Round
from hustings.outreach.doorsteps.pages.kept_lines import proof_of
from hustings.outreach.doorsteps.pages.spoken import SpokenForm, read_tap
from hustings.outreach.doorsteps.queries import DoorLine, RoundSight, sight_of
from hustings.outreach.doorsteps.usecases.record_door import record_door
from hustings.volunteers.models import Volunteer
from hustings.volunteers.pages.way_in import VolunteerRequest, for_volunteers, mark_of

ROUNDS, ROUND, STREET, DOOR = (
    f"outreach/doorsteps/mine/{name}.html" for name in ("rounds", "round", "street", "door")
)


@for_volunteers
@require_safe
def my_rounds(request: VolunteerRequest) -> HttpResponse:
    """The rounds that are mine now."""
    return render(request, ROUNDS, rounds_shown(volunteer=request.volunteer))


@for_volunteers
@require_safe
def my_round(request: VolunteerRequest, pk: int) -> HttpResponse:
    """One round: its streets with how far each is, what to say, and what to know."""
    held = round_of(volunteer=request.volunteer, pk=pk)
    now = clock().now()
    sight = sight_of(round=held, now=now)
    return render(request, ROUND, round_shown(request=request, round=held, sight=sight, now=now))


@for_volunteers
@require_http_methods(["GET", "HEAD", "POST"])
def my_street(request: VolunteerRequest, pk: int, number: int) -> HttpResponse:
    """The doors of one street; a tap records, and the next door is at the top."""
    held = round_of(volunteer=request.volunteer, pk=pk)
    if request.method == "POST":
        return _tap(request, held, number)
    now = clock().now()
    sight = sight_of(round=held, now=now)
    if not 1 <= number <= len(sight.streets):
        raise Http404
    return render(
        request, STREET, street_shown(request=request, round=held, sight=sight, number=number, now=now)
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
    back = reverse("doorsteps:my_street", args=[pk, _street_of(sight, line)])
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
    values = door_shown(request=request, round=held, sight=sight, line=line, form=form, now=now)
    return render(request, DOOR, values, status=422 if form.errors else 200)


def rounds_shown(*, volunteer: Volunteer) -> dict[str, Any]:
    """What the page of all one's rounds shows."""
    rounds = rounds_of(volunteer=volunteer).order_by("walk_on", "pk")
    return {"rounds": rounds, "mark": mark_of(volunteer=volunteer)}


def round_shown(
    *, request: VolunteerRequest, round: Round, sight: RoundSight, now: datetime
) -> dict[str, Any]:
    """What the page of a round shows."""
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
    return {
        **_on_every_page(request, round, now),
        "streets": streets,
        "words": [line for line in round.canvass.words.splitlines() if line.strip()],
        "privacy": words_to_say(channel=Spoken.DOOR, on=uk_date(now)),
    }


def street_shown(
    *, request: VolunteerRequest, round: Round, sight: RoundSight, number: int, now: datetime
) -> dict[str, Any]:
    """What the page of a round's street shows; `number` counts from 1."""
    name, lines = sight.streets[number - 1]
    doors: dict[str, list[DoorLine]] = {}
    for line in lines:
        doors.setdefault(line.house, []).append(line)
    return {
        **_on_every_page(request, round, now),
        "number": number,
        "name": name,
        "doors": list(doors.items()),
        "following": number + 1 if number < len(sight.streets) else 0,
    }


def door_shown(
    *,
    request: VolunteerRequest,
    round: Round,
    sight: RoundSight,
    line: DoorLine,
    form: SpokenForm,
    now: datetime,
) -> dict[str, Any]:
    """What the page of one door shows."""
    number = _street_of(sight, line)
    return {
        **_on_every_page(request, round, now),
        "line": line,
        "form": form,
        "number": number,
        "back": reverse("doorsteps:my_street", args=[round.pk, number]),
        "privacy": words_to_say(channel=Spoken.DOOR, on=uk_date(now)),
    }


def _on_every_page(request: VolunteerRequest, round: Round, now: datetime) -> dict[str, Any]:
    hour = now.astimezone(UK).hour
    return {
        "round": round,
        "is_late": not round.canvass.hour_from <= hour < round.canvass.hour_until,
        "mark": mark_of(volunteer=request.volunteer),
        "proof": proof_of(volunteer=request.volunteer, round=round),
    }


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


def _street_of(sight: RoundSight, line: DoorLine | None) -> int:
    """In which street, counted from 1, a line is."""
    return next(
        (number for number, (name, _l) in enumerate(sight.streets, 1) if line and name == line.street), 1
    )


def _turn(given: str) -> int:
    return int(given) if given.isdecimal() else 0
