"""The forms of phone banks: writing one, a call's answers, a call list on paper and keying it."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hustings.accounts.access import Scope
from hustings.basics.clock import clock
from hustings.clearance.access import copies_for
from hustings.clearance.models import ApprovedCopy, Medium
from hustings.contacts.models import Issue
from hustings.elections.models import Election
from hustings.outreach.audiences.access import audiences_for
from hustings.outreach.audiences.models import Audience
from hustings.outreach.conversations.pages.fields import AnswerFields
from hustings.outreach.conversations.rules.answers import Spoken
from hustings.outreach.mailings.pages.forms import moment_field
from hustings.outreach.phonebank.models import BankState, CallResult, PhoneBank
from hustings.outreach.phonebank.queries import SheetSigns
from hustings.outreach.phonebank.rules.hours import usual_hours
from hustings.outreach.phonebank.usecases.answer_call import Said
from hustings.outreach.phonebank.usecases.make_sheet import MOST_DAYS, MOST_LINES
from hustings.outreach.phonebank.usecases.save_bank import BankPlan, BankSubject
from hustings.people.models import MARKETING_PURPOSES, Purpose
from hustings.places.models import Area

_SUBJECT = ("audience", "area", "purpose", "copy")


def _time_field(*, label: Any, help_text: Any = "", required: bool = True) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )


class BankForm(forms.Form):
    """Whom it rings and why, what is said and asked, and when. Once it was opened, whom and why stand."""

    title = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=100,
        help_text=gettext_lazy("Callers read it, and so does the public record once the bank is closed."),
    )
    audience = forms.ModelChoiceField(label=gettext_lazy("Audience"), queryset=Audience.objects.none())
    area = forms.ModelChoiceField(
        label=gettext_lazy("Only those who live in"),
        queryset=Area.objects.none(),
        required=False,
        empty_label=gettext_lazy("the audience's whole place"),
        help_text=gettext_lazy("Volunteers of this place may ring for it."),
    )
    purpose = forms.ChoiceField(
        label=gettext_lazy("What it is for"),
        choices=[(purpose.value, purpose.label) for purpose in MARKETING_PURPOSES],
        initial=Purpose.CAMPAIGN,
    )
    copy = forms.ModelChoiceField(
        label=gettext_lazy("Script"),
        queryset=ApprovedCopy.objects.none(),
        required=False,
        empty_label=gettext_lazy("none: the opening words below"),
        help_text=gettext_lazy("An approved call script. The law asks for no imprint in a call."),
    )
    opening = forms.CharField(
        label=gettext_lazy("What callers say first"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "One or two sentences, as spoken. Who is calling, and the words on privacy, are added."
        ),
    )
    asks_intention = forms.BooleanField(
        label=gettext_lazy("Ask how they may vote"), required=False, initial=True
    )
    election = forms.ModelChoiceField(
        label=gettext_lazy("At which election"),
        queryset=Election.objects.none(),
        required=False,
        empty_label=gettext_lazy("no particular one"),
        help_text=gettext_lazy("The parties that stand there are offered as answers."),
    )
    issues = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Ask whether these matter to them"),
        queryset=Issue.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    rings_from = _time_field(label=gettext_lazy("Rings from"))
    rings_until = _time_field(
        label=gettext_lazy("Rings until"),
        help_text=gettext_lazy(
            "By the clock of the United Kingdom, every day. Outside these hours nobody is given out."
        ),
    )
    most_tries = forms.IntegerField(
        label=gettext_lazy("Ring at most so many times"), min_value=1, max_value=10, initial=3
    )
    hours_between = forms.IntegerField(
        label=gettext_lazy("Hours between two tries"), min_value=1, max_value=336, initial=24
    )
    opens_at = moment_field(label=gettext_lazy("Not before"))
    closes_at = moment_field(
        label=gettext_lazy("Closes by itself"),
        help_text=gettext_lazy("It then enters the public record. Left empty: when somebody closes it."),
    )

    def __init__(self, *args: Any, scope: Scope, bank: PhoneBank | None = None, **kwargs: Any) -> None:
        usual = usual_hours(on=clock().today_in_uk())
        first = {"rings_from": usual.first, "rings_until": usual.last, **kwargs.get("initial", {})}
        kwargs["initial"] = first if bank is None else _initial(bank)
        super().__init__(*args, **kwargs)
        self.bank = bank
        today = clock().today_in_uk()
        scripts = Q(medium=Medium.CALL, withdrawn_at=None)
        elections = Q(poll_on__gte=today, is_notional=False)
        if bank is not None:
            scripts |= Q(pk=bank.copy_id)
            elections |= Q(pk=bank.election_id)
        for name, queryset in (
            ("audience", audiences_for(scope=scope)),
            ("area", scope.filter(Area.objects.order_by("name"), "pk")),
            ("copy", copies_for(scope=scope).filter(scripts)),
            ("election", Election.objects.filter(elections).order_by("poll_on")),
            ("issues", Issue.objects.order_by("name")),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = queryset
        if not Issue.objects.exists():
            del self.fields["issues"]
        if bank is not None and bank.state != BankState.DRAFT:
            for name in _SUBJECT:
                del self.fields[name]

    def subject(self) -> BankSubject:
        """Whom and why, once the form is valid."""
        if self.bank is not None and self.bank.state != BankState.DRAFT:
            bank = self.bank
            return BankSubject(audience=bank.audience, area=bank.area, purpose=bank.purpose, copy=bank.copy)
        data = self.cleaned_data
        return BankSubject(
            audience=data["audience"], area=data["area"], purpose=data["purpose"], copy=data["copy"]
        )

    def plan(self) -> BankPlan:
        """What is said, asked and when, once the form is valid."""
        data = self.cleaned_data
        return BankPlan(
            opening=data["opening"],
            asks_intention=data["asks_intention"],
            election=data["election"],
            issues=list(data.get("issues", ())),
            rings_from=data["rings_from"],
            rings_until=data["rings_until"],
            most_tries=data["most_tries"],
            hours_between=data["hours_between"],
            opens_at=data["opens_at"],
            closes_at=data["closes_at"],
        )


def _initial(bank: PhoneBank) -> dict[str, Any]:
    return {
        "title": bank.title,
        "audience": bank.audience_id,
        "area": bank.area_id if bank.area_id != bank.audience.area_id else None,
        "purpose": bank.purpose,
        "copy": bank.copy_id,
        "opening": bank.opening,
        "asks_intention": bank.asks_intention,
        "election": bank.election_id,
        "issues": list(bank.issues.values_list("pk", flat=True)),
        "rings_from": bank.rings_from,
        "rings_until": bank.rings_until,
        "most_tries": bank.most_tries,
        "hours_between": bank.hours_between,
        "opens_at": bank.opens_at,
        "closes_at": bank.closes_at,
    }


class SheetForm(forms.Form):
    """A call list on paper: for whom, how many, until when."""

    for_name = forms.CharField(
        label=gettext_lazy("Who rings from it"),
        max_length=80,
        error_messages={"required": gettext_lazy("Write who rings from this sheet.")},
    )
    lines = forms.IntegerField(
        label=gettext_lazy("How many people"), min_value=1, max_value=MOST_LINES, initial=20
    )
    return_by = forms.DateField(
        label=gettext_lazy("Back, or destroyed, by"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Until the end of that day nobody else is given these people."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["return_by"].help_text = _(
            "Within %(days)s days. Until the end of that day nobody else is given these people."
        ) % {"days": MOST_DAYS}


class CodeForm(forms.Form):
    """The code that stands on a sheet."""

    code = forms.CharField(
        label=gettext_lazy("Code of the sheet"),
        max_length=20,
        help_text=gettext_lazy("Six letters at the top right of the paper."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "class": "short"}
        ),
        error_messages={
            "required": gettext_lazy("Enter the code that stands at the top right of the paper.")
        },
    )


class DayForm(forms.Form):
    """When the calls of a sheet were made."""

    rung_on = forms.DateField(
        label=gettext_lazy("Day of the calls"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": gettext_lazy("Enter the day on which the calls were made.")},
    )

    def day(self) -> date:
        """The day."""
        day: date = self.cleaned_data["rung_on"]
        return day


#: How a call can end on paper, in the order in which it stands there.
ON_PAPER = (
    CallResult.SPOKE,
    CallResult.NO_ANSWER,
    CallResult.LATER,
    CallResult.WRONG_NUMBER,
    CallResult.OBJECTED,
    CallResult.GONE,
)


class LineForm(AnswerFields):
    """One line of a sheet, small: choices instead of buttons."""

    field_order = ("result", "vote", "issues", "agreed", "email", "mobile", "wish")

    def __init__(self, *args: Any, signs: SheetSigns, asks_intention: bool, **kwargs: Any) -> None:
        kwargs |= {
            "channel": Spoken.CALL,
            "parties": [party for _sign, party in signs.parties],
            "issues": [issue for _sign, issue in signs.issues],
            "offers": [offer for _sign, _name, offer in signs.offers],
            "asks_intention": asks_intention,
        }
        super().__init__(*args, **kwargs)
        self._put_signs(signs)
        for name in {"agreed", "email", "mobile"} & self.fields.keys():
            self.fields[name].help_text = ""
        self.fields["result"] = forms.ChoiceField(
            label=_("How did it end?"),
            required=False,
            choices=[("", _("not rung")), *((one.value, one.label) for one in ON_PAPER)],
        )
        for name in ("vote", "wish"):
            field = self.fields.get(name)
            if isinstance(field, forms.ChoiceField):
                choices = field.choices
                field.widget = forms.Select()
                field.choices = choices
        self.order_fields(self.field_order)

    def _put_signs(self, signs: SheetSigns) -> None:
        """The letters and numbers of the paper before the names."""
        for name, known in (("vote", signs.of_votes), ("issues", signs.of_issues)):
            field = self.fields.get(name)
            if isinstance(field, forms.ChoiceField) and isinstance(field.choices, list):
                field.choices = [
                    (value, f"{known[value]} {label}" if value in known else label)
                    for value, label in field.choices
                ]
        agreed = self.fields.get("agreed")
        if isinstance(agreed, forms.MultipleChoiceField):
            # The words stand on the paper; the line says which.
            agreed.choices = [(offer.value, f"{sign} {name}") for sign, name, offer in signs.offers]

    def clean(self) -> dict[str, Any]:
        """Whoever writes an answer also says how the call ended."""
        cleaned: dict[str, Any] = super().clean() or {}
        is_written = any(cleaned.get(name) for name in self.field_order if name != "result")
        if is_written and not cleaned.get("result"):
            self.add_error("result", _("Say how the call ended."))
        return cleaned

    @property
    def is_rung(self) -> bool:
        """Whether anything stands on the line."""
        return bool(self.cleaned_data.get("result"))

    def said(self, *, election_id: str) -> Said:
        """What stands on the line, once it is valid."""
        return Said(
            result=self.cleaned_data["result"],
            answer=self.answer(election_id=election_id),
            wish=self.wish(),
            agreed=self.agreed(),
        )
