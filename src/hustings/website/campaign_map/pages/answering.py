"""The map's answer: type a postcode, see who needs you. Nothing of whoever asks is kept.

The postcode is sent in the body of a form, so that it stands in no address and in no server's log; the address that can be
shared holds the outward code alone. There is no session and no cookie, so there is nothing to forge.
"""

from dataclasses import dataclass
from typing import Any

from csp.decorators import csp_replace
from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.elections.queries import NoPointForPostcode
from hustings.places.rules.great_britain import outside_great_britain
from hustings.website.campaign_map import queries
from hustings.website.campaign_map.models import NeighbourNeed
from hustings.website.campaign_map.pages.reasons import Line, line_of
from hustings.website.campaign_map.queries.near import groups_near, happenings_near
from hustings.website.campaign_map.usecases.count_sending import count_sending


class WhereForm(forms.Form):
    """A postcode, or a point that the browser was allowed to tell."""

    postcode = forms.CharField(
        max_length=20,
        required=False,
        label=gettext_lazy("Your postcode"),
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "class": "short"}),
    )
    lat = forms.FloatField(required=False, widget=forms.HiddenInput)
    lon = forms.FloatField(required=False, widget=forms.HiddenInput)

    def origin(self) -> queries.Origin:
        """Where that is; raises a `Refusal` with a sentence."""
        lat, lon = self.cleaned_data.get("lat"), self.cleaned_data.get("lon")
        entered = self.cleaned_data["postcode"].strip()
        if (
            not entered
            and lat is not None
            and lon is not None
            and not outside_great_britain(lat=lat, lon=lon)
        ):
            # A hundredth of a degree is about a kilometre: enough to rank by, too little to find a home.
            return queries.Origin(lat=round(lat, 2), lon=round(lon, 2), label=_("your location"))
        if not entered:
            raise NoPointForPostcode("no_postcode", _("Enter your postcode, for example ZZ1 1AA."))
        return queries.origin_of_postcode(postcode=entered)


@dataclass(frozen=True, kw_only=True)
class Section:
    """One body's seats as the page shows them, each with what other installations say they want there."""

    answer: queries.Answer
    lines: list[tuple[Line, list[NeighbourNeed]]]

    @property
    def left_out(self) -> int:
        """How many seats are left out, each with a published reason."""
        return len(self.answer.ranking.left_out)

    @property
    def total(self) -> int:
        """How many seats are ranked."""
        return len(self.answer.ranking.ranked)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_map(request: HttpRequest) -> HttpResponse:
    """The form, and the answer to it."""
    return _answered(request, template="website/map/map.html")


@csrf_exempt
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
@require_http_methods(["GET", "HEAD", "POST"])
def embed(request: HttpRequest) -> HttpResponse:
    """The same without the frame of the site, for other sites to show in a frame of theirs."""
    return _answered(request, template="website/map/embed.html")


@require_safe
def near(request: HttpRequest, outward: str) -> HttpResponse:
    """The answer for an outward code: the address that is shared."""
    try:
        origin = queries.origin_of_outward(outward=outward)
    except queries.NoSuchOutward as problem:
        context = {**_context(request, None), "form": WhereForm(), "problem": problem.told(_)}
        return render(request, "website/map/map.html", context, status=404)
    return render(
        request, "website/map/map.html", {**_context(request, origin), "form": WhereForm(), "origin": origin}
    )


@require_safe
def seat(request: HttpRequest, code: str) -> HttpResponse:
    """One seat: its figures in each set of results that is on the map, what goes on there, and who else is near."""
    found, name = [], ""
    for board in queries.all_boards():
        answer = queries.answer(board=board, party=queries.party_on_map())
        out = next((one for one in answer.ranking.left_out if one.code == code), None)
        need = next((one for one in answer.ranking.ranked if one.seat.code == code), None)
        if need or out:
            name = name or (need.seat.name if need else out.name if out else "")
            found.append(
                {
                    "board": board,
                    "line": line_of(need=need, party=answer.party) if need else None,
                    "left_out": out,
                    "total": len(answer.ranking.ranked),
                }
            )
    if not found:
        raise Http404
    now = clock().now()
    context = {
        "name": name,
        "code": code,
        "results": found,
        "events": happenings_near(code=code, now=now),
        "groups": groups_near(code=code),
        "neighbours": queries.neighbour_needs(codes=[code]).get(code, []),
    }
    return render(request, "website/map/seat.html", context)


def _answered(request: HttpRequest, *, template: str) -> HttpResponse:
    form = WhereForm(request.POST or None)
    problem, origin = "", None
    if request.method == "POST":
        if form.is_valid():
            try:
                origin = form.origin()
            except Refusal as refused:
                problem = refused.told(_)
        else:
            problem = _("Enter your postcode, for example ZZ1 1AA.")
    context = _context(request, origin)
    if origin is not None:
        codes = [line.code for section in context["sections"] for line, _wanted in section.lines[:3]]
        count_sending(codes=codes, on=clock().today_in_uk())
    response = render(
        request,
        template,
        {**context, "form": form, "origin": origin, "problem": problem},
        status=422 if problem else 200,
    )
    if request.method == "POST":
        response["Cache-Control"] = "no-store"
    return response


def _context(request: HttpRequest, origin: queries.Origin | None) -> dict[str, Any]:
    wanted = request.GET.get("election", "")
    everything = queries.all_boards()
    chosen = [board for board in everything if board.key == wanted] or queries.boards_on_map()
    sections = [_section(board, origin) for board in chosen]
    keys = {board.key for board in chosen}
    now = clock().now()
    return {
        "tiles": settings.HUSTINGS_TILES,
        "sections": sections,
        "others": [board for board in everything if board.key not in keys],
        "events": happenings_near(origin=origin, now=now) if origin else [],
        "groups": groups_near(origin=origin) if origin else [],
        "share_url": reverse("campaign_map:near", args=[origin.outward]) if origin and origin.outward else "",
    }


def _section(board: queries.Board, origin: queries.Origin | None) -> Section:
    answer = queries.answer(board=board, party=queries.party_on_map(), origin=origin)
    wanted = queries.neighbour_needs(codes=[need.seat.code for need in answer.first])
    lines = [line_of(need=need, party=answer.party) for need in answer.first]
    return Section(answer=answer, lines=[(line, wanted.get(line.code, [])) for line in lines])
