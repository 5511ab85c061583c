"""How close every seat of an election was, read in few statements: the campaign map asks on every visit."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction

from django.db.models import Q, Sum

from hustings.basics.refusals import Refusal, gettext_noop
from hustings.elections.models import Candidacy, Contest, Party
from hustings.elections.rules.need import Closeness, Standing
from hustings.elections.rules.own_result import Votes, own_result


class NoSuchParty(Refusal):
    """No party of this name stood in the election."""


_FIGURES = (
    "pk", "area", "ballot_id", "area_name", "first_label", "first_party__abbreviation", "first_party__name",
    "second_label", "second_party__abbreviation", "second_party__name", "majority", "valid_votes", "seats",
    "is_unopposed", "exclusion__reason",
)  # fmt: skip


def closeness_of_seats(*, election_ids: Sequence[str], party: str = "") -> list[Closeness]:
    """Every contest of some elections, with the gap or lead of a party where one is named (short name or name, in any case).

    Raises `NoSuchParty` where it is named and stood in none of them.
    """
    rows = list(Contest.objects.filter(election__in=election_ids).order_by("pk").values_list(*_FIGURES))
    without_votes = [row[0] for row in rows if row[11] is None]
    sums = _sums(without_votes)
    own = _own_results(election_ids, party, {row[0]: row[12] for row in rows}) if party else {}
    return [_closeness(row, sums, own, is_own=bool(party)) for row in rows]


def parties_standing(*, election_ids: Sequence[str]) -> list[tuple[str, str, int]]:
    """The parties of elections' candidates: short name, name and seats fought, most seats first."""
    counts: dict[tuple[str, str], set[int]] = defaultdict(set)
    rows = Candidacy.objects.filter(contest__election__in=election_ids, party__isnull=False)
    for short, name, contest in rows.values_list("party__abbreviation", "party__name", "contest_id"):
        counts[short or name, name].add(contest)
    found = [(short, name, len(contests)) for (short, name), contests in counts.items()]
    return sorted(found, key=lambda each: (-each[2], each[1]))


def _sums(contests: Sequence[int]) -> dict[int, int]:
    """The sum of the candidates' votes of contests whose valid votes are not known; none where a vote is missing."""
    if not contests:
        return {}
    rows = Candidacy.objects.filter(contest__in=contests)
    missing = set(rows.filter(votes=None).values_list("contest_id", flat=True))
    sums = rows.values("contest_id").annotate(sum=Sum("votes")).values_list("contest_id", "sum")
    return {contest: votes for contest, votes in sums.order_by() if contest not in missing and votes}


def _own_results(
    election_ids: Sequence[str], party: str, seats: dict[int, int]
) -> dict[int, tuple[Standing, int | None]]:
    ids = frozenset(
        Party.objects.filter(Q(abbreviation__iexact=party) | Q(name__iexact=party)).values_list(
            "pk", flat=True
        )
    )
    rows = Candidacy.objects.filter(contest__election__in=election_ids).order_by()
    candidates: dict[int, list[Votes]] = defaultdict(list)
    incomplete: set[int] = set()
    has_stood = False
    for contest, holder, votes, is_elected in rows.values_list("contest", "party", "votes", "is_elected"):
        is_own = holder in ids
        has_stood |= is_own
        if votes is None:
            incomplete.add(contest)
        else:
            candidates[contest].append(Votes(votes, bool(is_elected), is_own))
    if not has_stood:
        raise NoSuchParty(
            "no_such_party",
            gettext_noop("“{party}” stood in no seat of {election}. There are: {known}."),
            party=party,
            election=", ".join(election_ids[:3]),
            known=_known(election_ids),
        )
    return {
        contest: own_result(candidates=found, seats=seats[contest])
        for contest, found in candidates.items()
        if contest not in incomplete
    }


def _known(election_ids: Sequence[str]) -> str:
    names = [short for short, _name, _count in parties_standing(election_ids=election_ids)[:12]]
    return ", ".join(names) or "none; import a file of candidates"


def _closeness(
    row: Sequence[object],
    sums: dict[int, int],
    own: dict[int, tuple[Standing, int | None]],
    *,
    is_own: bool,
) -> Closeness:
    (pk, area, ballot, name, first_label, first_short, first_name, second_label, second_short, second_name,
     majority, valid_votes, seats, is_unopposed, reason) = row  # fmt: skip
    assert isinstance(pk, int)
    assert isinstance(seats, int)
    base = Fraction(valid_votes) if isinstance(valid_votes, int) else Fraction(sums.get(pk, 0), seats)
    votes = majority if isinstance(majority, int) else None
    standing = Standing.FIRST_TO_SECOND
    if is_own:
        standing, votes = own.get(pk, (Standing.UNKNOWN, None))
    if is_unopposed or votes is None or not base:
        standing, votes = Standing.UNKNOWN, None
    return Closeness(
        code=str(area or ballot),
        name=str(name),
        first=_first_of((first_label, first_short, first_name)),
        second=_first_of((second_label, second_short, second_name)),
        standing=standing,
        votes=votes,
        share=None if votes is None else votes / base,
        left_out=str(reason or ""),
    )


def _first_of(names: Iterable[object]) -> str:
    return next((str(name) for name in names if name), "")
