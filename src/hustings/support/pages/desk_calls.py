"""Telephoning for cover: the tap-to-call list, what somebody said, and the phone tree for paper."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.people.models import Channel
from hustings.platform import audit
from hustings.platform.pages.parts import Action
from hustings.support.access import ask_for, period_for
from hustings.support.models import Answer, Ask, CoverPeriod, CoverShift
from hustings.support.pages.forms import PhoneAnswerForm
from hustings.support.pages.words import day_and_span, gap_words
from hustings.support.queries import open_shifts
from hustings.support.queries.reach import Reach
from hustings.support.rules.phone_tree import phone_tree
from hustings.support.rules.rota import gaps_of
from hustings.support.usecases.answer_ask import answer_ask
from hustings.support.usecases.take_shift import take_shift

_EACH_RINGS = 3


def _asks(period: CoverPeriod) -> list[Ask]:
    """The newest ask of everybody whose telephone the gate cleared, nearest first; whoever answered is left out."""
    rows = period.asks.filter(may_ring=True, volunteer__left_at=None, volunteer__person__erased_at=None)
    newest: dict[int, Ask] = {}
    for ask in rows.select_related("volunteer__person").order_by("round", "pk"):
        newest[ask.volunteer_id] = ask
    waiting = [ask for ask in newest.values() if ask.answer in {"", Answer.NO_REPLY}]
    return sorted(waiting, key=lambda ask: (ask.answer == Answer.NO_REPLY, ask.km, ask.pk))


def _numbers(asks: list[Ask]) -> dict[int, str]:
    """Telephone numbers by ask, leaving out those who have objected to calls meanwhile."""
    reach = Reach([ask.volunteer for ask in asks])
    points = {ask.pk: reach.point(ask.volunteer, Channel.CALL) for ask in asks}
    return {pk: point.value for pk, point in points.items() if point is not None}


@needs(Right.RUN_COVER)
@require_safe
def calls(request: DeskRequest, pk: int) -> HttpResponse:
    """Whom to ring now, a tap each."""
    period = period_for(scope=request.scope, pk=pk)
    now = clock().now()
    asks = _asks(period)
    numbers = _numbers(asks)
    return render(
        request,
        "support/desk/calls.html",
        {
            "title": _("Ring people"),
            "subtitle": period.venue.name,
            "icon": "mobile-alt",
            "back": Action(label=period.venue.name, url=reverse("support_desk:cover", args=[pk])),
            "gaps": gap_words(gaps=gaps_of(shifts=open_shifts(period=period, since=now), since=now))[:4],
            "period": period,
            "rows": [
                {
                    "ask": ask,
                    "name": str(ask.volunteer),
                    "number": numbers[ask.pk],
                    "url": reverse("support_desk:answer", args=[ask.pk]),
                }
                for ask in asks
                if ask.pk in numbers
            ],
        },
    )


@needs(Right.RUN_COVER)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: DeskRequest, pk: int) -> HttpResponse:
    """Write down what somebody said on the telephone."""
    ask, now = ask_for(scope=request.scope, pk=pk), clock().now()
    today = clock().today_in_uk()
    shifts = open_shifts(period=ask.period, since=now) if ask.period.is_open else []
    said = [
        (f"shift-{need.key}", _("Comes %(when)s") % {
            "when": day_and_span(starts_at=need.starts_at, ends_at=need.ends_at, today=today)
        })
        for need in shifts[:12]
    ]  # fmt: skip
    said += [(Answer.NOT_TODAY.value, _("Not today")), (Answer.NO_REPLY.value, _("No reply"))]
    form = PhoneAnswerForm(request.POST or None, answers=said)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["answer"]
        try:
            if chosen.startswith("shift-"):
                shift = CoverShift.objects.get(pk=int(chosen.removeprefix("shift-")), period=ask.period)
                take_shift(shift=shift, volunteer=ask.volunteer, now=now)
            else:
                answer_ask(ask=ask, answer=chosen, now=now)
        except Refusal as fault:
            form.add_error("answer", fault.told(_))
        else:
            messages.success(request, _("Written down."))
            return redirect("support_desk:calls", ask.period_id)
    return render(
        request,
        "desk/form.html",
        {
            "title": str(ask.volunteer),
            "subtitle": ask.period.venue.name,
            "icon": "mobile-alt",
            "form": form,
            "submit_label": _("Write it down"),
            "cancel_url": reverse("support_desk:calls", args=[ask.period_id]),
        },
        status=422 if form.errors else 200,
    )


@needs(Right.RUN_COVER)
@require_safe
def tree(request: DeskRequest, pk: int) -> HttpResponse:
    """The phone tree, for printing; that it was printed is written down, because it holds numbers."""
    period = period_for(scope=request.scope, pk=pk)
    asks = _asks(period)
    numbers = _numbers(asks)
    reachable = {ask.pk: ask for ask in asks if ask.pk in numbers}
    branches = phone_tree(people=list(reachable), each_rings=_EACH_RINGS)
    audit.record(
        now=clock().now(), actor=request.user, verb="exported", subject_type="support.CoverPeriod", subject_id=pk,
        area_code=period.venue.area_id or "", what="phone tree", people=len(branches),
    )  # fmt: skip
    return render(
        request,
        "support/desk/tree.html",
        {
            "title": _("Phone tree: %(place)s") % {"place": period.venue.name},
            "icon": "list-ul",
            "back": Action(label=period.venue.name, url=reverse("support_desk:cover", args=[pk])),
            "period": period,
            "each": _EACH_RINGS,
            "rows": [
                {
                    "name": str(reachable[branch.key].volunteer),
                    "number": numbers[branch.key],
                    "km": reachable[branch.key].km,
                    "caller": str(reachable[branch.caller].volunteer) if branch.caller else _("the office"),
                    "depth": branch.depth,
                }
                for branch in branches
            ],
        },
    )
