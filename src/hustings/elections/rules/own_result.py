"""How near an organisation came to winning or losing one seat.

With one seat to fill it is the votes between its best candidate and the best of the others. With several, a party wins and
loses each seat apart: its lead is between its last elected candidate and the first of the others who was not, its gap
between the last of the others who was elected and its best candidate who was not; the nearer of the two counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from hustings.elections.rules.need import Standing


@dataclass(frozen=True, slots=True)
class Votes:
    """One candidate's votes; `is_own` says whether the candidate is the organisation's."""

    votes: int
    is_elected: bool
    is_own: bool


def own_result(*, candidates: Sequence[Votes], seats: int) -> tuple[Standing, int | None]:
    """Whether the organisation leads or is behind, and by how many votes; `None` where nothing was contested."""
    if len(candidates) <= seats:
        return Standing.UNKNOWN, None
    ranked = sorted(candidates, key=lambda one: (-one.votes, not one.is_elected))
    elected, others = ranked[:seats], ranked[seats:]
    own_in, own_out = [one for one in elected if one.is_own], [one for one in others if one.is_own]
    if not own_in and not own_out:
        return Standing.DID_NOT_STAND, elected[-1].votes
    found: list[tuple[int, Standing]] = []
    rivals_out = [one for one in others if not one.is_own]
    rivals_in = [one for one in elected if not one.is_own]
    if own_in and rivals_out:
        found.append((own_in[-1].votes - rivals_out[0].votes, Standing.LEAD))
    if own_out and rivals_in:
        found.append((rivals_in[-1].votes - own_out[0].votes, Standing.GAP))
    if not found:
        return Standing.UNKNOWN, None
    votes, standing = min(found)
    return standing, votes
