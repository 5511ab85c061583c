"""What a month does to a register: people leave, come, move, change their names and their markers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

from hustings.project.demo.borough.electors import Elector, draw_newcomer
from hustings.project.demo.borough.land import Land

# Of 75,000 entries, so many in one monthly update; smaller registers change in proportion.
LEFT, CAME, MOVED, RENAMED, OPTED_OUT = 450, 450, 120, 40, 90
_OF = 75_000


def month_later(
    *, rng: Random, land: Land, electors: tuple[Elector, ...], published_on: date
) -> tuple[Elector, ...]:
    """Give the next version of the register, in register order. The electors given are left as they are.

    Those who stay keep their key, their number and the council's identifier. Newcomers and those who moved
    stand behind the last number before their door, with a suffix.
    """
    share = len(electors) / _OF
    kept = list(electors)
    settled = [index for index, row in enumerate(kept) if row.dwelling]
    chosen = rng.sample(settled, k=sum(_scaled(n, share) for n in (LEFT, MOVED, RENAMED, OPTED_OUT)))
    gone = {chosen.pop() for _ in range(_scaled(LEFT, share))}
    moving = [chosen.pop() for _ in range(_scaled(MOVED, share))]
    for index in (chosen.pop() for _ in range(_scaled(RENAMED, share))):
        row = kept[index]
        kept[index] = replace(
            row, surname=rng.choice(electors).surname or "Newname", former_surname=row.surname
        )
    for index in chosen:
        markers = kept[index].markers
        kept[index] = replace(
            kept[index], markers=markers.replace("Z", "") if "Z" in markers else markers + "Z"
        )
    arrivals = []
    for index in moving:
        door = rng.choice(land.dwellings)
        arrivals.append(replace(kept[index], dwelling=door, district=door.district))
    next_key = max(row.key for row in electors) + 1
    next_council_number = max(int(row.elector_id) for row in electors) + 1
    for offset in range(_scaled(CAME, share)):
        newcomer = draw_newcomer(
            rng=rng, key=next_key + offset, dwelling=rng.choice(land.dwellings), published_on=published_on
        )
        newcomer.elector_id = str(next_council_number + offset)
        arrivals.append(newcomer)
    leaving = gone | set(moving)
    staying = [row for index, row in enumerate(kept) if index not in leaving]
    return tuple(_file_in(land=land, staying=staying, arrivals=arrivals, taken=electors))


def _scaled(count: int, share: float) -> int:
    return max(1, round(count * share))


def _file_in(
    *, land: Land, staying: list[Elector], arrivals: list[Elector], taken: tuple[Elector, ...]
) -> list[Elector]:
    """Give each arrival the last number at or before its door, with the next free suffix, and sort the
    whole.
    """
    order = {id(door): place for place, door in enumerate(land.dwellings)}
    highest: dict[tuple[str, int], int] = {}
    number_at: dict[str, list[tuple[int, int]]] = {}
    for row in taken:
        slot = (row.district.code, row.number)
        highest[slot] = max(highest.get(slot, 0), row.suffix)
        if row.dwelling:
            number_at.setdefault(row.district.code, []).append((order[id(row.dwelling)], row.number))
    for arrival in arrivals:
        door = order[id(arrival.dwelling)]
        number = max((n for place, n in number_at[arrival.district.code] if place <= door), default=1)
        highest[arrival.district.code, number] += 1
        arrival.number, arrival.suffix = number, highest[arrival.district.code, number]
    rank = {district.code: place for place, district in enumerate(land.districts)}
    return sorted([*staying, *arrivals], key=lambda row: (rank[row.district.code], row.number, row.suffix))
