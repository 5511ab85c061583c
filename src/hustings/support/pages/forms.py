"""Forms of cover and places on the desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hustings.places.models import VenueKind
from hustings.places.rules.venue_rows import VenueRefused, point_of
from hustings.support.models import CallOutSettings, CoverPeriod
from hustings.volunteers.models import Course


def course_choices() -> list[tuple[str, str]]:
    """Courses that cover can require, and none."""
    courses = Course.objects.order_by("title").values_list("slug", "title")
    return [("", _("No course")), *courses]


class VenueForm(forms.Form):
    """A place by hand."""

    kind = forms.ChoiceField(label=gettext_lazy("What is it?"), choices=VenueKind.choices)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=160)
    address = forms.CharField(label=gettext_lazy("Address"), max_length=300, required=False)
    postcode = forms.CharField(label=gettext_lazy("Postcode"), max_length=10, required=False)
    latitude = forms.CharField(
        label=gettext_lazy("Latitude"), max_length=20, required=False,
        help_text=gettext_lazy("Only where the postcode is missing or far off, such as 53.4808."),
    )  # fmt: skip
    longitude = forms.CharField(
        label=gettext_lazy("Longitude"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("Such as -2.2426."),
    )
    phone = forms.CharField(label=gettext_lazy("Public telephone"), max_length=30, required=False)

    def clean(self) -> dict[str, Any]:
        """With the point, where one is given."""
        values = super().clean() or {}
        try:
            point = point_of(
                cells={"latitude": values.get("latitude", ""), "longitude": values.get("longitude", "")}
            )
        except VenueRefused as fault:
            raise forms.ValidationError(str(fault)) from fault
        return {**values, "point": point}


class SheetForm(forms.Form):
    """A sheet of places."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("A CSV or an Excel file with the headings of the empty sheet."),
    )


class ActivateForm(forms.Form):
    """Why people are needed, and how many."""

    reason = forms.CharField(
        label=gettext_lazy("Why are people needed there?"), max_length=200,
        help_text=gettext_lazy(
            "Everybody who is asked may see this. Never write what anybody is alleged to have done, and no names."
        ),
    )  # fmt: skip
    minimum = forms.IntegerField(
        label=gettext_lazy("People wanted in each hour"), min_value=1, max_value=50, initial=2
    )
    meeting_point = forms.CharField(
        label=gettext_lazy("Where do they meet?"), max_length=200, required=False,
        help_text=gettext_lazy("For example: the bench opposite the main door."),
    )  # fmt: skip
    required_course = forms.ChoiceField(label=gettext_lazy("Training they need"), required=False)

    def __init__(self, *args: Any, choices: CallOutSettings, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["required_course"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = course_choices()
        field.initial = choices.required_course


class NeedForm(forms.Form):
    """How many a shift wants."""

    minimum = forms.IntegerField(label=gettext_lazy("People wanted in each hour"), min_value=0, max_value=50)


class NoteForm(forms.Form):
    """A hand-over note."""

    text = forms.CharField(
        label=gettext_lazy("For those who come next"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("About the place alone: which door, who was helpful. No names, and nothing alleged."),
    )  # fmt: skip


class RotaTextForm(forms.Form):
    """What everybody on the rota should know."""

    text = forms.CharField(
        label=gettext_lazy("What should they know?"), max_length=480, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("A service message to those who come: no appeal, no news. You see parts and cost first."),
    )  # fmt: skip


class PhoneAnswerForm(forms.Form):
    """What somebody said on the telephone."""

    answer = forms.ChoiceField(label=gettext_lazy("What did they say?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, answers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["answer"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = answers


class CloseForm(forms.Form):
    """Nothing to fill in: the question is asked once more."""


class CallOutForm(forms.Form):
    """The open settings of call-outs."""

    rings = forms.CharField(
        label=gettext_lazy("Rings"), widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("One a line, from the nearest outwards: kilometres, then minutes to wait. For example: 5 10"),
    )  # fmt: skip
    asks_a_place = forms.IntegerField(
        label=gettext_lazy("People asked for each open place"), min_value=1, max_value=100
    )
    most_asks_a_day = forms.IntegerField(
        label=gettext_lazy("Most often that one person is asked in 24 hours"), min_value=1, max_value=48,
        help_text=gettext_lazy("By all places together. Whoever was asked that often is spared until a day has gone by."),
    )  # fmt: skip
    rest_minutes = forms.IntegerField(
        label=gettext_lazy("Minutes of rest before everybody is asked once more"),
        min_value=1,
        max_value=2_880,
    )
    shift_minutes = forms.IntegerField(label=gettext_lazy("Minutes of a shift"), min_value=30, max_value=720)
    ahead_hours = forms.IntegerField(
        label=gettext_lazy("Hours that a rota reaches ahead"), min_value=1, max_value=72
    )
    required_course = forms.ChoiceField(label=gettext_lazy("Training that cover needs"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["required_course"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = course_choices()

    def clean_rings(self) -> list[tuple[float, int]]:
        """Lines of two numbers."""
        found = []
        for line in self.cleaned_data["rings"].splitlines():
            words = line.replace(",", " ").replace("km", " ").replace("min", " ").split()
            if not words:
                continue
            try:
                km, minutes = words
                found.append((float(km), int(minutes)))
            except ValueError:
                raise forms.ValidationError(
                    _("“%(line)s” is not a ring. Write kilometres and minutes, for example: 5 10")
                    % {"line": line}
                ) from None
        return found


def rings_text(*, choices: CallOutSettings) -> str:
    """The rings as the form shows them."""
    return "\n".join(f"{ring['km']:g} {ring['minutes']}" for ring in choices.rings)


def needs_words(*, period: CoverPeriod) -> str:
    """What the period asks of people."""
    course = Course.objects.filter(slug=period.required_course).first()
    if period.required_course:
        return str(course or period.required_course)
    return _("No course")
