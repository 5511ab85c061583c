"""Record that a material was withdrawn, with the reason."""

from datetime import datetime

from django.db import transaction

from hustings.clearance.models import ApprovedCopy
from hustings.openness.models import Entry, EntryKind, Seal
from hustings.openness.usecases.record_entry import Draft, record_entry
from hustings.openness.usecases.record_material import moment, record_material, source_of


@transaction.atomic
def record_withdrawal(*, copy: ApprovedCopy, now: datetime) -> Entry:
    """Add the entry of a withdrawal, after the entry of the material itself; once, however often it is asked."""
    material = record_material(copy=copy, now=now)
    return record_entry(
        kind=EntryKind.WITHDRAWAL,
        source=f"withdrawal of {source_of(copy)}",
        title=copy.title,
        channel=copy.medium,
        purpose=copy.purpose,
        area=copy.material.area,
        concerns=material,
        places=[(copy.material.area, None)] if copy.material.area else [],
        now=now,
        documents=[
            Draft.of_facts(
                name="facts",
                seal=Seal.OPEN,
                facts={
                    "title": copy.title,
                    "reason": copy.withdrawn_reason,
                    "withdrawn_at": moment(copy.withdrawn_at),
                    "material_entry": material.number,
                    "copy_sha256": copy.sha256,
                },
            )
        ],
    )
