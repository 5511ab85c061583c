"""Hosting on the desk: stays, offers, requests, and the references to follow up; each organiser sees their own places."""

from datetime import datetime

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, may, needs
from hustings.basics.clock import clock
from hustings.platform import audit
from hustings.platform.pages.listing import ChoiceFilter, Column, DateFilter, Listing, YesNoFilter, list_page
from hustings.platform.pages.parts import Action, Badge, Callout, Empty, Fact, Moment, Tile, Tone
from hustings.platform.words import distance
from hustings.volunteers.hosting.access import (
    details_for,
    details_in,
    offers_for,
    requests_for,
    stay_for,
    stays_for,
)
from hustings.volunteers.hosting.queries import has_open_report, silent_stays
from hustings.volunteers.hosting.rules.conditions import OFFERS, TRAITS
from hustings.volunteers.hosting.usecases.give_details import check_references
from hustings.volunteers.hosting.usecases.propose_stays import propose_stays
from hustings.volunteers.models import TAKING, HostOffer, Stay, StayRequest, StayState

_TONES: dict[str, Tone] = {"proposed": "info", "agreed": "good", "declined": "plain", "ended": "warn"}


def _state(stay: Stay) -> Badge:
    return Badge(text=stay.get_state_display(), tone=_TONES[stay.state])


def _ways(request: DeskRequest) -> tuple[Action, ...]:
    return (
        Action(label=_("Stays"), url=reverse("hosting_desk:stays")),
        Action(label=_("Beds offered"), url=reverse("hosting_desk:offers")),
        Action(label=_("Beds asked for"), url=reverse("hosting_desk:requests")),
        Action(label=_("References"), url=reverse("hosting_desk:references")),
        Action(
            label=_("Match now"),
            url=reverse("hosting_desk:match"),
            icon="link",
            is_primary=True,
            is_allowed=may(request, Right.EDIT_VOLUNTEERS),
        ),
    )


@needs(Right.SEE_VOLUNTEERS)
@require_safe
def stays(request: DeskRequest) -> HttpResponseBase:
    """Stays with hosts, or for places, of the login."""
    silent = set(silent_stays(now=clock().now()).values_list("pk", flat=True))
    return list_page(
        request,
        Listing(
            title=_("Stays of travellers"),
            icon="home",
            rows=stays_for(scope=request.scope),
            columns=(
                Column(
                    key="traveller",
                    label=_("Traveller"),
                    value=lambda row: str(row.request.volunteer),
                    link=lambda row: reverse("hosting_desk:stay", args=[row.pk]),
                    sort=("request__volunteer__person__family_name",),
                ),
                Column(key="host", label=_("Host"), value=lambda row: str(row.offer.volunteer)),
                Column(key="place", label=_("For"), value="request.place", sort=("request__place",)),
                Column(key="arrives", label=_("First night"), value="arrive_on", sort=("arrive_on",)),
                Column(key="leaves", label=_("Leaves"), value="leave_on", sort=("leave_on",), is_minor=True),
                Column(key="km", label=_("km"), value="km", is_number=True, sort=("km",), is_minor=True),
                Column(key="state", label=_("State"), value=_state),
                Column(
                    key="in",
                    label=_("Checked in"),
                    value=lambda row: (
                        Badge(text=_("overdue"), tone="bad") if row.pk in silent else bool(row.arrived_at)
                    ),
                ),
            ),
            search=("request__volunteer__person__family_name", "request__place"),
            filters=(
                ChoiceFilter(
                    key="state",
                    label=_("State"),
                    choices=[(state.value, str(state.label)) for state in StayState],
                    field="state",
                ),
                DateFilter(key="arrives", label=_("First night"), field="arrive_on", is_moment=False),
            ),
            order="arrives",
            left_out=_("Stays are deleted 30 days after they end, unless a report about them is open.")
            + ("" if request.scope.is_everything else " " + _("Those of other places are not shown.")),
            empty=Empty(
                title=_("No stay yet"),
                text=_("Hosts and travellers sign up on their own pages; “Match now” proposes beds to both."),
            ),
            actions=_ways(request),
        ),
    )


