"""Telephone numbers and email addresses that reach nobody."""

from __future__ import annotations

import unicodedata
from random import Random

# Ofcom keeps these ranges free for drama: https://www.ofcom.org.uk/phones-and-broadband/phone-
# numbers/numbers-for-drama
_MOBILE = "07700 900"
_LANDLINES = (
    "01632 960",
    "0113 496 0",
    "0114 496 0",
    "0116 496 0",
    "0117 496 0",
    "0118 496 0",
    "0121 496 0",
    "0131 496 0",
    "0141 496 0",
    "0151 496 0",
    "0161 496 0",
    "0191 498 0",
    "020 7946 0",
)
# The top-level domain .example is reserved by RFC 2606 and never resolves.
_DOMAINS = (
    "post.example",
    "letters.example",
    "inbox.example",
    "barsetmail.example",
    "quickpost.example",
    "webmail.example",
    "parish.example",
    "barset.example",
)
_NOT_DECOMPOSED = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "đ": "d", "ß": "ss"})


class OutOfNumbers(Exception):
    """Every number of the drama ranges has been given out."""


class Directory:
    """Gives out every telephone number and every address once, in an order that follows the seed."""

    def __init__(self, *, rng: Random) -> None:
        self._rng = rng
        self._mobiles = [f"{_MOBILE}{last:03d}" for last in range(1000)]
        self._landlines = [f"{head}{last:03d}" for head in _LANDLINES for last in range(1000)]
        rng.shuffle(self._mobiles)
        rng.shuffle(self._landlines)
        self._addresses: set[str] = set()

    def mobile(self) -> str:
        """Give out a mobile number: there are a thousand.

        Raises OutOfNumbers after the last.
        """
        if not self._mobiles:
            raise OutOfNumbers("All 1,000 mobile numbers of the drama range are in use.")
        return self._mobiles.pop()

    def landline(self) -> str:
        """Give out a landline number: there are thirteen thousand.

        Raises OutOfNumbers after the last.
        """
        if not self._landlines:
            raise OutOfNumbers("All landline numbers of the drama ranges are in use.")
        return self._landlines.pop()

    def email(self, *, forename: str, surname: str, born: int | None = None) -> str:
        """Make an address from a name that nobody in the borough has yet."""
        rng = self._rng
        first, last = letters_of(word=forename) or "a", letters_of(word=surname) or "b"
        local = rng.choice(
            (f"{first}.{last}", f"{first}.{last}", f"{first}{last}", f"{first[0]}.{last}", f"{last}.{first}")
        )
        if born is not None and rng.random() < 0.3:
            local += str(born % 100).zfill(2)
        address = f"{local}@{rng.choice(_DOMAINS)}"
        number = 2
        while address in self._addresses:
            address = f"{local}{number}@{rng.choice(_DOMAINS)}"
            number += 1
        self._addresses.add(address)
        return address


def letters_of(*, word: str) -> str:
    """Reduce a name to the small letters a to z, as people do for their addresses."""
    plain = unicodedata.normalize("NFKD", word.translate(_NOT_DECOMPOSED))
    return "".join(letter for letter in plain.lower() if "a" <= letter <= "z")
