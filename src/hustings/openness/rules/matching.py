"""Is this message one of ours? Compare words, robust to forwarding marks, quoting, line breaks and a scanner's slips.

A text becomes its words without case, marks, addresses and forwarding lines. Two measures follow: how many runs of three words
of the material stand in what was found (sound for anything copied), and how many runs of five letters (sound for a photo that
was read by a machine, where some letters are wrong). Neither looks at names of people who wrote or forwarded it.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

#: Shares of the material's runs that have to be there. Unrelated campaign texts share next to no run of three words, and up to
#: half of all runs of five letters where one of them is long; see docs/algorithms/finding_materials.md.
WHOLE, PART, BLURRED = 0.6, 0.2, 0.75
LEAST_WORDS = 8
_RUN, _LETTERS = 3, 5
_LONGEST = 100_000  # letters

_FORWARDING = re.compile(
    r"(?im)^\s*(?:[>|]+\s*)*(?:-{2,}.*(?:message|forwarded|neges|ymlaen).*-{2,}|begin forwarded message.*|"
    r"(?:from|to|cc|bcc|sent|date|subject|reply-to|oddi wrth|at|anfonwyd|pwnc)\s*:.*|on .{5,80} wrote:|\[?forwarded\]?)\s*$"
)
_QUOTES = re.compile(r"(?m)^\s*(?:[>|]+\s?)+")
_PLACEHOLDER = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|www\.\S+")
_HYPHENATED = re.compile(r"(\w)[-\u00ad]\n\s*(\w)")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Fingerprint:
    """The runs of words and of letters of a text, as hashes."""

    words: tuple[str, ...]

    @cached_property
    def runs(self) -> frozenset[int]:
        """Hashes of the runs of three words."""
        return frozenset(
            _hashed(" ".join(self.words[i : i + _RUN])) for i in range(len(self.words) - _RUN + 1)
        )

    @cached_property
    def letters(self) -> frozenset[int]:
        """Hashes of the runs of five letters."""
        text = "".join(self.words)
        return frozenset(_hashed(text[i : i + _LETTERS]) for i in range(len(text) - _LETTERS + 1))


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """How much of a material stands in a text, from 0 to 1: by words, by letters, and how much of the text is the material."""

    of_material: float
    by_letters: float
    of_text: float

    @property
    def verdict(self) -> str:
        """`whole`, `part`, `blurred` (alike, with many letters wrong), or `none`."""
        if self.of_material >= WHOLE:
            return "whole"
        if self.by_letters >= BLURRED:
            return "blurred"
        if self.of_material >= PART or self.of_text >= WHOLE:
            return "part"
        return "none"

    @property
    def weight(self) -> float:
        """For putting the likeliest first."""
        return max(self.of_material, self.by_letters - 0.25, self.of_text - 0.1)


def _hashed(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


def fingerprint(text: str) -> Fingerprint:
    """The fingerprint of a text as somebody found it; letters past a hundred thousand are not read.

    >>> fingerprint("> Save our PARK!").words
    ('save', 'our', 'park')
    """
    plain = unicodedata.normalize("NFKC", text[:_LONGEST]).replace("\r\n", "\n")
    plain = _HYPHENATED.sub(r"\1\2", plain)
    plain = _QUOTES.sub("", _FORWARDING.sub("", plain))
    plain = _ADDRESS.sub(" ", _PLACEHOLDER.sub(" ", plain)).casefold()
    plain = plain.replace("’", "").replace("'", "")
    return Fingerprint(words=tuple(_WORD.findall(plain)))


def without(*, words: Fingerprint, common: Iterable[Fingerprint]) -> Fingerprint:
    """The fingerprint less the words of imprints, which every material of one promoter shares."""
    kept = words.words
    for one in common:
        kept = _cut(kept, one.words)
    return Fingerprint(words=kept)


def _cut(words: tuple[str, ...], part: tuple[str, ...]) -> tuple[str, ...]:
    size = len(part)
    if not size:
        return words
    for start in range(len(words) - size + 1):
        if words[start : start + size] == part:
            return words[:start] + words[start + size :]
    return words


def likeness(*, text: Fingerprint, material: Fingerprint) -> Likeness:
    """Hold a text against a material; a material of fewer than eight words is like nothing."""
    if len(material.words) < LEAST_WORDS or not text.runs:
        return Likeness(of_material=0.0, by_letters=0.0, of_text=0.0)
    shared = len(text.runs & material.runs)
    letters = len(text.letters & material.letters) / len(material.letters)
    # In a long text many runs of letters stand by chance: it has to be about as long as the material.
    is_comparable = len(text.letters) <= 4 * len(material.letters)
    return Likeness(
        of_material=shared / len(material.runs),
        by_letters=letters if is_comparable else 0.0,
        of_text=shared / len(text.runs) if len(text.words) >= LEAST_WORDS else 0.0,
    )
