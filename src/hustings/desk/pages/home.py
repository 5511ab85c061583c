"""The desk's home: today's three tasks, what else needs attention, and where things stand."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from hustings.accounts.access import NotAllowed, Right, rights_of, scope_of
from hustings.accounts.pages.guard import may
from hustings.accounts.pages.set_up import standings
from hustings.basics.clock import UK, clock
from hustings.desk.pages.bars import bars_of
from hustings.desk.queries import attention_for, next_election, signatures_by_day, tiles_for
from hustings.platform import wiring
from hustings.platform.pages.parts import Action, Empty
from hustings.platform.words import day, until

TASKS = 3


def home(request: HttpRequest) -> HttpResponseBase:
    """Show to each what their appointments let them do; a volunteer sees their own few pages.

    It asks for a login and for some appointment, and every part of it for its own right.
    """
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    now, today = clock().now(), clock().today_in_uk()
    if not rights_of(user=request.user, on=today):
        raise NotAllowed("No appointment is in force. Ask whoever appointed you.")
    waiting = attention_for(user=request.user, on=today, now=now)
    election = next_election(today=today)
    scope = scope_of(user=request.user, right=Right.EDIT_PETITIONS, on=today)
    steps = standings() if may(request, Right.SET_UP) else []
    open_steps = [each for each in steps if each.state == "open"]
    return render(
        request,
        "desk/home.html",
        {
            "title": _greeting(now.astimezone(UK).hour, request.user.first_name),
            "subtitle": _today(
                day(today),
                election.title if election else "",
                until(election.poll_on, today=today) if election else "",
            ),
            "icon": "home",
            "tasks": waiting[:TASKS],
            "others": waiting[TASKS:],
            "tiles": tiles_for(user=request.user, on=today, now=now),
            "bars": bars_of(days=signatures_by_day(scope=scope, now=now)) if not scope.is_empty else None,
            "steps_open": len(open_steps),
            "steps_total": len(steps),
            "step_next": open_steps[0] if open_steps else None,
            "steps_done": len(steps) - len(open_steps),
            "entries": [entry for entry in wiring.desk_menu() if entry.is_shown(request)],
            "is_volunteer": not may(request, Right.SEE_DESK),
            "quiet": _quiet(request),
        },
    )


def _greeting(hour: int, name: str) -> str:
    if hour < 12:
        words = _("Good morning")
    elif hour < 18:
        words = _("Good afternoon")
    else:
        words = _("Good evening")
    return f"{words}, {name}" if name else words


def _today(today: str, election: str, when: str) -> str:
    if not election:
        return today
    return _("%(today)s · %(election)s: poll %(when)s") % {"today": today, "election": election, "when": when}


def _quiet(request: HttpRequest) -> Empty:
    """What to do where nothing waits."""
    actions = (
        Action(
            label=_("Start a petition"),
            url=reverse("actions_desk:new"),
            is_primary=True,
            is_allowed=may(request, Right.EDIT_PETITIONS),
        ),
        Action(
            label=_("Invite somebody"),
            url=reverse("accounts_desk:invite"),
            is_allowed=may(request, Right.APPOINT),
        ),
        Action(
            label=_("Where are we neglecting people?"),
            url=reverse("contacts_desk:neglect"),
            is_allowed=may(request, Right.SEE_CONTACTS),
        ),
    )
    return Empty(
        title=_("Nothing waits for you"),
        text=_(
            "Whatever needs a decision appears here: matches to look at, requests with a deadline, mail that came back."
        ),
        actions=tuple(action for action in actions if action.is_allowed),
    )
