"""Short forms of money: bills, files, authorities, limits, reasons and signatures."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hustings.money.models import AuthorityKind, ClaimEventKind, IncurredBy
from hustings.money.pages.fields import PoundsField, day_field


class ClaimForm(forms.Form):
    """What became of a bill."""

    kind = forms.ChoiceField(label=_("What happened"), choices=ClaimEventKind.choices)
    on = day_field(label=_("On"))
    amount = PoundsField(
        label=_("Amount"), help_text=_("Of the whole bill, with VAT; of a dispute, what is disputed.")
    )
    payer = forms.ChoiceField(label=_("Paid by"), choices=IncurredBy.choices, initial=IncurredBy.AGENT)
    note = forms.CharField(
        label=_("Note"),
        max_length=300,
        required=False,
        help_text=_("For a dispute: what is disputed, and why."),
    )


class EvidenceForm(forms.Form):
    """An invoice or receipt."""

    file = forms.FileField(
        label=_("Invoice, receipt or picture"),
        help_text=_("A PDF or a picture of at most 5 MB. It is kept with the item and goes with the return.")
    )  # fmt: skip


class GiftEvidenceForm(forms.Form):
    """What shows a gift."""

    file = forms.FileField(
        label=_("Statement, receipt, letter or picture"),
        help_text=_("A PDF or a picture of at most 5 MB. It is kept encrypted, with the gift and its corrections.")
    )  # fmt: skip


class AuthorityForm(forms.Form):
    """The agent's written authority for somebody."""

    kind = forms.ChoiceField(label=_("For what"), choices=AuthorityKind.choices)
    name = forms.CharField(label=_("Name"), max_length=200)
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    most = PoundsField(label=_("Up to"), least_pence=1)
    given_on = day_field(label=_("Given on"))
    evidence = forms.CharField(
        label=_("Where the signed letter is"), max_length=300, help_text=_("It goes with the return.")
    )


class EndForm(forms.Form):
    """From when an authority no longer holds."""

    on = day_field(label=_("From this day on it no longer holds"))


class LimitForm(forms.Form):
    """A limit that the returning officer gave."""

    limit = PoundsField(label=_("Limit"), least_pence=1)
    source = forms.CharField(
        label=_("Who gave it to you, when and how"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


class WhyForm(forms.Form):
    """A reason that is kept."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class StepForm(forms.Form):
    """Who signed or received a return, and when."""

    name = forms.CharField(label=_("Full name"), max_length=200)
    on = day_field(label=_("On"))
    note = forms.CharField(
        label=_("Note"), max_length=300, required=False, help_text=_("For a delivery: how, and to whom.")
    )

    def __init__(self, *args: Any, needs_vow: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if needs_vow:
            self.fields["vow"] = forms.BooleanField(
                label=_(
                    "To the best of my knowledge and belief the return is complete and correct, and I have signed "
                    "the declaration on paper"
                ),
                error_messages={
                    "required": _("Tick this once you have read the return and signed the paper.")
                },
            )
