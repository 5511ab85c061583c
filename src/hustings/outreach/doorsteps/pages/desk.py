"""Canvasses on the desk: the list, planning one, one canvass with its rounds and figures, opening, closing, results."""

import csv
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.clearance.pages.answer import doubt_callouts, refusal_facts
from hustings.clearance.rules.gate import Channel
from hustings.outreach.conversations.pages.agreed_facts import agreed_facts
from hustings.outreach.doorsteps.access import canvass_for, canvasses_for
from hustings.outreach.doorsteps.models import Canvass, CanvassState, Round
from hustings.outreach.doorsteps.pages.forms import CanvassForm
from hustings.outreach.doorsteps.queries import agreed_of, results_of, tallies_of, tally_of
from hustings.outreach.doorsteps.usecases.close_canvass import close_canvass
from hustings.outreach.doorsteps.usecases.open_canvass import ask_gate, open_canvass
from hustings.outreach.doorsteps.usecases.save_canvass import save_canvass
from hustings.platform.pages.asking import acted, confirm_page
from hustings.platform.pages.listing import ChoiceFilter, Column, Export, Listing, list_page
from hustings.platform.pages.parts import Action, Badge, Callout, Empty, Fact, ProgressBar, Tile, Tone
from hustings.platform.words import day, number

_TONES: dict[str, Tone] = {
    CanvassState.DRAFT: "plain",
    CanvassState.OPEN: "good",
    CanvassState.CLOSED: "info",
}


def state_badge(canvass: Canvass) -> Badge:
    """The state as a coloured word."""
    return Badge(text=str(canvass.get_state_display()), tone=_TONES[canvass.state])


@needs(Right.SEND)
@require_safe
def canvass_list(request: DeskRequest) -> HttpResponseBase:
    """Every canvass of the places the login looks after."""
    new = Action(
        label=_("New canvass"), url=reverse("doorsteps_desk:canvass_new"), icon="plus", is_primary=True
    )
    key = Action(label=_("Key in a sheet"), url=reverse("doorsteps_desk:find_sheet"), icon="edit")
    return list_page(
        request,
        Listing(
            title=_("Door rounds"),
            icon="home",
            rows=canvasses_for(scope=request.scope),
            columns=(
                Column(
                    key="title",
                    label=_("Canvass"),
                    value="title",
                    sort=("title",),
                    link=lambda canvass: reverse("doorsteps_desk:canvass", args=[canvass.pk]),
                ),
                Column(key="state", label=_("State"), value=state_badge, sort=("state",)),
                Column(key="area", label=_("Where"), value="area.name", sort=("area__name",)),
                Column(key="starts", label=_("First day"), value="starts_on", sort=("starts_on",)),
                Column(key="ends", label=_("Last day"), value="ends_on", sort=("ends_on",), is_minor=True),
                Column(
                    key="cleared",
                    label=_("Cleared"),
                    value="clearance.cleared",
                    is_number=True,
                    sort=("clearance__cleared",),
                ),
            ),
            search=("title", "area__name"),
            filters=(
                ChoiceFilter(
                    key="state",
                    label=_("State"),
                    choices=[(state.value, str(state.label)) for state in CanvassState],
                    field="state",
                ),
            ),
            order="-starts",
            left_out="" if request.scope.is_everything else _("Canvasses of places you do not look after."),
            empty=Empty(
                title=_("No doors have been knocked on yet"),
                text=_(
                    "Plan a canvass: the gate is asked about everybody on the register there, and those it clears are cut into "
                    "walks of about sixty doors."
                ),
                actions=(new,),
            ),
            actions=(new, key),
            export=Export(file_name="canvasses"),
        ),
    )


