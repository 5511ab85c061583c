"""Which rows of a public register may be a donor: by number, by name, or by a name that is near. A person decides which is."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import DamerauLevenshtein

from hustings.money.rules.names import organisation_key

How = Literal["number", "name", "near"]

#: Words that half the register shares; a name that has nothing else in common is not near.
_GENERIC = frozenset(
    {"party", "campaign", "association", "national", "group", "independent", "independents", "workers"}
)
_SLIPS = 2
_LEAST_LETTERS = 8
_ORDER: tuple[How, ...] = ("number", "name", "near")


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyName:
    """What a register's row is matched by."""

    body_id: int
    name: str
    company_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyMatch:
    """A row that may be the donor, and how it was found."""

    body_id: int
    how: How


def find_bodies(
    *, name: str, company_number: str, bodies: Iterable[BodyName], most: int = 8
) -> tuple[BodyMatch, ...]:
    """The rows that may be the donor: the same number, the same name but for its form, then at most `most` near ones."""
    key = organisation_key(name=name)
    number = _plain(company_number)
    found: list[tuple[int, int, str, BodyMatch]] = []
    for body in bodies:
        other = organisation_key(name=body.name)
        how = _how(key, number, other, _plain(body.company_number))
        if how is None:
            continue
        match = BodyMatch(body_id=body.body_id, how=how)
        found.append((_ORDER.index(how), abs(len(other) - len(key)), body.name, match))
    found.sort(key=lambda one: (*one[:3], one[3].body_id))
    same = [one[3] for one in found if one[3].how != "near"]
    near = [one[3] for one in found if one[3].how == "near"]
    return (*same, *near[:most])


def _how(key: str, number: str, other: str, other_number: str) -> How | None:
    if number and number == other_number:
        return "number"
    if not key or not other:
        return None
    if key == other:
        return "name"
    one, two = set(key.split()), set(other.split())
    if (one <= two or two <= one) and (one & two) - _GENERIC:
        return "near"
    if min(len(key), len(other)) < _LEAST_LETTERS:
        return None
    return "near" if DamerauLevenshtein.distance(key, other, score_cutoff=_SLIPS) <= _SLIPS else None


def _plain(number: str) -> str:
    """A company's number without spaces and leading noughts, which publishers leave out."""
    return "".join(number.split()).upper().lstrip("0")