@needs(Right.SEE_VOLUNTEERS)
@require_safe
def offers(request: DeskRequest) -> HttpResponseBase:
    """Beds on offer; addresses are not shown."""
    return list_page(
        request,
        Listing(
            title=_("Beds offered"),
            icon="home",
            rows=offers_for(scope=request.scope).filter(withdrawn_at=None),
            columns=(
                Column(key="host", label=_("Host"), value=lambda row: str(row.volunteer)),
                Column(key="ward", label=_("Ward"), value="area.name", sort=("area__name",)),
                Column(key="from", label=_("First night"), value="available_from", sort=("available_from",)),
                Column(key="until", label=_("Until"), value="available_until", sort=("available_until",)),
                Column(key="beds", label=_("Beds"), value="beds", is_number=True, sort=("beds",)),
                Column(key="home", label=_("Home"), value=lambda row: _words(row.offers), is_minor=True),
                Column(key="checked", label=_("References"), value=_checked),
            ),
            order="from",
            left_out=_("Offers that were taken back are not shown, and addresses never."),
            empty=Empty(title=_("No bed is offered yet"), text=_("Volunteers offer beds on their own page.")),
            actions=_ways(request),
        ),
    )


@needs(Right.SEE_VOLUNTEERS)
@require_safe
def requests(request: DeskRequest) -> HttpResponseBase:
    """Beds asked for, and who has none yet."""
    held = Stay.objects.filter(state__in=TAKING).values("request")
    rows = requests_for(scope=request.scope).filter(withdrawn_at=None)
    with_bed = set(held.values_list("request", flat=True))
    return list_page(
        request,
        Listing(
            title=_("Beds asked for"),
            icon="home",
            rows=rows,
            columns=(
                Column(key="who", label=_("Traveller"), value=lambda row: str(row.volunteer)),
                Column(key="place", label=_("For"), value="place", sort=("place",)),
                Column(key="arrives", label=_("First night"), value="arrive_on", sort=("arrive_on",)),
                Column(key="leaves", label=_("Leaves"), value="leave_on", sort=("leave_on",)),
                Column(key="needs", label=_("Needs"), value=lambda row: _words(row.needs), is_minor=True),
                Column(
                    key="priority", label=_("Priority"), value="priority", is_number=True, sort=("priority",)
                ),
                Column(
                    key="bed",
                    label=_("Bed"),
                    value=lambda row: (
                        Badge(text=_("found"), tone="good")
                        if row.pk in with_bed
                        else Badge(text=_("none yet"), tone="warn")
                    ),
                ),
                Column(key="checked", label=_("References"), value=_checked),
            ),
            filters=(YesNoFilter(key="bed", label=_("Has a bed"), yes=Q(pk__in=held)),),
            order="arrives",
            left_out=_("Requests that were taken back are not shown."),
            empty=Empty(title=_("Nobody asks for a bed"), text=_("Volunteers ask on their own page.")),
            actions=_ways(request),
        ),
    )


@needs(Right.SEE_VOLUNTEERS)
@require_safe
def references(request: DeskRequest) -> HttpResponseBase:
    """Whose references wait to be followed up."""
    return list_page(
        request,
        Listing(
            title=_("References of hosts and travellers"),
            icon="clipboard-list",
            rows=details_in(scope=request.scope),
            columns=(
                Column(
                    key="who",
                    label=_("Volunteer"),
                    value=lambda row: str(row.volunteer),
                    link=lambda row: reverse("hosting_desk:reference", args=[row.pk]),
                    sort=("volunteer__person__family_name",),
                ),
                Column(key="given", label=_("Given"), value="given_at", sort=("given_at",)),
                Column(key="checked", label=_("Followed up"), value="checked_at", sort=("checked_at",)),
            ),
            filters=(YesNoFilter(key="checked", label=_("Followed up"), yes=Q(checked_at__isnull=False)),),
            order="given",
            left_out=_("Nobody is matched before somebody has spoken with both references."),
            empty=Empty(title=_("Nothing to follow up"), text=""),
            actions=_ways(request),
        ),
    )


