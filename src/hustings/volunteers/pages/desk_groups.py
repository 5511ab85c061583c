"""Groups on the desk: the list, one family, making and changing groups, overflow groups, rotating a link, members, releases."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, may, needs
from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.platform.pages.listing import ChoiceFilter, Column, Listing, list_page
from hustings.platform.pages.parts import Action, Badge, Callout, Empty, Fact, Tile, Tone
from hustings.volunteers.access import group_for, groups_for, releases_for
from hustings.volunteers.models import Group, GroupState
from hustings.volunteers.pages.desk_group_forms import GroupForm, LinkForm, RotateForm
from hustings.volunteers.queries.groups import places_of
from hustings.volunteers.rules.group_places import is_nearly_full
from hustings.volunteers.usecases.rotate_link import rotate_link
from hustings.volunteers.usecases.save_group import add_overflow, close_group, open_group, save_group

_TONES: dict[str, Tone] = {
    GroupState.DRAFT: "plain",
    GroupState.SPARE: "info",
    GroupState.OPEN: "good",
    GroupState.CLOSED: "warn",
}


@needs(Right.SEE_VOLUNTEERS)
@require_safe
def group_list(request: DeskRequest) -> HttpResponseBase:
    """Every group of the places of the login."""
    rows = groups_for(scope=request.scope).annotate(
        held=Count("memberships", filter=Q(memberships__left_at=None))
    )
    add = Action(
        label=_("Add a group"),
        url=reverse("volunteers_desk:new_group"),
        icon="plus",
        is_primary=True,
        is_allowed=may(request, Right.EDIT_VOLUNTEERS),
    )
    return list_page(
        request,
        Listing(
            title=_("Groups"),
            icon="group",
            rows=rows,
            columns=(
                Column(key="name", label=_("Group"), value="name", link=_address, sort=("name", "number")),
                Column(key="kind", label=_("Where"), value="get_kind_display", sort=("kind",)),
                Column(key="place", label=_("Place"), value="area.name", sort=("area__name",), is_minor=True),
                Column(key="held", label=_("Members"), value="held", is_number=True, sort=("held",)),
                Column(key="capacity", label=_("Room for"), value="capacity", is_number=True, is_minor=True),
                Column(
                    key="state",
                    label=_("State"),
                    value=lambda row: Badge(text=row.get_state_display(), tone=_TONES[row.state]),
                ),
            ),
            search=("name", "summary"),
            filters=(
                ChoiceFilter(
                    key="state",
                    label=_("State"),
                    choices=[(value, str(label)) for value, label in GroupState.choices],
                    field="state",
                ),
            ),
            order="name",
            left_out=""
            if request.scope.is_everything
            else _("Groups of places you do not look after are not shown."),
            empty=Empty(
                title=_("No group yet"),
                text=_(
                    "A group on a chat service or an email list is where people hear of the next session."
                ),
                actions=(add,),
            ),
            actions=(add,),
        ),
    )


def _address(group: Group) -> str:
    return reverse("volunteers_desk:group", args=[group.pk])


@needs(Right.SEE_VOLUNTEERS)
@require_safe
def group_page(request: DeskRequest, pk: int) -> HttpResponseBase:
    """One group, its family, and what can be done with it. The link itself is never shown here."""
    group = group_for(scope=request.scope, pk=pk)
    family = group.family or group
    places = places_of(family=family)
    may_edit = may(request, Right.EDIT_VOLUNTEERS)
    held = group.memberships.filter(left_at=None).count()
    waiting = family.family_memberships.filter(group=None, left_at=None).count()
    callouts = []
    if is_nearly_full(places=places):
        callouts.append(
            Callout(
                title=_("Nearly full"),
                text=_("Make another group on the service and add it here as a spare; it opens by itself."),
                tone="warn",
            )
        )
    if not group.link:
        callouts.append(Callout(text=_("Enter the invite link; then you can open the group."), tone="warn"))

    def act(label: str, name: str, *, is_allowed: bool = True, **more: Any) -> Action:
        return Action(
            label=label,
            url=reverse(f"volunteers_desk:{name}", args=[pk]),
            is_allowed=may_edit and is_allowed,
            **more,
        )

    return render(
        request,
        "desk/detail.html",
        {
            "title": group.name,
            "icon": "group",
            "subtitle": group.get_kind_display(),
            "back": Action(label=_("Groups"), url=reverse("volunteers_desk:groups")),
            "callouts": callouts,
            "actions": [
                act(
                    _("Open"),
                    "open_group",
                    is_post=True,
                    is_primary=True,
                    is_allowed=group.state != GroupState.OPEN,
                ),
                act(_("Edit"), "edit_group", icon="edit"),
                act(_("Change the link"), "rotate_link", icon="link", is_allowed=bool(group.link)),
                act(_("Add an overflow group"), "add_overflow", icon="plus", is_allowed=group.number == 1),
                act(
                    _("Close"),
                    "close_group",
                    is_post=True,
                    is_danger=True,
                    is_allowed=group.state == GroupState.OPEN,
                ),
            ],
            "tiles": [
                Tile(
                    label=_("Members"),
                    value=held,
                    note=_("room for %(capacity)d") % {"capacity": group.capacity},
                    url=reverse("volunteers_desk:group_members", args=[pk]),
                ),
                Tile(label=_("Waiting"), value=waiting, tone="warn" if waiting else "plain"),
                Tile(
                    label=_("Links released"),
                    value=group.releases.count(),
                    url=reverse("volunteers_desk:group_releases", args=[pk]),
                ),
            ],
            "facts": [
                Fact(label=_("State"), value=group.get_state_display(), tone=_TONES[group.state]),
                Fact(label=_("Place"), value=str(group.area or _("the whole organisation"))),
                Fact(label=_("What it is for"), value=group.summary),
                Fact(label=_("Asks for the course"), value=str(group.required_course or _("none"))),
                Fact(label=_("Adults only"), value=group.is_adults_only),
                Fact(
                    label=_("A released link opens for"),
                    value=_("%(hours)d hours") % {"hours": group.link_hours},
                ),
                Fact(label=_("Link changed"), value=group.link_changed_at),
                *[
                    Fact(
                        label=_("Overflow group") if place.number > 1 else _("First group"),
                        value=_("%(members)d of %(capacity)d")
                        % {"members": place.members, "capacity": place.capacity},
                        url=reverse("volunteers_desk:group", args=[place.group_id]),
                    )
                    for place in places
                    if place.group_id != group.pk
                ],
            ],
        },
    )


@needs(Right.EDIT_VOLUNTEERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_group(request: DeskRequest) -> HttpResponseBase:
    """Add a group."""
    return _edit(request, Group(capacity=250))


@needs(Right.EDIT_VOLUNTEERS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_group(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Change a group."""
    return _edit(request, group_for(scope=request.scope, pk=pk))


