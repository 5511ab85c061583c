"""Counts by ward that can be published without telling how anybody signed, or that they did.

Three things could give a small count away: the count itself, the difference between the exact total and the other wards,
and the difference between yesterday's table and today's. So the table

- is taken over a round number of signatures (the first ten, twenty, thirty… that were confirmed), not at every moment;
- gives each ward a band ("fewer than 10", "10 to 19") instead of a number;
- is published only where, from the total and the bands together, every ward could still be anywhere in its band; else
  wider bands are tried, and in the end no table is shown;
- replaces an earlier table only where the two together leave a ward that has just grown out of the lowest band anywhere
  in it.

"Elsewhere" (other wards, and postcodes whose ward is not known) is a row like any other.
"""

from collections.abc import Mapping
from dataclasses import dataclass

#: Signatures are counted into the table in steps of this many.
STEP = 10

_WIDTHS = (10, 20, 50, 100)

#: The key of signers who live in none of the petition's wards.
ELSEWHERE = ""


@dataclass(frozen=True, kw_only=True)
class WardTable:
    """A table that may be shown: of `total` signatures, each ward's band starts at `floors[code]`, `width` wide."""

    total: int
    width: int
    floors: Mapping[str, int]

    def band(self, *, code: str) -> tuple[int, int]:
        """The lowest and the highest count a ward may have."""
        return self.floors[code], self.floors[code] + self.width - 1


def ward_table(*, counts: Mapping[str, int], widths: tuple[int, ...] = _WIDTHS) -> WardTable | None:
    """The table of these exact counts with the narrowest bands that give nothing away, or none.

    With n rows whose bands are w wide, the remainder R is the total less all lower ends. Every row can be anywhere in its
    band exactly if w - 1 ≤ R ≤ (n - 1)(w - 1): the others can take the whole remainder, or leave it all.
    """
    total, rows = sum(counts.values()), len(counts)
    for width in widths:
        floors = {code: count - count % width for code, count in counts.items()}
        remainder = total - sum(floors.values())
        if width - 1 <= remainder <= (rows - 1) * (width - 1):
            return WardTable(total=total, width=width, floors=floors)
    return None


def may_follow(*, shown: WardTable, following: WardTable) -> bool:
    """Say whether a table may replace the one shown before it.

    No ward's count falls as signatures come in. So for a ward that has just left the lowest band to have started at
    nought, the signatures of the first table must fit into the other wards, first into those whose band has moved (they
    tell nothing new there), and the rest, which the wards that stayed still hold in the second table, must leave enough
    of its total for the moved bands. Where signatures were withdrawn, or the rows or the bands' width have changed, the
    new table waits for two bands' worth of change.
    """
    grown = following.total - shown.total
    if shown.floors.keys() != following.floors.keys() or shown.width != following.width:
        return abs(grown) >= 2 * max(shown.width, following.width)
    if any(following.floors[code] < floor for code, floor in shown.floors.items()):
        return abs(grown) >= 2 * shown.width
    moved = [code for code, floor in shown.floors.items() if following.floors[code] > floor]
    stayed_floor = sum(floor for code, floor in shown.floors.items() if code not in moved)
    moved_top = sum(shown.band(code=code)[1] for code in moved)
    moved_floor = sum(following.floors[code] for code in moved)
    for code in moved:
        if shown.floors[code] == 0:
            stayed = max(stayed_floor, shown.total - (moved_top - shown.band(code=code)[1]))
            if following.total < moved_floor + stayed:
                return False
    return True


def counted_signatures(*, confirmed: int) -> int:
    """How many of the confirmed signatures, in the order of confirmation, go into the table."""
    return confirmed - confirmed % STEP
