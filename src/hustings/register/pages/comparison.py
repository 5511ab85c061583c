"""A person and an elector side by side, as the review pages show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hustings.people.models import Person
from hustings.platform.pages.parts import Badge, Tone
from hustings.register.models import Match, MatchState

#: What each level is called and how good it is: words, never a colour alone.
_LEVELS: Mapping[str, Mapping[str, tuple[Any, Tone]]] = {
    "forename": {
        "same": (gettext_lazy("the same"), "good"),
        "form": (gettext_lazy("a form of it"), "good"),
        "other_name": (gettext_lazy("another forename"), "warn"),
        "initial": (gettext_lazy("initial only"), "warn"),
        "close": (gettext_lazy("spelt alike"), "warn"),
        "different": (gettext_lazy("different"), "bad"),
    },
    "surname": {
        "same": (gettext_lazy("the same"), "good"),
        "close": (gettext_lazy("spelt alike"), "warn"),
        "part": (gettext_lazy("part of it"), "warn"),
        "different": (gettext_lazy("different"), "bad"),
    },
    "middle": {
        "agree": (gettext_lazy("agree"), "good"),
        "silent": (gettext_lazy("not given by both"), "plain"),
        "conflict": (gettext_lazy("differ"), "bad"),
    },
    "place": {
        "same_house": (gettext_lazy("the same house"), "good"),
        "same_postcode": (gettext_lazy("the same postcode, house not given"), "good"),
        "other_house": (gettext_lazy("another house of the postcode"), "warn"),
        "same_sector": (gettext_lazy("nearby"), "warn"),
        "elsewhere": (gettext_lazy("elsewhere"), "bad"),
    },
    "swapped": {"yes": (gettext_lazy("forename and surname swapped"), "warn")},
}
_STATES: Mapping[str, Tone] = {
    MatchState.MATCHED: "good",
    MatchState.ACCEPTED: "good",
    MatchState.UNSURE: "warn",
    MatchState.REJECTED: "plain",
    MatchState.SUPERSEDED: "plain",
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One matter compared: what the person wrote, what the register says, and how they agree."""

    label: str
    person: str
    elector: str
    badge: Badge | None = None
    weight: float | None = None


@dataclass(frozen=True, kw_only=True)
class Side:
    """One candidate: the match, its lines, and whether this login may see the entry at all."""

    match: Match
    number: str
    likelihood: str
    state: Badge
    lines: tuple[Line, ...]
    is_visible: bool


def side_of(*, match: Match, person: Person) -> Side:
    """Put a match, annotated with its `entry`, beside the person."""
    entry: dict[str, Any] | None = getattr(match, "entry", None)
    state = Badge(text=str(match.get_state_display()), tone=_STATES[match.state])
    likelihood = likelihood_of(match=match)
    if entry is None:
        return Side(match=match, number="", likelihood=likelihood, state=state, lines=(), is_visible=False)
    given = _address(person.address_line, person.postcode)
    registered = _address(entry["address"], entry["postcode"])
    return Side(
        match=match,
        number=entry_number(entry=entry),
        likelihood=likelihood,
        state=state,
        is_visible=True,
        lines=(
            _line(match, "forename", _("Forename"), person.given_name, entry["forename"]),
            _line(match, "surname", _("Surname"), person.family_name, entry["surname"]),
            _line(match, "place", _("Address"), given, registered),
            *(
                _line(match, name, label, "", "")
                for name, label in (("middle", _("Second forename")), ("swapped", _("Order")))
                if match.evidence.get(name, ["silent"])[0] != "silent"
            ),
        ),
    )


def likelihood_of(*, match: Match) -> str:
    """The probability as people write it: never a hundred in a hundred."""
    if match.probability >= 0.995:
        return _("over 99%")
    return f"{match.probability:.0%}"


def entry_number(*, entry: Mapping[str, Any]) -> str:
    """The elector number as it is printed."""
    return f"{entry['district']}-{entry['number']}" + (f"/{entry['suffix']}" if entry["suffix"] else "")


def entry_name(*, entry: Mapping[str, Any]) -> str:
    """Forenames and surname."""
    return f"{entry['forename']} {entry['surname']}".strip()


def _line(match: Match, name: str, label: str, person: str, elector: str) -> Line:
    level, weight = (*match.evidence.get(name, ("", None)),)[:2]
    words, tone = _LEVELS[name].get(level, ("", "plain"))
    return Line(
        label=label,
        person=person,
        elector=elector,
        badge=Badge(text=str(words), tone=tone) if words else None,
        weight=weight,
    )


def _address(address: str, postcode: str) -> str:
    return ", ".join(part for part in (address, postcode.replace(" ", "\N{NO-BREAK SPACE}")) if part)
