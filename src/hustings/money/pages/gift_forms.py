"""Forms of gifts: writing down, checking, deciding, bringing in a spreadsheet."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hustings.money.models import DonorKind, Gift, GiftAct, Route, Verdict
from hustings.money.pages.fields import PoundsField, day_field
from hustings.money.rules.permissibility import QUESTIONS, Evidence
from hustings.money.usecases.record_gift import DonorFacts, GiftFacts

_PEOPLE = {DonorKind.INDIVIDUAL, DonorKind.ANONYMOUS_ELECTOR, DonorKind.BEQUEST}


class GiftForm(forms.Form):
    """A gift and its giver. A correction asks why as well."""

    is_unknown = forms.BooleanField(label=gettext_lazy("The source is not known"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("What is the giver?"), choices=DonorKind.choices)
    given_name = forms.CharField(label=gettext_lazy("Given names"), max_length=120, required=False)
    family_name = forms.CharField(label=gettext_lazy("Family name"), max_length=120, required=False)
    organisation = forms.CharField(
        label=gettext_lazy("Name of the organisation"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("For a company, union, party, society or association."),
    )
    address = forms.CharField(label=gettext_lazy("Address"), max_length=300, required=False)
    postcode = forms.CharField(label=gettext_lazy("Postcode"), max_length=10, required=False)
    email = forms.EmailField(label=gettext_lazy("Email"), required=False)
    company_number = forms.CharField(
        label=gettext_lazy("Company or registration number"), max_length=20, required=False
    )
    controllers = forms.CharField(
        label=gettext_lazy("Who controls the company?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One person a line, name and postcode: “Ada Marsh, ZZ1 1AA”."),
    )
    is_overseas = forms.BooleanField(label=gettext_lazy("An overseas elector"), required=False)
    amount = PoundsField(label=gettext_lazy("Amount or value in pounds"), least_pence=1)
    received_on = day_field(label=gettext_lazy("Received on"))
    route = forms.ChoiceField(label=gettext_lazy("How it came"), choices=Route.choices)
    evidence = forms.CharField(
        label=gettext_lazy("What shows it?"),
        max_length=300,
        help_text=gettext_lazy("The line of the statement, the receipt, the letter."),
    )
    file = forms.FileField(
        label=gettext_lazy("The statement, receipt or letter as a file"),
        required=False,
        help_text=gettext_lazy("A PDF or a picture of at most 5 MB. It is kept encrypted."),
    )
    payment = forms.CharField(
        label=gettext_lazy("Card or account number, or the payment company's token"),
        max_length=100,
        required=False,
        help_text=gettext_lazy(
            "Only a keyed fingerprint is kept, to see whether several gifts come from one card or account."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    is_standing = forms.BooleanField(
        label=gettext_lazy("An instalment of a standing order or direct debit"), required=False
    )
    is_foreign_account = forms.BooleanField(
        label=gettext_lazy("The card or account is from abroad"), required=False
    )
    platform = forms.CharField(label=gettext_lazy("Crowdfunding platform"), max_length=120, required=False)
    funds_arrived_on = day_field(
        label=gettext_lazy("The platform's money arrived on"),
        required=False,
        help_text=gettext_lazy("The thirty days begin on this day."),
    )
    what = forms.CharField(label=gettext_lazy("In kind: what was given?"), max_length=200, required=False)
    value_basis = forms.CharField(
        label=gettext_lazy("In kind: how was the value found?"), max_length=300, required=False
    )
    through = forms.CharField(label=gettext_lazy("Passed on by"), max_length=200, required=False)
    correction_reason = forms.CharField(label=gettext_lazy("Why is it corrected?"), max_length=300)

    def __init__(self, *args: Any, gift: Gift | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        if gift is None:
            del self.fields["correction_reason"]
        else:
            self.initial.update(_initial(gift))
            self.fields["payment"].help_text = str(_("Leave it empty to keep the fingerprint there is."))

    def clean(self) -> dict[str, Any]:
        """A known giver has a name of the right kind."""
        cleaned = super().clean() or {}
        if cleaned.get("is_unknown"):
            return cleaned
        if cleaned.get("kind") in _PEOPLE:
            if not cleaned.get("family_name"):
                self.add_error(
                    "family_name", _("Enter the giver's name, or say that the source is not known.")
                )
            cleaned["organisation"] = ""
        elif not cleaned.get("organisation"):
            self.add_error(
                "organisation", _("Enter the organisation's name, or say that the source is not known.")
            )
        else:
            cleaned["given_name"] = cleaned["family_name"] = ""
        return cleaned

    def clean_controllers(self) -> list[dict[str, str]]:
        """Names with postcodes, one a line."""
        found = []
        for line in self.cleaned_data["controllers"].splitlines():
            name, _comma, postcode = line.rpartition(",")
            if line.strip() and not name.strip():
                raise forms.ValidationError(_("Write each person as “name, postcode”."))
            if line.strip():
                found.append({"name": name.strip(), "postcode": postcode.strip().upper()})
        return found

    @property
    def donor(self) -> DonorFacts:
        """The giver, after the form was found valid."""
        if self.cleaned_data["is_unknown"]:
            return DonorFacts()
        names = (
            *("kind", "given_name", "family_name", "organisation", "address", "postcode", "email"),
            *("company_number", "controllers", "is_overseas"),
        )
        return DonorFacts(**{name: self.cleaned_data[name] for name in names})

    @property
    def facts(self) -> GiftFacts:
        """The gift, after the form was found valid."""
        names = (
            *("received_on", "route", "evidence", "payment", "is_standing", "is_foreign_account", "platform"),
            *("funds_arrived_on", "what", "value_basis", "through"),
        )
        return GiftFacts(
            amount_pence=self.cleaned_data["amount"], **{name: self.cleaned_data[name] for name in names}
        )


def _initial(gift: Gift) -> dict[str, Any]:
    found: dict[str, Any] = {
        name: getattr(gift, name)
        for name in (
            *("received_on", "route", "evidence", "is_standing", "is_foreign_account", "platform"),
            *("funds_arrived_on", "what", "value_basis", "through"),
        )
    }
    found["amount"] = gift.amount_pence
    donor = gift.donor
    if donor is None:
        return {**found, "is_unknown": True}
    for name in (
        *("kind", "given_name", "family_name", "organisation", "address", "postcode", "email"),
        *("company_number", "is_overseas"),
    ):
        found[name] = getattr(donor, name)
    found["controllers"] = "\n".join(f"{one['name']}, {one['postcode']}" for one in donor.controllers)
    return found


class CheckForm(forms.Form):
    """The questions of one kind of donor, each with its answer and where it was seen."""

    def __init__(self, *args: Any, questions: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self._questions = questions
        for key in questions:
            self.fields[f"{key}_answer"] = forms.ChoiceField(
                label=_(QUESTIONS[key]),
                choices=[("yes", _("yes")), ("no", _("no")), ("unknown", _("cannot be told yet"))],
                widget=forms.RadioSelect,
            )
            self.fields[f"{key}_seen"] = forms.CharField(
                label=_("Where did you see it?"),
                required=False,
                max_length=600,
                widget=forms.Textarea(attrs={"rows": 3}),
                help_text=_("The public register and the day, the council's letter, the certificate."),
            )

    @property
    def answers(self) -> dict[str, Evidence]:
        """Each answer, after the form was found valid."""
        return {
            key: Evidence(answer=self.cleaned_data[f"{key}_answer"], seen=self.cleaned_data[f"{key}_seen"])
            for key in self._questions
        }


class DecideForm(forms.Form):
    """What is done with a gift, and why."""

    act = forms.ChoiceField(
        label=gettext_lazy("What is done?"), choices=GiftAct.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(label=gettext_lazy("Why?"), widget=forms.Textarea(attrs={"rows": 3}))
    done_on = day_field(label=gettext_lazy("Done on"))
    reference = forms.CharField(
        label=gettext_lazy("What shows the return?"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("The cheque's number, the bank's reference."),
    )


class ConcludeForm(forms.Form):
    """What somebody concludes about a flag, and why."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("Your conclusion"), choices=Verdict.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(label=gettext_lazy("Why?"), widget=forms.Textarea(attrs={"rows": 3}))


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(label=gettext_lazy("Why?"), max_length=300)


class SheetForm(forms.Form):
    """A spreadsheet of gifts."""

    file = forms.FileField(
        label=gettext_lazy("Spreadsheet"),
        help_text=gettext_lazy("CSV or .xlsx of at most 10 MB; the columns are named below."),
    )


class FiledForm(forms.Form):
    """How a report was sent."""

    reference = forms.CharField(
        label=gettext_lazy("Reference of the sending"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("The number the Electoral Commission's service gave."),
    )
