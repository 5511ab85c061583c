"""The gate for electors: may we knock at these doors, or write to them, although most are not on file as people?

    summary = clear_electors(electors=entries, channel="door", purpose="campaign", copy=None, now=now, asked_by=alice,
    dry_run=True)

The same rule, reasons and counts as `clear_audience`; the facts come from the register and from people matched to it.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal, overload

from hustings.accounts.models import Organisation, User
from hustings.basics.clock import uk_date
from hustings.clearance.models import ApprovedCopy, Clearance
from hustings.clearance.queries.describing import copy_facts
from hustings.clearance.queries.elector_facts import elector_ids_of, facts_of_electors
from hustings.clearance.queries.own_limits import limits_in_force
from hustings.clearance.rules.answering import ClearanceSummary, decide_all
from hustings.clearance.rules.gate import Ask, Channel, Purpose
from hustings.clearance.usecases.keep_clearance import keep_clearance
from hustings.register.access import Entries

#: The register gives names and addresses, and so only what goes to an address.
FOR_ELECTORS = frozenset({Channel.DOOR, Channel.POST})


class NotForElectors(ValueError):
    """Electors are reached at the address in the register: at the door or by post."""


@overload
def clear_electors(
    *,
    electors: "Entries | Iterable[int]",
    channel: str,
    purpose: str,
    copy: ApprovedCopy | None,
    now: datetime,
    asked_by: User | None,
    dry_run: Literal[False] = False,
    uses_opinions: bool = False,
) -> Clearance: ...
@overload
def clear_electors(
    *,
    electors: "Entries | Iterable[int]",
    channel: str,
    purpose: str,
    copy: ApprovedCopy | None,
    now: datetime,
    asked_by: User | None,
    dry_run: Literal[True],
    uses_opinions: bool = False,
) -> ClearanceSummary: ...
def clear_electors(
    *,
    electors: "Entries | Iterable[int]",
    channel: str,
    purpose: str,
    copy: ApprovedCopy | None,
    now: datetime,
    asked_by: User | None,
    dry_run: bool = False,
    uses_opinions: bool = False,
) -> Clearance | ClearanceSummary:
    """Ask of every elector: may we go to their door (or write to it), for this purpose, with this copy, at this moment?

    `electors` is a queryset of register entries, or elector ids; each elector is asked about once. With `dry_run` nothing
    is stored and the counts come back; else the Clearance with a verdict for each elector. Raises `NotForElectors` for any
    channel but "door" and "post", and `UnknownElectors`.
    """
    asked_channel = Channel(channel)
    if asked_channel not in FOR_ELECTORS:
        raise NotForElectors(f"Electors are reached at the door or by post, not by “{channel}”.")
    ids, limits = elector_ids_of(electors=electors), limits_in_force()
    ask = Ask(
        channel=asked_channel,
        purpose=Purpose(purpose),
        copy=copy_facts(copy=copy) if copy else None,
        now=now,
        on=uk_date(now),
        is_registered_party=Organisation.objects.get().is_registered_party,
        uses_opinions=uses_opinions,
        leaves_out_under_16=limits.leaves_out_under_16,
    )
    facts = facts_of_electors(
        ids=ids,
        channel=ask.channel,
        purpose=ask.purpose,
        on=ask.on,
        now=now,
        limits=limits,
        asks_opinions=uses_opinions,
    )
    answers = decide_all(facts=facts, ask=ask)
    if dry_run:
        return answers.summary()
    return keep_clearance(
        answers=answers, ids=ids, concerns="elector", ask=ask, copy=copy, set_aside={}, by=asked_by
    )
