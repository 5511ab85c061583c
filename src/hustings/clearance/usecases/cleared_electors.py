"""The one narrow way from a Clearance to the electors whom it cleared, while the register may be read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from hustings.accounts.access import EVERYTHING
from hustings.clearance.models import Clearance, ClearanceVerdict
from hustings.register.access import EntitlementExpired, RegisterNotHeld, entries_for


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearedElector:
    """An elector who was cleared, as the current register lists them."""

    elector_id: int
    entry_id: int
    district: str
    ward_id: str | None
    name: str
    address: str
    postcode: str


def cleared_electors(*, clearance: Clearance, on: date) -> Iterator[ClearedElector]:
    """Every elector whom this Clearance cleared, in the order of the register, read in chunks.

    Only entries of current copies whose entitlement is in force on the day are given out; an elector listed at two
    addresses comes twice. People cleared as people are not among them.
    """
    cleared = ClearanceVerdict.objects.filter(clearance=clearance, reason="", elector__isnull=False)
    try:
        entries = entries_for(scope=EVERYTHING, on=on)
    except (RegisterNotHeld, EntitlementExpired):
        return
    found = entries.filter(elector__in=cleared.values("elector")).exclude(address="")
    columns = found.order_by("version", "line", "pk").values_list(
        "elector_id", "pk", "district", "ward_id", "forename", "surname", "address", "postcode"
    )
    for elector, entry, district, ward, forename, surname, address, postcode in columns.iterator(
        chunk_size=5_000
    ):
        yield ClearedElector(
            elector_id=elector,
            entry_id=entry,
            district=district,
            ward_id=ward,
            name=f"{forename} {surname}".strip(),
            address=address,
            postcode=postcode,
        )
