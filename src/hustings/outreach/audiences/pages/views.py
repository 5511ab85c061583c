"""Audiences in the desk: the list, one audience, the editor."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, may, needs
from hustings.basics.clock import clock
from hustings.clearance.pages.answer import refusal_facts
from hustings.clearance.rules.gate import Reason
from hustings.clearance.usecases import clear_audience
from hustings.outreach.audiences.access import audience_for, audiences_for
from hustings.outreach.audiences.models import Audience
from hustings.outreach.audiences.pages.editor import Raw, changed_tree, editor_tree, raw_tree
from hustings.outreach.audiences.queries.choices import Choice, places_for
from hustings.outreach.audiences.queries.members import Sight, members_of, sight_of
from hustings.outreach.audiences.queries.reading import channels, purposes, read_audience
from hustings.outreach.audiences.rules.check import BadTree, Fault, parse_tree
from hustings.outreach.audiences.rules.kinds import CHANNELS, KINDS, PURPOSES
from hustings.outreach.audiences.usecases.remove_audience import AudienceInUse, remove_audience
from hustings.outreach.audiences.usecases.save_audience import NamelessAudience, save_audience
from hustings.platform.pages.listing import ChoiceFilter, Column, Export, Listing, list_page
from hustings.platform.pages.parts import Action, Callout, Empty, Tile

#: Up to so many people the gate is asked while the page is made; beyond, when somebody asks for it.
GATE_AT_ONCE = 30_000


@needs(Right.EDIT_AUDIENCES)
@require_safe
def audience_list(request: DeskRequest) -> HttpResponseBase:
    """Every audience saved for a place the login looks after."""
    new = Action(
        label=_("New audience"), url=reverse("outreach_desk:audience_new"), icon="plus", is_primary=True
    )
    places = places_for(scope=request.scope)
    return list_page(
        request,
        Listing(
            title=_("Audiences"),
            icon="group",
            intro=_(
                "An audience is a saved question: who lives here, agreed to what, and was contacted when. Who is in it is "
                "worked out anew each time; whether they may be written to is asked of the gate."
            ),
            rows=audiences_for(scope=request.scope).annotate(mailing_count=Count("mailings")),
            columns=(
                Column(
                    key="name",
                    label=_("Audience"),
                    value="name",
                    sort=("name",),
                    link=lambda audience: reverse("outreach_desk:audience", args=[audience.pk]),
                ),
                Column(key="who", label=_("Who"), value=reading_of, is_minor=True),
                Column(
                    key="area",
                    label=_("Place"),
                    value=lambda audience: audience.area.name if audience.area else _("everywhere"),
                    sort=("area__name",),
                ),
                Column(
                    key="mailings",
                    label=_("Mailings"),
                    value="mailing_count",
                    is_number=True,
                    sort=("mailing_count",),
                ),
                Column(key="changed", label=_("Changed"), value="changed_at", sort=("changed_at",)),
            ),
            search=("name",),
            filters=(
                ChoiceFilter(
                    key="area",
                    label=_("Place"),
                    choices=[(choice.value, choice.label) for choice in places if choice.value],
                    field="area",
                ),
            ),
            order="-changed",
            left_out=""
            if request.scope.is_everything
            else _("Audiences of places you do not look after, and of the whole organisation."),
            empty=Empty(
                title=_("No audiences yet"),
                text=_(
                    "Begin with a question you would ask anyway: who agreed to be emailed and has not heard from us since "
                    "the winter?"
                ),
                actions=(new,),
            ),
            actions=(new,),
            export=Export(file_name="audiences"),
        ),
    )


def reading_of(audience: Audience) -> str:
    """A saved audience in plain words; one that was spoilt says so."""
    try:
        return read_audience(tree=parse_tree(raw=audience.conditions), area_code=audience.area_id)
    except BadTree:
        return _("The conditions cannot be read. Open the audience and save it again.")


@needs(Right.EDIT_AUDIENCES)
@require_safe
def audience_detail(request: DeskRequest, pk: int) -> HttpResponse:
    """One audience: who is in it, some of them, and what the gate says of them."""
    audience = audience_for(scope=request.scope, pk=pk)
    try:
        tree = parse_tree(raw=audience.conditions)
    except BadTree:
        return redirect("outreach_desk:audience_edit", pk=audience.pk)
    now = clock().now()
    sight = sight_of(tree=tree, area_code=audience.area_id, now=now)
    channel = request.GET.get("channel", "email")
    purpose = request.GET.get("purpose", "campaign")
    channel = channel if channel in CHANNELS else "email"
    purpose = purpose if purpose in PURPOSES else "campaign"
    is_asked = "channel" in request.GET or sight.count <= GATE_AT_ONCE
    gate = (
        _gate(audience, tree.uses_opinions, channel, purpose, request) if is_asked and sight.count else None
    )
    export = reverse("outreach_desk:audience_csv", args=[pk])
    return render(
        request,
        "outreach/audiences/detail.html",
        {
            "title": audience.name,
            "icon": "group",
            "subtitle": reading_of(audience),
            "back": Action(label=_("Audiences"), url=reverse("outreach_desk:audiences")),
            "audience": audience,
            "sight": sight,
            "gate": gate,
            "channel": channel,
            "purpose": purpose,
            "channels": channels(),
            "purposes": purposes(),
            "mailings": audience.mailings.all(),
            "may_see_people": may(request, Right.SEE_PEOPLE),
            "actions": [
                Action(
                    label=_("Write to them"),
                    url=f"{reverse('outreach_desk:mailing_new')}?audience={pk}",
                    icon="mail",
                    is_primary=True,
                    is_allowed=may(request, Right.SEND),
                ),
                Action(label=_("Change"), url=reverse("outreach_desk:audience_edit", args=[pk]), icon="edit"),
                Action(
                    label=_("Download with the gate's verdict"),
                    url=f"{export}?channel={channel}&purpose={purpose}",
                    icon="download",
                    is_allowed=may(request, Right.EXPORT_PEOPLE),
                ),
                Action(
                    label=_("Remove"),
                    url=reverse("outreach_desk:audience_remove", args=[pk]),
                    icon="bin",
                    is_danger=True,
                ),
            ],
        },
    )


def _gate(
    audience: Audience, uses_opinions: bool, channel: str, purpose: str, request: DeskRequest
) -> dict[str, Any]:
    """The gate's dry answer with no material chosen: who could be contacted, and why the others could not."""
    now = clock().now()
    summary = clear_audience(
        people=members_of(audience=audience, now=now),
        channel=channel,
        purpose=purpose,
        copy=None,
        now=now,
        asked_by=request.user,
        dry_run=True,
        uses_opinions=uses_opinions,
    )
    # Without a copy the last thing the gate asks for is the material: those it stops there passed all else.
    cleared = summary.cleared + summary.counts.get(Reason.NO_MATERIAL, 0)
    return {
        "tiles": [
            Tile(label=_("in the audience"), value=summary.asked),
            Tile(label=_("may be contacted"), value=cleared, tone="good" if cleared else "warn"),
            Tile(label=_("may not"), value=summary.asked - cleared),
        ],
        "facts": refusal_facts(
            counts={
                reason: count for reason, count in summary.counts.items() if reason != Reason.NO_MATERIAL
            },
            rules=summary.rules,
            channel=channel,
        ),
    }


