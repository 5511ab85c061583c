"""For a round without signal: all its pages in one answer, and one address that takes what the phone kept."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hustings.accounts.models import Organisation
from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.outreach.doorsteps.access import round_of
from hustings.outreach.doorsteps.pages import mine
from hustings.outreach.doorsteps.pages.kept_lines import read_batch
from hustings.outreach.doorsteps.pages.spoken import SpokenForm
from hustings.outreach.doorsteps.queries import sight_of
from hustings.outreach.doorsteps.rules.keeping import kept_until
from hustings.outreach.doorsteps.usecases.take_kept_answers import KeptLine, Taken, take_kept_answers
from hustings.volunteers.pages.way_in import VolunteerRequest, for_volunteers, mark_of

#: What the pages are drawn with, and kept with them.
_SHELL = (
    "hustings/public.css",
    "hustings/mark.svg",
    "hustings/own_copies.js",
    "outreach/kept.js",
    "outreach/round.js",
)
_WORKER = ("outreach/kept.js", "outreach/round_worker.js")
_ICONS = (("outreach/round-192.png", "192x192"), ("outreach/round-512.png", "512x512"))


@for_volunteers
@require_safe
def kept_round(request: VolunteerRequest, pk: int) -> HttpResponse:
    """Every page of a round in one answer, with how many seconds a phone may keep them: none where nothing may be kept.

    They are drawn as copies: without messages, which are shown once, and with the hours for knocking, whatever hour it is.
    """
    held = round_of(volunteer=request.volunteer, pk=pk)
    now = clock().now()
    sight = sight_of(round=held, now=now)
    until = kept_until(
        now=now,
        walk_on=held.walk_on,
        ends_on=held.canvass.ends_on,
        readable_until=sight.readable_until,
    )
    seconds = int((until - now).total_seconds()) if sight.lines else 0
    about: dict[str, Any] = {"request": request, "round": held, "sight": sight, "now": now}
    pages: dict[str, str] = {}

    def keep(name: str, template: str, values: dict[str, Any], *arguments: int) -> None:
        shown = {**values, "is_copy": True, "messages": (), "is_late": True, "csrf_token": ""}
        address = reverse(f"doorsteps:{name}", args=arguments)
        pages[address] = render_to_string(template, shown, request=request)

    if seconds > 0:
        keep("my_rounds", mine.ROUNDS, mine.rounds_shown(volunteer=request.volunteer))
        keep("my_round", mine.ROUND, mine.round_shown(**about), pk)
        for number in range(1, len(sight.streets) + 1):
            keep("my_street", mine.STREET, mine.street_shown(**about, number=number), pk, number)
        form = SpokenForm(canvass=held.canvass, now=now)
        for line in sight.lines:
            keep("my_door", mine.DOOR, mine.door_shown(**about, line=line, form=form), pk, line.pk)
    # The cookie of the token is set while there is signal: several that are made at once would undo one another.
    get_token(request)
    return JsonResponse({"seconds": max(seconds, 0), "pages": pages})


@for_volunteers
@require_http_methods(["GET", "HEAD", "POST"])
def send_kept(request: VolunteerRequest) -> HttpResponse:
    """Say to the phone whose browser this is and give it the token for sending; or take what it kept, line by line.

    What somebody else's phone kept is not taken at all: it is sent when they sign in.
    """
    mark = mark_of(volunteer=request.volunteer)
    if request.method != "POST":
        return JsonResponse({"who": mark, "token": get_token(request)})
    now = clock().now()
    try:
        sent = json.loads(request.body)
    except ValueError:
        sent = None
    batch = read_batch(volunteer=request.volunteer, sent=sent, now=now)
    if batch is None:
        return JsonResponse({"why": _("This was not understood.")}, status=400)
    if sent.get("who") != mark:
        return JsonResponse({"why": _("Somebody else is signed in.")}, status=409)
    understood = [line for line in batch.lines.values() if isinstance(line, KeptLine)]
    taken = {
        str(one.key): one
        for one in take_kept_answers(
            volunteer=request.volunteer, lines=understood, sent_at=batch.sent_at, now=now
        )
    }
    answers = [
        _refused(key, line) if isinstance(line, Refusal) else _answer(key, taken[str(line.key)])
        for key, line in batch.lines.items()
    ]
    return JsonResponse({"lines": answers})


@require_safe
def no_signal(request: HttpRequest) -> HttpResponse:
    """What is shown without signal in place of a page that is not kept. It holds nothing of anybody."""
    return render(request, "outreach/doorsteps/mine/no_signal.html")


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The script that answers for a round's pages without signal: it stands here as it may answer only for what lies below."""
    shell = [reverse("doorsteps:no_signal"), *map(static, _SHELL)]
    scripts = ", ".join(json.dumps(static(name)) for name in _WORKER)
    text = f"const SHELL = {json.dumps(shell)};\nimportScripts({scripts});\n"
    return HttpResponse(text, content_type="text/javascript", headers={"Cache-Control": "no-cache"})


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """How the rounds stand on a phone's home screen."""
    organisation = Organisation.objects.first()
    start = reverse("doorsteps:my_rounds")
    icons = [{"src": static(name), "sizes": size, "type": "image/png"} for name, size in _ICONS]
    icons.append({"src": static("hustings/mark.svg"), "sizes": "any", "type": "image/svg+xml"})
    about = {
        "name": _("My rounds, %(organisation)s") % {"organisation": organisation or "Hustings"},
        "short_name": _("My rounds"),
        "start_url": start,
        "scope": start,
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#0b5c4a",
        "icons": icons,
    }
    return HttpResponse(
        json.dumps(about),
        content_type="application/manifest+json",
        headers={"Cache-Control": "max-age=3600"},
    )


def _answer(key: str, taken: Taken) -> dict[str, Any]:
    if taken.refused is not None:
        return _refused(key, taken.refused)
    return {"key": key, "is_taken": True, "says": [one.told(_) for one in taken.not_kept]}


def _refused(key: str, problem: Refusal) -> dict[str, Any]:
    return {"key": key, "is_taken": False, "says": [problem.told(_)]}
