"""Tell the ward and the constituency of postcodes, as far as the places are known."""

from collections.abc import Iterable
from dataclasses import dataclass

from hustings.accounts.access import NotAllowed, Scope
from hustings.basics.postcode import parse_postcode
from hustings.places import queries as places
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
    if not wanted:
        return {}
    located = places.locate_many(postcodes=wanted)
    columns = (located.codes(name).astype(str).tolist() for name in ("ward", "constituency"))
    found = {
        postcode: Placed(ward=ward or None, constituency=constituency or None)
        for postcode, ward, constituency in zip(wanted, *columns, strict=True)
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


def require_place(*, scope: Scope, postcode: str) -> None:
    """Raise `NotAllowed` where somebody would move a person to a place they do not look after, or to none."""
    if scope.is_everything:
        return
    spaced = parse_postcode(postcode).spaced if postcode.strip() else ""
    placed = place_postcodes(postcodes=[spaced]).get(spaced)
    if placed is None or not (scope.covers(code=placed.ward) or scope.covers(code=placed.constituency)):
        raise NotAllowed("This postcode lies outside the places you look after.")


def _known(codes: set[str]) -> set[str]:
    wanted, known = sorted(codes), set()
    for start in range(0, len(wanted), _BATCH):
        known |= set(
            Area.objects.filter(code__in=wanted[start : start + _BATCH]).values_list("code", flat=True)
        )
    return known
