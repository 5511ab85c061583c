"""What an item means for every limit that it touches: refused, warned about, or let pass with the agent's reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from hustings.accounts.access import NotAllowed, Right, scope_of
from hustings.accounts.models import User
from hustings.basics.clock import uk_date
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.money.models import Campaign, Expense, LimitRecord, SpendingOverride
from hustings.money.queries.books import headroom_of, newest_limits, standings
from hustings.money.rules.headroom import Headroom, Verdict, Weight, weigh_addition
from hustings.money.usecases.remember_limits import remember_limits
from hustings.platform import audit

Rooms = Mapping[int, Mapping[str, Headroom]]


class WouldBreakLimit(Refusal):
    """The item would break a confirmed limit; `verdicts` says of whom and by how much."""

    def __init__(self, *, verdicts: Sequence["CampaignVerdict"]) -> None:
        self.verdicts = tuple(verdicts)
        super().__init__(
            "over-limit",
            gettext_noop("{campaign}: {what} Only the agent may let it pass, with a reason."),
            campaign=verdicts[0].campaign.name,
            what=str(verdicts[0].verdict.said),
        )


class WarningNotSeen(Refusal):
    """The item comes close to a limit, or above one that is not confirmed, and nobody has seen the warning yet."""

    def __init__(self, *, verdicts: Sequence["CampaignVerdict"]) -> None:
        self.verdicts = tuple(verdicts)
        super().__init__(
            "warning",
            gettext_noop("{campaign}: {what} Confirm that you want it all the same."),
            campaign=verdicts[0].campaign.name,
            what=str(verdicts[0].verdict.said),
        )


@dataclass(frozen=True, kw_only=True)
class CampaignVerdict:
    """What an item means for one campaign's limit, with the limit as it was worked out."""

    campaign: Campaign
    verdict: Verdict
    limit: LimitRecord | None


def affected(*, campaigns: Sequence[Campaign], replaces: Expense | None) -> list[Campaign]:
    """Every campaign whose limit or spending may change: those who share the item, and their joint partners."""
    keys = {one.pk for one in campaigns}
    if replaces is not None:
        keys |= set(replaces.shares.values_list("campaign", flat=True))
    for campaign in campaigns:
        keys |= set(standings(campaign=campaign))
    return list(Campaign.objects.filter(pk__in=keys).order_by("pk"))


def rooms_of(*, campaigns: Sequence[Campaign], now: datetime, by: User | None) -> Rooms:
    """The head-room of each campaign and period, with limits worked out afresh."""
    found = {}
    for campaign in campaigns:
        remember_limits(campaign=campaign, now=now, by=by)
        found[campaign.pk] = {room.period: room for room in headroom_of(campaign=campaign)}
    return found


def verdicts_between(*, campaigns: Sequence[Campaign], before: Rooms, after: Rooms) -> list[CampaignVerdict]:
    """What changed between two states of the books means for each campaign and period, the gravest first.

    A limit that fell, because candidates are joint now, is asked again even where nothing was added.
    """
    found = []
    for campaign in campaigns:
        limits = newest_limits(campaign=campaign)
        for period, room in after[campaign.pk].items():
            was = before[campaign.pk][period]
            has_fallen = (was.limit_pence or 0) > (room.limit_pence or 0)
            verdict = weigh_addition(
                room=replace(room, committed_pence=was.committed_pence),
                adding_pence=room.committed_pence - was.committed_pence,
                has_limit_fallen=has_fallen,
            )
            found.append(CampaignVerdict(campaign=campaign, verdict=verdict, limit=limits.get(period)))
    order = [Weight.OVER, Weight.UNSURE, Weight.NEAR, Weight.FINE]
    return sorted(found, key=lambda one: (order.index(one.verdict.weight), one.campaign.pk))


def weigh_expense(
    *,
    verdicts: Sequence[CampaignVerdict],
    expense: Expense,
    has_seen_warning: bool,
    override_reason: str,
    override_by: User | None,
    now: datetime,
) -> None:
    """Let the stored item pass, or raise so that the transaction takes it back.

    Raises `WouldBreakLimit`, `WarningNotSeen` and, where a reason comes from anybody but the agent, `NotAllowed`.
    """
    over = [one for one in verdicts if one.verdict.weight is Weight.OVER]
    if over and not override_reason.strip():
        raise WouldBreakLimit(verdicts=over)
    for one in over:
        scope = scope_of(user=override_by, right=Right.OVERRIDE, on=uk_date(now)) if override_by else None
        if override_by is None or scope is None or not scope.covers(code=one.campaign.area_id):
            raise NotAllowed("Only the agent may let a limit be broken.")
        assert one.limit is not None
        SpendingOverride.objects.create(
            campaign=one.campaign,
            expense=expense,
            limit=one.limit,
            would_be_pence=one.verdict.would_be_pence,
            source=expense.source,
            reason=override_reason.strip(),
            at=now,
            by=override_by,
        )
        audit.record(
            now=now,
            actor=override_by,
            verb="overrode",
            subject_type="money.Campaign",
            subject_id=one.campaign.pk,
            area_code=one.campaign.area_id or "",
            rule="limit",
        )
    warned = [one for one in verdicts if one.verdict.weight in {Weight.UNSURE, Weight.NEAR}]
    if warned and not has_seen_warning and not over:
        raise WarningNotSeen(verdicts=warned)
