"""Look at people whom the rules could not settle: side by side, accept or reject, and take it back."""

from typing import Any

from django.contrib import messages
from django.db.models import Max
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.basics.clock import clock
from hustings.people.models import Person
from hustings.platform.pages.parts import Action, Callout, Empty
from hustings.register.access import (
    EntitlementExpired,
    RegisterNotHeld,
    match_for,
    matches_for,
    with_entries,
)
from hustings.register.models import Match, MatchState
from hustings.register.pages.comparison import side_of
from hustings.register.usecases.decide_match import NotOpen, accept_match, reject_match, undo_decision

_LAST = "register_last_decision"


@needs(Right.MATCH)
@require_safe
def first_question(request: DeskRequest) -> HttpResponseBase:
    """Go to the likeliest open question, or say that there is none."""
    waiting = _queue(request)
    if waiting:
        return redirect("register_desk:question", person_id=waiting[0])
    return render(
        request,
        "register/desk/no_questions.html",
        {
            "title": _("Perhaps on the register"),
            "icon": "link",
            "back": _back(),
            "undo": _last_decision(request),
            "empty": Empty(
                title=_("Nothing to decide"),
                text=_("Everybody the rules could not settle has been looked at."),
                actions=(Action(label=_("See all matches"), url=reverse("register_desk:matches")),),
            ),
        },
    )


@needs(Right.MATCH)
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: DeskRequest, person_id: int) -> HttpResponseBase:
    """One person with the electors they may be."""
    waiting = _queue(request)
    if request.method == "POST":
        return _decide(request, person_id, waiting)
    asked = matches_for(scope=request.scope).filter(person=person_id, state=MatchState.UNSURE)
    try:
        rows = list(
            with_entries(matches=asked, scope=request.scope, on=clock().today_in_uk()).order_by(
                "-probability", "pk"
            )
        )
    except (RegisterNotHeld, EntitlementExpired) as problem:
        return _unreadable(request, str(problem))
    if not rows:
        return redirect("register_desk:review")
    person: Person = rows[0].person
    sides = [side_of(match=match, person=person) for match in rows]
    return render(
        request,
        "register/desk/question.html",
        {
            "title": _("Is this the same person?"),
            "subtitle": ngettext(
                "%(name)s. %(count)d person is waiting.",
                "%(name)s. %(count)d people are waiting.",
                len(waiting),
            )
            % {"name": person, "count": len(waiting)},
            "icon": "link",
            "back": _back(),
            "person": person,
            "sides": sides,
            "has_hidden": not all(side.is_visible for side in sides),
            "skip_url": _after(waiting, person_id),
            "undo": _last_decision(request),
        },
    )


@needs(Right.MATCH)
@require_POST
def undo(request: DeskRequest) -> HttpResponseBase:
    """Take back the decision made last, whatever it covered."""
    now, people = clock().now(), set()
    for match in _last_matches(request):
        try:
            people.add(undo_decision(match=match, by=request.user, now=now).person_id)
        except NotOpen as problem:
            messages.error(request, str(problem))
    request.session.pop(_LAST, None)
    if people:
        messages.success(request, _("Taken back: it is a question again."))
        return redirect("register_desk:question", person_id=people.pop())
    return redirect("register_desk:review")


def _decide(request: DeskRequest, person_id: int, waiting: list[int]) -> HttpResponseBase:
    """Accept one candidate, reject one, or reject all; then go on to the next person."""
    act, _separator, pk = request.POST.get("act", "").partition("-")
    asked = matches_for(scope=request.scope).filter(person=person_id, state=MatchState.UNSURE)
    if act == "none":
        chosen = list(_seen(request, asked))
    elif act in {"accept", "reject"} and pk.isdigit():
        chosen = list(_seen(request, asked.filter(pk=int(pk))))
    else:
        raise Http404
    if not chosen:
        messages.error(request, _("This question was settled meanwhile; nothing was changed."))
        return redirect("register_desk:review")
    now = clock().now()
    try:
        for match in chosen:
            if act == "accept":
                accept_match(match=match, by=request.user, now=now)
            else:
                reject_match(match=match, by=request.user, now=now)
    except NotOpen as problem:
        messages.error(request, str(problem))
        return redirect("register_desk:review")
    request.session[_LAST] = [match.pk for match in chosen]
    is_open_still = asked.exists()
    return (
        redirect("register_desk:question", person_id=person_id)
        if is_open_still
        else redirect(_after(waiting, person_id))
    )


