"""A name and address beside an objection of which only keys were kept: what agrees, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django import forms
from django.utils.translation import gettext, gettext_lazy

from hustings.people.rules.agreement import Level, Part
from hustings.platform.pages.parts import Badge, Moment, Tone

_PARTS: Mapping[Part, Any] = {
    Part.GIVEN_NAME: gettext_lazy("Given name"),
    Part.FAMILY_NAME: gettext_lazy("Family name"),
    Part.HOUSE: gettext_lazy("House"),
    Part.POSTCODE: gettext_lazy("Postcode"),
}
#: What each level is called and how good it is: words, never a colour alone.
_LEVELS: Mapping[Level, tuple[Any, Tone]] = {
    Level.SAME: (gettext_lazy("the same"), "good"),
    Level.ALIKE: (gettext_lazy("spelt alike, or a short form"), "warn"),
    Level.THEIR_INITIAL: (gettext_lazy("the objection has the same initial, no more"), "warn"),
    Level.OUR_INITIAL: (gettext_lazy("the same initial; we have no more"), "warn"),
    Level.NOT_THEIRS: (gettext_lazy("not in the objection"), "plain"),
    Level.NOT_OURS: (gettext_lazy("the objection has one, we have none"), "plain"),
    Level.NOT_COMPARED: (gettext_lazy("not given by both"), "plain"),
}


@dataclass(frozen=True, kw_only=True)
class AgreementLine:
    """One part of a name and address: as it stands with us, and how the objection agrees."""

    label: str
    value: str
    badge: Badge


def agreement_lines(*, parts: Mapping[Part, Level], values: Mapping[Part, str]) -> list[AgreementLine]:
    """The lines to show, in the order in which a name and address are written; none where nothing agrees."""
    return [
        AgreementLine(
            label=str(_PARTS[part]),
            value=values[part],
            badge=Badge(text=str(_LEVELS[level][0]), tone=_LEVELS[level][1]),
        )
        for part, level in parts.items()
    ]


class Answer(Protocol):
    """An answer to a doubtful hit, whoever it is about."""

    is_same_person: Any
    reason: Any
    at: Any
    by: Any


@dataclass(frozen=True, kw_only=True)
class DecidedRow:
    """A line in the list of those decided: whose, where to decide otherwise, and the answer that holds."""

    name: str
    url: str
    review: Answer
    note: str = ""


def answers_as_moments(*, reviews: Iterable[Answer]) -> list[Moment]:
    """What was answered, as given, for a timeline."""
    return [
        Moment(
            at=review.at,
            title=gettext("The same person") if review.is_same_person else gettext("Somebody else"),
            text=review.reason,
            by=str(review.by or ""),
            tone="warn" if review.is_same_person else "good",
        )
        for review in reviews
    ]


class DecisionForm(forms.Form):
    """Is it them, and how do we know?"""

    answer = forms.ChoiceField(
        choices=[
            ("same", gettext_lazy("Yes: it is this person who objected. Do not contact them.")),
            ("other", gettext_lazy("No: somebody else objected. This person may be contacted.")),
        ],
        widget=forms.RadioSelect,
        label=gettext_lazy("Is it the same person?"),
    )
    reason = forms.CharField(
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        label=gettext_lazy("How do you know?"),
    )

    @property
    def is_same_person(self) -> bool:
        """The answer of a form that is valid."""
        return bool(self.cleaned_data["answer"] == "same")