@needs(Right.EDIT_AUDIENCES)
@require_http_methods(["GET", "HEAD", "POST"])
def audience_edit(request: DeskRequest, pk: int | None = None) -> HttpResponse:
    """Make or change an audience; every button posts the whole form."""
    audience = None if pk is None else audience_for(scope=request.scope, pk=pk)
    places = places_for(scope=request.scope)
    if request.method != "POST":
        raw: Raw = dict(audience.conditions) if audience and audience.conditions else {}
        raw = raw if "match" in raw else {"match": "all", "conditions": []}
        name, area = (audience.name, audience.area_id or "") if audience else ("", places[0].value)
        return _editor(request, audience, name, area, raw, places, [], is_checked=False)
    do = request.POST.get("do", "save")
    raw = changed_tree(raw=raw_tree(data=request.POST), do=do, data=request.POST)
    name, area = request.POST.get("name", ""), request.POST.get("area", "")
    if area not in {choice.value for choice in places}:
        area = places[0].value
    if do != "save":
        return _editor(request, audience, name, area, raw, places, [], is_checked=do == "show")
    try:
        saved = save_audience(
            name=name,
            conditions=raw,
            area_code=area or None,
            scope=request.scope,
            by=request.user,
            now=clock().now(),
            audience=audience,
        )
    except BadTree as problem:
        return _editor(request, audience, name, area, raw, places, problem.faults, is_checked=True)
    except NamelessAudience as problem:
        return _editor(
            request, audience, name, area, raw, places, [], is_checked=True, name_fault=problem.told(_)
        )
    messages.success(request, _("The audience was saved."))
    return redirect("outreach_desk:audience", pk=saved.pk)


