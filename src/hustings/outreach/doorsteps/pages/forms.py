"""Forms of the desk: planning a canvass, giving a round, finding a sheet by its code."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hustings.accounts.access import Scope
from hustings.accounts.pages.place_field import PlaceField
from hustings.contacts.models import Issue
from hustings.elections.models import Election
from hustings.outreach.audiences.access import audiences_for
from hustings.outreach.audiences.models import Audience
from hustings.outreach.doorsteps.models import Canvass, Round
from hustings.outreach.doorsteps.rules.rounds import USUAL_DOORS
from hustings.outreach.doorsteps.usecases.save_canvass import CanvassPlan
from hustings.people.models import MARKETING_PURPOSES, Purpose
from hustings.volunteers.access import volunteers_for
from hustings.volunteers.models import Volunteer


def day_field(*, label: Any, help_text: Any = "") -> forms.DateField:
    """A day."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
    )


class CanvassForm(forms.Form):
    """Whom to visit, when, and what is asked."""

    title = forms.CharField(
        label=_("Name"), max_length=110, help_text=_("It stands on the sheets: “Buses, Mill ward”.")
    )
    audience = forms.ModelChoiceField(
        label=_("Whom"),
        queryset=Audience.objects.none(),
        required=False,
        empty_label=_("everybody on the electoral register there"),
        help_text=_(
            "Or the people of an audience who live there, at the address they gave or are registered at."
        ),
    )
    districts = forms.CharField(
        label=_("Only these polling districts"),
        required=False,
        max_length=200,
        help_text=_("Their letters, parted by commas: AA, AB. Empty for the whole place."),
    )
    purpose = forms.ChoiceField(
        label=_("What it is for"),
        choices=[(one.value, one.label) for one in (*MARKETING_PURPOSES, Purpose.SERVICE)],
        initial=Purpose.CAMPAIGN,
    )
    election = forms.ModelChoiceField(
        label=_("Which election it is about"),
        queryset=Election.objects.none(),
        required=False,
        empty_label=_("none in particular"),
    )
    words = forms.CharField(
        label=_("What to say"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("A few short lines for the doorstep. The words on privacy are added."),
    )
    asks_vote = forms.BooleanField(label=_("Ask how they may vote"), required=False, initial=True)
    issues = forms.ModelMultipleChoiceField(
        label=_("Matters to ask about"),
        queryset=Issue.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Kept only for people on file, not for electors known from the register alone."),
    )
    starts_on = day_field(label=_("First day"))
    ends_on = day_field(label=_("Last day"))
    hour_from = forms.IntegerField(label=_("Not before"), min_value=0, max_value=23, initial=10)
    hour_until = forms.IntegerField(
        label=_("Over by"), min_value=1, max_value=24, initial=20, help_text=_("Hours of the day: 10 and 20.")
    )
    return_by = day_field(
        label=_("Sheets are returned or destroyed by"), help_text=_("It stands at the foot of every sheet.")
    )
    doors_a_round = forms.IntegerField(
        label=_("Doors in a round"),
        min_value=1,
        max_value=400,
        initial=USUAL_DOORS,
        help_text=_("About sixty is an evening for two."),
    )

    field_order = ("title", "area", "audience", "districts")

    def __init__(
        self, *args: Any, scope: Scope, on: date, canvass: Canvass | None = None, **kwargs: Any
    ) -> None:
        if canvass is not None:
            kwargs["initial"] = {
                **{name: getattr(canvass, name) for name in self.base_fields if name != "issues"},
                "area": canvass.area,
                "districts": ", ".join(canvass.districts),
                "issues": list(canvass.issues.all()),
            }
        super().__init__(*args, **kwargs)
        self.fields["area"] = PlaceField(
            scope=scope, label=_("Where"), help_text=_("A ward, or anything larger that you look after.")
        )
        self.order_fields(self.field_order)
        to_come = Election.objects.filter(poll_on__gte=on, is_notional=False).order_by("poll_on")
        for name, queryset in (
            ("audience", audiences_for(scope=scope)),
            ("election", to_come),
            ("issues", Issue.objects.order_by("name")),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = queryset

    def clean(self) -> dict[str, Any]:
        """A place is named, by whoever looks after everything too."""
        cleaned = super().clean() or {}
        if "area" in cleaned and cleaned["area"] is None:
            self.add_error("area", _("Name the place to visit."))
        return cleaned

    def plan(self) -> CanvassPlan:
        """What was planned, once the form is valid."""
        data = dict(self.cleaned_data)
        data["districts"] = data["districts"].replace(";", ",").split(",")
        return CanvassPlan(**data)


class GiveForm(forms.Form):
    """Who walks a round, and when."""

    volunteer = forms.ModelChoiceField(label=_("Who walks it"), queryset=Volunteer.objects.none())
    partner = forms.ModelChoiceField(
        label=_("Together with"),
        queryset=Volunteer.objects.none(),
        required=False,
        empty_label=_("alone"),
        help_text=_("Two at a door are safer, and one can write."),
    )
    walk_on = day_field(label=_("Day"))

    def __init__(self, *args: Any, scope: Scope, round: Round, on: date, **kwargs: Any) -> None:
        canvass = round.canvass
        kwargs.setdefault(
            "initial",
            {
                "volunteer": round.volunteer_id,
                "partner": round.partner_id,
                "walk_on": round.walk_on or min(max(on, canvass.starts_on), canvass.ends_on),
            },
        )
        super().__init__(*args, **kwargs)
        active = volunteers_for(scope=scope).filter(left_at=None).order_by("person__family_name", "pk")
        for name in ("volunteer", "partner"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = active


class CodeForm(forms.Form):
    """The code at the head of a sheet."""

    code = forms.CharField(
        label=_("Code of the sheet"),
        max_length=12,
        help_text=_("Five letters and figures, at the top right of every page."),
        widget=forms.TextInput(
            attrs={"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"}
        ),
    )
