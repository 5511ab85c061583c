"""Forms of cases. There is none, and must be none, for what anybody is alleged to have done."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from hustings.accounts.models import User
from hustings.places.models import Venue
from hustings.support.models import CaseKind, LawfulBasis

_WARNING = gettext_lazy("Only what is needed to help. Never what they are said to have done.")

WITHIN = (
    (15, gettext_lazy("within 15 minutes")),
    (30, gettext_lazy("within half an hour")),
    (60, gettext_lazy("within an hour")),
    (120, gettext_lazy("within two hours")),
    (240, gettext_lazy("within four hours")),
    (720, gettext_lazy("within twelve hours")),
    (1440, gettext_lazy("by this time tomorrow")),
)


class WordsMixin(forms.Form):
    """A tick that is offered once words were flagged."""

    are_words_checked = forms.BooleanField(
        label=gettext_lazy("I have read it again: it does not say what anybody is alleged to have done"),
        required=False, widget=forms.HiddenInput,
    )  # fmt: skip

    def offer_tick(self) -> None:
        """Show the tick."""
        self.fields["are_words_checked"].widget = forms.CheckboxInput()


class OpenCaseForm(WordsMixin):
    """What the office asks on the telephone, in this order."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What has happened?"),
        choices=[c for c in CaseKind.choices if c[0] != CaseKind.SILENT],
    )
    called_name = forms.CharField(
        label=gettext_lazy("What do they want to be called?"), max_length=120, required=False,
        help_text=gettext_lazy("A first name is enough."),
    )  # fmt: skip
    phone = forms.CharField(
        label=gettext_lazy("A number they can be reached on"), max_length=30, required=False
    )
    whereabouts = forms.CharField(label=gettext_lazy("Where are they?"), max_length=300, required=False)
    venue = forms.TypedChoiceField(
        label=gettext_lazy("At one of the places that are active?"),
        required=False,
        coerce=int,
        empty_value=None,
    )
    needs = forms.CharField(
        label=gettext_lazy("What do they need?"), max_length=2_000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=_WARNING,
    )  # fmt: skip
    tell_whom = forms.CharField(
        label=gettext_lazy("Whom should we tell, and what may we say?"), max_length=500, required=False
    )
    next_step = forms.CharField(label=gettext_lazy("What is done next?"), max_length=300)
    within = forms.TypedChoiceField(label=gettext_lazy("By when?"), choices=WITHIN, coerce=int, initial=15)
    basis = forms.ChoiceField(
        label=gettext_lazy("On what ground do we keep this?"), choices=LawfulBasis.choices
    )
    basis_note = forms.CharField(
        label=gettext_lazy("A word on that"), max_length=300, required=False,
        help_text=gettext_lazy("For example: said yes on the telephone at ten past two."),
    )  # fmt: skip
    delete_on = forms.DateField(
        label=gettext_lazy("On which day is all of it deleted?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy(
            "It happens by itself. No case is kept without such a day, and none for more than 90 days."
        ),
    )
    team = forms.MultipleChoiceField(
        label=gettext_lazy("Who else may see it?"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("You are on the team. Nobody else sees the case, whatever else they may see."),
    )  # fmt: skip

    def __init__(self, *args: Any, others: list[User], venues: Sequence[Venue] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = self.fields["venue"]
        assert isinstance(place, forms.TypedChoiceField)
        place.choices = [
            ("", gettext_lazy("no, or not known")),
            *((venue.pk, venue.name) for venue in venues),
        ]
        if not venues:
            del self.fields["venue"]
        field = self.fields["team"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(user.pk), str(user)) for user in others]
        if not others:
            del self.fields["team"]


class CaseNoteForm(WordsMixin):
    """One thing that was done or found out."""

    text = forms.CharField(
        label=gettext_lazy("What was done or found out"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_WARNING,
    )  # fmt: skip


class StepForm(WordsMixin):
    """What came of the step, and the next one."""

    done = forms.CharField(
        label=gettext_lazy("What came of it?"), max_length=500, required=False, help_text=_WARNING
    )
    step = forms.CharField(label=gettext_lazy("What is done next?"), max_length=300)
    within = forms.TypedChoiceField(label=gettext_lazy("By when?"), choices=WITHIN, coerce=int, initial=60)
    whose = forms.TypedChoiceField(
        label=gettext_lazy("By whom?"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args: Any, members: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["whose"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", gettext_lazy("whoever is first")), *((user.pk, str(user)) for user in members)]


class FollowUpForm(WordsMixin):
    """How the person is."""

    outcome = forms.CharField(
        label=gettext_lazy("How are they?"), max_length=1_000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_WARNING,
    )  # fmt: skip


class TeamForm(forms.Form):
    """Somebody for the team."""

    user = forms.TypedChoiceField(label=gettext_lazy("Who?"), coerce=int)

    def __init__(self, *args: Any, others: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["user"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(user.pk, str(user)) for user in others]


class OutcomeForm(forms.Form):
    """What came of a case."""

    outcome = forms.CharField(label=gettext_lazy("What came of it?"), max_length=500, help_text=_WARNING)


class KeepForm(forms.Form):
    """A later day of deletion."""

    delete_on = forms.DateField(
        label=gettext_lazy("New day of deletion"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    why = forms.CharField(label=gettext_lazy("Why must it be kept until then?"), max_length=300)


class BedForm(forms.Form):
    """A bed from tonight."""

    nights = forms.IntegerField(
        label=gettext_lazy("For how many nights?"), min_value=1, max_value=14, initial=1
    )
    postcode = forms.CharField(
        label=gettext_lazy("Near which postcode?"),
        max_length=10,
        required=False,
        help_text=gettext_lazy("Leave it empty to use the place of the case."),
    )


class TakeOverForm(forms.Form):
    """Why an officer takes a case over."""

    reason = forms.CharField(
        label=gettext_lazy("Why do you take it over?"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("For example: the team is asleep, and the step has been overdue since four."),
    )  # fmt: skip
