"""Electors whom nobody knows as a person and whose door stays shut, because an objection may be theirs."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from hustings.accounts.access import Scope
from hustings.people.models import Person, Suppression
from hustings.people.queries import (
    Answers,
    ListedElector,
    channel_name,
    doubtful_hits_on,
    purpose_name,
    standing_among,
    suppression_hits,
)
from hustings.people.rules.agreement import Level, Part, parts_agreeing
from hustings.people.rules.keys import Agreement
from hustings.register.access import Entries, ListedEntry, entries_for
from hustings.register.models import STANDING, ElectorReview, Match

#: The ways in which electors are reached, and so the objections that can stand in the way.
CHANNELS = ("door", "post")
_FEW = 900


@dataclass(frozen=True, kw_only=True)
class DoubtfulElector:
    """An entry of the register, and an objection that may be the elector's; `review` where somebody has answered.

    `agreements` are the keys of the objection that agree with the entry now: none where a later register says otherwise.
    """

    entry: ListedEntry
    objection: uuid.UUID
    objected_at: datetime
    source: str
    channel: str
    purpose: str
    agreements: frozenset[Agreement]
    review: ElectorReview | None = None
    person: Person | None = None

    @property
    def asked(self) -> str:
        """What was objected to, in words."""
        return f"{purpose_name(self.purpose)}, {channel_name(self.channel)}"

    @cached_property
    def parts(self) -> dict[Part, Level]:
        """How each part of name and address agrees."""
        return parts_agreeing(agreements=self.agreements)


def answers_about(*, elector_ids: Collection[int]) -> Answers:
    """What was decided last about these electors and any objection: whether they are the one who objected."""
    rows = ElectorReview.objects.order_by("pk")
    if len(elector_ids) <= _FEW:
        rows = rows.filter(elector__in=list(elector_ids))
    return {
        (elector, objection): is_same
        for elector, objection, is_same in rows.values_list("elector_id", "objection", "is_same_person")
    }


def answers_given(*, elector_id: int, objection: uuid.UUID) -> list[ElectorReview]:
    """Every answer about one elector and one objection, the newest first."""
    rows = ElectorReview.objects.filter(elector=elector_id, objection=objection)
    return list(rows.select_related("by").order_by("-pk"))


def people_held_by_answers(*, channel: str, purpose: str) -> set[int]:
    """The people joined to an elector who was found to be the one who objected, while the objection stands for this."""
    held = set(ElectorReview.objects.filter(is_same_person=True).values_list("elector_id", flat=True))
    answers = answers_about(elector_ids=held) if held else {}
    pairs = [pair for pair, is_same in answers.items() if is_same and pair[0] in held]
    if not pairs:
        return set()
    standing = standing_among(
        objections={objection for _, objection in pairs}, channel=channel, purpose=purpose
    )
    electors = sorted({elector for elector, objection in pairs if objection in standing})
    found = set[int]()
    for start in range(0, len(electors), _FEW):
        joined = Match.objects.filter(elector__in=electors[start : start + _FEW], state__in=STANDING)
        found.update(joined.values_list("person_id", flat=True))
    return found


def doubtful_electors(*, scope: Scope, on: date) -> list[DoubtfulElector]:
    """Every elector a login may see whom a doubtful hit blocks and nobody has looked at, the oldest objection first.

    Who is on file as a person with the same question waits there. Raises `RegisterNotHeld` or `EntitlementExpired`.
    """
    return _doubtful(entries=entries_for(scope=scope, on=on))


def doubtful_hit(*, scope: Scope, elector_id: int, objection: uuid.UUID, on: date) -> DoubtfulElector | None:
    """One such question, waiting or answered; None where the objection is not in doubt for an elector this login may see."""
    entries = entries_for(scope=scope, on=on).filter(elector=elector_id)
    answered = [one for one in _decided(entries=entries) if one.objection == objection]
    waiting = [] if answered else _doubtful(entries=entries)
    return next((one for one in [*answered, *waiting] if one.objection == objection), None)


def decided_electors(*, scope: Scope, on: date) -> list[DoubtfulElector]:
    """Every such question that was answered about an elector a login may see, the newest answer first."""
    reviewed = ElectorReview.objects.values("elector")
    return _decided(entries=entries_for(scope=scope, on=on).filter(elector__in=reviewed))


def _doubtful(*, entries: Entries) -> list[DoubtfulElector]:
    listed = _listed(entries)
    answers = answers_about(elector_ids={one.elector_id for one in listed})
    hits = doubtful_hits_on(electors=listed, channels=CHANNELS, answers=answers)
    people = {one.elector_id: one.person_ids for one in listed if one.person_ids}
    waiting_there = _asked_of_people({person for hit in hits for person in people.get(hit.elector_id, ())})
    open_hits = {
        (hit.elector_id, hit.objection): hit.agreements
        for hit in hits
        if not any((person, hit.objection) in waiting_there for person in people.get(hit.elector_id, ()))
    }
    found = _with_facts(open_hits, {}, entries)
    return sorted(found, key=lambda one: (one.objected_at, one.entry.elector_id))


def _decided(*, entries: Entries) -> list[DoubtfulElector]:
    reviews = {
        (review.elector_id, review.objection): review
        for review in ElectorReview.objects.filter(elector__in=entries.order_by().values("elector"))
        .select_related("by")
        .order_by("pk")
    }
    still = doubtful_hits_on(electors=_listed(entries), channels=CHANNELS, answers={}) if reviews else []
    agreements = {(hit.elector_id, hit.objection): hit.agreements for hit in still}
    found = _with_facts({pair: agreements.get(pair, frozenset()) for pair in reviews}, reviews, entries)
    return sorted(found, key=lambda one: one.review.at if one.review else one.objected_at, reverse=True)


def _listed(entries: Entries) -> list[ListedElector]:
    """The entries as objections look at them, with the people joined to them."""
    joined: dict[int, list[int]] = {}
    standing = Match.objects.filter(state__in=STANDING, elector__in=entries.order_by().values("elector"))
    for elector, person in standing.values_list("elector_id", "person_id"):
        joined.setdefault(elector, []).append(person)
    rows = entries.order_by("pk").values_list("elector_id", "forename", "surname", "address", "postcode")
    return [
        ListedElector(
            elector_id=elector,
            forename=forename,
            surname=surname,
            address=address,
            postcode=postcode,
            person_ids=tuple(joined.get(elector, ())),
        )
        for elector, forename, surname, address, postcode in rows.iterator(chunk_size=10_000)
    ]


def _asked_of_people(person_ids: set[int]) -> set[tuple[int, uuid.UUID]]:
    """The pairs of person and objection that wait among the people's doubtful hits."""
    return {
        (hit.person_id, hit.objection)
        for channel in CHANNELS
        for hit in suppression_hits(person_ids=person_ids, channel=channel, purpose="campaign")
        if not hit.is_reviewed
    }