@needs(Right.SEND)
@require_http_methods(["GET", "HEAD", "POST"])
def canvass_edit(request: DeskRequest, pk: int | None = None) -> HttpResponse:
    """Plan a canvass, or change its draft."""
    canvass = None if pk is None else canvass_for(scope=request.scope, pk=pk)
    form = CanvassForm(request.POST or None, scope=request.scope, on=clock().today_in_uk(), canvass=canvass)
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_canvass(plan=form.plan(), by=request.user, now=clock().now(), canvass=canvass)
        except Refusal as problem:
            form.add_error(None, problem.told(_))
        else:
            messages.success(request, _("The canvass was saved. Look at what the gate says, then open it."))
            return redirect("doorsteps_desk:canvass", pk=saved.pk)
    cancel = reverse("doorsteps_desk:canvass", args=[pk]) if pk else reverse("doorsteps_desk:canvasses")
    return render(
        request,
        "desk/form.html",
        {
            "title": _("Change the canvass") if canvass else _("New canvass"),
            "icon": "home",
            "form": form,
            "submit_label": _("Save"),
            "cancel_url": cancel,
            "back": Action(label=canvass.title if canvass else _("Door rounds"), url=cancel),
        },
        status=422 if form.errors else 200,
    )


@needs(Right.SEND)
@require_safe
def canvass_detail(request: DeskRequest, pk: int) -> HttpResponse:
    """One canvass: the gate's counts, the rounds and how far each is, and what to do next."""
    canvass = canvass_for(scope=request.scope, pk=pk)
    callouts: list[Callout] = []
    counts: Mapping[str, int] = {}
    rules: Mapping[str, Mapping[str, Any]] = {}
    tiles: list[Tile] = []
    if canvass.state == CanvassState.DRAFT:
        try:
            summary = ask_gate(canvass=canvass, by=request.user, now=clock().now())
        except Refusal as problem:
            callouts.append(Callout(text=problem.told(_), tone="bad"))
        else:
            counts = summary.counts
            tiles = [
                Tile(label=_("would be asked about"), value=summary.asked),
                Tile(label=_("may be visited"), value=summary.cleared, tone="good"),
                Tile(label=_("left in peace"), value=summary.refused),
            ]
            rules = summary.rules
            callouts += doubt_callouts(warnings=summary.warnings)
    else:
        assert canvass.clearance is not None
        counts, rules = canvass.clearance.counts, canvass.clearance.rules
        tally = tally_of(canvass=canvass)
        tiles = [
            Tile(label=_("may be visited"), value=canvass.clearance.cleared),
            Tile(label=_("spoken to"), value=tally.spoke, tone="good"),
            Tile(label=_("no answer"), value=tally.no_answer),
            Tile(label=_("not visited yet"), value=tally.waiting),
            Tile(label=_("asked not to be visited again"), value=tally.objected),
        ]
    return render(
        request,
        "outreach/doorsteps/canvass.html",
        {
            "title": canvass.title,
            "icon": "home",
            "back": Action(label=_("Door rounds"), url=reverse("doorsteps_desk:canvasses")),
            "canvass": canvass,
            "badge": state_badge(canvass),
            "callouts": callouts,
            "tiles": tiles,
            "facts": _facts(canvass),
            "agreed": []
            if canvass.state == CanvassState.DRAFT
            else agreed_facts(counts=agreed_of(canvass=canvass)),
            "refused": refusal_facts(counts=counts, rules=rules, channel=Channel.DOOR),
            "rounds": [] if canvass.state == CanvassState.DRAFT else _rounds(canvass),
            "actions": _actions(canvass),
        },
    )


@needs(Right.SEND)
@require_http_methods(["GET", "HEAD", "POST"])
def canvass_open(request: DeskRequest, pk: int) -> HttpResponse:
    """Show what the gate says at this moment, then open and cut."""
    canvass = canvass_for(scope=request.scope, pk=pk)
    back = reverse("doorsteps_desk:canvass", args=[pk])
    try:
        if request.method == "POST":
            opened = open_canvass(canvass=canvass, by=request.user, now=clock().now())
            count = opened.rounds.count()
            messages.success(
                request,
                ngettext("The canvass is open: one round.", "The canvass is open: %(count)s rounds.", count)
                % {"count": number(count)},
            )
            return redirect(back)
        summary = ask_gate(canvass=canvass, by=request.user, now=clock().now())
    except Refusal as problem:
        messages.error(request, problem.told(_))
        return redirect(back)
    return confirm_page(
        request,
        title=_("Open “%(title)s”?") % {"title": canvass.title},
        question=_(
            "The gate's answer is kept, and the doors it clears are cut into rounds. What the canvass asks cannot change "
            "afterwards. Before a round is shown or printed, the gate is asked again."
        ),
        label=_("Open it"),
        icon="home",
        back=Action(label=canvass.title, url=back),
        facts=[
            Fact(label=_("Asked about"), value=summary.asked),
            Fact(label=_("May be visited"), value=summary.cleared),
            Fact(label=_("Left in peace"), value=summary.refused),
        ],
        callouts=doubt_callouts(warnings=summary.warnings),
    )


