"""Ask once more, for a batch about to be sent: has anybody objected, or the copy been withdrawn, since the
Clearance?
"""

from collections.abc import Collection
from datetime import datetime

from hustings.accounts.models import Organisation
from hustings.basics.clock import uk_date
from hustings.clearance.models import ApprovedCopy, OwnLimits
from hustings.clearance.queries.describing import copy_facts
from hustings.clearance.queries.person_facts import facts_of_people, ids_of
from hustings.clearance.rules.gate import Ask, Channel, CopyFacts, Fact, Purpose, decide


def recheck(
    *,
    person_ids: Collection[int],
    channel: str,
    purpose: str,
    now: datetime,
    copy: ApprovedCopy | None = None,
) -> dict[int, str]:
    """Those of these people who may no longer be contacted, each with the reason; nobody else is named.

    Objections, withdrawn consents, erased and joined records and failing addresses are looked up anew, in a
    handful of reads for the whole batch; with `copy` also whether it was withdrawn or its time is over. How
    often somebody was contacted is not asked again: the batch itself would count.
    """
    ids = ids_of(people=person_ids)
    asked_channel, asked_purpose, on = Channel(channel), Purpose(purpose), uk_date(now)
    limits = OwnLimits.objects.last()
    facts = facts_of_people(ids=ids, channel=asked_channel, purpose=asked_purpose, on=on, now=now)
    ask = Ask(
        channel=asked_channel,
        purpose=asked_purpose,
        copy=copy_facts(copy=copy) if copy else _passable(asked_channel, asked_purpose),
        now=now,
        on=on,
        is_registered_party=Organisation.objects.get().is_registered_party,
        needs_verified=limits is not None and limits.needs_verified_email and asked_channel is Channel.EMAIL,
    )
    verdicts = {kind: decide(facts=Fact(kind), ask=ask).reason for kind in set(facts.tolist())}
    return {
        person: str(reason)
        for person, kind in zip(ids.tolist(), facts.tolist(), strict=True)
        if (reason := verdicts[kind]) is not None
    }


def _passable(channel: Channel, purpose: Purpose) -> CopyFacts:
    """A copy about which nothing is asked: the Clearance has answered for it."""
    return CopyFacts(
        is_approved=True,
        has_imprint=True,
        is_promoter_verified=True,
        channels=frozenset({channel}),
        purpose=purpose,
    )
