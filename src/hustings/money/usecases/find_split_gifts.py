"""Look through a campaign's gifts for parts of one gift, and keep what is found; nothing is ever rejected here."""

from datetime import datetime, timedelta

from django.db import transaction

from hustings.accounts.access import Right
from hustings.accounts.models import User
from hustings.basics.clock import uk_date
from hustings.money.access import require_in
from hustings.money.models import Campaign, Gift, SplitFlag
from hustings.money.queries.ledger import (
    facts_of,
    flag_key,
    has_donation_rules,
    recipient_of,
    standing_gifts,
    with_state,
)
from hustings.money.rules.donation_law import clock_of, threshold, threshold_or_none
from hustings.money.rules.splitting.flags import Flag, Settings, find_flags
from hustings.platform import audit

_DAYS_LOOKED_BACK = 730


def find_split_gifts(*, campaign: Campaign, by: User, now: datetime) -> list[SplitFlag]:
    """Run split detection over the campaign's gifts of the last two years; returns the new flags.

    A flag's `decide_by` is the last day of the earliest clock among its gifts that is still open, else of the latest. Raises
    `NotAllowed`.
    """
    require_in(user=by, right=Right.EDIT_MONEY, code=campaign.area_id, now=now)
    return flag_split_gifts(campaign=campaign, now=now, by=by)


@transaction.atomic
def flag_split_gifts(*, campaign: Campaign, now: datetime, by: User | None = None) -> list[SplitFlag]:
    """The same without asking for a right: for the daily job."""
    today = uk_date(now)
    gifts = list(
        with_state(gifts=standing_gifts())
        .filter(campaign=campaign, received_on__gt=today - timedelta(days=_DAYS_LOOKED_BACK))
        .select_related("donor", "campaign")
        .order_by("received_on", "pk")
    )
    if not gifts or not has_donation_rules(campaign=campaign):
        return []
    by_id = {gift.pk: gift for gift in gifts}
    known = set(SplitFlag.objects.filter(campaign=campaign).values_list("key", flat=True))
    settings, entries = settings_for(campaign=campaign, gifts=gifts)
    found = []
    for flag in find_flags(gifts=facts_of(gifts=gifts), settings=settings):
        key = flag_key(kind=flag.kind, gift_ids=flag.gift_ids)
        if key not in known:
            found.append(_keep(campaign, flag, key, [by_id[pk] for pk in flag.gift_ids], entries, now))
    audit.record(
        now=now,
        actor=by,
        verb="looked for split gifts",
        subject_type="money.Campaign",
        subject_id=campaign.pk,
        area_code=campaign.area_id or "",
        gifts=len(gifts),
        new_flags=len(found),
    )
    return found


def settings_for(*, campaign: Campaign, gifts: list[Gift]) -> tuple[Settings, list[str]]:
    """The thresholds for a campaign's gifts, and the table entries they are from."""
    who = recipient_of(campaign=campaign)
    floor = threshold(what="floor", who=who, on=gifts[-1].received_on)
    report, entries = dict[int, int](), [floor.id]
    for gift in gifts:
        entry = threshold_or_none(what="report", who=who, on=gift.received_on)
        if entry is not None and gift.received_on.year not in report:
            report[gift.received_on.year] = entry.integer()
            entries.append(entry.id)
    return Settings(floor_pence=floor.integer(), report_pence=report), list(dict.fromkeys(entries))


def _keep(
    campaign: Campaign, flag: Flag, key: str, gifts: list[Gift], entries: list[str], now: datetime
) -> SplitFlag:
    today = uk_date(now)
    last_days = [clock_of(starts_on=gift.clock_from, today=today).last_day for gift in gifts]
    still_open = [day for day in last_days if day >= today]
    kept = SplitFlag.objects.create(
        campaign=campaign,
        key=key,
        kind=flag.kind,
        grade=flag.grade,
        sentence=flag.sentence,
        evidence=list(flag.evidence),
        amount_pence=flag.amount_pence,
        threshold_pence=flag.threshold_pence,
        entries=entries,
        decide_by=min(still_open) if still_open else max(last_days),
        found_at=now,
    )
    kept.gifts.set(gifts)
    return kept