def _edit(request: DeskRequest, group: Group) -> HttpResponseBase:
    is_new = group.pk is None
    form = GroupForm(request.POST or None, instance=group, scope=request.scope)
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_group(
                group=form.instance,
                link=form.cleaned_data.get("link", ""),
                by=request.user,
                now=clock().now(),
            )
        except Refusal as problem:
            is_about_link = type(problem).__name__ == "NotAGroupLink"
            form.add_error("link" if is_about_link else "capacity", problem.told(_))
        else:
            messages.success(request, _("Saved."))
            return redirect("volunteers_desk:group", pk=saved.pk)
    return render(
        request,
        "desk/form.html",
        {
            "title": _("Add a group") if is_new else _("Edit %(name)s") % {"name": group.name},
            "icon": "group",
            "form": form,
            "cancel_url": reverse("volunteers_desk:groups") if is_new else _address(group),
        },
    )


@needs(Right.EDIT_VOLUNTEERS)
@require_http_methods(["GET", "HEAD", "POST"])
def rotate(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Put a new link in place; everybody in the group is told where to find it."""
    group = group_for(scope=request.scope, pk=pk)
    form = RotateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            told = rotate_link(
                group=group,
                link=form.cleaned_data["link"],
                reason=form.cleaned_data["reason"],
                by=request.user,
                now=clock().now(),
            )
        except Refusal as problem:
            form.add_error("link", problem.told(_))
        else:
            messages.success(
                request, _("The link is changed, and %(told)d volunteers are told.") % {"told": told}
            )
            return redirect(_address(group))
    intro = _(
        "First reset the link on the service, so that the old one stops working. Then enter the new one: releases of the old "
        "link close, and everybody in the group is told where to find the new one."
    )
    return _form(request, form, _("Change the link of %(name)s") % {"name": group.name}, group, intro)


@needs(Right.EDIT_VOLUNTEERS)
@require_http_methods(["GET", "HEAD", "POST"])
def overflow(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Add a spare group that opens when the others are full."""
    group = group_for(scope=request.scope, pk=pk)
    form = LinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = add_overflow(
                group=group, link=form.cleaned_data["link"], by=request.user, now=clock().now()
            )
        except Refusal as problem:
            form.add_error("link", problem.told(_))
        else:
            messages.success(request, _("%(name)s stands ready.") % {"name": made.name})
            return redirect(_address(made))
    intro = _(
        "Make another group on the service and enter its link. It opens by itself when the others are full."
    )
    return _form(request, form, _("An overflow group of %(name)s") % {"name": group.name}, group, intro)


def _form(request: DeskRequest, form: forms.Form, title: str, group: Group, intro: str) -> HttpResponse:
    return render(
        request,
        "desk/form.html",
        {"title": title, "icon": "group", "form": form, "intro": intro, "cancel_url": _address(group)},
    )


@needs(Right.EDIT_VOLUNTEERS)
@require_POST
def open_(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Let volunteers join."""
    group = group_for(scope=request.scope, pk=pk)
    try:
        open_group(group=group, by=request.user, now=clock().now())
    except Refusal as problem:
        messages.warning(request, problem.told(_))
    return redirect(_address(group))


@needs(Right.EDIT_VOLUNTEERS)
@require_POST
def close(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Let nobody join any more."""
    group = group_for(scope=request.scope, pk=pk)
    close_group(group=group, by=request.user, now=clock().now())
    return redirect(_address(group))


@needs(Right.SEE_VOLUNTEERS)
@require_safe
def members(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Who is in a group, and who waits for a place in its family."""
    group = group_for(scope=request.scope, pk=pk)
    family = group.family or group
    rows = family.family_memberships.filter(Q(group=group) | Q(group=None), left_at=None)
    return list_page(
        request,
        Listing(
            title=_("Members of %(name)s") % {"name": group.name},
            icon="group",
            back=Action(label=group.name, url=_address(group)),
            rows=rows.select_related("volunteer__person", "volunteer__area", "group"),
            columns=(
                Column(
                    key="name",
                    label=_("Volunteer"),
                    value=lambda row: str(row.volunteer),
                    sort=("volunteer__person__family_name", "volunteer__person__given_name"),
                ),
                Column(
                    key="state",
                    label=_("State"),
                    value=lambda row: (
                        Badge(text=_("member"), tone="good")
                        if row.group
                        else Badge(text=_("waiting"), tone="warn")
                    ),
                ),
                Column(key="asked", label=_("Asked"), value="asked_at", sort=("asked_at",)),
                Column(key="joined", label=_("Joined"), value="joined_at", sort=("joined_at",)),
            ),
            order="asked",
            empty=Empty(title=_("Nobody yet")),
        ),
    )


@needs(Right.SEE_VOLUNTEERS)
@require_safe
def releases(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Every release of a group's link: to whom, for what, when, and whether it was opened."""
    group = group_for(scope=request.scope, pk=pk)
    return list_page(
        request,
        Listing(
            title=_("Links released to %(name)s") % {"name": group.name},
            icon="link",
            back=Action(label=group.name, url=_address(group)),
            rows=releases_for(scope=request.scope).filter(group=group),
            columns=(
                Column(key="name", label=_("Volunteer"), value=lambda row: str(row.membership.volunteer)),
                Column(key="purpose", label=_("For"), value="get_purpose_display", sort=("purpose",)),
                Column(key="at", label=_("Released"), value="released_at", sort=("released_at",)),
                Column(key="opened", label=_("Opened"), value="opened_at", sort=("opened_at",)),
                Column(key="until", label=_("Ran out"), value="expires_at", is_minor=True),
                Column(key="version", label=_("Link"), value="link_version", is_number=True, is_minor=True),
            ),
            order="-at",
            empty=Empty(title=_("None yet")),
        ),
    )
