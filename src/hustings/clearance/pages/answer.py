"""What the gate answered about many, as parts of a page: why people are refused, and what is doubtful of those cleared."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from hustings.clearance.pages.words import reason_words
from hustings.platform.pages.parts import Callout, Fact


def refusal_facts(
    *, counts: Mapping[str, int], rules: Mapping[str, Mapping[str, Any]], channel: str
) -> list[Fact]:
    """One line for each reason, in words, with how many it concerns and the rule behind it."""
    return [
        Fact(
            label=reason_words(reason=reason, channel=channel),
            value=count,
            note=str(rules.get(reason, {}).get("rule", "")),
        )
        for reason, count in counts.items()
    ]


def doubt_callouts(*, warnings: Iterable[Mapping[str, Any]]) -> list[Callout]:
    """One warning for each thing that is doubtful of some of those cleared."""
    return [
        Callout(
            title=_("%(count)s of those cleared") % {"count": warning["count"]},
            text=_(str(warning["sentence"])),
            tone="warn",
        )
        for warning in warnings
    ]
