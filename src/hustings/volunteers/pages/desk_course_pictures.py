"""Pictures of a course on the desk: what there is, how a lesson names each, adding one and removing one."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hustings.accounts.access import NotAllowed, Right
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.platform import audit
from hustings.platform.pages.parts import Action
from hustings.volunteers.models import Course, CoursePicture
from hustings.volunteers.usecases.add_course_picture import MOST_BYTES, add_course_picture

_FIELDS = {"no_name": "name", "no_words": "alt"}


class PictureForm(forms.Form):
    """A picture, its name in the text, and its words."""

    file = forms.FileField(
        label=gettext_lazy("Picture"),
        help_text=gettext_lazy(
            "PNG, JPEG or WebP, at most 8 MB. It is made small and written anew: where and when it was taken is not kept. Show "
            "nobody who did not agree to it."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )
    alt = forms.CharField(
        max_length=250,
        label=gettext_lazy("What is to be seen"),
        help_text=gettext_lazy("In words, for those who do not see it."),
    )
    name = forms.CharField(
        max_length=60,
        required=False,
        label=gettext_lazy("Short name"),
        help_text=gettext_lazy(
            "By which a lesson names it. Leave it empty for the file's own name. One of the same name is replaced."
        ),
    )


@needs(Right.EDIT_COURSES)
@require_http_methods(["GET", "HEAD", "POST"])
def pictures(request: DeskRequest, pk: int) -> HttpResponseBase:
    """The pictures of a course, and a form for another."""
    course = _course(request, pk)
    form = PictureForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made = add_course_picture(
                course=course,
                content=file.read(MOST_BYTES + 1),
                name=form.cleaned_data["name"] or file.name or "",
                alt=form.cleaned_data["alt"],
                now=clock().now(),
                by=request.user,
            )
        except Refusal as problem:
            form.add_error(_FIELDS.get(problem.code, "file"), problem.told(_))
        else:
            messages.success(
                request, _("Added. Put this line into a lesson: %(line)s") % {"line": made.markdown}
            )
            return redirect("volunteers_desk:course_pictures", pk=pk)
    context = {
        "title": _("Pictures of %(title)s") % {"title": course.title},
        "icon": "image",
        "intro": _("A lesson shows a picture where its line stands in the text. Downloads hold it, too."),
        "form": form,
        "submit_label": _("Add it"),
        "back": Action(label=course.title, url=reverse("volunteers_desk:course", args=[pk])),
        "cancel_url": reverse("volunteers_desk:course", args=[pk]),
        "course": course,
        "pictures": course.pictures.all(),
    }
    return render(
        request,
        "volunteers/desk/pictures.html",
        context,
        status=422 if request.method == "POST" else 200,
    )


@needs(Right.EDIT_COURSES)
@require_safe
def picture(request: DeskRequest, pk: int, picture_id: int) -> HttpResponseBase:
    """One picture, whether or not the course is published."""
    found = get_object_or_404(CoursePicture, pk=picture_id, course=_course(request, pk))
    return HttpResponse(bytes(found.content), content_type="image/webp")


@needs(Right.EDIT_COURSES)
@require_POST
def remove_picture(request: DeskRequest, pk: int, picture_id: int) -> HttpResponseBase:
    """Remove a picture; a lesson that names it shows its words instead."""
    course = _course(request, pk)
    picture = get_object_or_404(CoursePicture, pk=picture_id, course=course)
    audit.record(
        now=clock().now(),
        actor=request.user,
        verb="removed a picture",
        subject_type="volunteers.Course",
        subject_id=course.pk,
        name=picture.name,
    )
    picture.delete()
    messages.success(request, _("Removed. Take its line out of the lesson, too."))
    return redirect("volunteers_desk:course_pictures", pk=pk)


def _course(request: DeskRequest, pk: int) -> Course:
    if not request.scope.is_everything:
        raise NotAllowed("Courses belong to the whole organisation.")
    return get_object_or_404(Course, pk=pk)
