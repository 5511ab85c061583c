"""Shorter ways for those who are placed: moves to a better host, and swaps in which one guest makes room for another."""

from collections.abc import Callable, Sequence

from hustings.volunteers.hosting.rules.occupancy import Rooms

_ROUNDS = 4


def move_to_better(
    *,
    hosts: Sequence[Sequence[int]],
    costs: Sequence[Sequence[float]],
    stays: Sequence[int],
    rooms: Rooms,
    is_time_up: Callable[[], bool],
) -> None:
    """Let placed travellers change hosts while that lowers the sum of the costs; nobody loses a bed.

    `hosts` and `costs` are the feasible hosts by traveller, cheapest first. A traveller moves to a cheaper host with room,
    or changes places with the guest there whose stay covers the full nights, where the guest finds room and both together
    come out cheaper.
    """
    cost_at = [dict(zip(mine, paid, strict=True)) for mine, paid in zip(hosts, costs, strict=True)]
    for _round in range(_ROUNDS):
        changed = 0
        for traveller, now_at in enumerate(rooms.host_of):
            if now_at < 0 or hosts[traveller][0] == now_at:
                continue
            if is_time_up():
                return
            changed += _better(traveller, hosts, costs, cost_at, stays, rooms)
        if not changed:
            return


def _better(
    traveller: int,
    hosts: Sequence[Sequence[int]],
    costs: Sequence[Sequence[float]],
    cost_at: Sequence[dict[int, float]],
    stays: Sequence[int],
    rooms: Rooms,
) -> bool:
    stay, full = stays[traveller], rooms.full
    here = rooms.host_of[traveller]
    paid = cost_at[traveller][here]
    for host, cost in zip(hosts[traveller], costs[traveller], strict=True):
        saved = paid - cost
        if saved <= 1e-9:
            return False
        blocked = full[host] & stay
        if not blocked:
            rooms.move(traveller, host)
            return True
        for guest in rooms.guests[host]:
            if blocked & ~stays[guest]:
                continue
            if _swap(traveller, guest, here, host, saved, hosts, costs, cost_at, stays, rooms):
                return True
    return False


def _swap(
    traveller: int,
    guest: int,
    here: int,
    host: int,
    saved: float,
    hosts: Sequence[Sequence[int]],
    costs: Sequence[Sequence[float]],
    cost_at: Sequence[dict[int, float]],
    stays: Sequence[int],
    rooms: Rooms,
) -> bool:
    """Put the traveller into the guest's place where the guest finds another for less than what is saved."""
    limit = cost_at[guest][host] + saved - 1e-9
    stay, full = stays[guest], rooms.full
    rooms.remove(traveller)
    for other, cost in zip(hosts[guest], costs[guest], strict=True):
        if cost >= limit:
            break
        if other != host and not full[other] & stay:
            rooms.move(guest, other)
            rooms.add(traveller, host)
            return True
    rooms.add(traveller, here)
    return False
