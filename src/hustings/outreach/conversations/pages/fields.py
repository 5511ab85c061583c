"""The questions of a conversation as form fields, for one person or for a line of a sheet (by Django's form prefix)."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hustings.basics.email_address import NotAnEmailAddress
from hustings.basics.phone import NotAPhoneNumber, parse_phone
from hustings.basics.refusals import Refusal
from hustings.contacts.models import Issue
from hustings.elections.models import Party
from hustings.outreach.conversations.rules.agreements import Agreed
from hustings.outreach.conversations.rules.answers import (
    Answer,
    Spoken,
    Wish,
    answer_value,
    read_answer_value,
)
from hustings.outreach.conversations.usecases.take_agreement import read_email
from hustings.people.usecases.offers_of import Offer

_WISHES = {
    Spoken.CALL: (
        (Wish.NOT_THIS_WAY, gettext_lazy("Asked not to be called again")),
        (Wish.NOT_AT_ALL, gettext_lazy("Asked for no contact at all")),
    ),
    Spoken.DOOR: (
        (Wish.NOT_THIS_WAY, gettext_lazy("Asked not to be visited again")),
        (Wish.NOT_AT_ALL, gettext_lazy("Asked for no contact at all")),
    ),
}


#: The fields that hold what somebody agreed to, and where they can be reached.
AGREEMENT = frozenset({"agreed", "email", "mobile"})


class AnswerFields(forms.Form):
    """How they may vote, what matters to them, what they agreed to, and whether they asked not to be contacted again.

    A page's own form inherits from it and adds its outcomes. `asks_intention`, `issues` and `offers` say what is asked; what is
    not asked has no field. After `is_valid`, `answer(election_id=...)`, `wish()` and `agreed()` give what `record_conversation`
    takes; `refuse` puts its refusal beside the field it is about.
    """

    def __init__(
        self,
        *args: Any,
        channel: Spoken,
        parties: Sequence[Party] = (),
        issues: Sequence[Issue] = (),
        offers: Sequence[Offer] = (),
        asks_intention: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if asks_intention:
            self.fields["vote"] = forms.ChoiceField(
                label=_("How may they vote?"),
                required=False,
                widget=forms.RadioSelect,
                choices=[
                    ("", _("Not asked")),
                    *((answer_value(choice="party", party_id=party.pk), party.name) for party in parties),
                    ("undecided", _("Undecided")),
                    ("not_voting", _("Will not vote")),
                    ("wont_say", _("Would rather not say")),
                ],
                initial="",
                error_messages={"invalid_choice": _("Choose one of the answers.")},
            )
        if issues:
            self.fields["issues"] = forms.TypedMultipleChoiceField(
                label=_("What matters to them?"),
                required=False,
                coerce=int,
                widget=forms.CheckboxSelectMultiple,
                choices=[(issue.pk, issue.name) for issue in issues],
                error_messages={"invalid_choice": _("Choose from the list.")},
            )
        if offers:
            self._ask_consent(offers)
        self.fields["wish"] = forms.ChoiceField(
            label=_("Did they ask not to be contacted?"),
            required=False,
            widget=forms.RadioSelect,
            choices=[(str(Wish.NOTHING), _("No")), *((str(key), name) for key, name in _WISHES[channel])],
            initial=str(Wish.NOTHING),
            error_messages={"invalid_choice": _("Choose one of the answers.")},
        )

    def _ask_consent(self, offers: Sequence[Offer]) -> None:
        self.fields["agreed"] = forms.MultipleChoiceField(
            label=_("What did they agree to?"),
            help_text=_("Read each aloud, word for word. Tick it only where they say yes."),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=[(offer.value, offer.wording.text) for offer in offers],
            error_messages={
                "invalid_choice": _("These words have changed. Load the page anew, and read them out again.")
            },
        )
        self.fields["email"] = forms.CharField(
            label=_("Their email address"),
            help_text=_(
                "Only if they agreed to emails. Spell it back to them: it gets a message with the link to their choices."
            ),
            required=False,
            max_length=254,
            widget=forms.EmailInput(
                attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
            ),
        )
        self.fields["mobile"] = forms.CharField(
            label=_("Their mobile number"),
            help_text=_("Only if they agreed to texts or telephone calls."),
            required=False,
            max_length=30,
            widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        )

    def clean_email(self) -> str:
        """An address as it was taken down, if mail can be sent to it."""
        return self._read("email", read_email)

    def clean_mobile(self) -> str:
        """A number as it was taken down, if it can be rung."""
        return self._read("mobile", parse_phone)

    def _read(self, name: str, read: Callable[[str], object]) -> str:
        entered: str = self.cleaned_data[name].strip()
        try:
            if entered:
                read(entered)
        except Refusal as fault:
            raise forms.ValidationError(fault.told(_)) from fault
        return entered

    def agreed(self) -> Agreed:
        """What they agreed to, and where they can be reached."""
        return Agreed(
            offers=tuple(self.cleaned_data.get("agreed", ())),
            email=self.cleaned_data.get("email", ""),
            mobile=self.cleaned_data.get("mobile", ""),
        )

    def refuse(self, problem: Refusal) -> None:
        """Say beside the field what is wrong with it, or above them all."""
        name = {"email": "email", "mobile": "mobile", "post": "agreed", "contradiction": "wish"}.get(
            problem.code
        )
        if isinstance(problem, NotAnEmailAddress):
            name = "email"
        if isinstance(problem, NotAPhoneNumber):
            name = "mobile"
        self.add_error(name if name in self.fields else None, problem.told(_))

    def answer(self, *, election_id: str = "") -> Answer:
        """What was answered, about the vote at an election where one is named."""
        choice, party_id = read_answer_value(value=self.cleaned_data.get("vote", ""))
        return Answer(
            choice=choice,
            party_id=party_id,
            election_id=election_id if choice else "",
            issue_ids=tuple(self.cleaned_data.get("issues", ())),
        )

    def wish(self) -> Wish:
        """What they asked about being contacted again."""
        return Wish(self.cleaned_data.get("wish", ""))
