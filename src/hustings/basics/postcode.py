"""Postcodes: read in any spelling, told apart by their grammar, packed into one integer.

The grammar is that of the Royal Mail's programmers' guide (also BS 7666): an outward half of one or two
letters and a district, and an inward half of one digit and two letters. Whether one of good shape is in use
is a question for `places`. The ZZ area is nobody's; the fictional borough lives there.
"""

import re
import unicodedata
from dataclasses import dataclass
from itertools import product

from hustings.basics.refusals import Refusal, gettext_noop

# First letter: no Q, V, X. Second: no I, J (Z only in the fictional ZZ). Third and fourth positions and the
# inward letters each have a set of their own. A district of two digits never begins with nought.
_SHAPE = re.compile(
    r"(?P<outward>(?P<area>[A-PR-UWYZ])(?:[1-9][0-9]|[0-9]|[1-9][ABCDEFGHJKPSTUW])"
    r"|(?P<area2>[A-PR-UWYZ][A-HK-Y]|ZZ)(?:[1-9][0-9]|[0-9]|[0-9][ABEHMNPRVWXY])"
    r"|(?P<giro>GIR))"
    r"(?P<inward>[0-9][ABD-HJLNP-UW-Z]{2})"
)
_BFPO = re.compile(r"BFPO(?:C/?O)?0*(?P<number>[1-9][0-9]{0,3})")
_BEGINNING = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?(?:[0-9][A-Z]?)?")
_LAST_WORDS = (re.compile(r"[^\s,]+\s+[^\s,]+\Z"), re.compile(r"[^\s,]+\Z"))
_DROPPED = str.maketrans("", "", "-.,'’‐‑–")
_LOOKS_LIKE = {"O": "O0", "0": "O0", "I": "I1", "1": "I1"}
_PACKED_LENGTH = 8


class PostcodeError(Refusal):
    """The text is not a postcode; its sentence says what is wrong with it."""


@dataclass(frozen=True, slots=True, order=True)
class Postcode:
    """A postcode of good shape, kept without spaces in `compact` ("BS15TR")."""

    compact: str

    @property
    def is_bfpo(self) -> bool:
        """Say whether it is a British Forces Post Office number rather than a place in the United Kingdom."""
        return self.compact.startswith("BFPO")

    @property
    def outward(self) -> str:
        """The first half: "BS1"; for a forces' number "BFPO"."""
        return "BFPO" if self.is_bfpo else self.compact[:-3]

    @property
    def inward(self) -> str:
        """The second half: "5TR"; for a forces' number the number itself."""
        return self.compact[4:] if self.is_bfpo else self.compact[-3:]

    @property
    def spaced(self) -> str:
        """As it is written on an envelope: "BS1 5TR"."""
        return f"{self.outward} {self.inward}"

    @property
    def area(self) -> str:
        """The one or two letters it begins with: "BS"; the whole word for a forces' number."""
        if self.is_bfpo or self.compact.startswith("GIR"):
            return self.outward
        return self.compact[:2] if self.compact[1].isalpha() else self.compact[:1]

    @property
    def is_northern_irish(self) -> bool:
        """Say whether it lies in Northern Ireland (area BT), which Great Britain's open data leaves out."""
        return self.area == "BT"

    @property
    def is_fictional(self) -> bool:
        """Say whether it lies in the made-up ZZ area."""
        return self.area == "ZZ"

    def __str__(self) -> str:
        return self.spaced


def parse_postcode(text: str) -> Postcode:
    """Read a postcode in any spacing and case.

    A letter O typed for a nought or an I for a one, and the other way round, is mended only where the grammar
    leaves a single reading: "B5I OAA" can only be B51 0AA. Raises `PostcodeError` with a sentence otherwise.
    """
    compact = "".join(unicodedata.normalize("NFKC", text).split()).translate(_DROPPED).upper()
    if _SHAPE.fullmatch(compact):
        return Postcode(compact)
    if match := _BFPO.fullmatch(compact):
        return Postcode(f"BFPO{match['number']}")
    mended = _mended(compact)
    if len(mended) == 1:
        return Postcode(mended[0])
    raise _fault(compact, text.strip(), len(mended))


