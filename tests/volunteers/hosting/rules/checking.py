"""An independent check of a solution: every rule of hosting, held night by night."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from math import asin, cos, radians, sin, sqrt

from hustings.volunteers.hosting.rules.solving import Solution
from hustings.volunteers.hosting.rules.stays import Host, Traveller


def faults(*, solution: Solution, hosts: Sequence[Host], travellers: Sequence[Traveller]) -> list[str]:
    """Everything that is wrong with a solution, in words; written without the solver's own arrays."""
    host_by_id = {host.id: host for host in hosts}
    traveller_by_id = {traveller.id: traveller for traveller in travellers}
    wrong = []
    slept: Counter[tuple[str, date]] = Counter()
    seen = Counter(found.traveller for found in solution.assignments)
    wrong += [f"{traveller} is placed {times} times" for traveller, times in seen.items() if times > 1]
    for found in solution.assignments:
        host, traveller = host_by_id[found.host], traveller_by_id[found.traveller]
        km = haversine_km(host, traveller)
        if km > traveller.max_km + 1e-6 or abs(km - found.km) > 1e-6:
            wrong.append(f"{traveller.id} is {km} km from {host.id}")
        if host.available_from > traveller.arrive_on or host.available_until < traveller.leave_on:
            wrong.append(f"{host.id} is not free for {traveller.id}")
        if traveller.needs & ~host.offers or host.asks & ~traveller.traits:
            wrong.append(f"{host.id} and {traveller.id} do not go together")
        night = traveller.arrive_on
        while night < traveller.leave_on:
            slept[host.id, night] += 1
            night += timedelta(days=1)
    wrong += [
        f"{count} sleep at {host} on {night}"
        for (host, night), count in slept.items()
        if count > host_by_id[host].beds
    ]
    if set(solution.unplaced) != set(traveller_by_id) - set(seen):
        wrong.append("those without a bed are not told rightly")
    if solution.placed > solution.bound:
        wrong.append("more are placed than the bound allows")
    return wrong


def haversine_km(host: Host, traveller: Traveller) -> float:
    """Great-circle distance, from the formula."""
    lat, lon, other_lat, other_lon = map(radians, (host.lat, host.lon, traveller.lat, traveller.lon))
    chord = sin((other_lat - lat) / 2) ** 2 + cos(lat) * cos(other_lat) * sin((other_lon - lon) / 2) ** 2
    return 2 * 6371.0088 * asin(sqrt(chord))
