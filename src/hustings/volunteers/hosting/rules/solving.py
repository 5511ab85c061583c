"""Who sleeps where: the front door of the solver.

The order of what is wanted: first the number placed, those of a higher priority before all others; then preferences and
kilometres. See docs/algorithms/hosting.md for the method, worked figures and where it fails.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from hustings.volunteers.hosting.rules.bound import Prices, price_bound
from hustings.volunteers.hosting.rules.improving import move_to_better
from hustings.volunteers.hosting.rules.nights import Nights
from hustings.volunteers.hosting.rules.occupancy import Rooms
from hustings.volunteers.hosting.rules.pairs import Floats, Ints, Pairs, feasible_pairs
from hustings.volunteers.hosting.rules.placing import place_by_chains, place_by_turns, place_scarcest_first
from hustings.volunteers.hosting.rules.stays import Host, Traveller, check_host, check_traveller

#: Seconds of search that a solution may take, by default: well under the two seconds that a person waits.
BUDGET_S = 1.75
_MANY = 0.01
#: Shares of the time after which the search for prices and the sharing out by nights end.
_PRICES_UNTIL, _NIGHTS_UNTIL = 0.6, 0.92


@dataclass(frozen=True, slots=True)
class Assignment:
    """One traveller's bed: ids, and the distance in kilometres."""

    traveller: str
    host: str
    km: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """Who sleeps where. `bound` is a number that no assignment can exceed; `unplaced` are the ids of the others."""

    assignments: tuple[Assignment, ...]
    bound: int
    unplaced: tuple[str, ...]

    @property
    def placed(self) -> int:
        """How many have a bed."""
        return len(self.assignments)

    @property
    def gap(self) -> float:
        """How far the number placed may be from the best possible, as a share of the bound; 0 is proven best."""
        return (self.bound - self.placed) / self.bound if self.bound else 0.0

    @property
    def total_km(self) -> float:
        """The kilometres of all assignments together."""
        return sum(found.km for found in self.assignments)


def solve(
    *,
    hosts: Sequence[Host],
    travellers: Sequence[Traveller],
    elapsed_s: Callable[[], float],
    budget_s: float = BUDGET_S,
) -> Solution:
    """Assign travellers to hosts; `elapsed_s` tells the seconds since the beginning, and the search ends by `budget_s`.

    Raises `NotAStay` for a host or traveller that cannot be meant. The same input gives the same assignment on a machine
    that is not short of time.
    """
    for host in hosts:
        check_host(host)
    for traveller in travellers:
        check_traveller(traveller)
    pairs = feasible_pairs(hosts=hosts, travellers=travellers)
    search = _Search(hosts, travellers, pairs)
    return search.run(elapsed_s, budget_s)


