"""Record a canvass that was closed: that doors were knocked on, where and when at once; how many people by the opening day."""

from collections import Counter
from datetime import datetime

from django.db import transaction
from django.db.models import Max, Min

from hustings.basics.clock import uk_date
from hustings.openness.models import Entry, EntryKind, Seal
from hustings.openness.rules.masking import banded, total_of
from hustings.openness.rules.opening import opening_day
from hustings.openness.usecases.record_entry import Draft, record_entry
from hustings.openness.usecases.record_use import people_in_wards
from hustings.outreach.audiences.queries.reading import read_audience
from hustings.outreach.audiences.rules.check import BadTree, parse_tree
from hustings.outreach.doorsteps.models import Canvass, Door, DoorOutcome
from hustings.outreach.doorsteps.queries import whereabouts_of
from hustings.people.models import Purpose
from hustings.places.models import Area


@transaction.atomic
def record_canvass(*, canvass: Canvass, now: datetime) -> Entry | None:
    """Add the entry of a closed canvass, once; none where nobody was spoken to.

    The place, the days and the purpose are open at once; how many people were spoken to (by ward), at how many lines of its
    rounds somebody called, and whom it was meant for, by the opening day, the numbers in bands. Neither a name, a street or a
    round nor what anybody answered is in the record, and the canvass's own title is not either: it was written for the office.
    """
    doors = list(
        Door.objects.filter(round__canvass=canvass).exclude(outcome="").select_related("person", "elector")
    )
    met = [door for door in doors if door.outcome in (DoorOutcome.SPOKE, DoorOutcome.OBJECTED)]
    if not met:
        return None
    where = whereabouts_of(doors=doors, area_code=canvass.area_id, on=uk_date(canvass.closed_at or now))

    def ward_of(door: Door) -> str:
        return (where[door.pk].ward_id or "") if door.pk in where else ""

    spoken = Counter(ward_of(door) for door in met)
    called = Counter(ward_of(door) for door in doors)
    wards = Area.objects.in_bulk([code for code in called if code])
    total, rows = people_in_wards(
        [(wards.get(code), banded(number)) for code, number in sorted(spoken.items())]
    )
    days = Door.objects.filter(round__canvass=canvass, at__isnull=False).aggregate(Min("at"), Max("at"))
    opens_on = opening_day(
        recorded_on=uk_date(now), poll_on=canvass.election.poll_on if canvass.election else None
    )
    title = f"Talks at the door in {canvass.area.name}"
    return record_entry(
        kind=EntryKind.DOORS,
        source=f"canvass:{canvass.pk}",
        title=title,
        channel="door",
        purpose=canvass.purpose,
        area=canvass.area,
        opens_on=opens_on,
        places=[
            (canvass.area, None),
            *((ward, opens_on) for ward in wards.values() if ward != canvass.area),
        ],
        now=now,
        documents=[
            Draft.of_facts(
                name="facts",
                seal=Seal.OPEN,
                facts={
                    "title": title,
                    "channel": "door",
                    "purpose": canvass.purpose,
                    "purpose_in_words": str(Purpose(canvass.purpose).label),
                    "started_at": uk_date(days["at__min"]).isoformat(),
                    "finished_at": uk_date(days["at__max"]).isoformat(),
                },
            ),
            Draft.of_facts(
                name="figures",
                seal=Seal.DATED,
                facts={
                    "people": total.as_dict(),
                    "by_ward": rows,
                    "called_on": total_of(banded(number) for number in called.values()).as_dict(),
                    "targeting": _targeting(canvass),
                },
            ),
            Draft.of_facts(
                name="exact",
                seal=Seal.SEALED,
                facts={"spoken_to_by_ward": dict(spoken), "called_on_by_ward": dict(called)},
            ),
        ],
    )


def _targeting(canvass: Canvass) -> str:
    """Whom it was meant for, in plain words."""
    if canvass.audience is None:
        return "everybody on the electoral register there who had not asked to be left in peace"
    try:
        tree = parse_tree(raw=canvass.audience.conditions)
    except BadTree:
        return canvass.audience.name
    return read_audience(tree=tree, area_code=canvass.audience.area_id)
