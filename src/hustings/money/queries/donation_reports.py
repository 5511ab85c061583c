"""The reports of donations that a campaign owes, with their lines."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from hustings.basics.money import format_pence
from hustings.money.models import Campaign, CampaignKind, ElectionType, Gift, ReportFiled
from hustings.money.queries.ledger import (
    GIVEN_BACK,
    floor_of,
    has_donation_rules,
    name_of,
    recipient_of,
    sources_of,
    standing_gifts,
    with_state,
)
from hustings.money.rules.donation_reports import (
    Period,
    ReportGift,
    ReportLine,
    dissolution_before,
    quarterly_lines,
    quarters,
    weekly_before,
    weekly_lines,
)

_WHY = {
    "single": "a single gift above the threshold",
    "aggregate": "the year's sum passed the threshold",
    "further": "further gifts of a source named before",
    "refused": "given back or sent on: the donor was not permissible or not known",
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a report as it is sent."""

    gift: Gift
    line: ReportLine

    @property
    def why(self) -> str:
        """Why the gift is reported, in words."""
        return _WHY[self.line.why]

    def as_json(self) -> dict[str, Any]:
        """The line's plain values: what the Commission's form asks for."""
        donor = self.gift.donor
        return {
            "gift": self.gift.pk,
            "donor": name_of(donor=donor),
            "status": donor.get_kind_display() if donor else "unidentifiable",
            "address": donor.address if donor else "",
            "postcode": donor.postcode if donor else "",
            "company_number": donor.company_number if donor else "",
            "value": format_pence(self.gift.amount_pence),
            "value_pence": self.gift.amount_pence,
            "received_on": self.gift.received_on.isoformat(),
            "how": self.gift.get_route_display(),
            "what": self.gift.what,
            "why": self.why,
            "year": format_pence(self.line.year_pence),
            "entry": self.line.entry_id,
        }


@dataclass(frozen=True, kw_only=True)
class DueReport:
    """One report: its days, its lines, and whether it was filed. A report without lines is a nil report, or not needed."""

    period: Period
    lines: tuple[Line, ...]
    filed: ReportFiled | None

    @property
    def is_needed(self) -> bool:
        """Whether something must be sent."""
        return bool(self.lines) or self.period.needs_nil

    def is_overdue(self, *, today: date) -> bool:
        """Whether it should have been sent and was not."""
        return self.is_needed and self.filed is None and today > self.period.due_on

    def is_over(self, *, today: date) -> bool:
        """Whether its last day has passed."""
        return today >= self.period.until_on


def owes_reports(*, campaign: Campaign) -> bool:
    """Whether the campaign itself reports donations: parties and non-party campaigners do; candidates list them in the return."""
    return campaign.kind != CampaignKind.CANDIDATE and has_donation_rules(campaign=campaign)


def due_reports(*, campaign: Campaign, today: date) -> list[DueReport]:
    """Every report from the year of the first gift (or of the poll) until today, newest first; weekly ones before a general
    election.
    """
    if not owes_reports(campaign=campaign):
        return []
    gifts = list(
        with_state(gifts=standing_gifts())
        .filter(campaign=campaign)
        .select_related("donor", "campaign")
        .order_by("received_on", "pk")
    )
    by_id = {gift.pk: gift for gift in gifts}
    recipient = recipient_of(campaign=campaign)
    facts = _facts(campaign, gifts)
    filed = {
        (one.kind, one.period_from): one
        for one in ReportFiled.objects.filter(campaign=campaign).order_by("at")
    }
    found = []
    for period in _periods(campaign, gifts, today):
        if period.kind == "weekly":
            lines = weekly_lines(gifts=facts, period=period, recipient=recipient)
        else:
            floor = floor_of(campaign=campaign, on=period.from_on)
            lines = quarterly_lines(gifts=facts, period=period, floor_pence=floor)
        found.append(
            DueReport(
                period=period,
                lines=tuple(Line(gift=by_id[line.gift_id], line=line) for line in lines),
                filed=filed.get((period.kind, period.from_on)),
            )
        )
    return found


def _periods(campaign: Campaign, gifts: list[Gift], today: date) -> list[Period]:
    periods: list[Period] = []
    if campaign.kind == CampaignKind.PARTY:
        years = [gift.received_on.year for gift in gifts] or [campaign.regulated_from.year]
        first = min([campaign.poll_on.year, *years, today.year])
        for year in range(max(2001, first), today.year + 1):
            periods.extend(period for period in quarters(of_year=year) if period.from_on <= today)
        # Without a gift nil reports are owed all the same: from the quarter in which spending began to count.
        start = gifts[0].received_on if gifts else min(campaign.regulated_from, today)
        periods = [period for period in periods if period.until_on > start]
    if campaign.election_type == ElectionType.PARLIAMENT and dissolution_before(poll_on=campaign.poll_on):
        periods.extend(
            period
            for period in weekly_before(poll_on=campaign.poll_on, recipient=recipient_of(campaign=campaign))
            if period.from_on <= today
        )
    return sorted(periods, key=lambda period: (period.from_on, period.kind), reverse=True)


def _facts(campaign: Campaign, gifts: list[Gift]) -> list[ReportGift]:
    source_of = {
        pk: f"source {group[0]}" for group in sources_of(campaign=campaign, gifts=gifts) for pk in group
    }
    return [
        ReportGift(
            gift_id=gift.pk,
            source=source_of[gift.pk],
            amount_pence=gift.amount_pence,
            received_on=gift.received_on,
            is_refused=gift.act in GIVEN_BACK,  # type: ignore[attr-defined]  # an annotation of the query
        )
        for gift in gifts
    ]