class _Search:
    """One run: the instance in numbers, and the steps over it."""

    def __init__(self, hosts: Sequence[Host], travellers: Sequence[Traveller], pairs: Pairs) -> None:
        self._hosts, self._travellers, self._pairs = hosts, travellers, pairs
        first_night = min((traveller.arrive_on.toordinal() for traveller in travellers), default=0)
        self._arrive = np.array([t.arrive_on.toordinal() - first_night for t in travellers], np.int64)
        self._leave = np.array([t.leave_on.toordinal() - first_night for t in travellers], np.int64)
        self._beds = np.array([host.beds for host in hosts], np.int64)
        self._stays = [
            ((1 << (leave - arrive)) - 1) << arrive
            for arrive, leave in zip(self._arrive.tolist(), self._leave.tolist(), strict=True)
        ]
        self._priorities = [traveller.priority for traveller in travellers]
        self._choices = np.diff(pairs.start)

    def run(self, elapsed_s: Callable[[], float], budget_s: float) -> Solution:
        """Place by cost; where that leaves somebody without room, once more by prices; then shorten the ways."""
        placeable = int((self._choices > 0).sum())
        by_cost = self._by_traveller(self._pairs.host)
        rooms = self._place_by_cost(by_cost, lambda: elapsed_s() > 0.3 * budget_s)
        placed, bound = self._count(rooms), placeable
        if placed < placeable:
            prices = self._prices(placed, elapsed_s, (elapsed_s(), _PRICES_UNTIL * budget_s))
            bound = min(bound, prices.bound)
            dear = self._dear(prices)
            host = self._pairs.host[np.lexsort((self._pairs.cost, dear, self._pairs.traveller()))]
            begun = max((rooms, self._place_by_prices(host, dear)), key=self._worth)
            rooms = self._share_out_nights(host, begun, lambda: elapsed_s() > _NIGHTS_UNTIL * budget_s)
        move_to_better(
            hosts=by_cost,
            costs=self._by_traveller(self._pairs.cost),
            stays=self._stays,
            rooms=rooms,
            is_time_up=lambda: elapsed_s() > budget_s,
        )
        return self._solution(rooms, max(bound, self._count(rooms)))

    def _place_by_cost(self, hosts: list[list[int]], is_time_up: Callable[[], bool]) -> Rooms:
        """The nearest first, then chains and turns, unless beds are short everywhere and the time is better spent on prices."""
        order = self._order(np.zeros(len(self._pairs.host)))
        rooms = Rooms(beds=self._beds.tolist(), stays=self._stays)
        left = place_scarcest_first(order=order, hosts=hosts, stays=self._stays, rooms=rooms)
        left = [traveller for traveller in left if hosts[traveller]]
        if len(left) > _MANY * len(hosts):
            return rooms
        left = place_by_chains(left=left, hosts=hosts, stays=self._stays, rooms=rooms, is_time_up=is_time_up)
        place_by_turns(
            left=left,
            hosts=hosts,
            stays=self._stays,
            priorities=self._priorities,
            rooms=rooms,
            is_time_up=is_time_up,
        )
        return rooms

    def _place_by_prices(self, host: Ints, dear: Floats) -> Rooms:
        """The cheapest stay first; `host` are the hosts of the pairs by traveller, the cheapest first."""
        rooms = Rooms(beds=self._beds.tolist(), stays=self._stays)
        place_scarcest_first(
            order=self._order(dear), hosts=self._by_traveller(host), stays=self._stays, rooms=rooms
        )
        return rooms

    def _share_out_nights(self, host: Ints, rooms: Rooms, is_time_up: Callable[[], bool]) -> Rooms:
        """Everybody of a night shared out anew, night after night."""
        nights = Nights(
            start=self._pairs.start,
            host=host,
            arrive=self._arrive,
            leave=self._leave,
            beds=self._beds,
            priorities=np.array(self._priorities, np.int64),
        )
        found = nights.improve(host_of=np.array(rooms.host_of, np.int64), is_time_up=is_time_up)
        shared = Rooms(beds=self._beds.tolist(), stays=self._stays)
        for traveller in np.flatnonzero(found >= 0).tolist():
            shared.add(traveller, int(found[traveller]))
        return shared

    def _order(self, dear: Floats) -> list[int]:
        """Higher priority first, then those whose cheapest stay is worth it, then the scarcest, then the shortest stay."""
        cheapest = np.full(len(self._travellers), np.inf)
        np.minimum.at(cheapest, self._pairs.traveller(), dear)
        keys = (
            self._leave - self._arrive,
            self._choices,
            cheapest > 1,
            -np.array(self._priorities, np.int64),
        )
        order: list[int] = np.lexsort(keys).tolist()
        return order

    def _prices(self, placed: int, elapsed_s: Callable[[], float], span: tuple[float, float]) -> Prices:
        begin, end = span
        nights = int(self._leave.max(initial=0))
        return price_bound(
            pairs=self._pairs,
            beds=self._beds,
            arrive=self._arrive,
            leave=self._leave,
            night_count=nights,
            aim=placed,
            share_of_time=lambda: (elapsed_s() - begin) / max(end - begin, 0.1),
        )

    def _dear(self, prices: Prices) -> Floats:
        """What each pair costs at the prices, in hundredths, so that kilometres decide between equals."""
        hosts, nights = prices.nights.shape
        summed = np.zeros((hosts, nights + 1))
        np.cumsum(prices.nights, axis=1, out=summed[:, 1:])
        who = self._pairs.traveller()
        cost = summed[self._pairs.host, self._leave[who]] - summed[self._pairs.host, self._arrive[who]]
        return np.round(cost, 2)

    def _by_traveller(self, values: npt.NDArray[Any]) -> list[list[Any]]:
        start, flat = self._pairs.start.tolist(), values.tolist()
        return [flat[first:last] for first, last in pairwise(start)]

    def _count(self, rooms: Rooms) -> int:
        return sum(1 for host in rooms.host_of if host >= 0)

    def _worth(self, rooms: Rooms) -> list[tuple[int, int]]:
        """How many are placed of each priority, the highest first: what is compared before anything else."""
        counts = Counter(
            priority for priority, host in zip(self._priorities, rooms.host_of, strict=True) if host >= 0
        )
        return [(priority, counts[priority]) for priority in sorted(set(self._priorities), reverse=True)]

    def _solution(self, rooms: Rooms, bound: int) -> Solution:
        start = self._pairs.start.tolist()
        found = []
        for traveller, host in enumerate(rooms.host_of):
            if host >= 0:
                first, last = start[traveller], start[traveller + 1]
                place = first + self._pairs.host[first:last].tolist().index(host)
                found.append(
                    Assignment(
                        self._travellers[traveller].id, self._hosts[host].id, float(self._pairs.km[place])
                    )
                )
        placed = {assignment.traveller for assignment in found}
        return Solution(
            assignments=tuple(found),
            bound=bound,
            unplaced=tuple(traveller.id for traveller in self._travellers if traveller.id not in placed),
        )
