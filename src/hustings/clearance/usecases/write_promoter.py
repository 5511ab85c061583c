"""Add a promoter, or change one: a change of name or address takes the verification away."""

from datetime import datetime

from django.db import transaction

from hustings.accounts.access import Right
from hustings.accounts.models import User
from hustings.clearance.access import require_in
from hustings.clearance.models import Promoter
from hustings.places.models import Area
from hustings.platform import audit


@transaction.atomic
def write_promoter(
    *,
    promoter: Promoter | None = None,
    name: str,
    address: str,
    postcode: str,
    is_organisation: bool = False,
    is_printer: bool = False,
    area: Area | None = None,
    by: User,
    now: datetime,
) -> Promoter:
    """Store who may be named in imprints. Raises `NotAllowed` where the user makes no material for the place."""
    require_in(user=by, right=Right.EDIT_MATERIALS, code=area.code if area else None, now=now)
    if promoter is not None:
        require_in(user=by, right=Right.EDIT_MATERIALS, code=promoter.area_id, now=now)
    written = promoter or Promoter()
    before = (written.name, written.address, written.postcode)
    written.name, written.address, written.postcode = name.strip(), address.strip(" ,\n"), postcode.strip()
    written.is_organisation, written.is_printer, written.area = is_organisation, is_printer, area
    if (written.name, written.address, written.postcode) != before:
        # What was verified is no longer what stands here; copies approved under the old name stop at the
        # gate.
        written.verified_at, written.verified_by, written.evidence = None, None, ""
    written.save()
    audit.record(
        now=now,
        actor=by,
        verb="changed" if promoter else "added",
        subject_type="clearance.Promoter",
        subject_id=written.pk,
        area_code=written.area_id or "",
    )
    return written
