"""An audience person by person, with the gate's verdict: for CSV and the command line."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from hustings.clearance.rules.reason_words import words_of
from hustings.clearance.usecases import verdicts_of
from hustings.outreach.audiences.models import Audience
from hustings.outreach.audiences.queries.members import members_of
from hustings.outreach.audiences.rules.check import parse_tree
from hustings.people.models import ContactPoint

BATCH = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRow:
    """One person of an audience. `reason` is empty where the gate lets them pass; `rule` is its ground, `verdict` its words."""

    person: str
    given_name: str
    family_name: str
    email: str
    phone: str
    address_line: str
    postcode: str
    ward_code: str
    ward: str
    last_contacted_at: datetime | None
    reason: str
    rule: str
    verdict: str


def export_rows(*, audience: Audience, channel: str, purpose: str, now: datetime) -> Iterator[ExportRow]:
    """Everybody in the audience, by id, with the gate's own verdict for this channel and purpose, two thousand at a time.

    It is the verdict that a Clearance would hold at this moment, our own limits and the use of opinions included; only the
    material is not asked about, because there is none yet.
    """
    uses_opinions = parse_tree(raw=audience.conditions).uses_opinions
    people = members_of(audience=audience, now=now).select_related("ward").order_by("pk")
    rest = people.iterator(chunk_size=BATCH)
    while batch := list(islice(rest, BATCH)):
        ids = [person.pk for person in batch]
        verdicts = verdicts_of(
            person_ids=ids, channel=channel, purpose=purpose, now=now, uses_opinions=uses_opinions
        )
        points: dict[tuple[int, str], str] = {}
        usable = ContactPoint.objects.filter(person__in=ids, unusable_at=None).order_by("is_preferred", "pk")
        for person_id, kind, value in usable.values_list("person_id", "kind", "value"):
            points[person_id, kind] = value
        for person in batch:
            said = verdicts[person.pk]
            yield ExportRow(
                person=str(person.public_id),
                given_name=person.given_name,
                family_name=person.family_name,
                email=points.get((person.pk, "email"), ""),
                phone=points.get((person.pk, "phone"), ""),
                address_line=person.address_line,
                postcode=person.postcode,
                ward_code=person.ward_id or "",
                ward="" if person.ward is None else person.ward.name,
                last_contacted_at=person.last_contacted_at,
                reason=str(said.reason or ""),
                rule=said.rule,
                verdict=words_of(reason=said.reason, channel=channel) if said.reason else "",
            )
