"""Groups for everybody to find, and for volunteers to join. The invite link stands on one page alone, that of a release."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_POST, require_safe

from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.volunteers.models import Group, LinkRelease, Volunteer
from hustings.volunteers.pages.resident import private
from hustings.volunteers.pages.way_in import VolunteerRequest, for_volunteers, volunteer_of
from hustings.volunteers.queries.completions import has_completed
from hustings.volunteers.queries.conduct import has_accepted
from hustings.volunteers.queries.groups import membership_in, public_groups
from hustings.volunteers.usecases.join_group import join_group, leave_group
from hustings.volunteers.usecases.release_link import open_release, release_link


@gzip_page
@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    """Every open group, by area."""
    found = public_groups().order_by("area__name", "name", "pk")
    return render(request, "volunteers/groups.html", {"groups": found})


@gzip_page
@require_safe
def group(request: HttpRequest, slug: str) -> HttpResponse:
    """One group: what it is for, what it asks, and how to join."""
    found, volunteer = _group(slug), volunteer_of(request)
    values: dict[str, Any] = {"group": found, "volunteer": volunteer}
    if volunteer:
        values |= _standing(found, volunteer)
    return render(request, "volunteers/group.html", values)


def _standing(found: Group, volunteer: Volunteer) -> dict[str, Any]:
    today = clock().today_in_uk()
    has_rules = has_accepted(volunteer=volunteer)
    course = found.required_course
    has_course = course is None or has_completed(volunteer=volunteer, course_slug=course.slug, on=today)
    is_grown = not found.is_adults_only or volunteer.is_adult
    return {
        "membership": membership_in(volunteer=volunteer, family=found),
        "has_rules": has_rules,
        "has_course": has_course,
        "is_grown": is_grown,
        "is_entitled": has_rules and has_course and is_grown,
    }


@for_volunteers
@require_POST
def join(request: VolunteerRequest, slug: str) -> HttpResponse:
    """Join, or wait for a place."""
    found = _group(slug)
    try:
        membership = join_group(volunteer=request.volunteer, group=found, now=clock().now())
    except Refusal as problem:
        messages.warning(request, problem.told(_))
    else:
        if membership.group is None:
            messages.success(request, _("The group is full. You are on the list, and we write to you."))
        else:
            messages.success(request, _("You have a place. Now fetch the invite link."))
    return redirect("volunteers:group", slug=slug)


@for_volunteers
@require_POST
def leave(request: VolunteerRequest, slug: str) -> HttpResponse:
    """Give the place back."""
    membership = membership_in(volunteer=request.volunteer, family=_any_group(slug))
    if membership is None:
        raise Http404
    leave_group(membership=membership, now=clock().now())
    messages.success(request, _("You have left. Please leave the group on its service too."))
    return redirect("volunteers:home")


@for_volunteers
@require_POST
def ask_link(request: VolunteerRequest, slug: str) -> HttpResponse:
    """Have the link released, and go to its page."""
    membership = membership_in(volunteer=request.volunteer, family=_any_group(slug))
    if membership is None:
        raise Http404
    try:
        release = release_link(membership=membership, now=clock().now())
    except Refusal as problem:
        messages.warning(request, problem.told(_))
        return redirect("volunteers:group", slug=slug)
    return private(
        HttpResponseRedirect(reverse("volunteers:group_link", args=[release.public_id]), status=303)
    )


@for_volunteers
@require_safe
def group_link(request: VolunteerRequest, public_id: uuid.UUID) -> HttpResponse:
    """The one page with an invite link on it: of this volunteer, for a day."""
    release = get_object_or_404(
        LinkRelease.objects.select_related("group__family"),
        public_id=public_id,
        membership__volunteer=request.volunteer,
    )
    try:
        link = open_release(release=release, now=clock().now())
    except Refusal as problem:
        messages.warning(request, problem.told(_))
        return redirect("volunteers:group", slug=release.group.family.slug)
    values = {"link": link, "group": release.group, "release": release}
    response = private(render(request, "volunteers/group_link.html", values))
    response["Referrer-Policy"] = "no-referrer"
    return response


def _group(slug: str) -> Group:
    return get_object_or_404(public_groups(), slug=slug)


def _any_group(slug: str) -> Group:
    """A family by its slug, closed ones too: who is in one may still leave."""
    return get_object_or_404(Group.objects.defer("link"), slug=slug, number=1)
