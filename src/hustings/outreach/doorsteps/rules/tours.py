"""A short walk past a few dozen points: ours, because on so few points it is both shorter and quicker than a solver.

The walk is open (one ends where the round ends). Nearest neighbour from the western end gives a first walk; turning a stretch
round (2-opt) and moving a stretch of up to three points elsewhere (Or-opt) shorten it until neither helps; then the walk is
shaken a fixed number of times (double bridge) and mended again, and the shortest is kept. Nothing is left to chance: the
shakes come from a generator with a fixed seed.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import dist

import numpy as np

Point = tuple[float, float]
Walk = list[int]

_SHAKES = 60
_SEED = 1872
_LONGEST_STRETCH = 3
_ENOUGH_POINTS = 200


def shortest_walk(*, points: Sequence[Point]) -> Walk:
    """The order in which to pass the points (metres), every place of the sequence exactly once."""
    number = len(points)
    if number < 3:
        return list(range(number))
    gaps = [[dist(a, b) for b in points] for a in points]
    best = _mended(_nearest_first(points, gaps), gaps)
    length = walk_length(walk=best, points=points)
    if number < 6:
        return best
    lot = np.random.default_rng(_SEED)
    for _ in range(_SHAKES if number <= _ENOUGH_POINTS else 5):
        tried = _mended(_shaken(best, lot), gaps)
        found = walk_length(walk=tried, points=points)
        if found < length - 1e-9:
            best, length = tried, found
    return best


def walk_length(*, walk: Sequence[int], points: Sequence[Point]) -> float:
    """How long a walk is, in the points' unit."""
    return sum(dist(points[a], points[b]) for a, b in pairwise(walk))


def _nearest_first(points: Sequence[Point], gaps: list[list[float]]) -> Walk:
    walk = [min(range(len(points)), key=lambda place: (points[place], place))]
    left = set(range(len(points))) - {walk[0]}
    while left:
        near = gaps[walk[-1]]
        walk.append(min(left, key=lambda place: (near[place], place)))
        left.remove(walk[-1])
    return walk


def _mended(walk: Walk, gaps: list[list[float]]) -> Walk:
    while True:
        shorter = _turned(walk, gaps) or _moved(walk, gaps)
        if shorter is None:
            return walk
        walk = shorter


def _gap(walk: Walk, gaps: list[list[float]], one: int, other: int) -> float:
    """The way between two places of the walk; nothing before its start and after its end."""
    return 0.0 if one < 0 or other >= len(walk) else gaps[walk[one]][walk[other]]


def _turned(walk: Walk, gaps: list[list[float]]) -> Walk | None:
    """The walk with the first stretch turned round that makes it shorter."""
    number = len(walk)
    for i in range(number - 1):
        before = gaps[walk[i - 1]] if i else None
        for j in range(i + 1, number):
            old = (before[walk[i]] if before else 0.0) + _gap(walk, gaps, j, j + 1)
            new = before[walk[j]] if before else 0.0
            if j + 1 < number:
                new += gaps[walk[i]][walk[j + 1]]
            if new < old - 1e-9:
                return walk[:i] + walk[i : j + 1][::-1] + walk[j + 1 :]
    return None


def _moved(walk: Walk, gaps: list[list[float]]) -> Walk | None:
    """The walk with the first stretch moved that makes it shorter, either way round."""
    number = len(walk)
    for size in range(1, min(_LONGEST_STRETCH, number - 1) + 1):
        for i in range(number - size + 1):
            stretch, rest = walk[i : i + size], walk[:i] + walk[i + size :]
            joined = gaps[rest[i - 1]][rest[i]] if 0 < i < len(rest) else 0.0
            saved = _gap(walk, gaps, i - 1, i) + _gap(walk, gaps, i + size - 1, i + size) - joined
            if saved <= 1e-9:
                continue
            first, last = gaps[stretch[0]], gaps[stretch[-1]]
            for k in range(len(rest) + 1):
                before = rest[k - 1] if k else None
                after = rest[k] if k < len(rest) else None
                opened = gaps[before][after] if before is not None and after is not None else 0.0
                for is_turned in (False, True):
                    head, tail = (last, first) if is_turned else (first, last)
                    added = (
                        (head[before] if before is not None else 0.0)
                        + (tail[after] if after is not None else 0.0)
                        - opened
                    )
                    if added < saved - 1e-9:
                        piece = stretch[::-1] if is_turned else stretch
                        return rest[:k] + piece + rest[k:]
    return None


def _shaken(walk: Walk, lot: np.random.Generator) -> Walk:
    """The walk cut in four and put together another way, which neither turning nor moving undoes in one step."""
    a, b, c = sorted(lot.choice(np.arange(1, len(walk)), size=3, replace=False).tolist())
    return walk[:a] + walk[b:c] + walk[a:b] + walk[c:]
