"""Which party an advertiser belongs to, by the words in its disclaimer and page: for sums by party."""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from hustings.adwatch.rules.naming import name_key


@cache
def _known() -> tuple[tuple[str, re.Pattern[str]], ...]:
    raw = tomllib.loads((Path(__file__).parent / "tables" / "party_words.toml").read_text(encoding="utf-8"))
    return tuple((one["party"], re.compile(one["words"], re.IGNORECASE)) for one in raw["party"])


def party_of(*, page: str, disclaimer: str, further: Sequence[str] = ()) -> str:
    """The party, or nothing. The disclaimer counts before the page; `further` are names of parties beyond the table."""
    for text in (disclaimer, page):
        for name in further:
            if name and name.casefold() in text.casefold():
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
