"""Work out a campaign's limits from the tables and keep each with the entries that made it."""

from datetime import datetime
from typing import cast

from django.db import transaction

from hustings.accounts.access import Right
from hustings.accounts.models import User
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.money.access import require_in
from hustings.money.models import Campaign, CampaignKind, ElectionType, LimitRecord, PeriodName
from hustings.money.queries.books import joint_of, newest_limits, periods_of
from hustings.money.rules.limits import (
    CannotReckon,
    Limit,
    Nation,
    candidate_limit,
    local_non_party_limit,
    non_party_figure,
    party_limit,
)

_GIVEN = "given"


class NoLimitKnown(Refusal):
    """The tables give no limit for this campaign; the sentence says what is missing."""


@transaction.atomic
def remember_limits(*, campaign: Campaign, now: datetime, by: User | None = None) -> dict[str, LimitRecord]:
    """The limit of each period as the tables give it now; a new row is kept wherever facts, figure or entries changed.

    A period for which no rule is known keeps a limit that was entered by hand, or has none: `why_no_limit` says why.
    """
    known = newest_limits(campaign=campaign)
    joint = joint_of(campaign=campaign).number
    for period, _span in periods_of(campaign=campaign):
        question = question_of(campaign=campaign, period=period, joint=joint)
        try:
            limit = answer(campaign=campaign, question=question)
        except Refusal:
            if period in known and not known[period].question.get(_GIVEN):
                del known[period]  # the facts changed so that no rule holds any more
            continue
        before = known.get(period)
        if before is None or _differs(before, question, limit):
            known[period] = _keep(campaign, period, question, limit, now, by)
    return known


def why_no_limit(*, campaign: Campaign) -> Refusal | None:
    """Why the tables give no limit for the regulated period, or None where they do."""
    question = question_of(
        campaign=campaign, period=PeriodName.REGULATED, joint=joint_of(campaign=campaign).number
    )
    try:
        answer(campaign=campaign, question=question)
    except Refusal as refusal:
        return refusal
    return None


@transaction.atomic
def enter_limit(*, campaign: Campaign, limit_pence: int, source: str, by: User, now: datetime) -> LimitRecord:
    """Keep the limit that the returning officer gave, where our tables have none. It warns and never refuses.

    Raises `NoLimitKnown` where no source is named, and `NotAllowed`.
    """
    require_in(user=by, right=Right.EDIT_MONEY, code=campaign.area_id, now=now)
    if not source.strip() or limit_pence <= 0:
        raise NoLimitKnown("source", gettext_noop("Enter the amount, and who gave it to you and when."))
    return LimitRecord.objects.create(
        campaign=campaign,
        period=PeriodName.REGULATED,
        question={_GIVEN: source.strip()},
        limit_pence=limit_pence,
        formula=source.strip()[:300],
        entries=[],
        status="known",
        warnings=["This limit was entered by hand and is in none of our tables."],
        at=now,
        by=by,
    )


def question_of(*, campaign: Campaign, period: str, joint: int) -> dict[str, object]:
    """The facts that a limit is worked out from, by name, as they are kept with it."""
    election = str(campaign.election_type)
    if election == ElectionType.PARLIAMENT:
        election = "parl-long" if period == PeriodName.LONG else "parl-short"
    facts: dict[str, object] = {
        "kind_of_campaign": str(campaign.kind),
        "election": election,
        "nation": str(campaign.nation),
        "poll_on": campaign.poll_on.isoformat(),
    }
    if campaign.kind == CampaignKind.PARTY:
        return {**facts, "seats": campaign.seats_contested}
    if campaign.kind == CampaignKind.NON_PARTY:
        return {**facts, "electors": campaign.electorate}
    return {
        **facts,
        "electors": campaign.electorate,
        "kind": str(campaign.seat_kind),
        "joint": joint,
        "councils": campaign.councils,
        "parliament_month": campaign.parliament_month if period == PeriodName.LONG else None,
    }


#: Elections whose limit is one sum, whatever the number of electors.
_FLAT = frozenset({"parl-by-election", "mayor-london", "gla-constituency", "gla-list", "pcc"})


def answer(*, campaign: Campaign, question: dict[str, object]) -> Limit:
    """The limit that the tables give for these facts. Raises `CannotReckon` or `NoRuleInForce`."""
    poll_on, election = campaign.poll_on, str(question["election"])
    nation = cast(Nation, str(campaign.nation))
    if campaign.kind == CampaignKind.PARTY:
        if not campaign.seats_contested:
            raise CannotReckon("seats", gettext_noop("Enter how many seats the party contests."))
        return party_limit(
            nation=nation,
            seats=campaign.seats_contested,
            poll_on=poll_on,
        )
    if campaign.kind == CampaignKind.NON_PARTY and election == "parl-short":
        return non_party_figure(what="cap", nation=nation, poll_on=poll_on)
    if campaign.electorate is None and election not in _FLAT:
        raise CannotReckon(
            "electors",
            gettext_noop(
                "Enter the number of electors on the last day for publishing the notice of election."
            ),
        )
    if campaign.kind == CampaignKind.NON_PARTY:
        return local_non_party_limit(
            election="parl" if election == "parl-by-election" else "local",
            electors=campaign.electorate or 0,
            poll_on=poll_on,
        )
    return candidate_limit(
        election=election,
        electors=campaign.electorate or 0,
        poll_on=poll_on,
        nation=nation,
        kind=campaign.seat_kind,
        joint=int(str(question["joint"])),
        councils=campaign.councils,
        parliament_month=campaign.parliament_month,
    )


def _differs(before: LimitRecord, question: dict[str, object], limit: Limit) -> bool:
    return (before.question, before.limit_pence, before.entries) != (
        question,
        limit.limit_pence,
        list(limit.entries),
    )


def _keep(
    campaign: Campaign | None,
    period: str,
    question: dict[str, object],
    limit: Limit,
    now: datetime,
    by: User | None,
) -> LimitRecord:
    return LimitRecord.objects.create(
        campaign=campaign,
        period=period,
        question=question,
        limit_pence=limit.limit_pence,
        formula=limit.formula[:300],
        entries=list(limit.entries),
        status=str(limit.status),
        warnings=list(limit.warnings),
        at=now,
        by=by,
    )


def remember_asked(*, question: dict[str, object], limit: Limit, now: datetime) -> LimitRecord:
    """Keep a limit that somebody asked for on the command line, without a campaign."""
    return _keep(None, PeriodName.REGULATED, question, limit, now, None)