@needs(Right.EDIT_AUDIENCES)
@require_POST
def audience_sight(request: DeskRequest) -> HttpResponse:
    """The count and the sample of what stands in the editor's form, as a piece of a page."""
    raw = raw_tree(data=request.POST)
    places = {choice.value for choice in places_for(scope=request.scope)}
    area = request.POST.get("area", "")
    if area not in places:
        return HttpResponse(_("Choose a place you look after."), status=403)
    return render(request, "outreach/audiences/sight.html", _sight(raw, area))


def _sight(raw: Raw, area: str) -> dict[str, Any]:
    """What the editor shows beside the form; incomplete conditions are named, not guessed."""
    try:
        tree = parse_tree(raw=raw)
    except BadTree as problem:
        places = {fault.place.rpartition("/")[0] for fault in problem.faults}
        return {"sight": None, "open_conditions": len(places)}
    code = area or None
    sight: Sight = sight_of(tree=tree, area_code=code, now=clock().now())
    return {"sight": sight, "sentence": read_audience(tree=tree, area_code=code)}


def _editor(
    request: DeskRequest,
    audience: Audience | None,
    name: str,
    area: str,
    raw: Raw,
    places: list[Choice],
    faults: Any,
    *,
    is_checked: bool,
    name_fault: str = "",
) -> HttpResponse:
    if is_checked and not faults:
        faults = _faults_of(raw)
    back = (
        Action(label=audience.name, url=reverse("outreach_desk:audience", args=[audience.pk]))
        if audience
        else Action(label=_("Audiences"), url=reverse("outreach_desk:audiences"))
    )
    context = {
        "title": _("Change the audience") if audience else _("New audience"),
        "icon": "group",
        "back": back,
        "audience": audience,
        "name": name,
        "name_fault": name_fault,
        "area": area,
        "places": places,
        "root": editor_tree(raw=raw, faults=faults, scope=request.scope),
        "kinds": [Choice(kind.name, _(kind.title)) for kind in KINDS.values()],
        "callouts": _callouts(faults, name_fault),
        "here": request.path,
        **_sight(raw, area),
    }
    is_wrong = bool(name_fault or (faults and request.POST.get("do") == "save"))
    return render(request, "outreach/audiences/editor.html", context, status=422 if is_wrong else 200)


def _faults_of(raw: Raw) -> tuple[Fault, ...]:
    try:
        parse_tree(raw=raw)
    except BadTree as problem:
        return problem.faults
    return ()


def _callouts(faults: Any, name_fault: str) -> list[Callout]:
    if name_fault:
        return [Callout(text=name_fault, tone="bad")]
    if faults:
        return [
            Callout(
                text=_("Some conditions are not complete yet. What is missing stands beside each of them."),
                tone="bad",
            )
        ]
    return []


@needs(Right.EDIT_AUDIENCES)
@require_safe
def audience_json(request: DeskRequest, pk: int) -> JsonResponse:
    """The tree as JSON, for other programs and for keeping."""
    audience = audience_for(scope=request.scope, pk=pk)
    return JsonResponse(
        {"name": audience.name, "area": audience.area_id, "conditions": audience.conditions},
        json_dumps_params={"indent": 2, "ensure_ascii": False},
        headers={"Content-Disposition": f'attachment; filename="audience-{audience.pk}.json"'},
    )


@needs(Right.EDIT_AUDIENCES)
@require_http_methods(["GET", "HEAD", "POST"])
def audience_remove(request: DeskRequest, pk: int) -> HttpResponse:
    """Ask, then remove an audience that no mailing used."""
    audience = audience_for(scope=request.scope, pk=pk)
    if request.method == "POST":
        try:
            remove_audience(audience=audience, by=request.user, now=clock().now())
        except AudienceInUse as problem:
            messages.error(request, problem.told(_))
            return redirect("outreach_desk:audience", pk=pk)
        messages.success(request, _("The audience was removed."))
        return redirect("outreach_desk:audiences")
    return render(
        request,
        "desk/confirm.html",
        {
            "title": _("Remove “%(name)s”?") % {"name": audience.name},
            "icon": "bin",
            "question": _("The saved question is removed. The people in it stay as they are."),
            "confirm_label": _("Remove the audience"),
            "cancel_url": reverse("outreach_desk:audience", args=[pk]),
        },
    )
