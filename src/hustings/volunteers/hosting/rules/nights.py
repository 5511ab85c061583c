"""Placing more by nights: everybody who sleeps on one night is shared out anew, all hosts at once.

Whoever sleeps on a night takes one bed on that night, so the guests of one night and their beds are a bipartite graph: a bed
is a span of nights round that one, between the guest who left before and the next one to come, and takes one guest whose
stay lies within the span. A maximum matching of that graph keeps every night within capacity, places at least as many as
before, and moves as many guests at a time as it takes. One night after another, in an order by lot: what one matching moves
makes room for the next, so a sweep that finds no more is no proof that there is none.

Hopcroft, J. E. and Karp, R. M. (1973), "An n^5/2 algorithm for maximum matchings in bipartite graphs", SIAM Journal on
Computing 2. With priorities, one matching for the highest, then one for the two highest and so on, each joined with the one
before so that nobody whom that served is given up: Mendelsohn, N. S. and Dulmage, A. L. (1958), "Some generalizations of the
problem of distinct representatives", Canadian Journal of Mathematics 10.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import maximum_bipartite_matching

from hustings.volunteers.hosting.rules.pairs import Ints

_SWEEPS = 12
#: So many sweeps without one more placed end the search.
_IN_VAIN = 2


class Nights:
    """The guests, the beds and the pairs between them; `start` and `host` hold the feasible hosts by traveller."""

    def __init__(
        self, *, start: Ints, host: Ints, arrive: Ints, leave: Ints, beds: Ints, priorities: Ints
    ) -> None:
        self._start, self._host, self._beds = start, host, beds
        self._arrive, self._leave, self._priorities = arrive, leave, priorities
        self._has_hosts = np.diff(start) > 0
        self._night_count = int(leave.max(initial=0))
        self._first_bed = np.cumsum(beds) - beds
        self._bed_host = np.repeat(np.arange(len(beds)), beds)
        self._bed_rank = np.arange(len(self._bed_host)) - self._first_bed[self._bed_host]

    def improve(self, *, host_of: Ints, is_time_up: Callable[[], bool]) -> Ints:
        """Share out night after night until the time is up or nothing more is found; returns the host of each, or -1.

        `host_of` must be within capacity; it is not changed. The number placed of each priority and of those above it
        never falls.
        """
        dice = np.random.default_rng(1)
        in_vain = 0
        for _sweep in range(_SWEEPS):
            before = int((host_of >= 0).sum())
            for night in dice.permutation(self._night_count).tolist():
                sleeping = (self._arrive <= night) & (self._leave > night) & self._has_hosts
                if not (sleeping & (host_of < 0)).any():
                    continue
                if is_time_up():
                    return host_of
                host_of = self._share_out(night, sleeping, host_of, dice)
            in_vain = 0 if int((host_of >= 0).sum()) > before else in_vain + 1
            if in_vain == _IN_VAIN:
                break
        return host_of

    def _share_out(
        self, night: int, sleeping: npt.NDArray[np.bool_], host_of: Ints, dice: np.random.Generator
    ) -> Ints:
        free_from, free_until = self._spans(night, sleeping, host_of)
        guests = dice.permutation(np.flatnonzero(sleeping))
        counts = self._start[guests + 1] - self._start[guests]
        host = self._host[_ragged(self._start[guests], counts)]
        row = np.repeat(np.arange(len(guests)), counts)
        beds = self._beds[host]
        bed = _ragged(self._first_bed[host], beds)
        row = np.repeat(row, beds)
        guest = guests[row]
        fits = (free_from[bed] <= self._arrive[guest]) & (free_until[bed] >= self._leave[guest])
        found = _matched(row[fits], bed[fits], self._priorities[guests], len(self._bed_host))
        shared = host_of.copy()
        shared[guests] = np.where(found >= 0, self._bed_host[found], -1)
        return shared

    def _spans(self, night: int, sleeping: npt.NDArray[np.bool_], host_of: Ints) -> tuple[Ints, Ints]:
        """From which night until which each bed is free when nobody sleeps there on `night`.

        Which guest before shares a bed with which guest after is open; the guests of the night decide it, the one who came
        first taking the bed that is free for longest before, so that the sharing out as it stands is among those possible.
        """
        free = self._beds[:, None] - self._taken(np.flatnonzero(~sleeping & (host_of >= 0)), host_of)
        before = np.minimum.accumulate(free[:, : night + 1][:, ::-1], axis=1)
        after = np.minimum.accumulate(free[:, night:], axis=1)
        place = self._bed_rank[:, None]
        free_from = night + 1 - (before[self._bed_host] > place).sum(axis=1)
        free_until = night + (after[self._bed_host] > place).sum(axis=1)
        now = np.flatnonzero(sleeping & (host_of >= 0))
        came, goes = self._ranked(now, self._arrive, host_of), self._ranked(now, -self._leave, host_of)
        partner = self._bed_rank.copy()
        partner[self._first_bed[host_of[now]] + came] = goes
        return free_from, free_until[self._first_bed[self._bed_host] + partner]

    def _taken(self, guests: Ints, host_of: Ints) -> Ints:
        """How many of these guests sleep at each host on each night."""
        width = self._night_count + 1
        size = len(self._beds) * width
        base = host_of[guests] * width
        change = np.bincount(base + self._arrive[guests], minlength=size)
        change -= np.bincount(base + self._leave[guests], minlength=size)
        taken: Ints = np.cumsum(change.reshape(-1, width), axis=1)[:, :-1]
        return taken

    def _ranked(self, guests: Ints, key: Ints, host_of: Ints) -> Ints:
        """The place of each guest among those of the same host, the lowest key first."""
        order = np.lexsort((key[guests], host_of[guests]))
        hosts = host_of[guests][order]
        heads = np.flatnonzero(np.diff(hosts, prepend=-1))
        rank = np.empty(len(guests), np.int64)
        rank[order] = np.arange(len(guests)) - np.repeat(heads, np.diff(heads, append=len(guests)))
        return rank


def _ragged(first: Ints, counts: Ints) -> Ints:
    """The whole numbers from each `first` on, as many as `counts` says, one after the other."""
    ends = np.cumsum(counts)
    numbers: Ints = np.arange(int(counts.sum())) + np.repeat(first - ends + counts, counts)
    return numbers


def _matched(row: Ints, bed: Ints, priorities: Ints, bed_count: int) -> Ints:
    """The bed of each guest, or -1, in a maximum matching; `row` is in order. A higher priority goes before a lower one."""
    found = np.full(len(priorities), -1, np.int64)
    for least in np.unique(priorities)[::-1]:
        kept = priorities[row] >= least
        more = _maximum(row[kept], bed[kept], len(priorities), bed_count)
        found = _both(found, more, bed_count) if (found >= 0).any() else more
    return found


def _maximum(row: Ints, bed: Ints, guests: int, bed_count: int) -> Ints:
    heads = np.zeros(guests + 1, np.int64)
    np.cumsum(np.bincount(row, minlength=guests), out=heads[1:])
    graph = csr_matrix((np.ones(len(row), np.int8), bed, heads), shape=(guests, bed_count))
    found: Ints = maximum_bipartite_matching(graph, perm_type="column").astype(np.int64)
    return found


def _both(first: Ints, more: Ints, bed_count: int) -> Ints:
    """A matching that serves everybody whom `first` serves and as many as `more` does, which is a maximum matching.

    Whoever has a bed in `first` only takes it; the guest who had it in `more` goes back to their own bed in `first`, and so
    on, until one has none there and is left out, or a bed was free: as many gain as lose.
    """
    bed_of = more.tolist()
    first_bed = first.tolist()
    guest_in = [-1] * bed_count
    for guest, bed in enumerate(bed_of):
        if bed >= 0:
            guest_in[bed] = guest
    for left_out in np.flatnonzero((first >= 0) & (more < 0)).tolist():
        guest = left_out
        while guest >= 0 and first_bed[guest] >= 0:
            bed = first_bed[guest]
            bed_of[guest] = bed
            guest, guest_in[bed] = guest_in[bed], guest
        if guest >= 0:
            bed_of[guest] = -1
    return np.array(bed_of, np.int64)
