"""Forms of the desk's pages about people."""

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from hustings.basics.refusals import Refusal
from hustings.people.models import (
    Channel,
    ContactPoint,
    ContactPointKind,
    Person,
    RightsOutcome,
    RightsRequestKind,
)
from hustings.people.usecases.check_row import PersonRow, check_row


class PersonForm(forms.Form):
    """A person's name and how to reach them."""

    given_name = forms.CharField(max_length=80, required=False, label=gettext_lazy("First name"))
    family_name = forms.CharField(max_length=80, required=False, label=gettext_lazy("Last name"))
    email = forms.CharField(max_length=254, required=False, label=gettext_lazy("Email"))
    phone = forms.CharField(max_length=30, required=False, label=gettext_lazy("Telephone"))
    address_line = forms.CharField(max_length=160, required=False, label=gettext_lazy("House and street"))
    postcode = forms.CharField(max_length=12, required=False, label=gettext_lazy("Postcode"))

    def clean(self) -> dict[str, Any]:
        """Read every part as an import would, so that one rule holds for all."""
        said = super().clean() or {}
        try:
            check_row(row=PersonRow(**{name: said.get(name, "") for name in self.fields}))
        except Refusal as problem:
            raise forms.ValidationError(problem.told(gettext)) from problem
        return said


def details_of(*, person: Person) -> dict[str, str]:
    """What `PersonForm` begins with for somebody on file."""
    points = ContactPoint.objects.filter(person=person, is_preferred=True)
    preferred = {point.kind: point.value for point in points}
    return {
        "given_name": person.given_name,
        "family_name": person.family_name,
        "address_line": person.address_line,
        "postcode": person.postcode,
        "email": preferred.get(ContactPointKind.EMAIL, ""),
        "phone": preferred.get(ContactPointKind.PHONE, ""),
    }


class ObjectionForm(forms.Form):
    """What somebody told us to stop."""

    channel = forms.ChoiceField(
        required=False,
        choices=[("", gettext_lazy("every way")), *Channel.choices],
        label=gettext_lazy("What should stop?"),
    )
    source = forms.CharField(
        max_length=100,
        label=gettext_lazy("How did they tell us?"),
        help_text=gettext_lazy("For example: letter of 3 May, or at the door."),
    )


class ReasonForm(forms.Form):
    """A decision's reason."""

    reason = forms.CharField(
        max_length=500, label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 3})
    )


class RequestForm(forms.Form):
    """What somebody asks for under data protection law."""

    kind = forms.ChoiceField(choices=RightsRequestKind.choices, label=gettext_lazy("What do they ask for?"))
    details = forms.CharField(
        max_length=5000,
        required=False,
        label=gettext_lazy("In their words"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    is_identity_known = forms.BooleanField(
        required=False, label=gettext_lazy("We know for certain that it is this person")
    )


class AnswerForm(forms.Form):
    """How a request ended."""

    outcome = forms.ChoiceField(choices=RightsOutcome.choices, label=gettext_lazy("Outcome"))
    answer = forms.CharField(
        max_length=5000,
        label=gettext_lazy("What the person was told"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
