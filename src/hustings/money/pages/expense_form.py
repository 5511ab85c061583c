"""The form of an item: what, from whom, how much, whose, and when it was used."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as told
from django.utils.translation import gettext_lazy as _

from hustings.accounts.access import Scope
from hustings.money.access import campaigns_for
from hustings.money.models import (
    Authority,
    Campaign,
    Category,
    ExclusionReason,
    Expense,
    ExpenseKind,
    IncurredBy,
)
from hustings.money.pages.fields import PartField, PoundsField, day_field
from hustings.money.rules.apportionment import Part
from hustings.money.usecases.record_expense import Answers, ExpenseFacts, Sharing

_WORDS = forms.Textarea(attrs={"rows": 2})


class ExpenseForm(forms.Form):
    """One item. The limit is asked when it is saved; a warning has to be seen first."""

    what = forms.CharField(
        label=_("What it is"), max_length=200, help_text=_("For example: 5,000 leaflets about the library.")
    )
    category = forms.ChoiceField(label=_("Category"), choices=Category.choices)
    kind = forms.ChoiceField(
        label=_("How you got it"), choices=ExpenseKind.choices, initial=ExpenseKind.BOUGHT
    )
    amount = PoundsField(
        label=_("Amount with VAT"), help_text=_("What was or will be paid, in pounds; 0 for what was free.")
    )
    supplier_name = forms.CharField(label=_("Supplier"), max_length=200)
    supplier_address = forms.CharField(label=_("Supplier's address"), max_length=300, required=False)
    is_supplier_private = forms.BooleanField(
        label=_("The supplier is a private person"), required=False,
        help_text=_("Their address stays out of the inspection copy, and their name out of the public version."),
    )  # fmt: skip
    committed_on = day_field(
        label=_("Ordered on"),
        required=False,
        help_text=_("The day you were bound to pay. Leave it empty while it is only a plan."),
    )
    first_use_on = day_field(label=_("First used on"), required=False)
    last_use_on = day_field(label=_("Last used on"), required=False)
    time_part = PartField(
        label=_("Use in the period, if not even by days"),
        help_text=_("Like “4 of 6” months, or “500 of 2,000” leaflets without the comma."),
    )
    time_note = forms.CharField(
        label=_("Honest assessment of the time"), required=False, widget=_WORDS,
        help_text=_("Needed where it was used partly outside the period: how it was used when, and how you know."),
    )  # fmt: skip
    shared_with = forms.ModelMultipleChoiceField(
        label=_("Shared equally with"), queryset=Campaign.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Candidates who share anything campaign jointly, and each one's limit is cut."),
    )  # fmt: skip
    area_part = PartField(
        label=_("Part for this area"), help_text=_("Like “3 of 4”, where it went to other areas too.")
    )
    party_part = PartField(
        label=_("Part about the candidates"), help_text=_("Like “1 of 2”, where the rest is about the party.")
    )
    assessment = forms.CharField(
        label=_("Honest assessment of the split"), required=False, widget=_WORDS,
        help_text=_("Needed where it is shared or split: why so much, and on what facts."),
    )  # fmt: skip
    value = PoundsField(
        label=_("Commercial value"),
        required=False,
        help_text=_("What anybody else would have paid, with VAT."),
    )
    is_for_campaign = forms.BooleanField(
        label=_("It was given for the campaign's use or benefit"), required=False, initial=True
    )
    is_used = forms.BooleanField(label=_("It was used"), required=False, initial=True)
    is_directed = forms.BooleanField(
        label=_("The candidate, the agent or somebody for them directed, authorised or encouraged its use"),
        required=False, initial=True,
    )  # fmt: skip
    would_be_expense = forms.BooleanField(
        label=_("Had it been paid for, it would be an election expense"), required=False, initial=True
    )
    incurred_by = forms.ChoiceField(
        label=_("Ordered by"), choices=IncurredBy.choices, initial=IncurredBy.AGENT
    )
    authority = forms.ModelChoiceField(
        label=_("Under the written authority of"), queryset=Authority.objects.none(), required=False
    )
    excluded_for = forms.ChoiceField(
        label=_("Does not count because of"), required=False,
        choices=[("", _("nothing: it counts")), *ExclusionReason.choices],
    )  # fmt: skip

    #: Headings over the fields, for the page.
    sections: ClassVar = (
        (
            _("What, and from whom"),
            ("what", "category", "kind", "amount", "supplier_name", "supplier_address", "is_supplier_private"),
        ),
        (_("When"), ("committed_on", "first_use_on", "last_use_on", "time_part", "time_note")),
        (_("Whose"), ("shared_with", "area_part", "party_part", "assessment")),
        (_("If it was given free or cheaper"), ("value", "is_for_campaign", "is_used", "is_directed", "would_be_expense")),
        (_("Who ordered it, and does it count"), ("incurred_by", "authority", "excluded_for")),
    )  # fmt: skip

    def __init__(
        self, *args: Any, campaign: Campaign, scope: Scope, corrects: Expense | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.campaign = campaign
        others, letters = self.fields["shared_with"], self.fields["authority"]
        assert isinstance(others, forms.ModelMultipleChoiceField)
        assert isinstance(letters, forms.ModelChoiceField)
        others.queryset = (
            campaigns_for(scope=scope)
            .filter(election_type=campaign.election_type, poll_on=campaign.poll_on, kind=campaign.kind)
            .exclude(pk=campaign.pk)
        )
        letters.queryset = campaign.authorities.all()
        if corrects is not None:
            self.fields["correction_reason"] = forms.CharField(
                label=_("Why it is corrected"), max_length=300, widget=_WORDS
            )

    def add_confirmation(self) -> None:
        """Ask once more, after a warning."""
        self.fields["has_seen_warning"] = forms.BooleanField(
            label=_("I have read the warning and want it all the same"), required=False
        )

    def add_override(self) -> None:
        """Let the agent give a reason for breaking the limit."""
        self.fields["override_reason"] = forms.CharField(
            label=_("Your reason as agent for going above the limit"), required=False, widget=_WORDS
        )

    def grouped(self) -> list[tuple[object, list[forms.BoundField]]]:
        """The fields under their headings; what a warning asks comes first, the reason of a correction last."""
        groups: list[tuple[object, list[forms.BoundField]]] = [
            (heading, [self[name] for name in names]) for heading, names in self.sections
        ]
        asked = [name for name in ("has_seen_warning", "override_reason") if name in self.fields]
        if asked:
            groups.insert(0, (_("Before it is saved"), [self[name] for name in asked]))
        if "correction_reason" in self.fields:
            groups.append((_("The correction"), [self["correction_reason"]]))
        return groups

    def clean(self) -> dict[str, Any]:
        """A gift needs its value; a price is its own."""
        found = super().clean() or {}
        if (
            found.get("kind") == ExpenseKind.NOTIONAL
            and found.get("value") is None
            and "value" not in self.errors
        ):
            self.add_error("value", told("Enter what anybody else would have paid for it."))
        return found

    def facts(self) -> ExpenseFacts:
        """What the form says about the item."""
        given = self.cleaned_data
        time_part = given["time_part"]
        is_gift = given["kind"] == ExpenseKind.NOTIONAL
        return ExpenseFacts(
            category=given["category"],
            what=given["what"],
            supplier_name=given["supplier_name"],
            supplier_address=given["supplier_address"],
            is_supplier_private=given["is_supplier_private"],
            amount_pence=given["amount"],
            value_pence=given["value"] if is_gift else given["amount"],
            kind=given["kind"],
            committed_on=given["committed_on"],
            first_use_on=given["first_use_on"],
            last_use_on=given["last_use_on"],
            time_in_period=time_part[0] if time_part else None,
            time_in_all=time_part[1] if time_part else None,
            time_note=given["time_note"],
            answers=Answers(
                is_for_campaign=given["is_for_campaign"],
                is_used=given["is_used"],
                is_directed=given["is_directed"],
                would_be_expense=given["would_be_expense"],
            ),
            excluded_for=given["excluded_for"],
            incurred_by=given["incurred_by"],
            authority=given["authority"],
        )

    def sharing(self) -> Sharing:
        """Whose it is, as the form says."""
        given = self.cleaned_data
        parts = []
        if given["area_part"]:
            parts.append(
                Part(step="area", numerator=given["area_part"][0], denominator=given["area_part"][1])
            )
        if given["party_part"]:
            parts.append(
                Part(step="party", numerator=given["party_part"][0], denominator=given["party_part"][1])
            )
        return Sharing(
            campaigns=[self.campaign, *given["shared_with"]], parts=parts, assessment=given["assessment"]
        )


def initial_of(*, expense: Expense, campaign: Campaign) -> dict[str, Any]:
    """The form's values for an item that is to be corrected."""
    share = expense.shares.filter(campaign=campaign).first()
    parts = {
        step["step"]: (step["numerator"], step["denominator"]) for step in (share.steps if share else [])
    }
    answers = expense.notional_tests.get("answers", {}) if expense.notional_tests else {}
    return {
        "what": expense.what,
        "category": expense.category,
        "kind": expense.kind,
        "amount": expense.amount_pence,
        "value": expense.value_pence if expense.kind == ExpenseKind.NOTIONAL else None,
        "supplier_name": expense.supplier_name,
        "supplier_address": expense.supplier_address,
        "is_supplier_private": expense.is_supplier_private,
        "committed_on": expense.committed_on,
        "first_use_on": expense.first_use_on,
        "last_use_on": expense.last_use_on,
        "time_part": (expense.time_in_period, expense.time_in_all) if expense.time_in_all else None,
        "time_note": expense.time_note,
        "shared_with": list(expense.shares.exclude(campaign=campaign).values_list("campaign", flat=True)),
        "area_part": parts.get("area"),
        "party_part": parts.get("party"),
        "assessment": share.assessment if share else "",
        "incurred_by": expense.incurred_by,
        "authority": expense.authority_id,
        "excluded_for": expense.excluded_for,
        **answers,
    }
