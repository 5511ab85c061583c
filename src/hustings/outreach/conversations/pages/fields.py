"""The questions of a conversation as form fields, for one person or for a line of a sheet (by Django's form prefix)."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hustings.contacts.models import Issue
from hustings.elections.models import Party
from hustings.outreach.conversations.rules.answers import (
    Answer,
    Spoken,
    Wish,
    answer_value,
    read_answer_value,
)

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


class AnswerFields(forms.Form):
    """How they may vote, what matters to them, and whether they asked not to be contacted again.

    A page's own form inherits from it and adds its outcomes. `asks_intention` and `issues` say what is asked; what is not asked
    has no field. After `is_valid`, `answer(election_id=...)` and `wish()` give what `record_conversation` takes.
    """

    def __init__(
        self,
        *args: Any,
        channel: Spoken,
        parties: Sequence[Party] = (),
        issues: Sequence[Issue] = (),
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
        self.fields["wish"] = forms.ChoiceField(
            label=_("Did they ask not to be contacted?"),
            required=False,
            widget=forms.RadioSelect,
            choices=[(str(Wish.NOTHING), _("No")), *((str(key), name) for key, name in _WISHES[channel])],
            initial=str(Wish.NOTHING),
            error_messages={"invalid_choice": _("Choose one of the answers.")},
        )

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
