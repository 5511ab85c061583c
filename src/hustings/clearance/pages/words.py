"""How pages write what the rules found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Choices
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hustings.clearance.models import MaterialState
from hustings.clearance.rules.findings import Finding, Level
from hustings.clearance.rules.reason_words import words_of
from hustings.platform.pages.parts import Badge, Tone

#: What each check is about, in a few words.
CHECK_WORDS: Mapping[str, Promise] = {
    "I1": _("Facts"),
    "I2": _("Is an imprint needed?"),
    "I3": _("Promoter"),
    "I4": _("Promoter’s address"),
    "I5": _("On whose behalf"),
    "I6": _("Printer"),
    "I7": _("In the material"),
    "I8": _("Behind a link"),
    "I9": _("Link watched"),
    "I10": _("When shared"),
    "I11": _("Easy to read"),
    "I12": _("Same words"),
    "I13": _("Copy kept"),
    "I14": _("Time of year"),
    "M1": _("Spending limit"),
}

_TONES: Mapping[Level, Tone] = {Level.OK: "good", Level.INFO: "info", Level.WARN: "warn", Level.BLOCK: "bad"}
_LEVEL_WORDS: Mapping[Level, Promise] = {
    Level.OK: _("passed"),
    Level.INFO: _("note"),
    Level.WARN: _("look at this"),
    Level.BLOCK: _("put right"),
}
_STATE_TONES: Mapping[str, Tone] = {
    MaterialState.DRAFT: "plain",
    MaterialState.CHECKED: "info",
    MaterialState.APPROVED: "good",
    MaterialState.WITHDRAWN: "bad",
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the checklist as a page shows it."""

    number: str
    about: object
    badge: Badge
    text: str
    rule: str
    is_unconfirmed: bool
    code: str
    is_stopping: bool


def lines_of(findings: Iterable[Finding]) -> list[Line]:
    """The checklist as a page shows it: what stands in the way first, then in order of the checks."""
    order = {Level.BLOCK: 0, Level.WARN: 1, Level.INFO: 2, Level.OK: 3}
    return [
        Line(
            number=finding.id,
            about=CHECK_WORDS[finding.id],
            badge=Badge(text=str(_LEVEL_WORDS[finding.level]), tone=_TONES[finding.level]),
            text=finding.told(gettext),
            rule=finding.rule,
            is_unconfirmed=finding.status in {"known", "uncertain"},
            code=finding.code,
            is_stopping=finding.level is Level.BLOCK,
        )
        for finding in sorted(findings, key=lambda one: order[one.level])
    ]


def choices_of(choices: type[Choices]) -> list[tuple[str, str]]:
    """The values and labels of a set of choices, in the reader's language."""
    return [(str(value), str(label)) for value, label in choices.choices]


def kept_findings(rows: Iterable[Mapping[str, Any]]) -> list[Finding]:
    """Findings as they were kept with a material or a copy."""
    return [Finding.from_dict(row) for row in rows]


def state_badge(state: str) -> Badge:
    """A material's state as a coloured word."""
    return Badge(text=str(MaterialState(state).label), tone=_STATE_TONES[state])


def reason_words(*, reason: str, channel: str) -> str:
    """A reason of the gate in words, a missing address by its channel."""
    return gettext(words_of(reason=reason, channel=channel))
