"""The forms of whoever rings: what was said, and when to ring again."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from hustings.basics.clock import UK
from hustings.outreach.conversations.queries import parties_to_ask
from hustings.outreach.conversations.rules.answers import Spoken
from hustings.outreach.conversations.usecases.offer_words import offer_words
from hustings.outreach.phonebank.models import PhoneBank


def questions_of(*, bank: PhoneBank, now: datetime) -> dict[str, Any]:
    """What the shared questions need to know of a bank."""
    return {
        "channel": Spoken.CALL,
        "parties": parties_to_ask(election=bank.election, area=bank.area) if bank.asks_intention else (),
        "issues": list(bank.issues.order_by("name")),
        "offers": offer_words(channel=Spoken.CALL, now=now),
        "asks_intention": bank.asks_intention,
    }


class LaterForm(forms.Form):
    """The day and the time at which somebody wants to be rung."""

    later_on = forms.DateField(
        label=gettext_lazy("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": gettext_lazy("Choose the day on which they want to be rung.")},
    )
    later_time = forms.TimeField(
        label=gettext_lazy("Time"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": gettext_lazy("Choose the time at which they want to be rung.")},
    )

    def moment(self) -> datetime:
        """The moment, by the clock of the United Kingdom."""
        return datetime.combine(self.cleaned_data["later_on"], self.cleaned_data["later_time"], UK)
