"""Courses on the desk: the list, who has finished one, its text, and a completion noted by hand."""

from datetime import date

from django import forms
from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from hustings.accounts.access import NotAllowed, Right
from hustings.accounts.pages.guard import DeskRequest, may, needs
from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.platform.pages.listing import Column, Listing, YesNoFilter, list_page
from hustings.platform.pages.parts import Action, Badge, Empty
from hustings.volunteers.access import completions_for, volunteer_for, volunteers_for
from hustings.volunteers.models import Completion, Course
from hustings.volunteers.usecases.load_course import load_course
from hustings.volunteers.usecases.record_completion import record_completion


@needs(Right.SEE_VOLUNTEERS)
@require_safe
def course_list(request: DeskRequest) -> HttpResponseBase:
    """Every course, with how many in the places of the login have finished it."""
    today, mine = clock().today_in_uk(), volunteers_for(scope=request.scope).values("pk")
    counted = Q(completions__volunteer__in=mine) & _in_force("completions__", today)
    rows: QuerySet[Course] = Course.objects.annotate(
        trained=Count("completions__volunteer", filter=counted, distinct=True)
    )
    add = Action(
        label=_("Add a course"),
        url=reverse("volunteers_desk:new_course"),
        icon="plus",
        is_primary=True,
        is_allowed=may(request, Right.EDIT_COURSES),
    )
    return list_page(
        request,
        Listing(
            title=_("Courses"),
            icon="doc-full",
            rows=rows,
            columns=(
                Column(
                    key="title",
                    label=_("Course"),
                    value="title",
                    link=lambda row: reverse("volunteers_desk:course", args=[row.pk]),
                    sort=("position", "title"),
                ),
                Column(
                    key="trained",
                    label=_("Finished by"),
                    value="trained",
                    is_number=True,
                    sort=("trained",),
                ),
                Column(key="minutes", label=_("Minutes"), value="minutes", is_number=True, is_minor=True),
                Column(key="holds", label=_("Holds for"), value=_holds, is_minor=True),
                Column(
                    key="state",
                    label=_("State"),
                    value=lambda row: (
                        Badge(text=_("published"), tone="good")
                        if row.is_published
                        else Badge(text=_("hidden"))
                    ),
                ),
            ),
            search=("title", "summary"),
            order="title",
            left_out=""
            if request.scope.is_everything
            else _("Counts are of the volunteers in the places you look after."),
            empty=Empty(title=_("No course yet"), text=_("`hustings init` brings in three."), actions=(add,)),
            actions=(add,),
        ),
    )


def _holds(course: Course) -> str:
    if course.valid_months is None:
        return _("ever")
    return _("%(months)d months") % {"months": course.valid_months}


def _in_force(prefix: str, on: date) -> Q:
    return Q(**{f"{prefix}expires_on": None}) | Q(**{f"{prefix}expires_on__gt": on})


