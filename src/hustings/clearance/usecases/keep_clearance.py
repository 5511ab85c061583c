"""Keep what the gate said: the Clearance with its counts, and one verdict for each person or elector asked about."""

import json
from collections.abc import Mapping
from datetime import datetime

from django.db import connection, transaction

from hustings.accounts.access import NotAllowed, Right, scope_of
from hustings.accounts.models import User
from hustings.basics.clock import uk_date
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.clearance.models import ApprovedCopy, Clearance, ClearanceVerdict
from hustings.clearance.queries.person_facts import Ids
from hustings.clearance.rules.answering import Answers
from hustings.clearance.rules.gate import Ask, Reason

#: Our own limits, which the agent may set aside with a reason; nothing that rests on law or on what a person
# said.
OVERRIDABLE = frozenset({Reason.GONE_AWAY, Reason.ADDRESS_UNVERIFIED, Reason.TOO_OFTEN})


class NotToBeSetAside(Refusal):
    """A refusal was to be set aside that rests on law or on what a person said, or no reason was given."""


def keep_clearance(
    *,
    answers: Answers,
    ids: Ids,
    concerns: str,
    ask: Ask,
    copy: ApprovedCopy | None,
    set_aside: Mapping[str, Mapping[str, object]],
    by: User | None,
) -> Clearance:
    """Store the Clearance and its verdicts; `concerns` says whose ids they are: "person" or "elector"."""
    summary = answers.summary()
    with transaction.atomic():
        clearance = Clearance.objects.create(
            copy=copy,
            channel=str(ask.channel),
            purpose=str(ask.purpose),
            uses_opinions=ask.uses_opinions,
            asked=summary.asked,
            cleared=summary.cleared,
            refused=summary.refused,
            counts=dict(summary.counts),
            rules={reason: dict(rule) for reason, rule in summary.rules.items()},
            warnings=[dict(warning) for warning in summary.warnings],
            overrides={reason: dict(kept) for reason, kept in set_aside.items()},
            at=ask.now,
            asked_by=by,
        )
        _store(clearance, ids, answers, _COLUMNS[concerns])
    return clearance


_COLUMNS = {"person": "person_id", "elector": "elector_id"}


def check_set_aside(
    *, wanted: Mapping[str, str], asked_by: User | None, now: datetime
) -> dict[str, dict[str, object]]:
    """The limits that the agent sets aside, with why and by whom, ready to be kept.

    Raises `NotToBeSetAside` for anything but our own limits or without a reason, `NotAllowed` without the right.
    """
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


def _store(clearance: Clearance, ids: Ids, answers: Answers, column: str) -> None:
    """Write a verdict for each: one statement for each answer, with the ids of all who got it."""
    table = ClearanceVerdict._meta.db_table
    source = (
        "unnest(%s::bigint[]) AS ids(value)" if connection.vendor == "postgresql" else "json_each(%s) AS ids"
    )
    statement = f"INSERT INTO {table} (clearance_id, {column}, reason, rule) SELECT %s, ids.value, %s, %s FROM {source}"  # noqa: S608
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
