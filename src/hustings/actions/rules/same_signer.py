"""Whether two signatures without a common email address are the same person's."""

import re
import unicodedata

_NOT_A_LETTER = re.compile(r"[^a-z0-9]+")


def is_same_signer(*, one: tuple[str, str, str], other: tuple[str, str, str]) -> bool:
    """Compare (given name, family name, address line) of two signatures from one postcode.

    Names are compared by their letters alone, the given name by its first word, or by its initial where one side gives
    no more. Address lines count only where both are given.
    """
    given, family, line = (_letters(part) for part in one)
    other_given, other_family, other_line = (_letters(part) for part in other)
    if family != other_family or not family:
        return False
    if line and other_line and line != other_line:
        return False
    first, other_first = _letters(_first_word(one[0])), _letters(_first_word(other[0]))
    if len(first) == 1 or len(other_first) == 1:
        return first[:1] == other_first[:1] != ""
    return given == other_given or (first == other_first != "")


def _first_word(text: str) -> str:
    return text.split(maxsplit=1)[0] if text.split() else ""


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _NOT_A_LETTER.sub("", plain.casefold())
