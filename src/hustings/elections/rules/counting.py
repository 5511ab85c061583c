"""From the votes of a ballot to who came first and second and by how much."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tally:
    """One candidate's votes; `is_elected` is `None` where the file does not say."""

    name: str
    party: str
    votes: int | None
    is_elected: bool | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a ballot came to.

    `majority` is the votes between the last who won and the first who did not, `None` where nobody lost or
    votes are missing; `valid_votes` is the sum of the candidates' votes for a single seat, and `None` for
    several, where each voter has several votes.
    """

    first: Tally | None
    second: Tally | None
    majority: int | None
    valid_votes: int | None
    is_unopposed: bool


def outcome(*, tallies: Sequence[Tally], seats: int) -> Outcome:
    """Work a ballot out. A tie is decided by who was declared elected; without that it has no first."""
    winners = [tally for tally in tallies if tally.is_elected]
    if tallies and len(tallies) <= seats:
        return Outcome(_top(tallies), None, None, _sum(tallies) if seats == 1 else None, is_unopposed=True)
    if not tallies or any(tally.votes is None for tally in tallies):
        return Outcome(winners[0] if len(winners) == 1 else None, None, None, None, is_unopposed=False)
    ranked = sorted(tallies, key=lambda tally: (-(tally.votes or 0), not tally.is_elected, tally.name))
    last_in, first_out = ranked[seats - 1], ranked[seats]
    majority = (last_in.votes or 0) - (first_out.votes or 0)
    is_open_tie = majority == 0 and not winners
    return Outcome(
        first=None if is_open_tie else ranked[0],
        second=None if is_open_tie else (ranked[1] if seats == 1 else first_out),
        majority=majority,
        valid_votes=_sum(tallies) if seats == 1 else None,
        is_unopposed=False,
    )


def _top(tallies: Sequence[Tally]) -> Tally:
    return max(tallies, key=lambda tally: (tally.votes or 0, tally.name))


def _sum(tallies: Sequence[Tally]) -> int | None:
    votes = [tally.votes for tally in tallies]
    return None if None in votes else sum(vote or 0 for vote in votes)
