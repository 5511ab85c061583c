"""The ledger of gifts: which rows stand, what is a donation in law, who stands behind them, and the two ledgers of a year."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from hustings.basics.tables import NoRuleInForce
from hustings.money.models import (
    Campaign,
    CheckOutcome,
    Donor,
    DonorCheck,
    ElectionType,
    Gift,
    GiftAct,
    GiftDecision,
    SplitVerdict,
    Verdict,
)
from hustings.money.rules.donation_law import Recipient, floor_pence, threshold_or_none
from hustings.money.rules.splitting.gifts import GiftFacts
from hustings.money.rules.splitting.linking import link_gifts

#: Acts after which a gift is no longer the campaign's.
GIVEN_BACK = frozenset(
    {
        GiftAct.RETURNED_DONOR,
        GiftAct.RETURNED_TRANSFEROR,
        GiftAct.RETURNED_BANK,
        GiftAct.SENT_TO_COMMISSION,
    }
)


def standing_gifts() -> QuerySet[Gift]:
    """Gifts as they stand now: rows that nothing replaced and that were not cancelled."""
    return Gift.objects.filter(replaced_by=None, is_cancelled=False)


def with_state(*, gifts: QuerySet[Gift]) -> QuerySet[Gift]:
    """The same gifts with `outcome` (of the newest check), `act` (of the newest decision) and `is_flagged` (an open flag)."""
    checks = DonorCheck.objects.filter(gift=OuterRef("pk")).order_by("-at", "-pk")
    decisions = GiftDecision.objects.filter(gift=OuterRef("pk")).order_by("-at", "-pk")
    flags = Gift.split_flags.through.objects.filter(
        gift_id=OuterRef("pk"), splitflag__verdicts=None, splitflag__grade="question"
    )
    return gifts.annotate(
        outcome=Subquery(checks.values("outcome")[:1]),
        act=Subquery(decisions.values("act")[:1]),
        is_flagged=Exists(flags),
    )


def recipient_of(*, campaign: Campaign) -> Recipient:
    """Whose rules hold for a campaign's gifts."""
    kinds: dict[str, Recipient] = {"candidate": "candidate", "party": "party", "non-party": "non-party"}
    return kinds[campaign.kind]


def has_donation_rules(*, campaign: Campaign) -> bool:
    """Whether donations to the campaign are regulated at all: those to parish candidates are not (general knowledge)."""
    return campaign.election_type != ElectionType.PARISH


def floor_of(*, campaign: Campaign, on: date) -> int:
    """The sum above which a gift to the campaign is a donation in law, in pence."""
    return floor_pence(recipient=recipient_of(campaign=campaign), on=on)


def is_donation_in_law(*, gift: Gift) -> bool:
    """Whether a gift is above the floor of its own day. A day without a rule in our tables counts as above, to be safe."""
    if not has_donation_rules(campaign=gift.campaign):
        return False
    try:
        return gift.amount_pence > floor_of(campaign=gift.campaign, on=gift.received_on)
    except NoRuleInForce:
        return True


def facts_of(*, gifts: Iterable[Gift]) -> list[GiftFacts]:
    """What split detection knows of gifts that were fetched `with_state` and their donors."""
    found = []
    for gift in gifts:
        donor = gift.donor
        found.append(
            GiftFacts(
                gift_id=gift.pk,
                amount_pence=gift.amount_pence,
                received_on=gift.received_on,
                given_name=donor.given_name if donor else "",
                family_name=donor.family_name if donor else "",
                organisation=donor.organisation if donor else "",
                address=donor.address if donor else "",
                postcode=donor.postcode if donor else "",
                email=donor.email if donor else "",
                token=gift.token,
                company_number=donor.company_number if donor else "",
                controllers=tuple(
                    f"{one.get('name', '')}|{one.get('postcode', '')}"
                    for one in (donor.controllers if donor else [])
                ),
                route=gift.route,
                is_checked=getattr(gift, "outcome", None) == CheckOutcome.PERMISSIBLE,
                is_standing=gift.is_standing,
            )
        )
    return found


