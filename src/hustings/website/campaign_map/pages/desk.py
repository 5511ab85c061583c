"""The map on the desk: targets, where people are sent, and other installations' feeds."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, may, needs
from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.platform.pages.parts import Action, Callout, Empty, Tile
from hustings.volunteers.queries import volunteers_by_place
from hustings.website.campaign_map import queries
from hustings.website.campaign_map.access import needs_for, neighbour_for, seat_for
from hustings.website.campaign_map.models import Neighbour, SeatTarget
from hustings.website.campaign_map.pages.reasons import Line, line_of
from hustings.website.campaign_map.queries.sending import DAYS, Sent, pull, sent_lately
from hustings.website.campaign_map.usecases.set_target import set_party, set_target
from hustings.website.campaign_map.usecases.take_feed import read_neighbour

_MOST_ROWS = 100


@dataclass(frozen=True, kw_only=True)
class Row:
    """One seat of the desk's table."""

    line: Line
    volunteers: int
    target: int | None
    sent: Sent
    pull: int


class TargetForm(forms.Form):
    """How many volunteers a seat wants."""

    target = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=100_000,
        label=gettext_lazy("Volunteers wanted"),
        help_text=gettext_lazy("Empty for no target: the seat is then neither helped nor held back."),
        error_messages={
            "min_value": gettext_lazy("Enter a whole number from 1, or nothing for no target."),
            "invalid": gettext_lazy("Enter a whole number from 1, or nothing for no target."),
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
    )


class PartyForm(forms.Form):
    """By whose gap or lead the map goes."""

    party = forms.CharField(
        required=False,
        max_length=160,
        label=gettext_lazy("Our name or short name in the results"),
        help_text=gettext_lazy("Empty: closeness is between first and second."),
    )


class NeighbourForm(forms.ModelForm[Neighbour]):
    """Another installation's feed."""

    class Meta:
        """What may be entered."""

        model = Neighbour
        fields = ("name", "address", "is_active")

    def clean_address(self) -> str:
        """An address that can be fetched."""
        address: str = self.cleaned_data["address"].strip()
        if not address.startswith(("https://", "http://")):
            raise forms.ValidationError(
                _("Enter the feed's address, for example https://other.example/map/needs.json.")
            )
        return address


@needs(Right.SEE_VOLUNTEERS)
@require_safe
def seats(request: DeskRequest) -> HttpResponseBase:
    """The seats of the login's places in the map's order, with targets and where people are sent."""
    boards = queries.boards_on_map()
    wanted = request.GET.get("board", "")
    board = next((each for each in queries.all_boards() if each.key == wanted), boards[0] if boards else None)
    rows: list[Row] = []
    sent = sent_lately(today=clock().today_in_uk())
    party = queries.party_on_map()
    remark = ""
    if board is not None:
        answer = queries.answer(board=board, party=party)
        ranked = answer.ranking.ranked
        party, remark = answer.party, answer.remark
        pulls, volunteers = pull(needs=ranked), volunteers_by_place()
        rows = [
            Row(
                line=line_of(need=need, party=party),
                volunteers=volunteers.get(need.seat.code, 0),
                target=need.cover.target if need.cover else None,
                sent=sent.get(need.seat.code, Sent()),
                pull=pulls[need.seat.code],
            )
            for need in needs_for(scope=request.scope, needs=ranked)
        ]
    context = {
        "title": _("Campaign map"),
        "icon": "site",
        "board": board,
        "boards": [each for each in queries.all_boards() if board is None or each.key != board.key],
        "rows": rows[:_MOST_ROWS],
        "total": len(rows),
        "days": DAYS,
        "may_edit": may(request, Right.EDIT_VOLUNTEERS),
        "actions": (
            Action(label=_("Look at the map"), url=reverse("campaign_map:map"), icon="view"),
            Action(
                label=_("Our name in the results"),
                url=reverse("campaign_map_desk:party"),
                is_allowed=may(request, Right.SET_UP),
            ),
            Action(
                label=_("Other installations"),
                url=reverse("campaign_map_desk:neighbours"),
                is_allowed=may(request, Right.SET_UP),
            ),
        ),
        "tiles": _tiles(rows, party) if rows else [],
        "empty": None if rows else _empty(has_board=board is not None),
        "callouts": [Callout(text=remark, tone="warn")] if remark else [],
    }
    return render(request, "website/desk/map.html", context)


def _empty(*, has_board: bool) -> Empty:
    if has_board:
        return Empty(
            title=_("None of your seats is on this map"),
            text=_("None of the seats you look after is in these results. Other results may have them."),
        )
    return Empty(
        title=_("The map has no seats yet"),
        text=_(
            "The map ranks seats by how close their last result was, and sends volunteers where they count most. Import a "
            "file of results with “hustings import”, and your seats stand here."
        ),
    )


