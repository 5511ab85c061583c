"""Which party an advertiser belongs to, by the words in its disclaimer and page: for sums by party."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from hustings.adwatch.rules.naming import name_key


@cache
def _known() -> tuple[tuple[str, re.Pattern[str]], ...]:
    raw = tomllib.loads((Path(__file__).parent / "tables" / "party_words.toml").read_text(encoding="utf-8"))
    return tuple((one["party"], re.compile(one["words"], re.IGNORECASE)) for one in raw["party"])


_NO_FURTHER: Mapping[str, str] = {}


def party_of(*, page: str, disclaimer: str, further: Mapping[str, str] = _NO_FURTHER) -> str:
    """The party, or nothing. The disclaimer counts before the page.

    `further` holds parties beyond the table: their names, each under the same name in lower case.
    """
    for text in (disclaimer, page):
        folded = text.casefold()
        for words, name in further.items():
            if words in folded:
                return name
        for name, pattern in _known():
            if pattern.search(text):
                return name
    return ""


@cache
def register_names() -> dict[str, str]:
    """The key of a party's common name, and the name under which the register of parties holds it."""
    raw = tomllib.loads((Path(__file__).parent / "tables" / "party_words.toml").read_text(encoding="utf-8"))
    return {name_key(one["party"]): one["register"] for one in raw["party"] if "register" in one}
