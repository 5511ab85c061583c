"""Write down what matching found, keeping what a person has decided and every row that is replaced."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings as django_settings
from django.db import transaction

from hustings.people.models import Person, PersonKey
from hustings.people.rules.keys import KeyKind, elector_key
from hustings.register.models import STANDING, Match, MatchRun, MatchState
from hustings.register.rules.matching.deciding import Verdict

#: People a transaction: a long run never locks everybody, and can be stopped between two of them.
BATCH = 500


@dataclass(frozen=True, slots=True)
class Found:
    """One elector who may be the person, with the figures to keep. `evidence` holds levels and weights, no
    names.
    """

    elector_id: int
    weight: float
    probability: float
    evidence: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was made of one person."""

    verdict: Verdict
    found: tuple[Found, ...] = ()


@dataclass(slots=True)
class Counts:
    """How many people ended up how; kept are those whose match a person has decided."""

    matched: int = 0
    unsure: int = 0
    none: int = 0
    kept: int = 0


@dataclass(slots=True)
class _Changes:
    superseded: list[int] = field(default_factory=list)
    made: list[Match] = field(default_factory=list)
    #: (person, elector) pairs that stood and stand no more.
    parted: list[tuple[int, int]] = field(default_factory=list)


def keep_matches(
    *, outcomes: Mapping[int, Outcome], method: str, now: datetime, run: MatchRun | None = None
) -> Counts:
    """Bring the matches of these people in line with what was found, a few hundred at a time.

    A match that a person accepted is left alone, a pair that a person rejected is never made again. A match
    or a question that is no longer found becomes superseded.
    """
    counts = Counts()
    wanted = sorted(outcomes)
    for start in range(0, len(wanted), BATCH):
        batch = wanted[start : start + BATCH]
        with transaction.atomic():
            # The people's rows are taken, so that a single match and a run never write over each other.
            list(Person.objects.select_for_update().filter(pk__in=batch).values_list("pk", flat=True))
            _keep_batch(batch=batch, outcomes=outcomes, method=method, now=now, run=run, counts=counts)
    return counts


def _keep_batch(
    *,
    batch: Sequence[int],
    outcomes: Mapping[int, Outcome],
    method: str,
    now: datetime,
    run: MatchRun | None,
    counts: Counts,
) -> None:
    rows: dict[int, list[Match]] = {person_id: [] for person_id in batch}
    for match in Match.objects.filter(person__in=batch).exclude(state=MatchState.SUPERSEDED):
        rows[match.person_id].append(match)
    changes = _Changes()
    for person_id in batch:
        here = {state: [row for row in rows[person_id] if row.state == state] for state in MatchState}
        if here[MatchState.ACCEPTED]:
            counts.kept += 1
            continue
        rejected = {row.elector_id for row in here[MatchState.REJECTED]}
        outcome = outcomes[person_id]
        found = tuple(one for one in outcome.found if one.elector_id not in rejected)
        state = {Verdict.MATCHED: MatchState.MATCHED, Verdict.UNSURE: MatchState.UNSURE}.get(outcome.verdict)
        if not found or state is None:
            counts.none += 1
            state, found = None, ()
        else:
            counts.matched += state == MatchState.MATCHED
            counts.unsure += state == MatchState.UNSURE
        standing = [*here[MatchState.MATCHED], *here[MatchState.UNSURE]]
        wanted = {one.elector_id for one in found}
        staying = {row.elector_id for row in standing if row.state == state and row.elector_id in wanted}
        for row in standing:
            if row.state != state or row.elector_id not in wanted:
                changes.superseded.append(row.pk)
                if row.state == MatchState.MATCHED:
                    changes.parted.append((person_id, row.elector_id))
        if state is None:
            continue
        changes.made += [
            Match(
                person_id=person_id,
                elector_id=one.elector_id,
                run=run,
                state=state,
                weight=one.weight,
                probability=one.probability,
                evidence=dict(one.evidence),
                method=method,
                at=now,
            )
            for one in found
            if one.elector_id not in staying
        ]
    Match.objects.filter(pk__in=changes.superseded).update(state=MatchState.SUPERSEDED)
    Match.objects.bulk_create(changes.made)
    part_keys(pairs=changes.parted)
    join_keys(
        pairs=[(row.person_id, row.elector_id) for row in changes.made if row.state == MatchState.MATCHED]
    )


def join_keys(*, pairs: Sequence[tuple[int, int]]) -> None:
    """Let an objection that holds on the elector find the person, and the other way round."""
    PersonKey.objects.bulk_create(
        [
            PersonKey(person_id=person_id, kind=KeyKind.ELECTOR, key_hash=_hash(elector_id))
            for person_id, elector_id in pairs
        ],
        ignore_conflicts=True,
    )


def part_keys(*, pairs: Sequence[tuple[int, int]]) -> None:
    """Take the elector's key from people who are not that elector after all."""
    for person_id, elector_id in pairs:
        if not Match.objects.filter(person=person_id, elector=elector_id, state__in=STANDING).exists():
            PersonKey.objects.filter(person=person_id, key_hash=_hash(elector_id)).delete()


def _hash(elector_id: int) -> str:
    return elector_key(secret=django_settings.HUSTINGS_SUPPRESSION_KEY, elector_id=elector_id).key_hash
