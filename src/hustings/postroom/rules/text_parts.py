"""How many parts a text message takes, and so what it costs: GSM 03.38 (3GPP TS 23.038) and concatenation (TS 23.040).

A text in the GSM alphabet has 160 letters in one part, or 153 in each of several; any other letter turns the whole text into
UCS-2, with 70 in one part or 67 in each. Letters of the extension table count twice and are never cut in two, nor is a
surrogate pair.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("^{}\\[~]|€\f")

#: Letters that word processors put in and that have a plain form in the GSM alphabet.
_PLAINER = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " ", "\u2009": " "}
)


class Alphabet(StrEnum):
    """In which letters a text is sent."""

    GSM = "GSM-7"
    UCS2 = "UCS-2"


@dataclass(frozen=True, slots=True)
class TextSize:
    """How a text is sent: alphabet, length in its units, parts, and the letters that kept it out of the GSM alphabet."""

    alphabet: Alphabet
    units: int
    parts: int
    odd_letters: str = ""


def plainer(*, text: str) -> str:
    """The text with typographic quotes, dashes and blanks in their plain form, so that it stays in the GSM alphabet."""
    return text.translate(_PLAINER)


def size_of(*, text: str) -> TextSize:
    """How many parts this text takes as it stands; an empty one takes none."""
    odd = "".join(dict.fromkeys(letter for letter in text if letter not in _BASIC | _EXTENDED))
    if odd:
        widths = [len(letter.encode("utf-16-be")) // 2 for letter in text]
        return TextSize(Alphabet.UCS2, sum(widths), _parts(widths, one=70, each=67), odd)
    widths = [2 if letter in _EXTENDED else 1 for letter in text]
    return TextSize(Alphabet.GSM, sum(widths), _parts(widths, one=160, each=153))


def cost_in_pence(*, parts: int, pence_a_part: Decimal) -> int:
    """What so many parts cost in whole pence, halves rounded up."""
    return int((parts * pence_a_part).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _parts(widths: list[int], *, one: int, each: int) -> int:
    if sum(widths) <= one:
        return 1 if widths else 0
    parts, room = 1, each
    for width in widths:
        if width > room:
            parts, room = parts + 1, each
        room -= width
    return parts
