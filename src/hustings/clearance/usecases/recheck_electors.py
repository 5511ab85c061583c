"""Ask once more about electors, before a list of them is shown: has anybody objected since the Clearance?"""

from collections.abc import Collection
from datetime import datetime

from hustings.accounts.models import Organisation
from hustings.basics.clock import uk_date
from hustings.clearance.queries.elector_facts import elector_ids_of, facts_of_electors
from hustings.clearance.queries.own_limits import limits_in_force
from hustings.clearance.rules.gate import Ask, Channel, Fact, Purpose, decide


def recheck_electors(
    *,
    elector_ids: Collection[int],
    channel: str,
    purpose: str,
    now: datetime,
    uses_opinions: bool = False,
) -> dict[int, str]:
    """Those of these electors who may no longer be contacted, each with the reason; nobody else is named.

    Objections, the right to the register, and the facts of matched people are looked up anew in a handful of reads. No
    material is asked about, and not how often somebody was contacted: the round itself would count.
    """
    ids = elector_ids_of(electors=elector_ids)
    ask = Ask(
        channel=Channel(channel),
        purpose=Purpose(purpose),
        copy=None,
        now=now,
        on=uk_date(now),
        is_registered_party=Organisation.objects.get().is_registered_party,
        uses_opinions=uses_opinions,
        leaves_out_under_16=limits_in_force().leaves_out_under_16,
    )
    facts = facts_of_electors(
        ids=ids, channel=ask.channel, purpose=ask.purpose, on=ask.on, now=now, asks_opinions=uses_opinions
    )
    verdicts = {kind: decide(facts=Fact(kind), ask=ask) for kind in set(facts.tolist())}
    found = {}
    for elector, kind in zip(ids.tolist(), facts.tolist(), strict=True):
        reason = verdicts[kind].reason
        if reason is not None:
            found[elector] = str(reason)
    return found
