"""The settings of matching: where to look, what each level weighs, from when on to decide."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from hustings.register.rules.matching.comparing import Comparison, Forename, Middle, Place, Surname

Level = TypeVar("Level", bound=StrEnum)

_TABLE = Path(__file__).with_name("weights.toml")


class BadSettings(ValueError):
    """The settings leave out a level, name one that does not exist, or contradict themselves."""


class Nearness(StrEnum):
    """The three distances by which names weigh differently."""

    SAME_HOUSE = "same_house"
    SAME_POSTCODE = "same_postcode"
    FAR = "far"


class Key(StrEnum):
    """What a blocking rule may ask to be equal."""

    POSTCODE = "postcode"
    SECTOR = "sector"
    SURNAME = "surname"
    FAMILY = "family"
    SURNAME_INITIAL = "surname_initial"
    FORENAME_INITIAL = "forename_initial"
    SWAPPED = "swapped"


NEARNESS: Mapping[Place, Nearness] = {
    Place.SAME_HOUSE: Nearness.SAME_HOUSE,
    Place.SAME_POSTCODE: Nearness.SAME_POSTCODE,
    Place.OTHER_HOUSE: Nearness.SAME_POSTCODE,
    Place.SAME_SECTOR: Nearness.FAR,
    Place.ELSEWHERE: Nearness.FAR,
}


@dataclass(frozen=True, slots=True)
class Block:
    """One rule by which candidates are found."""

    name: str
    join: tuple[Key, ...]
    any_of: tuple[tuple[Key, ...], ...]
    at_most: int | None


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that may be tuned. Weights are bits."""

    name: str
    matched_at: float
    unsure_at: float
    blocks: tuple[Block, ...]
    place: Mapping[Place, float]
    middle: Mapping[Middle, float]
    swapped: float
    forename: Mapping[Nearness, Mapping[Forename, float]]
    surname: Mapping[Nearness, Mapping[Surname, float]]

    def parts(self, *, comparison: Comparison) -> dict[str, tuple[str, float]]:
        """Give each comparison's level and weight; their sum is the score."""
        near = NEARNESS[comparison.place]
        parts = {
            "place": (comparison.place.value, self.place[comparison.place]),
            "surname": (comparison.surname.value, self.surname[near][comparison.surname]),
            "forename": (comparison.forename.value, self.forename[near][comparison.forename]),
            "middle": (comparison.middle.value, self.middle[comparison.middle]),
        }
        if comparison.is_swapped:
            parts["swapped"] = ("yes", self.swapped)
        return parts

    def score(self, *, comparison: Comparison) -> float:
        """Give the score in bits, to the thousandth: so equal pairs tie whichever way the sum was taken."""
        return round(sum(weight for _, weight in self.parts(comparison=comparison).values()), 3)


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings in use."""
    return parse_settings(text=_TABLE.read_text(encoding="utf-8"))


def parse_settings(*, text: str) -> Settings:
    """Read settings from TOML.

    Raises `BadSettings` where a level has no weight or a weight has no level, so that no pair is ever
    weighed by a silent nought.
    """
    raw = tomllib.loads(text)
    weights = raw["weights"]
    found = Settings(
        name=raw["name"],
        matched_at=float(raw["matched_at"]),
        unsure_at=float(raw["unsure_at"]),
        blocks=tuple(_block(block) for block in raw["block"]),
        place=_levels(weights, "place", Place),
        middle=_levels(weights, "middle", Middle),
        swapped=float(weights["swapped"]["yes"]),
        forename={near: _levels(weights[near.value], "forename", Forename) for near in Nearness},
        surname={near: _levels(weights[near.value], "surname", Surname) for near in Nearness},
    )
    if not 0 < found.unsure_at <= found.matched_at < 1:
        raise BadSettings("unsure_at and matched_at must lie between 0 and 1, in this order.")
    if found.matched_at <= 0.5:
        raise BadSettings("At matched_at of a half or less one person could be matched to two electors.")
    return found


def _levels(weights: Mapping[str, Any], name: str, kind: type[Level]) -> dict[Level, float]:
    given = weights.get(name, {})
    expected = {level.value for level in kind}
    if set(given) != expected:
        wrong = sorted(set(given) ^ expected)
        raise BadSettings(f"Weights of {name}: {', '.join(wrong)} missing or not known.")
    return {level: float(given[level.value]) for level in kind}


def _block(raw: Mapping[str, Any]) -> Block:
    try:
        return Block(
            name=raw["name"],
            join=tuple(Key(key) for key in raw["join"]),
            any_of=tuple(tuple(Key(key) for key in keys) for keys in raw.get("any_of", ())),
            at_most=raw.get("at_most"),
        )
    except ValueError as problem:
        raise BadSettings(f"Block “{raw.get('name')}”: {problem}.") from problem
