"""Hosting: 10,000 travellers and 2,000 hosts, beside nearest-first greedy and a bound in the same run.

Two seasons: one in which most find a bed and one in which beds are short everywhere. The peer is what people do by hand: each
traveller in turn takes the nearest bed that is free.
"""

import random
import time
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

from hustings.volunteers.hosting.rules.pairs import feasible_pairs
from hustings.volunteers.hosting.rules.solving import solve
from hustings.volunteers.hosting.rules.stays import Host, Traveller

_DAY = date(2026, 4, 1)


def _since(begun: float) -> Callable[[], float]:
    return lambda: time.perf_counter() - begun


def run() -> None:
    """Solve both seasons and print the number placed, the bound, kilometres, seconds and ratios."""
    for title, days, hosted in (("a good season", 45, (10, 28)), ("beds short everywhere", 35, (5, 28))):
        hosts, travellers = season(seed=1, days=days, hosted=hosted)
        pairs = feasible_pairs(hosts=hosts, travellers=travellers)
        begun = time.perf_counter()
        by_hand, by_hand_km = nearest_first(hosts=hosts, travellers=travellers)
        greedy_s = time.perf_counter() - begun
        begun = time.perf_counter()
        found = solve(hosts=hosts, travellers=travellers, elapsed_s=_since(begun))
        seconds = time.perf_counter() - begun
        print(f"   {title}: {len(travellers):,} × {len(hosts):,}, {len(pairs.host):,} feasible pairs")
        print(
            f"     nearest first  {by_hand:6,} placed  {by_hand_km / max(1, by_hand):5.1f} km each  {greedy_s:.2f} s"
        )
        print(
            f"     solver         {found.placed:6,} placed  {found.total_km / max(1, found.placed):5.1f} km each  {seconds:.2f} s"
        )
        print(
            f"     bound {found.bound:,}: gap {found.gap:.2%}, at least {found.placed / found.bound:.2%} of the best; "
            f"{found.placed / by_hand:.3f} times as many as nearest first"
        )


def season(
    *, seed: int, days: int, hosted: tuple[int, int], travellers: int = 10_000, hosts: int = 2_000
) -> tuple[list[Host], list[Traveller]]:
    """Hosts and travellers round thirty towns, over some weeks before a poll."""
    dice = random.Random(seed)
    towns = [(dice.uniform(50.9, 55.0), dice.uniform(-3.0, 0.4)) for _ in range(30)]

    def point() -> tuple[float, float]:
        lat, lon = dice.choice(towns)
        return min(max(lat + dice.gauss(0, 0.25), 50.9), 57.5), min(max(lon + dice.gauss(0, 0.35), -3.3), 0.9)

    offered = []
    for number in range(hosts):
        lat, lon = point()
        first = dice.randrange(days - hosted[0])
        last = min(days, first + dice.randint(*hosted))
        offered.append(
            Host(
                id=f"h{number}", lat=lat, lon=lon, beds=dice.randint(1, 4),
                available_from=_DAY + timedelta(first), available_until=_DAY + timedelta(last),
            )
        )  # fmt: skip
    asked = []
    for number in range(travellers):
        lat, lon = point()
        first = dice.randrange(days - 2)
        last = min(days, first + dice.randint(2, 9))
        asked.append(
            Traveller(
                id=f"t{number}", lat=lat, lon=lon, max_km=dice.uniform(25, 70),
                arrive_on=_DAY + timedelta(first), leave_on=_DAY + timedelta(last),
            )
        )  # fmt: skip
    return offered, asked


def nearest_first(*, hosts: list[Host], travellers: list[Traveller]) -> tuple[int, float]:
    """Each traveller in turn takes the nearest bed that is free; the number placed and the kilometres."""
    pairs = feasible_pairs(hosts=hosts, travellers=travellers)
    slept: Counter[tuple[int, int]] = Counter()
    placed, km = 0, 0.0
    for number, traveller in enumerate(travellers):
        nights = range(traveller.arrive_on.toordinal(), traveller.leave_on.toordinal())
        for place in range(pairs.start[number], pairs.start[number + 1]):
            host = int(pairs.host[place])
            if all(slept[host, night] < hosts[host].beds for night in nights):
                slept.update((host, night) for night in nights)
                placed, km = placed + 1, km + float(pairs.km[place])
                break
    return placed, km
