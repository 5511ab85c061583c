"""Put a place in by hand."""

import uuid
from datetime import datetime

from hustings.accounts.access import Scope
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.places.models import Venue
from hustings.places.rules.venue_rows import read_venue
from hustings.places.usecases.keep_venues import Placing, keep_venues

SOURCE = "desk"


class VenueOutOfReach(Refusal):
    """The place lies where whoever adds it has no say."""


def add_venue(
    *,
    scope: Scope,
    kind: str,
    name: str,
    now: datetime,
    address: str = "",
    postcode: str = "",
    point: tuple[float, float] | None = None,
    phone: str = "",
) -> Venue:
    """Add one venue inside the scope. Raises `VenueRefused` (what it is) and `VenueOutOfReach` (where it is)."""
    reference = uuid.uuid4().hex
    row = read_venue(
        kind=kind,
        name=name,
        reference=reference,
        address=address,
        postcode=postcode,
        point=point,
        phone=phone,
    )
    placed = Placing().place(row=row)
    if not scope.is_everything and (placed.area_id is None or not scope.covers(code=placed.area_id)):
        raise VenueOutOfReach(
            "elsewhere",
            gettext_noop(
                "That place does not lie in the places you look after. Ask somebody who looks after it to add it."
            ),
        )
    return keep_venues(venues=[placed], source=SOURCE, dataset="put in by hand", now=now)[reference]
