"""Record a mailing that has gone out: what and when at once; how many, where, for how much and whom by their
date.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Count

from hustings.basics.clock import uk_date
from hustings.openness.models import Entry, EntryKind, Seal
from hustings.openness.rules.leaf import Json
from hustings.openness.rules.masking import banded, banded_cost, total_of
from hustings.openness.rules.opening import opening_day
from hustings.openness.usecases.record_entry import Draft, record_entry
from hustings.openness.usecases.record_material import moment, record_material
from hustings.outreach.audiences.queries.reading import read_audience
from hustings.outreach.audiences.rules.check import BadTree, parse_tree
from hustings.outreach.mailings.models import Mailing
from hustings.places.models import Area
from hustings.postroom.models import Message, MessageState


class NotSentYet(ValueError):
    """The mailing has no dispatch or no approved copy, so there is nothing to record."""


@transaction.atomic
def record_mailing(*, mailing: Mailing, now: datetime) -> Entry:
    """Add the entry of a mailing that has ended; once, however often it is asked.

    The number of people is the number of messages that the receiving servers accepted. It is published in
    bands, the total as the sum of the wards' bands; the exact number is committed in a sealed document, which
    a regulator can be shown and can check.
    Raises `NotSentYet`.
    """
    if mailing.dispatch is None or mailing.copy is None:
        raise NotSentYet(f"Mailing {mailing.pk} was not sent.")
    material = mailing.copy.material
    poll_on = material.election.poll_on if material.election else None
    opens_on = opening_day(recorded_on=uk_date(now), poll_on=poll_on)
    about = record_material(copy=mailing.copy, now=now)
    states = _states(mailing)
    by_ward = _accepted_by_ward(mailing)
    accepted = states.get(MessageState.ACCEPTED, 0)
    wards = Area.objects.in_bulk([code for code in by_ward if code])
    total = total_of(banded(count) for count in by_ward.values())
    return record_entry(
        kind=EntryKind.SENDING,
        source=f"mailing:{mailing.pk}",
        title=mailing.title,
        channel="email",
        purpose=mailing.copy.purpose,
        area=material.area,
        concerns=about,
        opens_on=opens_on,
        places=[
            *([(material.area, None)] if material.area else []),
            *((ward, opens_on) for ward in wards.values() if ward != material.area),
        ],
        now=now,
        documents=[
            Draft.of_facts(
                name="facts",
                seal=Seal.OPEN,
                facts={
                    "title": mailing.title,
                    "channel": "email",
                    "purpose": mailing.copy.purpose,
                    "imprint": mailing.copy.imprint,
                    "material_entry": about.number,
                    "copy_sha256": mailing.copy.sha256,
                    "started_at": moment(mailing.dispatch.started_at),
                    "finished_at": moment(mailing.dispatch.finished_at),
                },
            ),
            Draft.of_facts(
                name="figures",
                seal=Seal.DATED,
                facts={
                    "people": total.as_dict(),
                    "by_ward": _wards_in_bands(by_ward, wards),
                    "targeting": material.targeting or _audience_in_words(mailing),
                    "cost_pence": banded_cost(material.cost_pence, people=accepted, band=total).as_dict(),
                },
            ),
            Draft.of_facts(
                name="exact",
                seal=Seal.SEALED,
                facts={
                    "messages": {str(state): count for state, count in sorted(states.items())},
                    "accepted_by_ward": {code or "": count for code, count in by_ward.items()},
                    "cost_pence": material.cost_pence,
                },
            ),
        ],
    )


def _audience_in_words(mailing: Mailing) -> str:
    """Whom the audience's conditions choose, in plain words; its name where it has none that can be read."""
    try:
        tree = parse_tree(raw=mailing.audience.conditions)
    except BadTree:
        return mailing.audience.name
    return read_audience(tree=tree, area_code=mailing.audience.area_id)


def _states(mailing: Mailing) -> dict[str, int]:
    rows = Message.objects.filter(dispatch=mailing.dispatch).order_by().values_list("state")
    return dict(rows.annotate(count=Count("pk")))


def _accepted_by_ward(mailing: Mailing) -> dict[str | None, int]:
    rows = (
        Message.objects.filter(dispatch=mailing.dispatch, state=MessageState.ACCEPTED)
        .order_by("person__ward")
        .values_list("person__ward")
        .annotate(count=Count("pk"))
    )
    return dict(rows)


def _wards_in_bands(by_ward: dict[str | None, int], wards: dict[str, Area]) -> Json:
    return [
        {
            "code": code or "",
            "name": wards[code].name if code in wards else "",
            "people": banded(count).as_dict(),
        }
        for code, count in by_ward.items()
    ]
