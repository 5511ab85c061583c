"""Sharing out a night anew: more are placed, nobody of a higher priority is given up, and no bed holds two."""

from collections import Counter
from itertools import count
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from hustings.volunteers.hosting.rules.nights import Nights

_Stay = tuple[int, int, tuple[int, ...]]


def _improved(
    *,
    beds: list[int],
    stays: list[_Stay],
    host_of: list[int],
    priorities: list[int] | None = None,
    is_time_up: Any = lambda: False,
) -> list[int]:
    """Stays are the first night, the one after the last, and the feasible hosts."""
    nights = Nights(
        start=np.cumsum([0, *(len(hosts) for _first, _last, hosts in stays)]),
        host=np.array([host for _first, _last, hosts in stays for host in hosts], np.int64),
        arrive=np.array([first for first, _last, _hosts in stays], np.int64),
        leave=np.array([last for _first, last, _hosts in stays], np.int64),
        beds=np.array(beds, np.int64),
        priorities=np.array(priorities or [0] * len(stays), np.int64),
    )
    found = nights.improve(host_of=np.array(host_of, np.int64), is_time_up=is_time_up)
    return [int(host) for host in found]


def test_several_move_at_once() -> None:
    """Two guests change houses so that a third, who can only stay in the first, finds a bed."""
    stays: list[_Stay] = [(0, 4, (0, 1)), (0, 4, (1, 2)), (0, 4, (0,))]
    assert _improved(beds=[1, 1, 1], stays=stays, host_of=[0, 1, -1]) == [1, 2, 0]


def test_those_before_and_after_keep_their_beds() -> None:
    """The bed is free from the second night to the fourth: the stay that lies within goes in, the longer one does not."""
    stays: list[_Stay] = [(0, 2, (0,)), (4, 6, (0,)), (2, 4, (0,)), (1, 4, (0,))]
    assert _improved(beds=[1], stays=stays, host_of=[0, 0, -1, -1]) == [0, 0, 0, -1]


def test_a_higher_priority_takes_the_only_bed() -> None:
    """One bed for one night: whoever is needed more has it, and keeps it against others."""
    stays: list[_Stay] = [(0, 1, (0,)), (0, 1, (0,)), (0, 1, (0,))]
    assert _improved(beds=[1], stays=stays, host_of=[0, -1, -1], priorities=[0, 2, 1]) == [-1, 0, -1]


def test_nothing_is_done_when_the_time_is_up() -> None:
    """The sharing out as it stands is the answer."""
    assert _improved(beds=[1], stays=[(0, 1, (0,))], host_of=[-1], is_time_up=lambda: True) == [-1]


@settings(max_examples=200, deadline=None)
@given(
    beds=st.lists(st.integers(1, 3), min_size=1, max_size=4),
    asked=st.lists(
        st.tuples(
            st.integers(0, 5), st.integers(1, 4), st.sets(st.integers(0, 3), max_size=4), st.integers(0, 2)
        ),
        min_size=1,
        max_size=14,
    ),
    looks=st.integers(0, 12),
)
def test_what_always_holds(beds: list[int], asked: list[Any], looks: int) -> None:
    """No night over capacity, only feasible hosts, and never fewer of a priority and those above it."""
    stays = [
        (first, first + nights, tuple(sorted(host for host in hosts if host < len(beds))))
        for first, nights, hosts, _rank in asked
    ]
    ranks = [rank for *_stay, rank in asked]
    begun = _first_come(beds, stays)
    looked = count()
    found = _improved(
        beds=beds, stays=stays, host_of=begun, priorities=ranks, is_time_up=lambda: next(looked) >= looks
    )
    slept: Counter[tuple[int, int]] = Counter()
    for (first, last, hosts), host in zip(stays, found, strict=True):
        assert host == -1 or host in hosts
        slept.update((host, night) for night in range(first, last) if host >= 0)
    assert all(count <= beds[host] for (host, _night), count in slept.items())
    for rank in set(ranks):
        assert _placed(found, ranks, rank) >= _placed(begun, ranks, rank)


def _placed(host_of: list[int], ranks: list[int], least: int) -> int:
    return sum(1 for host, rank in zip(host_of, ranks, strict=True) if host >= 0 and rank >= least)


def _first_come(beds: list[int], stays: list[_Stay]) -> list[int]:
    slept: Counter[tuple[int, int]] = Counter()
    host_of = []
    for first, last, hosts in stays:
        free = [
            host for host in hosts if all(slept[host, night] < beds[host] for night in range(first, last))
        ]
        host_of.append(free[0] if free else -1)
        slept.update((host, night) for night in range(first, last) for host in free[:1])
    return host_of
