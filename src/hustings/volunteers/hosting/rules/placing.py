"""Placing travellers: the scarcest first, then chains in which one guest moves so that another finds room.

A traveller with few hosts goes before one with many, each to the host whose nights are wanted least. Whoever finds no room
looks along chains, breadth first: a guest whose stay covers the full nights moves to another host, whose guest moves on,
until one of them finds a bed that is free. At last those without room take turns: each may take the place of the guest whom
that has befallen least often, who then looks for room in turn. The number placed never falls, and nobody takes the place of
somebody of a higher priority.
"""

from collections import deque
from collections.abc import Callable, Iterable, Sequence

from hustings.volunteers.hosting.rules.occupancy import Rooms

_MOST_LOOKED_AT = 100
_MOST_TURNS = 15_000


def place_scarcest_first(
    *, order: Iterable[int], hosts: Sequence[Sequence[int]], stays: Sequence[int], rooms: Rooms
) -> list[int]:
    """Place each traveller in turn with the first of their hosts that has room; returns those without room, in order.

    `hosts` are the feasible hosts by traveller, most wanted choice first.
    """
    full, left = rooms.full, []
    for traveller in order:
        stay = stays[traveller]
        for host in hosts[traveller]:
            if not full[host] & stay:
                rooms.add(traveller, host)
                break
        else:
            left.append(traveller)
    return left


def place_by_chains(
    *,
    left: Iterable[int],
    hosts: Sequence[Sequence[int]],
    stays: Sequence[int],
    rooms: Rooms,
    is_time_up: Callable[[], bool],
    most_looked_at: int = _MOST_LOOKED_AT,
) -> list[int]:
    """Find chains for those without room; returns those who still have none."""
    still = []
    for traveller in left:
        if is_time_up() or not _chain(traveller, hosts, stays, rooms, most_looked_at):
            still.append(traveller)
    return still


def _chain(
    start: int,
    hosts: Sequence[Sequence[int]],
    stays: Sequence[int],
    rooms: Rooms,
    most_looked_at: int,
) -> bool:
    """Look for a chain from one traveller, breadth first, and carry it out; says whether there was one."""
    full, guests = rooms.full, rooms.guests
    came_from: dict[int, tuple[int, int]] = {}
    queue, seen = [start], {start}
    visited: set[int] = set()
    place = 0
    while place < len(queue) and place < most_looked_at:
        traveller = queue[place]
        place += 1
        stay = stays[traveller]
        own = rooms.host_of[traveller]
        for host in hosts[traveller]:
            if host == own or host in visited:
                continue
            blocked = full[host] & stay
            if not blocked:
                _carry_out(start, traveller, host, came_from, rooms)
                return True
            # A host is changed once in a chain at most, so that every link still holds when it is carried out.
            is_useful = False
            for guest in guests[host]:
                if guest not in seen and not blocked & ~stays[guest]:
                    seen.add(guest)
                    came_from[guest] = traveller, host
                    queue.append(guest)
                    is_useful = True
            if is_useful:
                visited.add(host)
    return False


def _carry_out(
    start: int, traveller: int, host: int, came_from: dict[int, tuple[int, int]], rooms: Rooms
) -> None:
    """Move everybody in the chain one place on, beginning with whoever found the free bed."""
    while True:
        if rooms.host_of[traveller] >= 0:
            rooms.remove(traveller)
        rooms.add(traveller, host)
        if traveller == start:
            return
        traveller, host = came_from[traveller]


def place_by_turns(
    *,
    left: Iterable[int],
    hosts: Sequence[Sequence[int]],
    stays: Sequence[int],
    priorities: Sequence[int],
    rooms: Rooms,
    is_time_up: Callable[[], bool],
    most_turns: int = _MOST_TURNS,
) -> list[int]:
    """Let those without room take turns until the time or the number of turns is up; returns who is left.

    How often somebody has looked in vain is their claim: it must be more than the claim of the guest whose place they take.
    """
    full, guests = rooms.full, rooms.guests
    claims = [0] * len(stays)
    waiting = deque(left)
    turns = 0
    while waiting and turns < most_turns and not (turns % 64 == 0 and is_time_up()):
        turns += 1
        traveller = waiting.popleft()
        stay, priority = stays[traveller], priorities[traveller]
        least, loser, at = claims[traveller] + 1, -1, -1
        is_placed = False
        for host in hosts[traveller]:
            blocked = full[host] & stay
            if not blocked:
                rooms.add(traveller, host)
                is_placed = True
                break
            others = ~blocked
            for guest in guests[host]:
                if stays[guest] | others == -1 and claims[guest] < least and priorities[guest] <= priority:
                    least, loser, at = claims[guest], guest, host
        if is_placed or (not claims[traveller] and _make_room(traveller, hosts, stays, rooms)):
            continue
        claims[traveller] += 1
        # A try to make room that failed may have moved guests about.
        if loser >= 0 and not (rooms.host_of[loser] == at and not full[at] & stay & ~stays[loser]):
            loser = -1
        if loser >= 0:
            rooms.remove(loser)
            rooms.add(traveller, at)
        waiting.append(loser if loser >= 0 else traveller)
    return list(waiting)


def _make_room(traveller: int, hosts: Sequence[Sequence[int]], stays: Sequence[int], rooms: Rooms) -> bool:
    """Let several guests of one host move to free beds elsewhere until the traveller fits; says whether that worked."""
    full, stay = rooms.full, stays[traveller]
    for host in hosts[traveller]:
        for guest in [guest for guest in rooms.guests[host] if stays[guest] & full[host] & stay]:
            other = next(
                (other for other in hosts[guest] if other != host and not full[other] & stays[guest]), -1
            )
            if other >= 0:
                rooms.move(guest, other)
            if not full[host] & stay:
                rooms.add(traveller, host)
                return True
    return False
