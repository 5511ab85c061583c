"""The gate: clear a whole audience in one pass, with one reason and one rule for each refusal.

    summary = clear_audience(people=audience, channel="email", purpose="campaign", copy=copy, now=now,
    asked_by=alice, dry_run=True) clearance = clear_audience(people=audience, channel="email",
    purpose="campaign", copy=copy, now=now, asked_by=alice) for recipient in
    cleared_recipients(clearance=clearance): …

A `Clearance` is the only way to recipients.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, overload

import numpy as np
from django.db import connection, transaction
from django.db.models import QuerySet

from hustings.accounts.access import NotAllowed, Right, scope_of
from hustings.accounts.models import Organisation, User
from hustings.basics.clock import uk_date
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.clearance.models import ApprovedCopy, Clearance, ClearanceVerdict, OwnLimits
from hustings.clearance.queries.describing import copy_facts
from hustings.clearance.queries.person_facts import Facts, Ids, facts_of_people, ids_of
from hustings.clearance.rules.gate import Ask, Channel, Fact, Purpose, Reason, Verdict, decide
from hustings.people.models import Person

#: Our own limits, which the agent may set aside with a reason; nothing that rests on law or on what a person
# said.
OVERRIDABLE = frozenset({Reason.GONE_AWAY, Reason.ADDRESS_UNVERIFIED, Reason.TOO_OFTEN})


class NotToBeSetAside(Refusal):
    """A refusal was to be set aside that rests on law or on what a person said, or no reason was given."""


@dataclass(frozen=True, kw_only=True)
class ClearanceSummary:
    """What the gate would say, before anything is stored: `asked = cleared + refused`, counts by reason.

    `rules` maps each reason to {rule, entry_id}; `warnings` lists doubts that do not refuse, with how many
    people of those cleared each concerns.
    """

    asked: int
    cleared: int
    refused: int
    counts: Mapping[str, int]
    rules: Mapping[str, Mapping[str, str]]
    warnings: tuple[Mapping[str, object], ...]


@overload
def clear_audience(
    *,
    people: "QuerySet[Person] | Iterable[int]",
    channel: str,
    purpose: str,
    copy: ApprovedCopy | None,
    now: datetime,
    asked_by: User | None,
    dry_run: Literal[False] = False,
    uses_opinions: bool = False,
    set_aside: Mapping[str, str] | None = None,
) -> Clearance: ...
@overload
def clear_audience(
    *,
    people: "QuerySet[Person] | Iterable[int]",
    channel: str,
    purpose: str,
    copy: ApprovedCopy | None,
    now: datetime,
    asked_by: User | None,
    dry_run: Literal[True],
    uses_opinions: bool = False,
    set_aside: Mapping[str, str] | None = None,
) -> ClearanceSummary: ...
def clear_audience(
    *,
    people: "QuerySet[Person] | Iterable[int]",
    channel: str,
    purpose: str,
    copy: ApprovedCopy | None,
    now: datetime,
    asked_by: User | None,
    dry_run: bool = False,
    uses_opinions: bool = False,
    set_aside: Mapping[str, str] | None = None,
) -> Clearance | ClearanceSummary:
    """Ask of every person: may we contact them by this channel, for this purpose, with this copy, at this
    moment?

    `people` is a queryset of people or their ids. `uses_opinions` says that they were chosen by their
    political opinions. `set_aside` maps one of our own limits (`OVERRIDABLE`) to the agent's reason for
    setting it aside; `asked_by` must then hold the right to override, or `NotAllowed` is raised, and
    `NotToBeSetAside` for any other reason. With `dry_run` nothing is stored and the counts come back; else
    the Clearance with a verdict for each person.
    """
    kept_aside = _set_aside(set_aside or {}, asked_by, now)
    limits = OwnLimits.objects.last()
    ids = ids_of(people=people)
    asked = Ask(
        channel=Channel(channel),
        purpose=Purpose(purpose),
        copy=copy_facts(copy=copy) if copy else None,
        now=now,
        on=uk_date(now),
        is_registered_party=Organisation.objects.get().is_registered_party,
        uses_opinions=uses_opinions,
        needs_verified=limits is not None and limits.needs_verified_email and channel == Channel.EMAIL,
        needs_screened=limits is not None and limits.needs_screened_number,
    )
    facts = facts_of_people(
        ids=ids,
        channel=asked.channel,
        purpose=asked.purpose,
        on=asked.on,
        now=now,
        limits=limits,
        asks_opinions=uses_opinions,
    )
    answers = _decide_all(facts, asked, frozenset(kept_aside))
    summary = answers.summary()
    if dry_run:
        return summary
    with transaction.atomic():
        clearance = Clearance.objects.create(
            copy=copy,
            channel=channel,
            purpose=purpose,
            uses_opinions=uses_opinions,
            asked=summary.asked,
            cleared=summary.cleared,
            refused=summary.refused,
            counts=dict(summary.counts),
            rules={reason: dict(rule) for reason, rule in summary.rules.items()},
            warnings=[dict(warning) for warning in summary.warnings],
            overrides=kept_aside,
            at=now,
            asked_by=asked_by,
        )
        _store(clearance, ids, answers)
    return clearance


def _set_aside(
    wanted: Mapping[str, str], asked_by: User | None, now: datetime
) -> dict[str, dict[str, object]]:
    if not wanted:
        return {}
    for reason, why in wanted.items():
        if reason not in OVERRIDABLE:
            raise NotToBeSetAside(
                "not-ours",
                gettext_noop("This rests on law or on what people told us, and is never set aside."),
            )
        if not why.strip():
            raise NotToBeSetAside("reason", gettext_noop("Give the reason; it is kept with the clearance."))
    if asked_by is None or scope_of(user=asked_by, right=Right.OVERRIDE, on=uk_date(now)).is_empty:
        raise NotAllowed("Only the agent may set a limit aside.")
    return {reason: {"why": why.strip(), "by": asked_by.pk} for reason, why in wanted.items()}


@dataclass(frozen=True)
class _Answers:
    """The verdicts, one for each combination of facts that occurs, and which person has which."""

    verdicts: tuple[Verdict, ...]
    which: "np.ndarray[tuple[int], np.dtype[np.intp]]"
    times: tuple[int, ...]

    def summary(self) -> ClearanceSummary:
        """The counts by reason, most frequent first."""
        counts: dict[str, int] = {}
        rules: dict[str, dict[str, str]] = {}
        doubts: dict[str, dict[str, object]] = {}
        cleared = 0
        for verdict, times in zip(self.verdicts, self.times, strict=True):
            if verdict.reason is not None:
                reason = str(verdict.reason)
                counts[reason] = counts.get(reason, 0) + times
                rules[reason] = {"rule": verdict.rule, "entry_id": verdict.entry_id}
                continue
            cleared += times
            for remark in verdict.remarks:
                kept = doubts.setdefault(
                    remark.code,
                    {
                        "code": remark.code,
                        "rule": remark.rule,
                        "entry_id": remark.entry_id,
                        "sentence": remark.sentence,
                        "count": 0,
                    },
                )
                kept["count"] = int(str(kept["count"])) + times
        ordered = dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
        return ClearanceSummary(
            asked=len(self.which),
            cleared=cleared,
            refused=len(self.which) - cleared,
            counts=ordered,
            rules={reason: rules[reason] for reason in ordered},
            warnings=tuple(doubts.values()),
        )


def _decide_all(facts: Facts, ask: Ask, set_aside: frozenset[str]) -> _Answers:
    """Decide each combination of facts once, and spread the verdicts over the people who have it."""
    kinds, which, times = np.unique(facts, return_inverse=True, return_counts=True)
    verdicts = tuple(_decide(Fact(int(kind)), ask, set_aside) for kind in kinds)
    return _Answers(verdicts, which, tuple(int(number) for number in times))


#: What each limit that may be set aside rests on: with the fact turned round, the rule no longer refuses for
# it.
_TURNED: dict[Reason, tuple[Fact, bool]] = {
    Reason.GONE_AWAY: (Fact.GONE_AWAY, False),
    Reason.TOO_OFTEN: (Fact.TOO_OFTEN, False),
    Reason.ADDRESS_UNVERIFIED: (Fact.ADDRESS_VERIFIED, True),
}


def _decide(facts: Fact, ask: Ask, set_aside: frozenset[str]) -> Verdict:
    for reason in set_aside:
        fact, is_set = _TURNED[Reason(reason)]
        facts = facts | fact if is_set else facts & ~fact
    return decide(facts=facts, ask=ask)


def _store(clearance: Clearance, ids: Ids, answers: _Answers) -> None:
    """Write a verdict for each person: one statement for each answer, with the ids of all who got it."""
    table = ClearanceVerdict._meta.db_table
    source = (
        "unnest(%s::bigint[]) AS ids(value)" if connection.vendor == "postgresql" else "json_each(%s) AS ids"
    )
    statement = f"INSERT INTO {table} (clearance_id, person_id, reason, rule) SELECT %s, ids.value, %s, %s FROM {source}"  # noqa: S608
    with connection.cursor() as cursor:
        for kind, verdict in enumerate(answers.verdicts):
            who = ids[answers.which == kind].tolist()
            cursor.execute(
                statement,
                [
                    clearance.pk,
                    str(verdict.reason or ""),
                    verdict.rule if verdict.reason else "",
                    who if connection.vendor == "postgresql" else json.dumps(who),
                ],
            )
