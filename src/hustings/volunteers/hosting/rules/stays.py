"""Hosts with their beds and travellers with their nights, as the solver sees them, and why one makes no sense."""

from dataclasses import dataclass
from datetime import date
from math import isfinite

from hustings.basics.refusals import Refusal, gettext_noop
from hustings.places.rules.great_britain import outside_great_britain

_LONGEST_STAY = 366
_MOST_BEDS = 100


class NotAStay(Refusal):
    """A host's or a traveller's row that cannot be meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """Somebody who offers `beds` places to sleep on each night from `available_from` to the night before `available_until`.

    `offers` and `asks` are masks of `conditions.OFFERS` and `conditions.TRAITS`. `household` is whose home it is, for those
    who are not to be put there again.
    """

    id: str
    lat: float
    lon: float
    available_from: date
    available_until: date
    beds: int
    offers: int = 0
    asks: int = 0
    household: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Traveller:
    """Somebody who needs a place to sleep from the night of `arrive_on` to the night before `leave_on`.

    The place must be at most `max_km` from the point by great circle. `needs` must all be offered by the host; `traits`
    must hold all that the host asks; `prefers` are offers that are liked. Those of a higher `priority` are placed first:
    it says how much their seat needs them. `avoids` are households where they are never put: their own, and those where one
    side said no.
    """

    id: str
    lat: float
    lon: float
    arrive_on: date
    leave_on: date
    max_km: float
    needs: int = 0
    traits: int = 0
    prefers: int = 0
    priority: int = 0
    avoids: frozenset[str] = frozenset()


def check_host(host: Host) -> None:
    """Raise `NotAStay` with a sentence where the offer cannot be meant."""
    _check_point(host.lat, host.lon)
    if host.available_until <= host.available_from:
        raise NotAStay(
            "no_night",
            gettext_noop(
                "Available from {first} until {last} holds no night. The last date is the morning after the last night."
            ),
            first=host.available_from.isoformat(),
            last=host.available_until.isoformat(),
        )
    if not 1 <= host.beds <= _MOST_BEDS:
        raise NotAStay(
            "no_beds",
            gettext_noop(
                "{beds} beds cannot be offered. Give the number of people who can sleep there, 1 to {most}; leave out a host "
                "who has no room."
            ),
            beds=host.beds,
            most=_MOST_BEDS,
        )


def check_traveller(traveller: Traveller) -> None:
    """Raise `NotAStay` with a sentence where the request cannot be meant."""
    _check_point(traveller.lat, traveller.lon)
    nights = (traveller.leave_on - traveller.arrive_on).days
    if not 1 <= nights <= _LONGEST_STAY:
        raise NotAStay(
            "no_night",
            gettext_noop(
                "Arriving on {first} and leaving on {last} is {nights} nights. Leave at least a day after you arrive, and "
                "stay a year at most."
            ),
            first=traveller.arrive_on.isoformat(),
            last=traveller.leave_on.isoformat(),
            nights=nights,
        )
    if not (isfinite(traveller.max_km) and 0 <= traveller.max_km <= 2000):
        raise NotAStay(
            "no_distance",
            gettext_noop("{km} is no distance in kilometres. Give how far the bed may be, 0 to 2,000."),
            km=traveller.max_km,
        )


def _check_point(lat: float, lon: float) -> None:
    where = outside_great_britain(lat=lat, lon=lon) if isfinite(lat) and isfinite(lon) else "nowhere"
    if where:
        raise NotAStay(
            "outside",
            gettext_noop(
                "{lat}, {lon} is not in Great Britain but {where}. Give latitude (about 50 to 61) and longitude (about −8 to "
                "2) in degrees; are they the wrong way round?"
            ),
            lat=lat,
            lon=lon,
            where=where,
        )