def is_postcode_shape(compact: str) -> bool:
    """Say whether upper-case text without spaces has the exact shape of a postcode, nothing mended."""
    return _SHAPE.fullmatch(compact) is not None or _BFPO.fullmatch(compact) is not None


def split_address(text: str) -> tuple[str, str]:
    """An address as its lines and its postcode, whether it was kept on many lines or on one.

    Only whole words at the end that make a postcode are taken for it; where there are none the postcode is empty.
    """
    rest = text.strip(" ,.\n")
    for pattern in _LAST_WORDS:
        end = pattern.search(rest)
        compact = "".join(end[0].split()).upper() if end else ""
        if end and is_postcode_shape(compact):
            return rest[: end.start()].rstrip(" ,.\n"), Postcode(compact).spaced
    return rest, ""


def pack_postcode(postcode: Postcode) -> int:
    """The postcode as a positive 64-bit integer: its ASCII bytes, the first highest, noughts behind.

    Packed postcodes sort as their compact spellings do.
    """
    return int.from_bytes(postcode.compact.encode("ascii").ljust(_PACKED_LENGTH, b"\0"), "big")


def unpack_postcode(packed: int) -> Postcode:
    """The postcode that `pack_postcode` packed."""
    return Postcode(packed.to_bytes(_PACKED_LENGTH, "big").rstrip(b"\0").decode("ascii"))


def _mended(compact: str) -> list[str]:
    """Every reading of the text with O and 0, I and 1 exchanged that is a postcode."""
    if not 5 <= len(compact) <= 7 or not compact.isascii():
        return []
    readings = ("".join(letters) for letters in product(*(_LOOKS_LIKE.get(c, c) for c in compact)))
    return [reading for reading in readings if _SHAPE.fullmatch(reading)]


def _fault(compact: str, entered: str, readings: int) -> PostcodeError:
    if not compact:
        return PostcodeError("missing", gettext_noop("Enter a postcode, for example ZZ1 1AA."))
    if readings > 1:
        return PostcodeError(
            "ambiguous",
            gettext_noop(
                "“{entered}” can be read in more than one way. "
                "Check the letters O and I and the digits 0 and 1."
            ),
            entered=entered,
        )
    if not compact.isalnum() or not compact.isascii():
        return PostcodeError(
            "characters",
            gettext_noop("“{entered}” has characters that no postcode has. Use only letters and digits."),
            entered=entered,
        )
    if compact.startswith("BFPO"):
        return PostcodeError(
            "bfpo",
            gettext_noop(
                "“{entered}” is not a forces' address. Write BFPO and its number, for example BFPO 57."
            ),
            entered=entered,
        )
    if len(compact) > 7:
        return PostcodeError(
            "too_long",
            gettext_noop("“{entered}” is too long for a postcode. Enter the postcode alone."),
            entered=entered,
        )
    if len(compact) < 7 and _BEGINNING.fullmatch(compact):
        return PostcodeError(
            "partial",
            gettext_noop("“{entered}” is only part of a postcode. Enter all of it, for example ZZ1 1AA."),
            entered=entered,
        )
    if len(compact) < 5:
        return PostcodeError(
            "too_short", gettext_noop("“{entered}” is too short for a postcode."), entered=entered
        )
    if _ends_wrongly(compact):
        return PostcodeError(
            "inward",
            gettext_noop(
                "“{entered}” does not end like a postcode, "
                "in a digit and two letters (never C, I, K, M, O or V)."
            ),
            entered=entered,
        )
    return PostcodeError(
        "outward",
        gettext_noop("“{entered}” does not begin like a postcode, in one or two letters and a number."),
        entered=entered,
    )


def _ends_wrongly(compact: str) -> bool:
    return re.fullmatch(r"[0-9][ABD-HJLNP-UW-Z]{2}", compact[-3:]) is None
