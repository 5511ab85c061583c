"""Forms of groups on the desk, and the place to which a group or an event belongs."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hustings.accounts.access import Scope
from hustings.accounts.pages.place_field import PlaceField
from hustings.places.models import AreaKind
from hustings.volunteers.models import Group

_KINDS = (AreaKind.WARD, AreaKind.DISTRICT, AreaKind.CONSTITUENCY, AreaKind.COUNTY)


def owner_field(*, scope: Scope, label: str) -> PlaceField:
    """The place to which something belongs; empty for the whole organisation, which only its own staff may choose."""
    return PlaceField(
        scope=scope,
        kinds=_KINDS,
        label=label,
        required=not scope.is_everything,
        help_text=_("A ward, council, constituency or county. Leave it empty for the whole organisation.")
        if scope.is_everything
        else _("A ward, council, constituency or county that you look after."),
    )


class GroupForm(forms.ModelForm[Group]):
    """A group; its invite link is entered here once, and changed by rotating it."""

    link = forms.CharField(
        required=False,
        max_length=600,
        label=gettext_lazy("Invite link"),
        help_text=gettext_lazy(
            "Stored encrypted. Volunteers get it one at a time; it is shown nowhere else."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    class Meta:
        """The order of the page."""

        model = Group
        fields = (
            "name",
            "kind",
            "summary",
            "area",
            "capacity",
            "required_course",
            "is_adults_only",
            "link_hours",
        )
        labels = {
            "name": gettext_lazy("Name"),
            "kind": gettext_lazy("Where it talks"),
            "summary": gettext_lazy("What it is for"),
            "capacity": gettext_lazy("Room for how many"),
            "required_course": gettext_lazy("Course to finish first"),
            "is_adults_only": gettext_lazy("Adults only"),
            "link_hours": gettext_lazy("Hours for which a released link opens"),
        }
        widgets = {"summary": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"] = owner_field(scope=scope, label=_("Place"))
        self.initial["area"] = self.instance.area
        if self.instance.link:
            del self.fields["link"]

    def clean_capacity(self) -> int:
        """At least two."""
        capacity: int = self.cleaned_data["capacity"]
        if capacity < 2:
            raise forms.ValidationError(_("A group needs room for at least two people."))
        return capacity


class LinkForm(forms.Form):
    """A new invite link."""

    link = forms.CharField(
        max_length=600,
        label=gettext_lazy("The new invite link"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class RotateForm(LinkForm):
    """A new invite link in place of another."""

    reason = forms.CharField(
        max_length=200,
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("For example: the old one was posted."),
    )
