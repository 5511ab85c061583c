"""The page behind the link in a call-out: one tap to come, one tap for not today.

Looking changes nothing, because mail scanners follow every link; only a press does. The token is the authority, and there is
no cookie that a forged request could borrow, so the check against those is off.
"""

from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.platform.words import distance
from hustings.support.models import Answer, Ask, CoverClaim, CoverPeriod, CoverShift
from hustings.support.pages.words import day_and_span, span_words
from hustings.support.queries import open_shifts
from hustings.support.queries.answers import AnswerLinkBroken, ask_of_link
from hustings.support.queries.elsewhere import other_places
from hustings.support.usecases.answer_ask import answer_ask
from hustings.support.usecases.give_back_shift import give_back_shift
from hustings.support.usecases.take_shift import take_shift
from hustings.volunteers.pages.resident import private, too_many, wait_to_look

_SHIFTS_SHOWN = 12
_PLACES_SHOWN = 3
_SHIFTS_ELSEWHERE = 3


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_page(request: HttpRequest, token: str) -> HttpResponse:
    """Show the open shifts as buttons; take what is pressed."""
    now = clock().now()
    if seconds := wait_to_look(request, now):
        return too_many(request, seconds)
    try:
        ask = ask_of_link(token=token)
    except AnswerLinkBroken:
        return private(render(request, "support/not_a_link.html", status=404))
    problem = ""
    if request.method == "POST":
        try:
            _take(ask, request.POST.get("do", ""))
        except Refusal as fault:
            problem = fault.told(_)
        else:
            return private(HttpResponseRedirect(request.path, status=303))
    ask.refresh_from_db()
    return private(
        render(request, "support/answer.html", _context(ask, problem), status=409 if problem else 200)
    )


def _take(ask: Ask, pressed: str) -> None:
    """Do what the button says; a button that is none does nothing."""
    now = clock().now()
    act, _dash, number = pressed.partition("-")
    if pressed == Answer.NOT_TODAY:
        answer_ask(ask=ask, answer=Answer.NOT_TODAY, now=now)
    elif act == "shift" and number.isdecimal():
        shift = CoverShift.objects.filter(pk=int(number), period__in=_offered(ask, now)).first()
        if shift is not None:
            take_shift(shift=shift, volunteer=ask.volunteer, now=now)
    elif act == "back" and number.isdecimal():
        mine = CoverClaim.objects.filter(pk=int(number), volunteer=ask.volunteer)
        claim = mine.select_related("shift").first()
        if claim is not None:
            give_back_shift(claim=claim, now=now)


def _offered(ask: Ask, now: datetime) -> list[CoverPeriod]:
    """The place that asked, and the others that its page offers."""
    others = other_places(volunteer=ask.volunteer, than=ask.period, now=now)
    return [ask.period, *(place.period for place in others[:_PLACES_SHOWN])]


def _mine(ask: Ask, now: datetime) -> list[CoverClaim]:
    """What this volunteer has promised from now on, at any active place."""
    claims = CoverClaim.objects.filter(
        volunteer=ask.volunteer, ended_at=None, shift__ends_at__gt=now, shift__period__closed_at=None
    )
    return list(claims.select_related("shift__period__venue").order_by("shift__starts_at", "pk"))


def _context(ask: Ask, problem: str) -> dict[str, object]:
    now, today = clock().now(), clock().today_in_uk()
    period = ask.period
    promised = _mine(ask, now)
    mine = [claim for claim in promised if claim.shift.period_id == period.pk]
    elsewhere = [claim for claim in promised if claim.shift.period_id != period.pk]
    others = other_places(volunteer=ask.volunteer, than=period, now=now)[:_PLACES_SHOWN]
    held = {claim.shift_id for claim in mine}
    shifts = (
        [need for need in open_shifts(period=period, since=now) if need.key not in held]
        if period.is_open
        else []
    )
    last = period.notes.first() if held else None
    return {
        "ask": ask,
        "period": period,
        "venue": period.venue,
        "problem": problem,
        "distance": distance(ask.km),
        "mine": [
            {
                "pk": claim.pk,
                "when": day_and_span(
                    starts_at=claim.shift.starts_at, ends_at=claim.shift.ends_at, today=today
                ),
            }
            for claim in mine
        ],
        "elsewhere": [
            {
                "pk": claim.pk,
                "venue": claim.shift.period.venue,
                "point": claim.shift.period.meeting_point,
                "when": day_and_span(
                    starts_at=claim.shift.starts_at, ends_at=claim.shift.ends_at, today=today
                ),
            }
            for claim in elsewhere
        ],
        "others": [
            {
                "venue": place.period.venue,
                "distance": distance(place.km),
                "shifts": [
                    {
                        "key": need.key,
                        "when": day_and_span(starts_at=need.starts_at, ends_at=need.ends_at, today=today),
                    }
                    for need in place.shifts[:_SHIFTS_ELSEWHERE]
                ],
            }
            for place in others
        ],
        "shifts": [
            {
                "key": need.key,
                "when": day_and_span(starts_at=need.starts_at, ends_at=need.ends_at, today=today),
                "short": span_words(starts_at=need.starts_at, ends_at=need.ends_at),
            }
            for need in shifts[:_SHIFTS_SHOWN]
        ],
        "note": last,
        "is_not_today": ask.answer == Answer.NOT_TODAY,
    }