@dataclass(frozen=True, kw_only=True)
class SourceYear:
    """One source in one calendar year: the gifts, and the sums of both ledgers.

    `legal_pence` counts donations in law (single gifts above the floor) that were not given back; `risk_pence` every gift
    that was not. `report_pence` is the reporting threshold of the year's last gift, none where there is none; `reach` is
    the share of it that the risk ledger has reached, in whole percent.
    """

    names: tuple[str, ...]
    donor_id: int | None
    year: int
    gifts: int
    legal_pence: int
    risk_pence: int
    floor_pence: int
    report_pence: int | None
    entry_id: str
    has_unchecked: bool

    @property
    def is_above_floor(self) -> bool:
        """Whether small parts together pass the floor that none may pass alone."""
        return self.risk_pence > self.floor_pence

    @property
    def is_reportable(self) -> bool:
        """Whether the legal sum passes the reporting threshold."""
        return self.report_pence is not None and self.legal_pence > self.report_pence


def two_ledgers(*, campaign: Campaign, year: int) -> list[SourceYear]:
    """Every source of a campaign in a calendar year, the largest first: what the law adds up, and what a careful eye adds up.

    Gifts are one source's where split detection joins them, unless somebody concluded that they are not.
    """
    gifts = list(
        with_state(gifts=standing_gifts())
        .filter(campaign=campaign, received_on__year=year)
        .select_related("donor", "campaign")
        .order_by("received_on", "pk")
    )
    by_id = {gift.pk: gift for gift in gifts}
    sources = [
        [by_id[gift_id] for gift_id in source] for source in sources_of(campaign=campaign, gifts=gifts)
    ]
    found = [_source_year(campaign, year, items) for items in sources]
    return sorted(found, key=lambda one: (-one.risk_pence, one.names))


def sources_of(*, campaign: Campaign, gifts: Sequence[Gift]) -> list[tuple[int, ...]]:
    """Gift ids by source: joined by split detection, but taken apart again where somebody concluded “not one source”."""
    apart: set[int] = set()
    newest: dict[int, str] = {}
    verdicts = SplitVerdict.objects.filter(flag__campaign=campaign).order_by("at", "pk")
    for verdict in verdicts.prefetch_related("flag__gifts"):
        newest[verdict.flag_id] = verdict.verdict
    for verdict in verdicts:
        if newest[verdict.flag_id] == Verdict.NOT_ONE_SOURCE:
            apart.update(gift.pk for gift in verdict.flag.gifts.all())
    found: list[tuple[int, ...]] = []
    donor_of = {gift.pk: gift.donor_id for gift in gifts}
    for source in link_gifts(gifts=facts_of(gifts=gifts)).sources:
        groups: dict[object, list[int]] = defaultdict(list)
        for gift_id in source.gift_ids:
            groups[donor_of[gift_id] if gift_id in apart else "joined"].append(gift_id)
        found.extend(tuple(group) for group in groups.values())
    return found


def _source_year(campaign: Campaign, year: int, items: Sequence[Gift]) -> SourceYear:
    kept = [gift for gift in items if gift.act not in GIVEN_BACK]  # type: ignore[attr-defined]  # an annotation of the query
    last = items[-1].received_on
    who = recipient_of(campaign=campaign)
    report = threshold_or_none(what="report", who=who, on=last)
    floor = threshold_or_none(what="floor", who=who, on=last)
    donor = next((gift.donor for gift in items if gift.donor), None)
    return SourceYear(
        names=tuple(dict.fromkeys(name_of(donor=gift.donor) for gift in items)),
        donor_id=donor.pk if donor else None,
        year=year,
        gifts=len(items),
        legal_pence=sum(gift.amount_pence for gift in kept if is_donation_in_law(gift=gift)),
        risk_pence=sum(gift.amount_pence for gift in kept),
        floor_pence=floor.integer() if floor else 0,
        report_pence=report.integer() if report else None,
        entry_id=report.id if report else "",
        has_unchecked=any(gift.outcome != CheckOutcome.PERMISSIBLE for gift in kept),  # type: ignore[attr-defined]  # an annotation of the query
    )


def name_of(*, donor: Donor | None) -> str:
    """A donor's name, or that the source is not known."""
    return donor.name if donor else "source not known"


def flag_key(*, kind: str, gift_ids: Iterable[int]) -> str:
    """The key under which the same gifts are flagged once."""
    return hashlib.sha256(f"{kind}:{','.join(map(str, sorted(gift_ids)))}".encode()).hexdigest()
