"""Which beds of a host are free, bed by bed, when some nights are taken.

Stays are put into beds in order of arrival, each into the first that is free; as they never overlap on more nights than
there are beds, that always works. What is left of each bed is a row of spans, and each span takes guests like a host with
one bed.
"""

from collections.abc import Iterable
from datetime import date


class TooManyGuests(Exception):
    """More guests sleep there on some night than there are beds."""


def free_spans(
    *, first: date, last: date, beds: int, taken: Iterable[tuple[date, date]]
) -> list[tuple[date, date]]:
    """The free spans of every bed from `first` until `last` (exclusive); `taken` are half-open spans of guests.

    Raises `TooManyGuests`.
    """
    free_from = [first] * beds
    spans: list[tuple[date, date]] = []
    for begins, ends in sorted(taken):
        if ends <= first or begins >= last:
            continue
        fitting = [bed for bed in range(beds) if free_from[bed] <= max(begins, first)]
        if not fitting:
            raise TooManyGuests(f"More than {beds} guests on the night of {begins.isoformat()}.")
        bed = max(fitting, key=lambda each: free_from[each])
        if free_from[bed] < begins:
            spans.append((free_from[bed], begins))
        free_from[bed] = min(ends, last)
    spans += [(begins, last) for begins in free_from if begins < last]
    return sorted(spans)