def _with_facts(
    pairs: dict[tuple[int, uuid.UUID], frozenset[Agreement]],
    reviews: dict[tuple[int, uuid.UUID], ElectorReview],
    entries: Entries,
) -> list[DoubtfulElector]:
    electors, objections = sorted({elector for elector, _ in pairs}), {objection for _, objection in pairs}
    lines: dict[int, ListedEntry] = {}
    people: dict[int, Person] = {}
    for start in range(0, len(electors), _FEW):
        some = electors[start : start + _FEW]
        for entry in entries.filter(elector__in=some).select_related("ward").order_by("pk"):
            lines[entry.elector_id] = entry
        joined = Match.objects.filter(elector__in=some, state__in=STANDING).select_related("person")
        people.update({match.elector_id: match.person for match in joined})
    first: dict[uuid.UUID, Suppression] = {}
    wanted = sorted(objections, key=str)
    for start in range(0, len(wanted), _FEW):
        rows = Suppression.objects.filter(objection__in=wanted[start : start + _FEW], is_lifted=False)
        for row in rows:
            first.setdefault(row.objection, row)
    return [
        DoubtfulElector(
            entry=lines[elector],
            objection=objection,
            objected_at=first[objection].at,
            source=first[objection].source,
            channel=first[objection].channel,
            purpose=first[objection].purpose,
            agreements=agreements,
            review=reviews.get((elector, objection)),
            person=people.get(elector),
        )
        for (elector, objection), agreements in pairs.items()
        if objection in first
    ]
