"""An upper bound on how many can be placed, from prices on the nights.

Give every night of every host a price of at least nothing. Whoever is placed is worth one, less the cheapest stay they could
have; nobody is worth less than nothing. Then

    bound(prices) = sum over host-nights of beds × price + sum over travellers of max(0, 1 − cheapest stay)

is at least the linear programme's optimum for any prices (weak duality), and equal to it for the best ones. The search for
good prices goes downhill on a smooth stand-in, in which a traveller spreads over nearly cheapest stays by the logistic
weights exp(−cost / blur), with momentum (Nesterov) and steps scaled by each night's beds; the blur shrinks as the search goes
on. Most people have more hosts than they need to settle the prices, so between two looks each keeps some of their cheapest
stays, by turns. Each look at the true bound is valid whatever the prices, so the search may stop at any moment: the whole
number below the lowest value seen is the bound.

Fisher, M. L. (1981), "The Lagrangian relaxation method for solving integer programming problems", Management Science 27;
Nesterov, Y. (2005), "Smooth minimization of non-smooth functions", Mathematical Programming 103.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from hustings.volunteers.hosting.rules.pairs import Floats, Ints, Pairs

_LOOKS = 32
_ROUNDS_A_LOOK = 8
_FIRST_BLUR, _LAST_BLUR = 0.1, 0.002
_STRIDE = 0.3
#: Stays dearer than the cheapest by so many blurs weigh next to nothing and are left out between two looks.
_REACH = 7.0
#: So many of the stays that are left are kept for each traveller, others at the next look.
_KEPT = 16
_SLACK = 1e-6


@dataclass(frozen=True, slots=True)
class Prices:
    """The best bound found and the prices that gave it, a row for each host and a column for each night."""

    bound: int
    nights: Floats


class _Problem:
    """The pairs as indexes into running sums of prices: the cost of a stay is one difference."""

    def __init__(self, pairs: Pairs, beds: Ints, arrive: Ints, leave: Ints, night_count: int) -> None:
        self.shape = len(beds), night_count
        counts = np.diff(pairs.start)
        self.heads = pairs.start[:-1][counts > 0]
        self.group = np.repeat(np.arange(len(self.heads)), counts[counts > 0])
        who = pairs.traveller()
        base = pairs.host * (night_count + 1)
        self.first, self.last = base + arrive[who], base + leave[who]
        self.room: Floats = np.repeat(beds.astype(float), night_count).reshape(self.shape)

    def costs(self, prices: Floats, first: Ints, last: Ints) -> Floats:
        """What each stay costs."""
        summed = np.zeros((self.shape[0], self.shape[1] + 1))
        np.cumsum(prices, axis=1, out=summed[:, 1:])
        flat = summed.ravel()
        found: Floats = flat[last] - flat[first]
        return found


def price_bound(
    *,
    pairs: Pairs,
    beds: Ints,
    arrive: Ints,
    leave: Ints,
    night_count: int,
    aim: int,
    share_of_time: Callable[[], float],
) -> Prices:
    """The lowest bound found before `share_of_time` comes to 1, or until it meets `aim`, a number that is placed already.

    `arrive` and `leave` are the first night of each traveller and the one after the last, from 0 to `night_count`.
    """
    if not len(pairs.host):
        return Prices(0, np.zeros((len(beds), night_count)))
    problem = _Problem(pairs, beds, arrive, leave, night_count)
    walk = _Walk(problem)
    best, best_prices = float("inf"), walk.prices
    for look in range(_LOOKS):
        prices = walk.prices
        cost = problem.costs(prices, problem.first, problem.last)
        cheapest = np.minimum(np.minimum.reduceat(cost, problem.heads), 1.0)
        value = float((prices * problem.room).sum() + (1.0 - cheapest).sum())
        if value < best:
            best, best_prices = value, prices
        progress = max(share_of_time(), look / _LOOKS)
        if int(best + _SLACK) <= aim or progress >= 1:
            break
        blur = _FIRST_BLUR * (_LAST_BLUR / _FIRST_BLUR) ** progress
        near = np.flatnonzero(cost < cheapest[problem.group] + _REACH * blur)
        near = near[_by_turns(problem.group[near], look)]
        walk.downhill(problem.first[near], problem.last[near], problem.group[near], blur)
    return Prices(int(best + _SLACK), best_prices)


def _by_turns(group: Ints, look: int) -> Ints:
    """The places of up to `_KEPT` members of each group, other ones at each look; `group` is in order."""
    heads = np.flatnonzero(np.diff(group, prepend=-1))
    sizes = np.diff(heads, append=len(group))
    place = np.arange(len(group)) - np.repeat(heads, sizes)
    kept: Ints = np.flatnonzero((place + look * _KEPT) % np.repeat(sizes, sizes) < _KEPT)
    return kept


class _Walk:
    """The way downhill: where it stands, and the momentum that it keeps from one look to the next."""

    def __init__(self, problem: _Problem) -> None:
        self._problem = problem
        self.prices: Floats = np.zeros(problem.shape)
        self._at: Floats = self.prices
        self._pace = 1.0

    def downhill(self, first: Ints, last: Ints, group: Ints, blur: float) -> None:
        """Some rounds of accelerated descent on the smooth stand-in over the stays that are nearly cheapest."""
        if not len(group):
            return
        heads = np.flatnonzero(np.diff(group, prepend=-1))
        member = np.repeat(np.arange(len(heads)), np.diff(heads, append=len(group)))
        room = self._problem.room
        for _round in range(_ROUNDS_A_LOOK):
            slope = room - self._demand(first, last, heads, member, blur)
            after = np.maximum(0.0, self._at - _STRIDE * blur / np.maximum(room, room - slope) * slope)
            if float((slope * (after - self.prices)).sum()) > 0:
                self._pace = 1.0
            faster = (1 + np.sqrt(1 + 4 * self._pace * self._pace)) / 2
            self._at = np.maximum(0.0, after + (self._pace - 1) / faster * (after - self.prices))
            self.prices, self._pace = after, faster

    def _demand(self, first: Ints, last: Ints, heads: Ints, member: Ints, blur: float) -> Floats:
        """How many want each night, when everybody spreads over their nearly cheapest stays."""
        hosts, nights = self._problem.shape
        cost = self._problem.costs(self._at, first, last)
        cheapest = np.minimum(np.minimum.reduceat(cost, heads), 1.0)
        weight = np.exp((cheapest[member] - cost) / blur)
        weight /= (np.add.reduceat(weight, heads) + np.exp((cheapest - 1.0) / blur))[member]
        size = hosts * (nights + 1)
        begins = np.bincount(first, weights=weight, minlength=size)
        ends = np.bincount(last, weights=weight, minlength=size)
        demand: Floats = np.cumsum((begins - ends).reshape(hosts, nights + 1), axis=1)[:, :-1]
        return demand