@needs(Right.EDIT_VOLUNTEERS)
@require_http_methods(["GET", "HEAD", "POST"])
def reference(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Two references and an emergency contact; looking is noted in the audit log."""
    details = details_for(scope=request.scope, pk=pk)
    now = clock().now()
    if request.method == "POST":
        check_references(details=details, now=now, by=request.user)
        messages.success(request, _("Noted. %(who)s can be matched now.") % {"who": details.volunteer})
        return redirect("hosting_desk:references")
    audit.record(
        now=now,
        actor=request.user,
        verb="looked at references",
        subject_type="volunteers.Volunteer",
        subject_id=details.pk,
        area_code=details.volunteer.area_id or "",
    )
    context = {
        "title": str(details.volunteer),
        "icon": "user",
        "facts": [
            Fact(label=_("First reference"), value=details.reference_one),
            Fact(label=_("Second reference"), value=details.reference_two),
            Fact(label=_("In an emergency"), value=details.emergency_contact),
            Fact(label=_("Followed up"), value=details.checked_at or _("not yet")),
        ],
        "callouts": [
            Callout(
                text=_(
                    "Speak with both. Ask how long they have known %(who)s, and whether they would have them, or send them, "
                    "to stay with somebody they care for. Write nothing down here."
                )
                % {"who": details.volunteer}
            )
        ],
    }
    return render(request, "volunteers/desk/reference.html", context)


@needs(Right.SEE_VOLUNTEERS)
@require_safe
def stay(request: DeskRequest, pk: int) -> HttpResponseBase:
    """One stay: who, when, how it goes; what somebody wrote who wanted to leave."""
    found = stay_for(scope=request.scope, pk=pk)
    traveller, host = found.request.volunteer, found.offer.volunteer
    steps: tuple[tuple[datetime | None, str, Tone], ...] = (
        (found.proposed_at, _("Proposed to both"), "info"),
        (found.host_agreed_at, _("The host said yes"), "good"),
        (found.traveller_agreed_at, _("The traveller said yes"), "good"),
        (found.reminded_at, _("The traveller was reminded to check in"), "info"),
        (found.team_told_at, _("Organisers were told of a missed check-in"), "warn"),
        (found.arrived_at, _("The traveller checked in"), "good"),
        (found.first_night_at, _("The first night was fine"), "good"),
        (found.ended_at, _("Ended"), "warn"),
    )
    moments = [Moment(at=at, title=title, tone=tone) for at, title, tone in steps if at]
    may_read = may(request, Right.EDIT_VOLUNTEERS)
    callouts = []
    if found.leaving_words and may_read:
        callouts.append(Callout(title=_("Wanted to leave"), text=found.leaving_words, tone="bad"))
    if has_open_report(stay=found):
        callouts.append(
            Callout(
                text=_("A report about this stay is open: nothing of it is deleted before it is answered."),
                tone="warn",
            )
        )
    context = {
        "title": f"{traveller} · {found.request.place}",
        "icon": "home",
        "callouts": callouts,
        "tiles": [
            Tile(label=_("nights"), value=(found.leave_on - found.arrive_on).days),
            Tile(label=_("from there"), value=distance(found.km)),
            Tile(label=_("state"), value=found.get_state_display()),
        ],
        "facts": [
            Fact(
                label=_("Traveller"),
                value=str(traveller),
                url=reverse("volunteers_desk:volunteer", args=[traveller.pk]),
            ),
            Fact(label=_("Host"), value=str(host), url=reverse("volunteers_desk:volunteer", args=[host.pk])),
            Fact(label=_("First night"), value=found.arrive_on),
            Fact(label=_("Leaves"), value=found.leave_on),
            Fact(label=_("Deleted on"), value=found.kept_until),
        ],
        "moments": sorted(moments, key=lambda each: each.at),
    }
    return render(request, "desk/detail.html", context)


@needs(Right.EDIT_VOLUNTEERS)
@require_http_methods(["GET", "HEAD", "POST"])
def match(request: DeskRequest) -> HttpResponseBase:
    """Match what is asked for the login's places, and propose it to both sides."""
    rows = requests_for(scope=request.scope).filter(withdrawn_at=None)
    if request.method == "POST":
        found = propose_stays(now=clock().now(), request_ids=list(rows.values_list("pk", flat=True)))
        messages.success(
            request,
            ngettext("%(count)d bed was proposed.", "%(count)d beds were proposed.", len(found.stays))
            % {"count": len(found.stays)}
            + " "
            + _("%(left)d have none; nobody could place more than %(bound)d.")
            % {"left": found.without_bed, "bound": found.bound},
        )
        return redirect("hosting_desk:stays")
    context = {
        "title": _("Match hosts and travellers"),
        "icon": "link",
        "question": _(
            "Everybody who asks for a bed in your places and has none is matched: as many people as possible, closest seats "
            "first, then what they like and the shortest way. Each proposal goes to both by email, and each may say no."
        ),
        "confirm_label": _("Match and propose"),
        "cancel_url": reverse("hosting_desk:stays"),
    }
    return render(request, "desk/confirm.html", context)


def _words(words: list[str]) -> str:
    known = {**OFFERS, **TRAITS}
    return ", ".join(_(known[word]) for word in words if word in known)


def _checked(row: HostOffer | StayRequest) -> Badge:
    details = getattr(row.volunteer, "hosting_details", None)
    if details is not None and details.checked_at:
        return Badge(text=_("followed up"), tone="good")
    return Badge(text=_("to follow up"), tone="warn")
