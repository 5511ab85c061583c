"""Record that a material was approved: the copy and its imprint are open at once, cost and targeting by their
date.
"""

from datetime import datetime

from django.db import transaction

from hustings.basics.clock import UK, uk_date
from hustings.clearance.models import ApprovedCopy
from hustings.openness.models import Entry, EntryKind, Seal
from hustings.openness.rules.leaf import Json
from hustings.openness.rules.opening import opening_day
from hustings.openness.usecases.record_entry import Draft, record_entry


@transaction.atomic
def record_material(*, copy: ApprovedCopy, now: datetime) -> Entry:
    """Add the entry of an approved copy; once, however often it is asked."""
    material = copy.material
    poll_on = material.election.poll_on if material.election else None
    return record_entry(
        kind=EntryKind.MATERIAL,
        source=source_of(copy),
        title=copy.title,
        channel=copy.medium,
        purpose=copy.purpose,
        area=material.area,
        opens_on=opening_day(recorded_on=uk_date(now), poll_on=poll_on),
        places=[(material.area, None)] if material.area else [],
        now=now,
        documents=[
            Draft.of_facts(name="facts", seal=Seal.OPEN, facts=_facts(copy)),
            Draft(name="copy", seal=Seal.OPEN, content=bytes(copy.content), media_type=copy.media_type),
            Draft.of_facts(
                name="figures",
                seal=Seal.DATED,
                facts={"cost_pence": material.cost_pence, "targeting": material.targeting},
            ),
        ],
    )


def source_of(copy: ApprovedCopy) -> str:
    """What an entry made from this copy is called."""
    return f"copy:{copy.pk}"


def _facts(copy: ApprovedCopy) -> Json:
    material = copy.material
    election = material.election
    return {
        "title": copy.title,
        "subject_line": copy.subject,
        "medium": copy.medium,
        "purpose": copy.purpose,
        "caption": copy.caption,
        "imprint": copy.imprint,
        "named": [
            {"role": one["role"], "name": one["name"], "address": one["address"]} for one in copy.named
        ],
        "published_by_or_for": material.publisher,
        "for_or_against": material.about,
        "is_paid_advertisement": material.is_paid,
        "nation": material.nation,
        "language": material.language,
        "election": {"id": election.pk, "title": election.title, "poll_on": election.poll_on.isoformat()}
        if election
        else None,
        "area": {"code": material.area.code, "name": material.area.name} if material.area else None,
        "approved_at": moment(copy.approved_at),
        "use_from": moment(copy.use_from),
        "use_until": moment(copy.use_until),
        "copy_sha256": copy.sha256,
        "copy_media_type": copy.media_type,
    }


def moment(at: datetime | None) -> str | None:
    """A moment as the record writes it, in the time of the United Kingdom; None for none."""
    return at.astimezone(UK).isoformat(timespec="seconds") if at else None
