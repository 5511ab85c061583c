"""How people write their names and addresses when nobody checks: the noise on petitions and lists."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from random import Random

from hustings.project.demo.borough.electors import Elector
from hustings.project.demo.borough.land import Land

# On a keyboard, the letters one hits instead.
_NEIGHBOURS = dict(
    pair.split(":")
    for pair in [
        "a:sqz",
        "b:vnh",
        "c:xvd",
        "d:sfe",
        "e:wrd",
        "f:dgr",
        "g:fht",
        "h:gjy",
        "i:uok",
        "j:hku",
        "k:jli",
        "l:kop",
        "m:nk",
        "n:bmh",
        "o:ipl",
        "p:ol",
        "q:wa",
        "r:etf",
        "s:adw",
        "t:ryg",
        "u:yij",
        "v:cbf",
        "w:qes",
        "x:zcs",
        "y:tuh",
        "z:xas",
    ]
)
_LETTERS_WITH_MARKS = "łńśźżćóąęéèýřžčšůúáíőöüňťď"
_THE_SAME_WITHOUT = "lnszzcoaeeeyrzcsuuaioountd"
_UNACCENTED = str.maketrans(
    _LETTERS_WITH_MARKS + _LETTERS_WITH_MARKS.upper(), _THE_SAME_WITHOUT + _THE_SAME_WITHOUT.upper()
)
_PLAIN_SPELLINGS = (
    ("McK", "Mack"),
    ("Mac", "Mc"),
    ("Clarke", "Clark"),
    ("Thompson", "Thomson"),
    ("Stewart", "Stuart"),
)


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote of themselves; `address` is empty where they left it out."""

    first_name: str
    surname: str
    postcode: str
    address: str

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.surname}".strip()


def misspell(*, rng: Random, word: str) -> str:
    """Make one slip: two letters swapped, one left out, doubled, or its neighbour on the keyboard struck."""
    if len(word) < 4:
        return word
    at = rng.randrange(1, len(word) - 1)
    slip = rng.random()
    if slip < 0.30:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if slip < 0.58:
        return word[:at] + word[at + 1 :]
    if slip < 0.75:
        return word[:at] + word[at] + word[at:]
    letter = word[at].lower()
    return word[:at] + rng.choice(_NEIGHBOURS.get(letter, letter)) + word[at + 1 :]


def short_form(*, rng: Random, forename: str) -> str:
    """Give a familiar form of a forename, or the forename itself where none is usual."""
    return rng.choice(_short_forms().get(forename, (forename,)))


class Scribe:
    """Writes people's names and addresses as they themselves might.

    A slip in a postcode leads to another live postcode of the same sector: slips that lead nowhere are
    caught by any form that looks postcodes up, and so never reach a list.
    """

    def __init__(self, *, rng: Random, land: Land) -> None:
        self._rng = rng
        self._sectors: dict[str, list[str]] = {}
        for row in land.postcodes:
            if row.terminated_on is None:
                self._sectors.setdefault(row.postcode[:-2], []).append(row.postcode)

    def write(self, *, elector: Elector, care: float, moved_to: tuple[str, str] | None = None) -> Written:
        """Write one person down.

        `care` from 0 to 1 is how carefully it is done: 1 makes the fewest slips. `moved_to` is the postcode
        and first address line of a new home, for one who has moved since the register was made.
        """
        rng = self._rng
        slips = 1.6 - care
        first = _forename(rng=rng, elector=elector, slips=slips)
        surname = _surname(rng=rng, elector=elector, slips=slips)
        if rng.random() < 0.012 * slips:
            first, surname = surname, first
        style = rng.random()
        if style < 0.06 * slips:
            first, surname = first.lower(), surname.lower()
        elif style < 0.08 * slips:
            first, surname = first.upper(), surname.upper()
        assert elector.dwelling is not None, "only electors with an address write one"
        postcode, line = moved_to or (elector.dwelling.postcode, ", ".join(elector.dwelling.lines[:-2]))
        return Written(
            first_name=first,
            surname=surname,
            postcode=self._postcode(postcode=postcode, slips=slips),
            address=_address(rng=rng, line=line),
        )

    def _postcode(self, *, postcode: str, slips: float) -> str:
        rng = self._rng
        chance = rng.random()
        if chance < 0.022 * slips:
            return rng.choice(self._sectors[postcode[:-2]])
        if chance < 0.18:
            return postcode.replace(" ", "")
        if chance < 0.32:
            return postcode.lower()
        return postcode


def _forename(*, rng: Random, elector: Elector, slips: float) -> str:
    chance = rng.random()
    name = elector.forename
    if chance < 0.15:
        return short_form(rng=rng, forename=name)
    if chance < 0.15 + 0.035 * slips:
        return name[0]
    if chance < 0.215 and elector.middle_names:
        return elector.middle_names
    if chance < 0.215 + 0.05 * slips:
        return misspell(rng=rng, word=name)
    if chance > 0.97 and elector.middle_names:
        return f"{name} {elector.middle_names[0]}"
    return name.translate(_UNACCENTED) if rng.random() < 0.7 else name


def _surname(*, rng: Random, elector: Elector, slips: float) -> str:
    name = elector.surname
    if elector.former_surname and rng.random() < 0.035:
        return elector.former_surname
    chance = rng.random()
    if chance < 0.06 * slips:
        return misspell(rng=rng, word=name)
    if "-" in name and chance < 0.5:
        return rng.choice((name.replace("-", " "), *name.split("-")))
    if "'" in name and chance < 0.45:
        return name.replace("'", rng.choice(("", "", " ", "’")))
    if chance > 0.9:
        for usual, other in _PLAIN_SPELLINGS:
            if name.startswith(usual):
                return other + name[len(usual) :]
    return name.translate(_UNACCENTED) if rng.random() < 0.7 else name


def _address(*, rng: Random, line: str) -> str:
    chance = rng.random()
    if chance < 0.30:
        return ""
    if chance < 0.42:
        return line.split(" ", maxsplit=1)[0] if line[:1].isdigit() else line
    if chance < 0.62:
        for usual, short in (
            (" Road", " Rd"),
            (" Street", " St"),
            (" Avenue", " Ave"),
            (" Close", " Cl"),
            (" Lane", " Ln"),
        ):
            line = line.replace(usual, short)
        return line
    if chance < 0.72:
        return line.lower()
    return line


@lru_cache(maxsize=1)
def _short_forms() -> dict[str, tuple[str, ...]]:
    """Read the familiar forms once. They are constant data, so that sharing them is safe."""
    raw = tomllib.loads(resources.files(__package__).joinpath("short_forms.toml").read_text(encoding="utf-8"))
    return {name: tuple(forms.split()) for name, forms in raw["short_forms"].items()}
