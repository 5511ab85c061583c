"""A sentence that a rule says, in English until somebody translates it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Said:
    """An untranslated sentence with `{named}` gaps, and what fills them."""

    sentence: str
    details: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.told(str)

    def told(self, translate: Callable[[str], str]) -> str:
        """The whole sentence in the language that `translate` speaks."""
        return translate(self.sentence).format(**self.details)
