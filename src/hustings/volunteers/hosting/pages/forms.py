"""Forms of hosting. Nobody is asked for ethnicity, religion or belief, and nobody can choose by them."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hustings.volunteers.hosting.rules.conditions import OFFERS, TRAITS

_DAY = forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d")


def words_of(vocabulary: dict[str, str]) -> list[tuple[str, str]]:
    """The words of a vocabulary with their meaning, for ticking."""
    return [(word, _(meaning)) for word, meaning in vocabulary.items()]


class DetailsForm(forms.Form):
    """References and an emergency contact."""

    reference_one = forms.CharField(
        max_length=300,
        label=gettext_lazy("First reference"),
        help_text=gettext_lazy(
            "Somebody who knows you and is not family: name, how they know you, telephone or email."
        ),
    )
    reference_two = forms.CharField(max_length=300, label=gettext_lazy("Second reference"))
    emergency_contact = forms.CharField(
        max_length=300,
        label=gettext_lazy("Whom we call in an emergency"),
        help_text=gettext_lazy("Name and telephone number."),
    )


class _WordsForm(forms.Form):
    """A form with boxes of the vocabulary, in the language in use."""

    vocabularies: ClassVar[dict[str, dict[str, str]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, vocabulary in self.vocabularies.items():
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = words_of(vocabulary)


class OfferForm(_WordsForm):
    """Beds on offer."""

    vocabularies: ClassVar = {"offers": OFFERS, "asks": TRAITS}

    address = forms.CharField(
        max_length=250,
        label=gettext_lazy("Address where guests sleep"),
        help_text=gettext_lazy("Encrypted; shown to a guest only after you have both said yes."),
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    postcode = forms.CharField(
        max_length=20,
        label=gettext_lazy("Postcode"),
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "class": "short"}),
    )
    available_from = forms.DateField(label=gettext_lazy("First night"), widget=_DAY)
    available_until = forms.DateField(label=gettext_lazy("Morning after the last night"), widget=_DAY)
    beds = forms.IntegerField(
        label=gettext_lazy("How many people can sleep there"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
    )
    offers = forms.MultipleChoiceField(
        required=False,
        label=gettext_lazy("What is true of your home"),
        widget=forms.CheckboxSelectMultiple,
    )
    asks = forms.MultipleChoiceField(
        required=False,
        label=gettext_lazy("I am only comfortable with a guest who"),
        help_text=gettext_lazy("Tick nothing if anybody is welcome."),
        widget=forms.CheckboxSelectMultiple,
    )


class StayForm(_WordsForm):
    """A bed asked for."""

    vocabularies: ClassVar = {"needs": OFFERS, "traits": TRAITS, "prefers": OFFERS}

    place = forms.CharField(
        max_length=120,
        label=gettext_lazy("Where do you go to help?"),
        help_text=gettext_lazy("The seat or ward, or a postcode near it."),
    )
    arrive_on = forms.DateField(label=gettext_lazy("First night"), widget=_DAY)
    leave_on = forms.DateField(label=gettext_lazy("Morning after the last night"), widget=_DAY)
    max_km = forms.FloatField(
        label=gettext_lazy("How far may the bed be from there, in kilometres?"),
        initial=15,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}),
        error_messages={"invalid": gettext_lazy("Enter a number of kilometres, for example 15.")},
    )
    needs = forms.MultipleChoiceField(
        required=False,
        label=gettext_lazy("I need"),
        help_text=gettext_lazy("Only what you cannot do without: it rules out every home that lacks it."),
        widget=forms.CheckboxSelectMultiple,
    )
    prefers = forms.MultipleChoiceField(
        required=False, label=gettext_lazy("I would like"), widget=forms.CheckboxSelectMultiple
    )
    traits = forms.MultipleChoiceField(
        required=False,
        label=gettext_lazy("About me"),
        help_text=gettext_lazy("Some hosts ask for one of these."),
        widget=forms.CheckboxSelectMultiple,
    )


class LeaveForm(forms.Form):
    """Wanting to leave."""

    words = forms.CharField(
        required=False,
        max_length=5000,
        label=gettext_lazy("What happened, if you want to say"),
        help_text=gettext_lazy("Only the organisers read it; your host does not."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    is_unsafe = forms.BooleanField(required=False, label=gettext_lazy("I did not feel safe"))
