"""Doubtful hits that wait for somebody to look at them."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from hustings.people.models import Channel, Person, Purpose, Suppression, SuppressionReview
from hustings.people.queries.suppression import suppression_hits
from hustings.people.rules.suppression import Certainty


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtfulHit:
    """A person who may be the one who objected, and what is known of the objection: no name, as none was kept."""

    person: Person
    objection: uuid.UUID
    objected_at: datetime
    source: str


def decided_hits(*, people: QuerySet[Person]) -> list[SuppressionReview]:
    """What was decided about these people and objections not wholly taken back since, the newest answer first."""
    taken_back = Suppression.objects.filter(is_lifted=True, channel="", purpose="").values("objection")
    rows = SuppressionReview.objects.filter(person__in=people).exclude(objection__in=taken_back)
    return list(rows.select_related("person", "by").order_by("-at", "-pk"))


def doubtful_hits(*, people: QuerySet[Person]) -> list[DoubtfulHit]:
    """Every hit that blocks one of these people until it was seen, the oldest objection first."""
    pairs = {
        (hit.person_id, hit.objection)
        for channel in Channel.values
        for hit in suppression_hits(person_ids=None, channel=channel, purpose=Purpose.CAMPAIGN)
        if hit.certainty is Certainty.DOUBTFUL and not hit.is_reviewed
    }
    sure = {
        (hit.person_id, hit.objection)
        for hit in suppression_hits(person_ids=None, channel="", purpose=Purpose.CAMPAIGN)
        if hit.certainty is Certainty.DEFINITE or hit.is_reviewed
    }
    waiting = pairs - sure
    held = people.select_related("ward").in_bulk({person_id for person_id, _ in waiting})
    found = []
    for person_id, objection in waiting:
        if person_id in held:
            first = Suppression.objects.filter(objection=objection, is_lifted=False)[0]
            found.append(
                DoubtfulHit(
                    person=held[person_id], objection=objection, objected_at=first.at, source=first.source
                )
            )
    return sorted(found, key=lambda hit: (hit.objected_at, hit.person.pk))
