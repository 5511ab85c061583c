"""Which published donors are one, across spellings.

Joined are rows with one donor number, one company number, one organisation's name (legal form, brackets and small words
aside), and one person's name (titles and letters aside). People's spellings one slip apart, short forms and initials are
joined only where one recipient has both, and an initial only where it fits one person there; organisations' spellings one slip
apart only among organisations of one kind whose company numbers do not differ. Each identity says by what it was joined: a
name alone may be two people's, and the reader is told.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz.distance import DamerauLevenshtein

from hustings.money.rules.names import PersonName, may_be_one_person, organisation_key, person_name
from hustings.money.rules.published.donations import PublishedGift
from hustings.money.rules.splitting.linking import Union

_NOBODY = ""
_LEAST_LETTERS_FOR_A_SLIP = 10
_BLOCK_LETTERS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """One donor: the name most often used, every spelling, by what they were joined, and the rows (places in the sequence)."""

    name: str
    spellings: tuple[str, ...]
    joined_by: tuple[str, ...]
    rows: tuple[int, ...]


def resolve_donors(*, gifts: Sequence[PublishedGift]) -> list[Identity]:
    """Every donor of the rows, the one with most rows first. Rows without a donor's name are one identity without a name."""
    union, methods = Union(), dict[tuple[int, int], str]()
    seen: dict[tuple[str, str], int] = {}
    for row, gift in enumerate(gifts):
        union.root(row)
        for method, key in _keys(gift):
            first = seen.setdefault((method, key), row)
            if union.root(first) != union.root(row):
                union.join(first, row)
                methods[first, row] = method
    _join_spellings(gifts, union, methods)
    return _identities(gifts, union, methods)


def _keys(gift: PublishedGift) -> Iterable[tuple[str, str]]:
    if not gift.donor.strip():
        yield "no name", _NOBODY
        return
    if gift.donor_ref:
        yield "donor number", gift.donor_ref
    if company := gift.company_number.strip().upper().lstrip("0"):
        yield "company number", company
    if gift.is_individual:
        name = person_name(full=gift.donor)
        yield "name", f"{' '.join(name.forenames)}|{name.surname}"
    else:
        yield "name of the organisation", organisation_key(name=gift.donor)


def _join_spellings(
    gifts: Sequence[PublishedGift], union: Union, methods: dict[tuple[int, int], str]
) -> None:
    people: dict[tuple[str, str], dict[PersonName, int]] = defaultdict(dict)
    bodies: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for row, gift in enumerate(gifts):
        if not gift.donor.strip():
            continue
        if gift.is_individual:
            name = person_name(full=gift.donor)
            if name.surname:
                people[gift.recipient, name.surname[:_BLOCK_LETTERS]].setdefault(name, row)
        else:
            key = organisation_key(name=gift.donor)
            bodies[gift.donor_kind, key[:_BLOCK_LETTERS]].setdefault(key, row)
    for block in people.values():
        for one, other in _pairs_of_people(block):
            if union.root(one) != union.root(other):
                union.join(one, other)
                methods[one, other] = "spelling, for the same recipient"
    for names in bodies.values():
        for (one_key, one), (other_key, other) in combinations(names.items(), 2):
            is_slip = (
                min(len(one_key), len(other_key)) >= _LEAST_LETTERS_FOR_A_SLIP
                and DamerauLevenshtein.distance(one_key, other_key, score_cutoff=1) <= 1
                and not _numbers_differ(gifts[one], gifts[other])
            )
            if is_slip and union.root(one) != union.root(other):
                union.join(one, other)
                methods[one, other] = "spelling"


def _pairs_of_people(block: dict[PersonName, int]) -> Iterable[tuple[int, int]]:
    """Rows whose names may be one person's; an initial counts only where it fits a single fuller name."""
    names = list(block)
    for name in names:
        others = [other for other in names if other is not name and may_be_one_person(one=name, other=other)]
        if name.forenames and len(name.forenames[0]) == 1:
            fuller = {other.forenames[0] for other in others if len(other.forenames[0]) > 1}
            if len(fuller) > 1:
                continue
            yield from ((block[name], block[other]) for other in others)
        else:
            yield from ((block[name], block[other]) for other in others if len(other.forenames[0]) > 1)


def _numbers_differ(one: PublishedGift, other: PublishedGift) -> bool:
    return bool(one.company_number and other.company_number and one.company_number != other.company_number)


def _identities(
    gifts: Sequence[PublishedGift], union: Union, methods: dict[tuple[int, int], str]
) -> list[Identity]:
    rows: dict[int, list[int]] = defaultdict(list)
    joined: dict[int, set[str]] = defaultdict(set)
    for row in range(len(gifts)):
        rows[union.root(row)].append(row)
    for (one, _), method in methods.items():
        joined[union.root(one)].add(method)
    found = []
    for root, members in rows.items():
        names = Counter(" ".join(gifts[row].donor.split()) for row in members)
        best = max(names, key=lambda name: (names[name], name))
        found.append(
            Identity(
                name=best or "not named",
                spellings=tuple(sorted(name for name in names if name)),
                joined_by=tuple(sorted(joined[root])),
                rows=tuple(members),
            )
        )
    return sorted(found, key=lambda one: (-len(one.rows), one.name))
