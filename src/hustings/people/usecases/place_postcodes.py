"""Tell the ward and the constituency of postcodes, as far as the places are known."""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from hustings.places.models import Area

_BATCH = 900


@dataclass(frozen=True, slots=True)
class Placed:
    """Codes of the ward and the constituency a postcode lies in; None where that is not known."""

    ward: str | None = None
    constituency: str | None = None


def place_postcodes(*, postcodes: Iterable[str]) -> dict[str, Placed]:
    """Where each postcode lies, by the postcode as given. A code with no area in the database counts as not known."""
    wanted = sorted({postcode for postcode in postcodes if postcode})
    if not wanted or find_spec("hustings.places.queries") is None:
        return {}
    queries: Any = import_module("hustings.places.queries")
    found = {
        postcode: Placed(ward=located.ward, constituency=located.constituency)
        for postcode, located in zip(wanted, queries.locate_many(postcodes=wanted), strict=True)
    }
    codes = {code for placed in found.values() for code in (placed.ward, placed.constituency) if code}
    known = _known(codes)
    return {
        postcode: Placed(
            ward=placed.ward if placed.ward in known else None,
            constituency=placed.constituency if placed.constituency in known else None,
        )
        for postcode, placed in found.items()
    }


def _known(codes: set[str]) -> set[str]:
    wanted, known = sorted(codes), set()
    for start in range(0, len(wanted), _BATCH):
        known |= set(
            Area.objects.filter(code__in=wanted[start : start + _BATCH]).values_list("code", flat=True)
        )
    return known
