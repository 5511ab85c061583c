"""Who is in an audience: the people, how many, and a sample to look at."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet

from hustings.outreach.audiences.models import Audience
from hustings.outreach.audiences.queries.compile_tree import people_in
from hustings.outreach.audiences.rules.check import parse_tree
from hustings.outreach.audiences.rules.tree import Group
from hustings.people.models import Person

SAMPLE = 10


@dataclass(frozen=True, slots=True)
class Sight:
    """What an editor shows of an audience: how many people, and some of them."""

    count: int
    sample: tuple[Person, ...]


def members_of(*, audience: Audience, now: datetime) -> QuerySet[Person]:
    """Everybody in a saved audience at this moment: its tree within its place; raises `BadTree` where it was spoilt."""
    return people_in(tree=parse_tree(raw=audience.conditions), area_code=audience.area_id, now=now)


def sight_of(*, tree: Group, area_code: str | None, now: datetime) -> Sight:
    """The count and a sample spread over the audience, the same each time it is asked within one state of the data."""
    people = people_in(tree=tree, area_code=area_code, now=now)
    count = people.count()
    # Every so-manieth row by id, rather than the oldest ten: newcomers are seen too, and nothing is sorted at random.
    step = max(1, count // (2 * SAMPLE))
    spread = people.annotate(turn=F("pk") % step).filter(turn=0) if step > 1 else people
    sample = list(spread.select_related("ward").order_by("pk")[:SAMPLE])
    if not sample and count:
        sample = list(people.select_related("ward").order_by("pk")[:SAMPLE])
    return Sight(count=count, sample=tuple(sample))
