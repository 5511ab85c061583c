"""Record a mailing that has gone out: what and when at once; how many, where, for how much and whom by their
date.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Count

from hustings.openness.models import Entry, EntryKind
from hustings.openness.rules.masking import banded, banded_cost
from hustings.openness.usecases.record_material import moment
from hustings.openness.usecases.record_use import Use, people_in_wards, record_use
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
    a regulator can be shown and can check. The channel is the one that the gate was asked about.
    Raises `NotSentYet`.
    """
    if mailing.dispatch is None or mailing.copy is None or mailing.clearance is None:
        raise NotSentYet(f"Mailing {mailing.pk} was not sent.")
    material = mailing.copy.material
    states = _states(mailing)
    by_ward = _accepted_by_ward(mailing)
    accepted = states.get(MessageState.ACCEPTED, 0)
    wards = Area.objects.in_bulk([code for code in by_ward if code])
    total, rows = people_in_wards(
        [(wards.get(code) if code else None, banded(count)) for code, count in by_ward.items()]
    )
    use = Use(
        kind=EntryKind.SENDING,
        source=f"mailing:{mailing.pk}",
        title=mailing.title,
        channel=mailing.clearance.channel,
        started_at=moment(mailing.dispatch.started_at),
        finished_at=moment(mailing.dispatch.finished_at),
        wards=list(wards.values()),
        figures={
            "people": total.as_dict(),
            "by_ward": rows,
            "targeting": material.targeting or _audience_in_words(mailing),
            "cost_pence": banded_cost(material.cost_pence, people=accepted, band=total).as_dict(),
        },
        exact={
            "messages": {str(state): count for state, count in sorted(states.items())},
            "accepted_by_ward": {code or "": count for code, count in by_ward.items()},
            "cost_pence": material.cost_pence,
        },
    )
    return record_use(copy=mailing.copy, use=use, now=now)


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