@needs(Right.SEE_VOLUNTEERS)
@require_safe
def course_page(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Who has finished a course, and until when it counts."""
    course = get_object_or_404(Course, pk=pk)
    today = clock().today_in_uk()
    return list_page(
        request,
        Listing(
            title=course.title,
            intro=course.summary,
            icon="doc-full",
            back=Action(label=_("Courses"), url=reverse("volunteers_desk:courses")),
            rows=completions_for(scope=request.scope).filter(course=course),
            columns=(
                Column(
                    key="name",
                    label=_("Volunteer"),
                    value=lambda row: str(row.volunteer),
                    link=lambda row: reverse("volunteers_desk:volunteer", args=[row.volunteer_id]),
                    sort=("volunteer__person__family_name", "volunteer__person__given_name"),
                ),
                Column(key="at", label=_("Finished"), value="completed_at", sort=("completed_at",)),
                Column(key="until", label=_("Counts until"), value=lambda row: _until(row, today)),
            ),
            filters=(YesNoFilter(key="counts", label=_("Counts today"), yes=_in_force("", today)),),
            search=("volunteer__person__given_name", "volunteer__person__family_name"),
            order="-at",
            left_out=""
            if request.scope.is_everything
            else _("Volunteers of places you do not look after are not shown."),
            empty=Empty(title=_("Nobody has finished it yet")),
            actions=(
                Action(label=_("Read it"), url=reverse("volunteers:course", args=[course.slug])),
                Action(
                    label=_("Edit"),
                    url=reverse("volunteers_desk:edit_course", args=[pk]),
                    icon="edit",
                    is_allowed=may(request, Right.EDIT_COURSES),
                ),
                Action(
                    label=_("Pictures"),
                    url=reverse("volunteers_desk:course_pictures", args=[pk]),
                    icon="image",
                    is_allowed=may(request, Right.EDIT_COURSES),
                ),
            ),
        ),
    )


def _until(row: Completion, today: date) -> Badge | date | str:
    if row.expires_on is None:
        return _("ever")
    return row.expires_on if row.expires_on > today else Badge(text=_("ran out"), tone="warn")


class CourseForm(forms.Form):
    """A course's whole text."""

    text = forms.CharField(
        label=gettext_lazy("The course"),
        help_text=gettext_lazy(
            "A head between two lines of “+++”, then lessons under “# ” headings, each with “## Check yourself” at its end. "
            "Look at one of the courses that came with Hustings for the manner."
        ),
        widget=forms.Textarea(attrs={"rows": 30, "spellcheck": "true"}),
        strip=False,
    )
    is_published = forms.BooleanField(label=gettext_lazy("Show it to the public"), required=False)


@needs(Right.EDIT_COURSES)
@require_http_methods(["GET", "HEAD", "POST"])
def new_course(request: DeskRequest) -> HttpResponseBase:
    """Add a course; courses belong to the whole organisation."""
    return _edit(request, None)


@needs(Right.EDIT_COURSES)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_course(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Change a course's text."""
    return _edit(request, get_object_or_404(Course, pk=pk))


def _edit(request: DeskRequest, course: Course | None) -> HttpResponseBase:
    if not request.scope.is_everything:
        raise NotAllowed("Courses belong to the whole organisation.")
    held = {"text": course.text, "is_published": course.is_published} if course else {"is_published": True}
    form = CourseForm(request.POST or None, initial=held)
    back = (
        reverse("volunteers_desk:course", args=[course.pk]) if course else reverse("volunteers_desk:courses")
    )
    if request.method == "POST" and form.is_valid():
        try:
            saved = load_course(
                text=form.cleaned_data["text"],
                slug=course.slug if course else "",
                is_published=form.cleaned_data["is_published"],
                by=request.user,
                now=clock().now(),
            )
        except Refusal as problem:
            form.add_error("text", problem.told(_))
        else:
            messages.success(request, _("Saved. What volunteers have finished still counts."))
            return redirect("volunteers_desk:course", pk=saved.pk)
    title = _("Edit %(title)s") % {"title": course.title} if course else _("Add a course")
    return render(request, "desk/form.html", {"title": title, "form": form, "cancel_url": back})


class CompletionForm(forms.Form):
    """Which course somebody finished in a room."""

    course = forms.ModelChoiceField(queryset=Course.objects.all(), label=gettext_lazy("Course"))


@needs(Right.EDIT_VOLUNTEERS)
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Note that a volunteer finished a course elsewhere."""
    volunteer = volunteer_for(scope=request.scope, pk=pk)
    form, back = CompletionForm(request.POST or None), reverse("volunteers_desk:volunteer", args=[pk])
    if request.method == "POST" and form.is_valid():
        record_completion(
            volunteer=volunteer, course=form.cleaned_data["course"], by=request.user, now=clock().now()
        )
        messages.success(request, _("Noted. It counts from now on."))
        return redirect(back)
    return render(
        request,
        "desk/form.html",
        {
            "title": _("%(name)s finished a course") % {"name": volunteer},
            "intro": _("For training in a room. You vouch for it with your name."),
            "form": form,
            "cancel_url": back,
        },
    )
