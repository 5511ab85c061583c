"""Rows that may be one person: found by what they share, weighed by nobody but a reader."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from django.db.models import Count, QuerySet

from hustings.people.models import ContactPoint, DuplicateReview, Person
from hustings.people.rules.keys import first_word, letters_of
from hustings.people.rules.short_names import longer_name

#: A value that this many people share tells nothing about two of them (a club's phone number).
_TOO_COMMON = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class LikelyPair:
    """Two people, the earlier row first, and what they share: email, phone and name, or name and postcode."""

    one: Person
    other: Person
    shared: tuple[str, ...]


def likely_duplicates(*, people: QuerySet[Person], limit: int | None = None) -> list[LikelyPair]:
    """Pairs of these people that look like one, leaving out those found to be two; those that share most first."""
    shared: dict[tuple[int, int], set[str]] = defaultdict(set)
    names = {
        pk: (longer_name(letters_of(first_word(given))), letters_of(family), postcode)
        for pk, given, family, postcode in people.order_by().values_list(
            "pk", "given_name", "family_name", "postcode"
        )
    }
    for pair, kind in _same_points(names):
        one, other = (names[pk] for pk in pair)
        if kind == "email" or (one[1] == other[1] and _may_be_same(one[0], other[0])):
            shared[pair].add(kind)
    by_place: dict[tuple[str, str], list[int]] = defaultdict(list)
    for pk, (_given, family, postcode) in names.items():
        if family and postcode:
            by_place[family, postcode].append(pk)
    for together in by_place.values():
        for pair in combinations(sorted(together), 2):
            one_given, other_given = names[pair[0]][0], names[pair[1]][0]
            if one_given and other_given and _may_be_same(one_given, other_given):
                shared[pair].add("name and postcode")
    seen = set(DuplicateReview.objects.values_list("one_id", "other_id"))
    found = sorted(
        (pair for pair in shared if pair not in seen), key=lambda pair: (-len(shared[pair]), pair)
    )[:limit]
    held = people.select_related("ward").in_bulk({pk for pair in found for pk in pair})
    return [
        LikelyPair(one=held[one], other=held[other], shared=tuple(sorted(shared[one, other])))
        for one, other in found
    ]


def _same_points(names: dict[int, tuple[str, str, str]]) -> Iterable[tuple[tuple[int, int], str]]:
    """Pairs that have an email or a phone number in common."""
    common = (
        ContactPoint.objects.values("kind", "canonical")
        .annotate(times=Count("person", distinct=True))
        .filter(times__gt=1, times__lte=_TOO_COMMON)
        .order_by()
    )
    owners: dict[tuple[str, str], set[int]] = defaultdict(set)
    wanted = [row["canonical"] for row in common]
    for start in range(0, len(wanted), 900):
        for kind, canonical, pk in ContactPoint.objects.filter(
            canonical__in=wanted[start : start + 900]
        ).values_list("kind", "canonical", "person_id"):
            if pk in names:
                owners[kind, canonical].add(pk)
    for (kind, _canonical), together in owners.items():
        for pair in combinations(sorted(together), 2):
            yield (pair[0], pair[1]), str(kind)


def _may_be_same(one: str, other: str) -> bool:
    """Equal given names, or one of them only its initial, or missing."""
    shorter, longer = sorted((one, other), key=len)
    return one == other or not shorter or (len(shorter) == 1 and longer.startswith(shorter))
