"""Find names and postal addresses in running text, whatever wording stands around them.

No law lays down an exact wording for an imprint, so nothing here looks for "Promoted by". Names and address
lines are compared as runs of words, without regard to case, accents' encoding, punctuation, "&" for "and",
"Ltd" for "Limited" or "Rd" for "Road".
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from hustings.clearance.rules.facts import Responsible

_POSTCODE = re.compile(
    r"(?<![A-Z0-9])([A-Z]{1,2}[0-9][A-Z0-9]?)\s*([0-9][ABD-HJLNP-UW-Z]{2})(?![A-Z0-9])", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile(r"['’‘ʼ`]")
_ZERO_WIDTH = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_EMAIL_OR_URL = re.compile(
    r"\S+@\S+\.\S+|(https?://|www\.)\S+|\b[\w-]+(\.[\w-]+)*\.(uk|com|org|net|example|cymru|wales|scot)\b",
    re.IGNORECASE,
)

_SAME_WORD = {
    "limited": "ltd",
    "company": "co",
    "street": "st",
    "saint": "st",
    "road": "rd",
    "avenue": "ave",
    "lane": "ln",
    "drive": "dr",
    "close": "cl",
    "court": "ct",
    "crescent": "cres",
    "place": "pl",
    "square": "sq",
    "terrace": "ter",
    "gardens": "gdns",
    "floor": "fl",
    "number": "no",
    "pobox": "po",
}
_TITLES = frozenset(
    {
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "dr",
        "cllr",
        "councillor",
        "sir",
        "dame",
        "lord",
        "lady",
        "rev",
        "revd",
        "prof",
        "hon",
    }
)


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in the form in which they are compared.

    >>> words_of("Archer & Daughters Limited, St. John’s Road")
    ('archer', 'and', 'daughters', 'ltd', 'st', 'johns', 'rd')
    """
    plain = unicodedata.normalize("NFKC", text).translate(_ZERO_WIDTH).casefold()
    plain = _APOSTROPHES.sub("", plain).replace("&", " and ").replace("p.o.", "po")
    return tuple(_SAME_WORD.get(word, word) for word in _WORD.findall(plain))


def postcodes_in(text: str) -> frozenset[str]:
    """Every UK postcode in a text, in capitals and without a space."""
    plain = unicodedata.normalize("NFKC", text).translate(_ZERO_WIDTH)
    return frozenset((outward + inward).upper() for outward, inward in _POSTCODE.findall(plain))


def postcode_of(address: str) -> str | None:
    """The last postcode in a postal address, in capitals and without a space; None where there is none."""
    found = _POSTCODE.findall(address)
    return "".join(found[-1]).upper() if found else None


def lines_of(address: str) -> tuple[str, ...]:
    """The lines of a postal address without its postcode, email addresses and web addresses."""
    without = _EMAIL_OR_URL.sub("", _POSTCODE.sub("", address))
    return tuple(line for raw in re.split(r"[,\n;]", without) if _WORD.search(line := raw.strip()))


def _street_lines(address: str) -> tuple[str, ...]:
    """The lines that lead to a door or a box: those with a number, else the first."""
    lines = lines_of(address)
    numbered = tuple(line for line in lines if re.search(r"\d|\bbox\b", line, re.IGNORECASE))
    return numbered or lines[:1]


def is_postal(address: str) -> bool:
    """Whether an address is one where letters arrive: a street, house or box and a UK postcode, not an email
    or a link.
    """
    return postcode_of(address) is not None and bool(_street_lines(address))


def is_electronic_only(address: str) -> bool:
    """Whether what was given as an address is an email address or a web address and nothing more."""
    return bool(_EMAIL_OR_URL.search(address)) and not lines_of(address)


def is_same_address(*, first: str, second: str) -> bool:
    """Whether two postal addresses lead to the same door: the same postcode and a street line in common."""
    if postcode_of(first) != postcode_of(second):
        return False
    left = {words_of(line) for line in _street_lines(first)}
    return bool(left & {words_of(line) for line in _street_lines(second)})


@dataclass(frozen=True)
class Passage:
    """A text in which names and addresses are looked for."""

    text: str

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Its words, as compared."""
        return words_of(self.text)

    @cached_property
    def postcodes(self) -> frozenset[str]:
        """Its postcodes, as compared."""
        return postcodes_in(self.text)

    def positions(self, wanted: tuple[str, ...]) -> tuple[int, ...]:
        """Where a run of words begins, by the number of words before it."""
        if not wanted:
            return ()
        size = len(wanted)
        return tuple(
            start
            for start in range(len(self.words) - size + 1)
            if self.words[start] == wanted[0] and self.words[start : start + size] == wanted
        )

    def name_positions(self, name: str) -> tuple[int, ...]:
        """Where a name stands, a title before it or not."""
        wanted = words_of(name)
        while len(wanted) > 1 and wanted[0] in _TITLES:
            wanted = wanted[1:]
        return self.positions(wanted)

    def has_name(self, name: str) -> bool:
        """Whether the name stands in the text."""
        return bool(self.name_positions(name))

    def has_postcode(self, address: str) -> bool:
        """Whether the postcode of this address stands in the text."""
        return postcode_of(address) in self.postcodes

    def has_street(self, address: str) -> bool:
        """Whether a line of this address that leads to a door or a box stands in the text."""
        return any(self.positions(words_of(line)) for line in _street_lines(address))

    def has_address(self, address: str) -> bool:
        """Whether the street or box and the postcode both stand in the text."""
        return self.has_postcode(address) and self.has_street(address)

    def names_with_address(self, who: Responsible) -> bool:
        """Whether both the name and the postal address stand in the text."""
        return self.has_name(who.name) and self.has_address(who.address)

    def words_between(self, who: Responsible) -> int | None:
        """The least number of words from the name to a line of the address; None where either is missing."""
        names = self.name_positions(who.name)
        lines = [start for line in _street_lines(who.address) for start in self.positions(words_of(line))]
        if not names or not lines:
            return None
        return min(abs(name - line) for name in names for line in lines)
