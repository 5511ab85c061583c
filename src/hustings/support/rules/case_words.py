"""Words that say what somebody is alleged to have done: a case must not hold any.

What a person is suspected, accused or convicted of is data of a special sort (UK GDPR Article 10, known), is of no use for
looking after them, and could harm them in others' hands. There is no field for it; this rule reads the free text.
"""

import re
from dataclasses import dataclass

_ALLEGING = (
    r"alleg(?:ed|edly|ation|ations)",
    r"accus(?:ed|ation|ations)",
    r"suspect(?:ed)?(?:\s+of)?",
    r"(?:on\s+)?suspicion\s+of",
    r"charged?\s+with",
    r"arrested\s+(?:for|on)",
    r"detained\s+for",
    r"convict(?:ed|ion|ions)",
    r"guilty",
    r"offen[cs]e|offen[cs]es|offender",
    r"cautioned\s+for",
    r"wanted\s+for",
    r"committed",
    r"previous(?:ly)?\s+(?:convictions?|convicted)",
    r"criminal\s+(?:damage|record)",
    r"breach\s+of\s+the\s+peace",
    r"public\s+order\s+act",
    r"obstruct(?:ed|ing|ion)",
    r"trespass(?:ed|ing)?",
    r"aggravated",
    r"bail\s+conditions?",
)
_PATTERN = re.compile(r"\b(?:" + "|".join(_ALLEGING) + r")\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class FlaggedWord:
    """Words found, and where they begin."""

    words: str
    start: int


def flagged_words(*, text: str) -> tuple[FlaggedWord, ...]:
    """The words in a text that seem to say what somebody is alleged to have done, in order."""
    return tuple(FlaggedWord(words=found[0], start=found.start()) for found in _PATTERN.finditer(text))
