"""The gate's verdict on each of some people, not stored: the same facts, limits and rule as in a Clearance."""

from collections.abc import Collection
from datetime import datetime

from hustings.accounts.models import Organisation
from hustings.basics.clock import uk_date
from hustings.clearance.models import ApprovedCopy
from hustings.clearance.queries.describing import copy_facts
from hustings.clearance.queries.own_limits import limits_in_force
from hustings.clearance.queries.person_facts import facts_of_people, ids_of
from hustings.clearance.rules.gate import Ask, Channel, CopyFacts, Fact, Purpose, Verdict, decide


def verdicts_of(
    *,
    person_ids: Collection[int],
    channel: str,
    purpose: str,
    now: datetime,
    copy: ApprovedCopy | None = None,
    uses_opinions: bool = False,
    asks_how_often: bool = True,
) -> dict[int, Verdict]:
    """What the gate says of each of these people at this moment, by id.

    Without `copy` nothing is asked about a material, which belongs to a sending; `asks_how_often` leaves out our own limit of
    contacts, for a batch that would count itself. Raises `UnknownPeople` where an id is nobody's.
    """
    ids = ids_of(people=person_ids)
    asked_channel, asked_purpose, on = Channel(channel), Purpose(purpose), uk_date(now)
    limits = limits_in_force()
    facts = facts_of_people(
        ids=ids,
        channel=asked_channel,
        purpose=asked_purpose,
        on=on,
        now=now,
        limits=limits if asks_how_often else None,
        asks_opinions=uses_opinions,
    )
    ask = Ask(
        channel=asked_channel,
        purpose=asked_purpose,
        copy=copy_facts(copy=copy) if copy else _passable(asked_channel, asked_purpose),
        now=now,
        on=on,
        is_registered_party=Organisation.objects.get().is_registered_party,
        uses_opinions=uses_opinions,
        needs_verified=limits.needs_verified_email and asked_channel is Channel.EMAIL,
        needs_screened=limits.needs_screened_number,
        leaves_out_under_16=limits.leaves_out_under_16,
    )
    verdicts = {kind: decide(facts=Fact(kind), ask=ask) for kind in set(facts.tolist())}
    return {person: verdicts[kind] for person, kind in zip(ids.tolist(), facts.tolist(), strict=True)}


def _passable(channel: Channel, purpose: Purpose) -> CopyFacts:
    """A copy about which nothing is asked."""
    return CopyFacts(
        is_approved=True,
        has_imprint=True,
        is_promoter_verified=True,
        channels=frozenset({channel}),
        purpose=purpose,
    )
