"""Forms of events and their shifts on the desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hustings.accounts.access import Scope
from hustings.basics.refusals import Refusal
from hustings.volunteers.models import Event, Shift
from hustings.volunteers.pages.desk_group_forms import owner_field
from hustings.volunteers.usecases.save_event import check_times

_MOMENT = "%Y-%m-%dT%H:%M"


def check_ends(form: forms.BaseForm, cleaned: dict[str, Any]) -> None:
    """Say in a sentence beside the end that a span cannot be."""
    if not cleaned.get("starts_at") or not cleaned.get("ends_at"):
        return
    try:
        check_times(starts_at=cleaned["starts_at"], ends_at=cleaned["ends_at"])
    except Refusal as problem:
        form.add_error("ends_at", problem.told(_))


class EventForm(forms.ModelForm[Event]):
    """An event. The two questions about food and pay are the law's."""

    class Meta:
        """The order of the page."""

        model = Event
        fields = (
            *(
                "kind",
                "title",
                "about",
                "area",
                "starts_at",
                "ends_at",
                "place",
                "postcode",
                "access",
                "bring",
            ),
            *("is_adults_only", "required_course", "food", "food_purpose", "is_paid", "payment_note"),
            *("remind_hours", "follow_up"),
        )
        labels = {
            "kind": gettext_lazy("What kind"),
            "title": gettext_lazy("Title"),
            "about": gettext_lazy("What happens"),
            "starts_at": gettext_lazy("Begins"),
            "ends_at": gettext_lazy("Ends"),
            "place": gettext_lazy("Meeting place"),
            "postcode": gettext_lazy("Postcode"),
            "access": gettext_lazy("Getting in and about"),
            "bring": gettext_lazy("What to bring"),
            "is_adults_only": gettext_lazy("For adults only"),
            "required_course": gettext_lazy("Course to finish first"),
            "food": gettext_lazy("Will there be food, drink or entertainment?"),
            "food_purpose": gettext_lazy("If so, what for?"),
            "is_paid": gettext_lazy("Somebody is paid for taking part"),
            "payment_note": gettext_lazy("If so, who, and for what?"),
            "remind_hours": gettext_lazy("Remind people so many hours before"),
            "follow_up": gettext_lazy("Message to those who came"),
        }
        help_texts = {
            "postcode": gettext_lazy("Leave it empty for what happens by telephone or online."),
            "access": gettext_lazy("Steps, ramps, toilets, seats, noise, parking, the nearest bus."),
            "food": gettext_lazy(
                "Given so as to influence a vote it would be treating; tea for helpers is not."
            ),
            "is_paid": gettext_lazy("Canvassers may not be paid for promoting a candidate."),
            "follow_up": gettext_lazy(
                "Sent the day after. It thanks and reports; it asks for nothing and advertises nothing."
            ),
        }
        widgets = {
            "about": forms.Textarea(attrs={"rows": 4}),
            "bring": forms.Textarea(attrs={"rows": 2}),
            "access": forms.Textarea(attrs={"rows": 3}),
            "follow_up": forms.Textarea(attrs={"rows": 4}),
            "starts_at": forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_MOMENT),
            "ends_at": forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_MOMENT),
        }

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"] = owner_field(scope=scope, label=_("Belongs to"))
        self.initial["area"] = self.instance.area

    def clean(self) -> dict[str, Any]:
        """Whoever offers food or pay says what for."""
        cleaned = super().clean() or {}
        if cleaned.get("food") not in {None, "none"} and not cleaned.get("food_purpose"):
            self.add_error("food_purpose", _("Say what it is for: the law on treating asks."))
        if cleaned.get("is_paid") and not cleaned.get("payment_note"):
            self.add_error("payment_note", _("Say who is paid, and for what: the law on canvassing asks."))
        check_ends(self, cleaned)
        return cleaned


class ShiftForm(forms.ModelForm[Shift]):
    """One shift of an event."""

    class Meta:
        """The order of the page."""

        model = Shift
        fields = ("task", "name", "starts_at", "ends_at", "capacity", "required_course")
        labels = {
            "task": gettext_lazy("What people do"),
            "name": gettext_lazy("Called"),
            "starts_at": gettext_lazy("Begins"),
            "ends_at": gettext_lazy("Ends"),
            "capacity": gettext_lazy("For how many people"),
            "required_course": gettext_lazy("Course to finish first"),
        }
        help_texts = {"name": gettext_lazy("Leave it empty for the task's own name.")}
        widgets = {
            "starts_at": forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_MOMENT),
            "ends_at": forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_MOMENT),
        }

    def clean_capacity(self) -> int:
        """At least one."""
        capacity: int = self.cleaned_data["capacity"]
        if capacity < 1:
            raise forms.ValidationError(_("A shift is for at least one person."))
        return capacity

    def clean(self) -> dict[str, Any]:
        """It ends after it begins."""
        cleaned = super().clean() or {}
        check_ends(self, cleaned)
        return cleaned


class CancelForm(forms.Form):
    """Why an event is called off."""

    reason = forms.CharField(
        required=False,
        max_length=200,
        label=gettext_lazy("What to tell people"),
        help_text=gettext_lazy("It stands in the message and on the event's page."),
    )
