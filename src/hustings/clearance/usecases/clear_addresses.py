"""Clear single messages that people asked for: confirmations, reminders, login links."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.db import transaction

from hustings.basics.clock import uk_date
from hustings.basics.email_address import NotAnEmailAddress, parse_email
from hustings.basics.phone import NotAPhoneNumber, parse_phone
from hustings.clearance.models import Clearance, ClearanceVerdict
from hustings.clearance.queries.person_facts import facts_of_people
from hustings.clearance.rules.gate import Ask, Channel, Fact, Purpose, Verdict, decide
from hustings.people.models import ContactPoint, ContactPointKind
from hustings.people.queries import suppressed_addresses


class NotForMarketing(ValueError):
    """A message with an appeal in it goes to an audience, and an audience is cleared by `clear_audience`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleMessage:
    """One message to one address; `key` is the caller's own number for it, `person_id` whose it is where
    known.
    """

    key: int
    address: str
    person_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class ClearedMessages:
    """The Clearance of a batch of single messages, and those it refused: key and reason."""

    clearance: Clearance
    refused: dict[int, str]


def clear_addresses(
    *, messages: Sequence[SingleMessage], channel: str, purpose: str, now: datetime
) -> ClearedMessages:
    """Clear a batch of messages with the purpose `service` or `account`, and keep one Clearance for all of
    them.

    An objection to marketing does not stop them; an objection to service messages stops those, by person and
    by address, whether or not we know whose the address is. Raises `NotForMarketing` for any other purpose.
    """
    asked_channel, asked_purpose = Channel(channel), Purpose(purpose)
    if asked_purpose.is_marketing:
        raise NotForMarketing("Marketing is cleared by clear_audience.")
    ask = Ask(
        channel=asked_channel,
        purpose=asked_purpose,
        copy=None,
        now=now,
        on=uk_date(now),
        is_registered_party=False,  # plays no part: nobody is chosen by opinions here
    )
    facts = _facts(messages, ask, now)
    verdicts: dict[int, Verdict] = {
        message.key: decide(facts=facts[message.key], ask=ask) for message in messages
    }
    refused = {key: verdict.reason for key, verdict in verdicts.items() if verdict.reason is not None}
    counts: dict[str, int] = {}
    for reason in refused.values():
        counts[reason] = counts.get(reason, 0) + 1
    with transaction.atomic():
        clearance = Clearance.objects.create(
            channel=channel,
            purpose=purpose,
            asked=len(messages),
            cleared=len(messages) - len(refused),
            refused=len(refused),
            counts=counts,
            rules=_rules(verdicts.values()),
            at=now,
        )
        _store(clearance, messages, verdicts)
    return ClearedMessages(clearance=clearance, refused={key: str(reason) for key, reason in refused.items()})


def _facts(messages: Sequence[SingleMessage], ask: Ask, now: datetime) -> dict[int, Fact]:
    ids = np.unique(np.array([m.person_id for m in messages if m.person_id is not None], dtype=np.int64))
    known = facts_of_people(ids=ids, channel=ask.channel, purpose=ask.purpose, on=ask.on, now=now)
    of_person = dict(zip(ids.tolist(), (Fact(flags) for flags in known.tolist()), strict=True))
    canonicals = {message.key: _canonical(message.address, ask.channel) for message in messages}
    kind = ContactPointKind.EMAIL if ask.channel is Channel.EMAIL else ContactPointKind.PHONE
    wanted = sorted({canonical for canonical in canonicals.values() if canonical})
    blocked = suppressed_addresses(
        canonicals=wanted, kind=kind, channel=str(ask.channel), purpose=str(ask.purpose)
    )
    points = ContactPoint.objects.filter(kind=kind, canonical__in=wanted)
    working = set(points.filter(unusable_at=None).values_list("canonical", flat=True))
    failing = set(points.exclude(unusable_at=None).values_list("canonical", flat=True)) - working
    found = {}
    for message in messages:
        canonical = canonicals[message.key]
        # The address at hand counts, not the ones on file: a person may be writing from a new one. Someone
        # joined to another record still gets what was asked for at this address.
        facts = of_person.get(message.person_id or 0, Fact(0)) & (Fact.ERASED | Fact.SUPPRESSED)
        facts |= Fact.HAS_ADDRESS if canonical else Fact(0)
        facts |= Fact.SUPPRESSED if canonical in blocked else Fact(0)
        facts |= Fact.ADDRESS_FAILING if canonical in failing else Fact(0)
        found[message.key] = facts
    return found


def _canonical(address: str, channel: Channel) -> str:
    try:
        if channel is Channel.EMAIL:
            return parse_email(address, allow_example=True).canonical
        return parse_phone(address).e164
    except (NotAnEmailAddress, NotAPhoneNumber):
        return ""


def _rules(verdicts: Iterable[Verdict]) -> dict[str, dict[str, str]]:
    return {
        str(verdict.reason): {"rule": verdict.rule, "entry_id": verdict.entry_id}
        for verdict in verdicts
        if verdict.reason is not None
    }


def _store(clearance: Clearance, messages: Sequence[SingleMessage], verdicts: dict[int, Verdict]) -> None:
    """A verdict for each person known; the first refusal where somebody has several messages in the batch."""
    by_person: dict[int, Verdict] = {}
    for message in messages:
        if message.person_id is None:
            continue
        before = by_person.get(message.person_id)
        if before is None or before.is_cleared:
            by_person[message.person_id] = verdicts[message.key]
    ClearanceVerdict.objects.bulk_create(
        ClearanceVerdict(
            clearance=clearance,
            person_id=person,
            reason=str(verdict.reason or ""),
            rule=verdict.rule,
        )
        for person, verdict in sorted(by_person.items())
    )
