"""Record a phone bank that was closed: what for and when at once; how many were reached, where and whom by their day."""

from datetime import datetime

from django.db import transaction
from django.db.models import Count, Max, Min

from hustings.basics.clock import uk_date
from hustings.openness.models import Entry, EntryKind, Seal
from hustings.openness.rules.leaf import Json
from hustings.openness.rules.masking import banded
from hustings.openness.rules.opening import opening_day
from hustings.openness.usecases.record_entry import Draft, record_entry
from hustings.openness.usecases.record_material import moment
from hustings.openness.usecases.record_use import Use, people_in_wards, record_use
from hustings.outreach.audiences.queries.reading import read_audience
from hustings.outreach.audiences.rules.check import BadTree, parse_tree
from hustings.outreach.phonebank.models import CallTry, PhoneBank
from hustings.outreach.phonebank.queries import figures_of, people_called
from hustings.outreach.phonebank.rules.turns import REACHED
from hustings.places.models import Area


@transaction.atomic
def record_calls(*, bank: PhoneBank, now: datetime) -> Entry | None:
    """Add the entry of a phone bank; once, however often it is asked, and None where nobody was called.

    The people are those who were spoken to, in bands, the total as the sum of the wards' bands; how often it rang in vain is
    committed in the sealed document. With an approved script the material's own entry comes first; the bank's own opening
    words stand in the entry, because there is no material that would say them.
    """
    figures = figures_of(bank=bank)
    if figures is None or not figures.called:
        return None
    reached = people_called(bank=bank, results=REACHED).order_by("person__ward").values_list("person__ward")
    by_ward = dict(reached.annotate(count=Count("pk")))
    wards = Area.objects.in_bulk([code for code in by_ward if code])
    total, rows = people_in_wards(
        [(wards.get(code) if code else None, banded(count)) for code, count in by_ward.items()]
    )
    span = CallTry.objects.filter(call__bank=bank).aggregate(first=Min("at"), last=Max("at"))
    use = Use(
        kind=EntryKind.CALLS,
        source=f"phone_bank:{bank.pk}",
        title=bank.title,
        channel="call",
        started_at=moment(span["first"]),
        finished_at=moment(span["last"]),
        wards=list(wards.values()),
        figures={
            "people": total.as_dict(),
            "by_ward": rows,
            "targeting": (bank.copy.material.targeting if bank.copy else "") or _audience_in_words(bank),
        },
        exact={
            "called": figures.called,
            "reached": figures.reached,
            "tries": figures.tries,
            "reached_by_ward": {code or "": count for code, count in by_ward.items()},
            "results": dict(figures.by_result),
        },
    )
    return record_use(copy=bank.copy, use=use, now=now) if bank.copy else _without_material(bank, use, now)


def _without_material(bank: PhoneBank, use: Use, now: datetime) -> Entry:
    poll_on = bank.election.poll_on if bank.election else None
    opens_on = opening_day(recorded_on=uk_date(now), poll_on=poll_on)
    facts: Json = {
        "title": use.title,
        "channel": use.channel,
        "purpose": bank.purpose,
        "words": bank.opening,
        "started_at": use.started_at,
        "finished_at": use.finished_at,
    }
    return record_entry(
        kind=use.kind,
        source=use.source,
        title=use.title,
        channel=use.channel,
        purpose=bank.purpose,
        area=bank.area,
        opens_on=opens_on,
        places=[
            *([(bank.area, None)] if bank.area else []),
            *((ward, opens_on) for ward in use.wards if ward != bank.area),
        ],
        now=now,
        documents=[
            Draft.of_facts(name="facts", seal=Seal.OPEN, facts=facts),
            Draft.of_facts(name="figures", seal=Seal.DATED, facts=dict(use.figures)),
            Draft.of_facts(name="exact", seal=Seal.SEALED, facts=dict(use.exact)),
        ],
    )


def _audience_in_words(bank: PhoneBank) -> str:
    """Whom the audience's conditions choose, in plain words; its name where it has none that can be read."""
    try:
        tree = parse_tree(raw=bank.audience.conditions)
    except BadTree:
        return bank.audience.name
    return read_audience(tree=tree, area_code=bank.area_id)
