"""Volunteers on the desk: the list, and one of them."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, may, needs
from hustings.basics.clock import clock
from hustings.places.models import Area
from hustings.platform import audit
from hustings.platform.pages.listing import ChoiceFilter, Column, Export, Listing, YesNoFilter, list_page
from hustings.platform.pages.parts import Action, Badge, Empty, Fact, Moment, Tile
from hustings.platform.words import day, span
from hustings.volunteers.access import volunteer_for, volunteers_for
from hustings.volunteers.models import Volunteer
from hustings.volunteers.pages.forms import LimitsForm
from hustings.volunteers.queries import minutes_committed
from hustings.volunteers.usecases.leave import leave


def hours(*, minutes: int | None) -> str:
    """A time in hours as people say it; words for none."""
    return _("not set") if minutes is None else _("%(hours)s h") % {"hours": f"{minutes / 60:g}"}


def state_badge(*, volunteer: Volunteer) -> Badge:
    """Whether they are there, as a coloured word."""
    return Badge(text=_("left"), tone="plain") if volunteer.left_at else Badge(text=_("active"), tone="good")


@needs(Right.SEE_VOLUNTEERS)
@require_safe
def volunteer_list(request: DeskRequest) -> HttpResponseBase:
    """Everybody who helps in the places of the login."""
    rows = volunteers_for(scope=request.scope)
    wards = Area.objects.filter(pk__in=rows.order_by().values("area").distinct()).order_by("name")
    return list_page(
        request,
        Listing(
            title=_("Volunteers"),
            icon="group",
            rows=rows,
            columns=(
                Column(
                    key="name",
                    label=_("Name"),
                    value=str,
                    link=lambda row: reverse("volunteers_desk:volunteer", args=[row.pk]),
                    sort=("person__family_name", "person__given_name"),
                ),
                Column(key="ward", label=_("Ward"), value="area.name", sort=("area__name",)),
                Column(
                    key="postcode", label=_("Postcode"), value="postcode", sort=("postcode",), is_minor=True
                ),
                Column(
                    key="limit",
                    label=_("Hours a week"),
                    value=lambda row: hours(minutes=row.weekly_limit_minutes),
                    sort=("weekly_limit_minutes",),
                ),
                Column(key="conduct", label=_("Conduct rules"), value=_conduct),
                Column(key="state", label=_("State"), value=lambda row: state_badge(volunteer=row)),
                Column(key="joined", label=_("Since"), value="joined_at", sort=("joined_at",), is_minor=True),
            ),
            search=("person__given_name", "person__family_name", "postcode"),
            filters=(
                ChoiceFilter(
                    key="ward",
                    label=_("Ward"),
                    choices=[(ward.code, ward.name) for ward in wards],
                    field="area",
                ),
                YesNoFilter(key="active", label=_("Active"), yes=Q(left_at=None)),
                YesNoFilter(
                    key="conduct", label=_("Conduct rules accepted"), yes=Q(conduct_accepted_at__isnull=False)
                ),
            ),
            order="name",
            left_out=_("Erased people are not shown.")
            if request.scope.is_everything
            else _("Volunteers of places you do not look after are not shown."),
            empty=Empty(
                title=_("No volunteer yet"),
                text=_("People offer to help on the page “Offer to help”, or sign up for an event."),
                actions=(Action(label=_("See that page"), url=reverse("volunteers:join")),),
            ),
            export=Export(
                file_name="volunteers",
                is_allowed=may(request, Right.EXPORT_PEOPLE),
                note=lambda said: audit.record(
                    now=clock().now(),
                    actor=request.user,
                    verb="exported",
                    subject_type="volunteers.Volunteer",
                    subject_id="list",
                    narrowed_by=said,
                ),
            ),
        ),
    )


def _conduct(volunteer: Volunteer) -> Badge:
    if volunteer.conduct_version is None:
        return Badge(text=_("not accepted"), tone="warn")
    return Badge(text=_("version %(number)d") % {"number": volunteer.conduct_version}, tone="good")


@needs(Right.SEE_VOLUNTEERS)
@require_safe
def volunteer_page(request: DeskRequest, pk: int) -> HttpResponseBase:
    """One volunteer: what they may do, what they have promised, what they have done."""
    volunteer = volunteer_for(scope=request.scope, pk=pk)
    may_edit, today = may(request, Right.EDIT_VOLUNTEERS), clock().today_in_uk()
    return render(
        request,
        "desk/detail.html",
        {
            "title": str(volunteer),
            "icon": "group",
            "back": Action(label=_("Volunteers"), url=reverse("volunteers_desk:volunteers")),
            "actions": [
                Action(
                    label=_("Limits and times"),
                    url=reverse("volunteers_desk:limits", args=[pk]),
                    icon="edit",
                    is_allowed=may_edit and volunteer.is_active,
                ),
                Action(
                    label=_("Note a course"),
                    url=reverse("volunteers_desk:record_completion", args=[pk]),
                    icon="tick",
                    is_allowed=may_edit and volunteer.is_active,
                ),
                Action(
                    label=_("They stop helping"),
                    url=reverse("volunteers_desk:stop", args=[pk]),
                    icon="cross",
                    is_danger=True,
                    is_allowed=may_edit and volunteer.is_active,
                ),
            ],
            "tiles": [
                Tile(
                    label=_("Promised this week"),
                    value=hours(minutes=minutes_committed(volunteer=volunteer, week=today)),
                    note=_("limit: %(limit)s") % {"limit": hours(minutes=volunteer.weekly_limit_minutes)},
                ),
            ],
            "facts": [
                Fact(
                    label=_("Person"),
                    value=str(volunteer.person),
                    url=reverse("people_desk:person", args=[volunteer.person_id])
                    if may(request, Right.SEE_PEOPLE)
                    else "",
                ),
                Fact(label=_("Ward"), value=str(volunteer.area or "")),
                Fact(label=_("Postcode"), value=volunteer.postcode),
                Fact(label=_("18 or older"), value=volunteer.is_adult),
                Fact(label=_("Conduct rules accepted"), value=volunteer.conduct_accepted_at),
                Fact(label=_("Since"), value=volunteer.joined_at),
                Fact(label=_("Left"), value=volunteer.left_at),
            ],
            "moments": _moments(volunteer),
        },
    )


def _moments(volunteer: Volunteer) -> list[Moment]:
    """Courses finished, groups joined and shifts booked, the newest first."""
    moments = [
        Moment(
            at=one.completed_at,
            title=_("Finished “%(title)s”") % {"title": one.course.title},
            text=_("Counts until %(day)s.") % {"day": day(one.expires_on)} if one.expires_on else "",
            tone="good",
        )
        for one in volunteer.completions.select_related("course")
    ]
    moments += [
        Moment(at=one.asked_at, title=_("Asked to join “%(name)s”") % {"name": one.family.name})
        for one in volunteer.memberships.select_related("family")
    ]
    moments += [
        Moment(
            at=one.asked_at,
            title=f"{one.shift.event.title}: {one.get_state_display()}",
            text=span(starts_at=one.shift.starts_at, ends_at=one.shift.ends_at),
            url=reverse("volunteers_desk:event", args=[one.shift.event_id]),
        )
        for one in volunteer.bookings.select_related("shift__event")
    ]
    return sorted(moments, key=lambda moment: moment.at, reverse=True)[:60]


@needs(Right.EDIT_VOLUNTEERS)
@require_http_methods(["GET", "HEAD", "POST"])
def limits(request: DeskRequest, pk: int) -> HttpResponseBase:
    """What a volunteer told us about their limits, by telephone say."""
    volunteer = volunteer_for(scope=request.scope, pk=pk)
    form = LimitsForm(request.POST or None, volunteer=volunteer)
    back = reverse("volunteers_desk:volunteer", args=[pk])
    if request.method == "POST" and form.is_valid() and form.is_kept(now=clock().now()):
        messages.success(request, _("Saved."))
        return redirect(back)
    return render(
        request,
        "desk/form.html",
        {"title": _("Limits of %(name)s") % {"name": volunteer}, "form": form, "cancel_url": back},
    )


@needs(Right.EDIT_VOLUNTEERS)
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: DeskRequest, pk: int) -> HttpResponseBase:
    """A volunteer told us that they stop."""
    volunteer = volunteer_for(scope=request.scope, pk=pk)
    back = reverse("volunteers_desk:volunteer", args=[pk])
    if request.method == "POST":
        now = clock().now()
        leave(volunteer=volunteer, now=now)
        audit.record(
            now=now,
            actor=request.user,
            verb="ended",
            subject_type="volunteers.Volunteer",
            subject_id=pk,
            area_code=volunteer.area_id or "",
        )
        messages.success(request, _("Their shifts are given back and their page is closed."))
        return redirect(back)
    return render(
        request,
        "desk/confirm.html",
        {
            "title": _("%(name)s stops helping") % {"name": volunteer},
            "question": _(
                "Their shifts to come are given back, they leave the groups' lists, and their page closes. They can come "
                "back by offering to help again."
            ),
            "confirm_label": _("They stop"),
            "cancel_url": back,
        },
    )