def _seen(request: DeskRequest, asked: Any) -> list[Match]:
    """Only candidates whose entry this login may see can be decided by it."""
    rows = with_entries(matches=asked, scope=request.scope, on=clock().today_in_uk())
    return [match for match in rows if getattr(match, "entry", None) is not None]


def _queue(request: DeskRequest) -> list[int]:
    """Everybody with an open question, the likeliest first."""
    waiting = matches_for(scope=request.scope).filter(state=MatchState.UNSURE)
    by_person = waiting.values("person").annotate(best=Max("probability")).order_by("-best", "person")
    return list(by_person.values_list("person", flat=True))


def _after(waiting: list[int], person_id: int) -> str:
    """The next person's question, round to the first after the last."""
    others = [one for one in waiting if one != person_id]
    if not others:
        return reverse("register_desk:review")
    place = waiting.index(person_id) if person_id in waiting else 0
    following = [one for one in waiting[place + 1 :] if one != person_id]
    return reverse("register_desk:question", args=[(following or others)[0]])


def _last_matches(request: DeskRequest) -> list[Match]:
    pks = request.session.get(_LAST, [])
    decided = (MatchState.ACCEPTED, MatchState.REJECTED)
    return list(matches_for(scope=request.scope).filter(pk__in=pks, state__in=decided))


def _last_decision(request: DeskRequest) -> str:
    """What was decided last, in words; empty where nothing can be taken back."""
    matches = _last_matches(request)
    if not matches:
        return ""
    name = str(matches[0].person)
    if matches[0].state == MatchState.ACCEPTED:
        return _("%(name)s was joined to an elector.") % {"name": name}
    return _("%(name)s was not joined.") % {"name": name}


def _back() -> Action:
    return Action(label=_("Register matches"), url=reverse("register_desk:matches"))


def _unreadable(request: DeskRequest, problem: str) -> HttpResponseBase:
    return render(
        request,
        "register/desk/no_questions.html",
        {
            "title": _("Perhaps on the register"),
            "icon": "link",
            "back": _back(),
            "callout": Callout(text=problem, title=_("The register cannot be read"), tone="warn"),
        },
    )


@needs(Right.MATCH)
@require_http_methods(["GET", "HEAD", "POST"])
def match_page(request: DeskRequest, pk: int) -> HttpResponseBase:
    """One match, whatever its state: what was compared, what it weighs, and what can be decided."""
    match = match_for(scope=request.scope, pk=pk)
    if request.method == "POST":
        act = {"accept": accept_match, "reject": reject_match, "undo": undo_decision}.get(
            request.POST.get("act", "")
        )
        if act is None:
            raise Http404
        try:
            act(match=match, by=request.user, now=clock().now())
        except NotOpen as problem:
            messages.error(request, str(problem))
        else:
            messages.success(request, _("Noted."))
        return redirect("register_desk:match", pk=pk)
    callouts = []
    shown: Match | None = None
    try:
        rows = matches_for(scope=request.scope).filter(pk=pk)
        shown = with_entries(matches=rows, scope=request.scope, on=clock().today_in_uk()).get()
    except (RegisterNotHeld, EntitlementExpired) as problem:
        callouts.append(Callout(text=str(problem), title=_("The register cannot be read"), tone="warn"))
    side = side_of(match=shown or match, person=match.person)
    return render(
        request,
        "register/desk/match.html",
        {
            "title": str(match.person),
            "subtitle": _("Match to the electoral register"),
            "icon": "link",
            "back": _back(),
            "callouts": callouts,
            "person": match.person,
            "side": side,
            "match": match,
            "is_decided": match.state in {MatchState.ACCEPTED, MatchState.REJECTED},
            "may_accept": side.is_visible
            and match.state in {MatchState.UNSURE, MatchState.MATCHED, MatchState.REJECTED},
            "may_reject": match.state in {MatchState.UNSURE, MatchState.MATCHED, MatchState.ACCEPTED},
        },
    )
