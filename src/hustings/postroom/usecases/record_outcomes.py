"""Writing down what became of messages: their states, the contacts they were, and how domains treated us."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from hustings.contacts.models import Outcome as ContactOutcome
from hustings.contacts.usecases.record_contacts import NewContact, record_contacts
from hustings.people.models import Channel, ContactPointKind
from hustings.people.usecases.mark_unusable import mark_unusable
from hustings.postroom.models import DomainHold, Message, MessageState
from hustings.postroom.rules.addresses import canonical_address
from hustings.postroom.rules.retry import DomainStanding, next_attempt_at
from hustings.postroom.rules.smtp_replies import Fate, Reply, Stage, is_dead_address
from hustings.postroom.smtp.letters import Outcome

_ENDS = {
    Fate.ACCEPTED: (MessageState.ACCEPTED, ContactOutcome.DELIVERED),
    Fate.REFUSED: (MessageState.REFUSED, ContactOutcome.REFUSED),
    Fate.UNKNOWN: (MessageState.UNKNOWN, ContactOutcome.UNKNOWN),
}


@dataclass(frozen=True, slots=True)
class _Row:
    id: int
    person_id: int | None
    channel: str
    purpose: str
    address: str
    domain: str
    attempts: int
    dispatch_id: int | None
    label: str | None


def record_outcomes(*, token: uuid.UUID, outcomes: Sequence[Outcome], now: datetime) -> Counter[Fate]:
    """Record a batch in one transaction; returns how many messages met which fate.

    Only messages that this run still holds are touched, so that recording twice changes nothing. A message deferred too
    often is refused, with the last answer as its reason.
    """
    by_id = {outcome.key: outcome for outcome in outcomes}
    tally: Counter[Fate] = Counter()
    with transaction.atomic():
        rows = _held_rows(token, by_id)
        ended: list[tuple[_Row, Outcome]] = []
        for row in rows:
            outcome = _given_up(row, by_id[row.id], now)
            tally[outcome.fate] += 1
            if outcome.fate is Fate.DEFERRED:
                _defer(row, outcome, now)
            else:
                ended.append((row, outcome))
        _end(ended, now)
        _note_domains(rows, by_id, now)
    return tally


def _held_rows(token: uuid.UUID, ids: Collection[int]) -> list[_Row]:
    mine = Message.objects.filter(id__in=ids, claim_token=token, state=MessageState.CLAIMED).order_by("id")
    if connection.features.has_select_for_update:
        mine = mine.select_for_update(of=("self",))
    columns = (
        "id",
        "person_id",
        "channel",
        "purpose",
        "address",
        "domain",
        "attempts",
        "dispatch_id",
        "dispatch__label",
    )
    return [_Row(*values) for values in mine.values_list(*columns)]


def _given_up(row: _Row, outcome: Outcome, now: datetime) -> Outcome:
    """A deferral that is one too many, as a refusal."""
    if outcome.fate is not Fate.DEFERRED or _is_about_us(outcome):
        return outcome
    if next_attempt_at(attempts=row.attempts + 1, now=now) is not None:
        return outcome
    text = f"Given up after {row.attempts + 1} attempts. {outcome.text}"
    return Outcome(outcome.key, Fate.REFUSED, outcome.stage, outcome.code, text)


def _is_about_us(outcome: Outcome) -> bool:
    return outcome.stage in (Stage.CONNECT, Stage.SENDER)


def _defer(row: _Row, outcome: Outcome, now: datetime) -> None:
    attempts = row.attempts if _is_about_us(outcome) else row.attempts + 1
    Message.objects.filter(pk=row.id).update(
        state=MessageState.DEFERRED,
        attempts=attempts,
        not_before=next_attempt_at(attempts=max(1, attempts), now=now),
        reason=_reason(outcome),
        claim_token=None,
        lease_expires_at=None,
    )


def _end(ended: Sequence[tuple[_Row, Outcome]], now: datetime) -> None:
    known = [(row, outcome) for row, outcome in ended if row.person_id is not None]
    contacts = record_contacts(
        rows=[
            NewContact(
                person_id=row.person_id,
                channel=row.channel,
                purpose=row.purpose,
                outcome=_ENDS[outcome.fate][1],
                at=now,
                label=(row.label or "")[:120],
            )
            for row, outcome in known
        ]
    )
    contact_of = {row.id: contact.pk for (row, _outcome), contact in zip(known, contacts, strict=True)}
    moment = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {Message._meta.db_table} SET state = %s, reason = %s, ended_at = %s, contact_id = %s, "  # noqa: S608
            "attempts = attempts + 1, claim_token = NULL, lease_expires_at = NULL WHERE id = %s",
            [
                (_ENDS[outcome.fate][0].value, _reason(outcome), moment, contact_of.get(row.id), row.id)
                for row, outcome in ended
            ],
        )
    # A single message's fields may hold its reader's secrets (a code, a link); nothing needs them any more.
    done = [row.id for row, outcome in ended if row.dispatch_id is None and outcome.fate is not Fate.UNKNOWN]
    if done:
        Message.objects.filter(id__in=done).update(fields={})
    for row, outcome in ended:
        if row.channel != Channel.EMAIL:
            continue  # an HTTP answer says nothing about a number for good; a delivery report may
        status = Reply(outcome.code, outcome.text).status
        if outcome.fate is Fate.REFUSED and is_dead_address(status=status):
            canonical = canonical_address(address=row.address)
            mark_unusable(
                canonical=canonical, kind=ContactPointKind.EMAIL, reason=f"refused: {status}", now=now
            )


def _note_domains(rows: Sequence[_Row], by_id: dict[int, Outcome], now: datetime) -> None:
    """Clear the standing of domains that accept, and hold those that keep deferring."""
    counts: dict[str, Counter[Fate]] = defaultdict(Counter)
    words: dict[str, str] = {}
    for row in rows:
        outcome = by_id[row.id]
        if row.channel == Channel.EMAIL and not _is_about_us(outcome):
            counts[row.domain][outcome.fate] += 1
            if outcome.fate is Fate.DEFERRED:
                words[row.domain] = _reason(outcome)
    known = {hold.domain: hold for hold in DomainHold.objects.filter(domain__in=list(counts))}
    for domain, count in counts.items():
        hold = known.get(domain)
        if hold is None and not count[Fate.DEFERRED]:
            continue
        before = DomainStanding(hold.failures, hold.held_until) if hold else DomainStanding()
        after = before.after(accepted=count[Fate.ACCEPTED], deferred=count[Fate.DEFERRED], now=now)
        DomainHold.objects.update_or_create(
            domain=domain,
            defaults={
                "failures": after.failures,
                "held_until": after.held_until,
                "last_reason": words.get(domain, hold.last_reason if hold else ""),
                "last_at": now,
            },
        )


def _reason(outcome: Outcome) -> str:
    return (f"{outcome.code} {outcome.text}" if outcome.code else outcome.text)[:200]
