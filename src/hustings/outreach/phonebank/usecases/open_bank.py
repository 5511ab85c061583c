"""Open a phone bank: ask the gate about the whole audience, keep its answer, and list those whom it cleared."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from hustings.accounts.access import Scope, with_areas_inside
from hustings.accounts.models import User
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.clearance.rules.answering import ClearanceSummary
from hustings.clearance.usecases.clear_audience import clear_audience
from hustings.clearance.usecases.cleared_recipients import cleared_recipients
from hustings.outreach.audiences.queries.members import members_of
from hustings.outreach.audiences.rules.check import parse_tree
from hustings.outreach.phonebank.access import require_running
from hustings.outreach.phonebank.models import BankState, Call, PhoneBank
from hustings.people.models import Channel, Person
from hustings.platform import audit

_BATCH = 2_000


class CannotOpen(Refusal):
    """The phone bank cannot be opened now; the sentence says why."""


def people_of(*, bank: PhoneBank, now: datetime) -> QuerySet[Person]:
    """Everybody in the bank's audience who lives in its place."""
    people = members_of(audience=bank.audience, now=now)
    if bank.area_id is None or bank.area_id == bank.audience.area_id:
        return people
    inside = Scope(is_everything=False, codes=with_areas_inside(codes=frozenset({bank.area_id})))
    return inside.filter(people, "ward", "constituency")


def ask_gate(*, bank: PhoneBank, by: User | None, now: datetime) -> ClearanceSummary:
    """What the gate would say about the bank's people at this moment; nothing is stored."""
    return clear_audience(**_asked(bank, by, now), dry_run=True)


def uses_opinions(*, bank: PhoneBank) -> bool:
    """Whether the audience was chosen by what people think."""
    return parse_tree(raw=bank.audience.conditions).uses_opinions


@transaction.atomic
def open_bank(*, bank: PhoneBank, by: User, now: datetime) -> PhoneBank:
    """Clear the audience and make a row for each person cleared, in one transaction.

    Raises `CannotOpen`, `NotAllowed`, and what the gate raises; then nothing is stored.
    """
    require_running(user=by, area_code=bank.area_id, now=now)
    held = (
        PhoneBank.objects.select_for_update(of=("self",)).select_related("audience", "copy").get(pk=bank.pk)
    )
    if held.state != BankState.DRAFT:
        raise CannotOpen("begun", gettext_noop("This phone bank was opened before."))
    if held.closes_at is not None and now >= held.closes_at:
        raise CannotOpen("over", gettext_noop("The moment at which this phone bank closes has passed."))
    clearance = clear_audience(**_asked(held, by, now), dry_run=False)
    if not clearance.cleared:
        raise CannotOpen(
            "nobody", gettext_noop("The gate clears nobody of this audience for calls. The counts say why.")
        )
    recipients = iter(cleared_recipients(clearance=clearance))
    for batch in _batches(recipient.person_id for recipient in recipients):
        Call.objects.bulk_create([Call(bank=held, person_id=person_id) for person_id in batch])
    held.clearance, held.state, held.opened_at = clearance, BankState.OPEN, now
    held.save(update_fields=["clearance", "state", "opened_at"])
    audit.record(
        now=now,
        actor=by,
        verb="opened",
        subject_type="outreach.PhoneBank",
        subject_id=held.pk,
        area_code=held.area_id or "",
        cleared=clearance.cleared,
        refused=clearance.refused,
    )
    return held


def _asked(bank: PhoneBank, by: User | None, now: datetime) -> dict[str, Any]:
    """What the gate is asked, whether its answer is kept or not."""
    return {
        "people": people_of(bank=bank, now=now),
        "channel": Channel.CALL,
        "purpose": bank.purpose,
        "copy": bank.copy,
        "now": now,
        "asked_by": by,
        "uses_opinions": uses_opinions(bank=bank),
    }


def _batches(ids: Iterator[int]) -> Iterator[list[int]]:
    while batch := list(islice(ids, _BATCH)):
        yield batch
