"""Which nights of a host are taken, in whole numbers used as rows of bits: night n is bit n.

A host with b beds has b rows; row k holds the nights on which more than k guests sleep there. The last row holds the
nights that are full, so that whether a stay fits is one `&`.
"""


class Overfull(Exception):
    """Somebody was put where there is no bed for them on some night: a fault of the search, never of what was asked."""


class Rooms:
    """The beds of every host, and who sleeps where."""

    def __init__(self, *, beds: list[int], stays: list[int]) -> None:
        self._rows = [[0] * count for count in beds]
        self._stays = stays
        self.full = [0] * len(beds)
        self.guests: list[list[int]] = [[] for _ in beds]
        self.host_of = [-1] * len(stays)

    def add(self, traveller: int, host: int) -> None:
        """Let a traveller stay with a host, where no night of the stay is full; raises `Overfull` otherwise."""
        stay, rows = self._stays[traveller], self._rows[host]
        for place, row in enumerate(rows):
            rows[place] = row | stay
            stay &= row
            if not stay:
                break
        else:
            raise Overfull(f"No bed is free with host number {host} for traveller number {traveller}.")
        self.full[host] = rows[-1]
        self.guests[host].append(traveller)
        self.host_of[traveller] = host

    def remove(self, traveller: int) -> int:
        """Let a traveller leave; returns the host."""
        host = self.host_of[traveller]
        stay, rows = self._stays[traveller], self._rows[host]
        for place in range(len(rows) - 1, -1, -1):
            hit = rows[place] & stay
            rows[place] ^= hit
            stay ^= hit
            if not stay:
                break
        self.full[host] = rows[-1]
        self.guests[host].remove(traveller)
        self.host_of[traveller] = -1
        return host

    def move(self, traveller: int, host: int) -> None:
        """Let a placed traveller change to a host where no night of the stay is full."""
        self.remove(traveller)
        self.add(traveller, host)
