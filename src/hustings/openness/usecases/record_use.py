"""Record that a material was used: what, when and under whose name at once; how many, where, for how much and whom by their day.

Mailings, leaflet rounds, adverts and calls differ in what they count; how it is laid down is the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from hustings.basics.clock import uk_date
from hustings.clearance.models import ApprovedCopy
from hustings.openness.models import Entry, Seal
from hustings.openness.rules.leaf import Json
from hustings.openness.rules.masking import Band, total_of
from hustings.openness.rules.opening import opening_day
from hustings.openness.usecases.record_entry import Draft, record_entry
from hustings.openness.usecases.record_material import record_material
from hustings.places.models import Area


@dataclass(frozen=True, kw_only=True)
class Use:
    """One use of an approved copy. `figures` are opened by the entry's day, `exact` is sealed; `more` is said at once.

    `started_at` and `finished_at` are as the record writes them.
    """

    kind: str
    source: str
    title: str
    channel: str
    started_at: str | None
    finished_at: str | None
    figures: Mapping[str, Json]
    exact: Mapping[str, Json]
    wards: Sequence[Area] = ()
    more: Mapping[str, Json] = field(default_factory=dict)


def record_use(*, copy: ApprovedCopy, use: Use, now: datetime) -> Entry:
    """Add the entry of a use after that of its material; once for each `source`, however often it is asked."""
    material = copy.material
    poll_on = material.election.poll_on if material.election else None
    opens_on = opening_day(recorded_on=uk_date(now), poll_on=poll_on)
    about = record_material(copy=copy, now=now)
    return record_entry(
        kind=use.kind,
        source=use.source,
        title=use.title,
        channel=use.channel,
        purpose=copy.purpose,
        area=material.area,
        concerns=about,
        opens_on=opens_on,
        places=[
            *([(material.area, None)] if material.area else []),
            *((ward, opens_on) for ward in use.wards if ward != material.area),
        ],
        now=now,
        documents=[
            Draft.of_facts(
                name="facts",
                seal=Seal.OPEN,
                facts={
                    "title": use.title,
                    "channel": use.channel,
                    "purpose": copy.purpose,
                    "imprint": copy.imprint,
                    "material_entry": about.number,
                    "copy_sha256": copy.sha256,
                    "started_at": use.started_at,
                    "finished_at": use.finished_at,
                    **use.more,
                },
            ),
            Draft.of_facts(name="figures", seal=Seal.DATED, facts=dict(use.figures)),
            Draft.of_facts(name="exact", seal=Seal.SEALED, facts=dict(use.exact)),
        ],
    )


def people_in_wards(counted: Sequence[tuple[Area | None, Band]]) -> tuple[Band, Json]:
    """The total as the sum of the wards' bands, and the bands by ward; None for people whose ward is not known."""
    rows: Json = [
        {"code": ward.code if ward else "", "name": ward.name if ward else "", "people": band.as_dict()}
        for ward, band in counted
    ]
    return total_of(band for _ward, band in counted), rows
