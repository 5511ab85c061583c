"""The gate: clear a whole audience in one pass, with one reason and one rule for each refusal.

    summary = clear_audience(people=audience, channel="email", purpose="campaign", copy=copy, now=now,
    asked_by=alice, dry_run=True) clearance = clear_audience(people=audience, channel="email",
    purpose="campaign", copy=copy, now=now, asked_by=alice) for recipient in
    cleared_recipients(clearance=clearance): …

A `Clearance` is the only way to recipients.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Literal, overload

from django.db.models import QuerySet

from hustings.accounts.models import Organisation, User
from hustings.basics.clock import uk_date
from hustings.clearance.models import ApprovedCopy, Clearance
from hustings.clearance.queries.describing import copy_facts
from hustings.clearance.queries.own_limits import limits_in_force
from hustings.clearance.queries.person_facts import facts_of_people, ids_of
from hustings.clearance.rules.answering import ClearanceSummary, decide_all
from hustings.clearance.rules.gate import Ask, Channel, Purpose
from hustings.clearance.usecases.keep_clearance import check_set_aside, keep_clearance
from hustings.people.models import Person


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
    kept_aside = check_set_aside(wanted=set_aside or {}, asked_by=asked_by, now=now)
    limits = limits_in_force()
    ids = ids_of(people=people)
    asked = Ask(
        channel=Channel(channel),
        purpose=Purpose(purpose),
        copy=copy_facts(copy=copy) if copy else None,
        now=now,
        on=uk_date(now),
        is_registered_party=Organisation.objects.get().is_registered_party,
        uses_opinions=uses_opinions,
        needs_verified=limits.needs_verified_email and channel == Channel.EMAIL,
        needs_screened=limits.needs_screened_number,
        leaves_out_under_16=limits.leaves_out_under_16,
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
    answers = decide_all(facts=facts, ask=asked, set_aside=frozenset(kept_aside))
    if dry_run:
        return answers.summary()
    return keep_clearance(
        answers=answers, ids=ids, concerns="person", ask=asked, copy=copy, set_aside=kept_aside, by=asked_by
    )
