"""Invented names in the proportions one meets them, so that common names collide as they do on a real
register.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import accumulate
from random import Random

FEMALE, MALE = "f", "m"

# Just under half of British households carry one of the few hundred common surnames; the rest are the long
# tail.
_SHARE_OF_TAIL = 0.50
_SIKH_RELIGIOUS_NAME = {FEMALE: "Kaur", MALE: "Singh"}
_FEMININE_ENDINGS = (("ski", "ska"), ("cki", "cka"), ("dzki", "dzka"), ("ský", "ská"), ("rný", "rná"))
_SLAVIC_OV = {"Petrov", "Ivanov", "Georgiev", "Dimitrov", "Nikolov", "Todorov"}
_CZECH_OVA = {"Novák": "Nováková", "Svoboda": "Svobodová", "Dvořák": "Dvořáková", "Kučera": "Kučerová"}


@dataclass(frozen=True, slots=True)
class Pool:
    """Names with running totals of their weights, so that one draw is one bisection."""

    names: tuple[str, ...]
    running: tuple[float, ...]

    def draw(self, *, rng: Random) -> str:
        return rng.choices(self.names, cum_weights=self.running)[0]


@dataclass(frozen=True, slots=True)
class Community:
    """One naming tradition: its surnames, and forenames by sex and by the three cohorts of birth."""

    name: str
    share: int
    surnames: Pool
    forenames: dict[tuple[str, int], Pool]


@dataclass(frozen=True, slots=True)
class NameBook:
    """All communities with their shares, and the long tail of rare surnames."""

    communities: tuple[Community, ...]
    running_shares: tuple[int, ...]
    tail: tuple[str, ...]

    def draw_community(self, *, rng: Random) -> Community:
        """Draw the naming tradition of a household's head."""
        return rng.choices(self.communities, cum_weights=self.running_shares)[0]

    def draw_surname(self, *, rng: Random, community: Community) -> str:
        """Draw a family's surname in its masculine or common form."""
        if community.name == "british" and rng.random() < _SHARE_OF_TAIL:
            return rng.choice(self.tail)
        return community.surnames.draw(rng=rng)


def cohort_of(*, born: int) -> int:
    """Say which cohort of forenames a year of birth belongs to: 0 before 1955, 1 to 1979, 2 from 1980."""
    return 0 if born < 1955 else 1 if born < 1980 else 2


def draw_forename(*, rng: Random, community: Community, sex: str, born: int) -> str:
    """Draw a forename usual for the tradition, the sex and the year of birth."""
    return community.forenames[sex, cohort_of(born=born)].draw(rng=rng)


def surname_for(*, surname: str, sex: str, community: Community) -> str:
    """Give the form of a family surname that a member of this sex bears.

    Polish, Czech and Bulgarian surnames decline; Sikh women and men bear Kaur and Singh, alone or before the
    family's name.
    """
    if community.name == "sikh":
        religious = _SIKH_RELIGIOUS_NAME[sex]
        return religious if surname == "Singh" else surname
    if sex == MALE:
        return surname
    if community.name in {"polish", "eastern_european"}:
        if surname in _CZECH_OVA:
            return _CZECH_OVA[surname]
        if surname in _SLAVIC_OV:
            return surname + "a"
        for masculine, feminine in _FEMININE_ENDINGS:
            if surname.endswith(masculine):
                return surname[: -len(masculine)] + feminine
    return surname


@lru_cache(maxsize=1)
def name_book() -> NameBook:
    """Read the invented names once. They are constant data, so that sharing them is safe."""
    raw = tomllib.loads(resources.files(__package__).joinpath("names.toml").read_text(encoding="utf-8"))
    tail = tuple(
        first + second
        for first in raw["tail"]["first"].split()
        for second in raw["tail"]["second"].split()
        if first[-1] != second[0]
    )
    communities = tuple(
        Community(
            name=name,
            share=table["share"],
            surnames=_pool(table["surnames"], fall=0.62),
            forenames=_forenames(table),
        )
        for name, table in raw.items()
        if name != "tail"
    )
    return NameBook(
        communities=communities,
        running_shares=tuple(accumulate(community.share for community in communities)),
        tail=tail,
    )


def _forenames(table: dict[str, str]) -> dict[tuple[str, int], Pool]:
    if "women" in table:
        return {
            (sex, cohort): _pool(table[key], fall=0.55)
            for sex, key in ((FEMALE, "women"), (MALE, "men"))
            for cohort in (0, 1, 2)
        }
    spans = ("before_1955", "1955_1979", "from_1980")
    return {
        (sex, cohort): _pool(table[f"{key}_{span}"], fall=0.75)
        for sex, key in ((FEMALE, "women"), (MALE, "men"))
        for cohort, span in enumerate(spans)
    }


def _pool(words: str, *, fall: float) -> Pool:
    names = tuple(words.split())
    return Pool(
        names=names, running=tuple(accumulate(1 / (rank + 1.5) ** fall for rank in range(len(names))))
    )