def _tiles(rows: list[Row], party: str) -> list[Tile]:
    short = sum(max(0, row.target - row.volunteers) for row in rows if row.target)
    return [
        Tile(
            label=_("sent to your seats in %(days)d days") % {"days": DAYS},
            value=sum(row.sent.first for row in rows),
        ),
        Tile(label=_("volunteers still wanted"), value=short),
        Tile(label=_("whose gap orders the seats"), value=party or _("first and second")),
    ]


@needs(Right.EDIT_VOLUNTEERS)
@require_http_methods(["GET", "HEAD", "POST"])
def target(request: DeskRequest, code: str) -> HttpResponseBase:
    """Set one seat's target, and see what that does to the map."""
    area = seat_for(scope=request.scope, code=code)
    held = SeatTarget.objects.filter(area=area).values_list("target", flat=True).first()
    form = TargetForm(request.POST or None, initial={"target": held})
    before = _pull_of(code)
    if request.method == "POST" and form.is_valid():
        set_target(area=area, target=form.cleaned_data["target"], now=clock().now(), by=request.user)
        messages.success(
            request,
            _("Saved. %(seat)s now comes first from %(after)d places; it was %(before)d.")
            % {"seat": area.name, "after": _pull_of(code), "before": before},
        )
        return redirect(f"{reverse('campaign_map_desk:seats')}?{urlencode({'board': _board_of(code)})}")
    volunteers = volunteers_by_place().get(code, 0)
    context = {
        "title": _("Volunteers wanted in %(seat)s") % {"seat": area.name},
        "icon": "group",
        "form": form,
        "intro": _(
            "%(count)d volunteers live there. From %(pull)d places it is the first on the map. A target that is not met "
            "draws people; one that is met sends them elsewhere."
        )
        % {"count": volunteers, "pull": before},
        "cancel_url": reverse("campaign_map_desk:seats"),
    }
    return render(request, "desk/form.html", context, status=422 if request.method == "POST" else 200)


def _board_of(code: str) -> str:
    for board in queries.boards_on_map():
        answer = queries.answer(board=board, party="")
        if any(need.seat.code == code for need in answer.ranking.ranked):
            return board.key
    return ""


def _pull_of(code: str) -> int:
    for board in queries.boards_on_map():
        answer = queries.answer(board=board, party=queries.party_on_map())
        if any(need.seat.code == code for need in answer.ranking.ranked):
            return pull(needs=answer.ranking.ranked)[code]
    return 0


@needs(Right.SET_UP)
@require_http_methods(["GET", "HEAD", "POST"])
def party(request: DeskRequest) -> HttpResponseBase:
    """Say by whose gap or lead the map goes."""
    form = PartyForm(request.POST or None, initial={"party": queries.party_on_map()})
    if request.method == "POST" and form.is_valid():
        try:
            set_party(party=form.cleaned_data["party"], now=clock().now(), by=request.user)
        except Refusal as problem:
            form.add_error("party", problem.told(_))
        else:
            messages.success(request, _("Saved. The map is in the new order at once."))
            return redirect("campaign_map_desk:seats")
    context = {
        "title": _("Our name in the results"),
        "icon": "site",
        "form": form,
        "cancel_url": reverse("campaign_map_desk:seats"),
    }
    return render(request, "desk/form.html", context, status=422 if request.method == "POST" else 200)


@needs(Right.SET_UP)
@require_http_methods(["GET", "HEAD", "POST"])
def neighbours(request: DeskRequest) -> HttpResponseBase:
    """Feeds that are read, and a form for another one."""
    form = NeighbourForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        neighbour = form.save()
        _read(request, neighbour)
        return redirect("campaign_map_desk:neighbours")
    context = {
        "title": _("Other installations"),
        "icon": "link",
        "intro": _(
            "Public events and needs of other campaigns that run Hustings are shown on the map beside yours. Their feeds are "
            "read every hour. Yours is at %(address)s."
        )
        % {"address": request.build_absolute_uri(reverse("campaign_map:needs"))},
        "form": form,
        "submit_label": _("Add and read it"),
        "back": Action(label=_("Campaign map"), url=reverse("campaign_map_desk:seats")),
        "neighbours": Neighbour.objects.all(),
    }
    return render(
        request, "website/desk/neighbours.html", context, status=422 if request.method == "POST" else 200
    )


@needs(Right.SET_UP)
@require_POST
def neighbour(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Read a feed now, stop reading it, or read it again."""
    found = neighbour_for(scope=request.scope, pk=pk)
    if "stop" in request.POST:
        Neighbour.objects.filter(pk=found.pk).update(is_active=not found.is_active)
    else:
        _read(request, found)
    return redirect("campaign_map_desk:neighbours")


def _read(request: DeskRequest, neighbour: Neighbour) -> None:
    try:
        taken = read_neighbour(neighbour=neighbour, now=clock().now())
    except Refusal as problem:
        messages.error(request, problem.told(_))
        return
    messages.success(
        request,
        _("%(name)s: %(events)d events, %(needs)d needs, %(rejected)d entries that could not be used.")
        % {
            "name": neighbour.name,
            "events": taken.events,
            "needs": taken.needs,
            "rejected": len(taken.rejected),
        },
    )