@needs(Right.SEND)
@require_http_methods(["GET", "HEAD", "POST"])
def canvass_close(request: DeskRequest, pk: int) -> HttpResponse:
    """Ask, then close for good."""
    canvass = canvass_for(scope=request.scope, pk=pk)
    back = reverse("doorsteps_desk:canvass", args=[pk])
    if request.method == "POST":
        now = clock().now()
        return acted(
            request,
            act=lambda: close_canvass(canvass=canvass, by=request.user, now=now),
            done=_("The canvass is closed."),
            to=back,
        )
    out = canvass.rounds.exclude(given_at=None).filter(returned_at=None).count()
    return confirm_page(
        request,
        title=_("Close “%(title)s”?") % {"title": canvass.title},
        question=_(
            "Nobody can walk its rounds any more, and nothing but objections is added. Key in every sheet first. How many "
            "doors were knocked on enters the public record, in bands, without names."
        ),
        label=_("Close it"),
        icon="home",
        back=Action(label=canvass.title, url=back),
        facts=[Fact(label=_("Rounds not returned yet"), value=out)],
        is_danger=True,
    )


@needs(Right.SEND)
@require_safe
def canvass_csv(request: DeskRequest, pk: int) -> HttpResponse:
    """What came of each round, and the reasons why people were left out, as CSV; no names."""
    rows = results_of(canvass=canvass_for(scope=request.scope, pk=pk))
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="canvass-{pk}.csv"'
    if rows:
        writer = csv.DictWriter(answer, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return answer


def _facts(canvass: Canvass) -> list[Fact]:
    where = canvass.area.name + (f" ({', '.join(canvass.districts)})" if canvass.districts else "")
    return [
        Fact(label=_("Where"), value=where),
        Fact(
            label=_("Whom"),
            value=canvass.audience.name if canvass.audience else _("everybody on the register"),
        ),
        Fact(label=_("What for"), value=canvass.get_purpose_display()),
        Fact(label=_("Days"), value=f"{day(canvass.starts_on)} – {day(canvass.ends_on)}"),
        Fact(label=_("Hours"), value=f"{canvass.hour_from}:00–{canvass.hour_until}:00"),
        Fact(label=_("Return or destroy by"), value=canvass.return_by),
        *([Fact(label=_("Election"), value=canvass.election.title)] if canvass.election else []),
    ]


def _rounds(canvass: Canvass) -> list[dict[str, object]]:
    tallies = tallies_of(canvass=canvass)
    rows = canvass.rounds.select_related("volunteer__person", "partner__person")
    return [
        {
            "round": one,
            "who": ", ".join(str(who) for who in (one.volunteer, one.partner) if who is not None),
            "state": _state(one),
            "bar": ProgressBar(
                label=_("Visited"),
                done=tallies[one.pk].visited if one.pk in tallies else 0,
                total=tallies[one.pk].doors if one.pk in tallies else 0,
                is_running=False,
                tone="good" if one.returned_at else "info",
            ),
        }
        for one in rows
    ]


def _state(round: Round) -> Badge:
    if round.returned_at is not None:
        return Badge(text=_("returned"), tone="good")
    if round.given_at is not None:
        return Badge(text=_("given out"), tone="info")
    return Badge(text=_("free"), tone="plain")


def _actions(canvass: Canvass) -> list[Action]:
    def to(name: str) -> str:
        return reverse(f"doorsteps_desk:{name}", args=[canvass.pk])

    if canvass.state == CanvassState.DRAFT:
        return [
            Action(label=_("Open it"), url=to("canvass_open"), is_primary=True),
            Action(label=_("Change it"), url=to("canvass_edit")),
        ]
    actions = [
        Action(label=_("Key in a sheet"), url=reverse("doorsteps_desk:find_sheet"), icon="edit"),
        Action(label=_("Results as CSV"), url=to("canvass_csv"), icon="download"),
    ]
    if canvass.state == CanvassState.OPEN:
        actions.append(Action(label=_("Close it"), url=to("canvass_close"), is_danger=True))
    return actions
