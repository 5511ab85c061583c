"""Who saw the ads: shares by age, gender and region, weighted by impressions that are intervals; and where nothing is said."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from hustings.adwatch.models import Snapshot
from hustings.adwatch.queries.report import sources
from hustings.adwatch.rules.choosing import choose
from hustings.adwatch.rules.intervals import Interval, total
from hustings.adwatch.rules.shares import Exposure, ShareInterval, share_interval
from hustings.adwatch.store.files import archive_query, home_path, quoted

What = Literal["age", "gender", "region"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupShare:
    """One group with its least and greatest share of the impressions, and its impressions as an interval."""

    group: str
    share: ShareInterval
    shown_low: int
    shown_high: int | None


@dataclass(frozen=True, kw_only=True)
class Targeting:
    """Shares of one kind over the ads that say something, and how many ads, shown how often, say nothing."""

    what: What
    groups: tuple[GroupShare, ...]
    ads: int
    silent_ads: int
    silent_shown: Interval
    page: str


def targeting(
    *,
    what: What,
    first_on: date | None = None,
    last_on: date | None = None,
    page: str = "",
    only: Sequence[int] = (),
) -> Targeting:
    """Shares over all single ads of the period, of one page where it is named (part of its name or its payer's)."""
    snapshots = {one.pk: one for one in Snapshot.objects.order_by("pk") if not only or one.pk in only}
    choice = choose(
        sources=sources(snapshots=list(snapshots.values())), first_on=first_on, last_on=last_on, basis="ads"
    )
    exposures: dict[str, dict[int, float]] = defaultdict(dict)
    every: list[tuple[int, int | None]] = []
    ads = silent_ads = 0
    silent: list[Interval] = []
    chosen = sorted(choice.chosen, key=lambda item: -item.order)
    alike = _alike([snapshots[one.id] for one in chosen], what, first_on, last_on, page)
    for text, count, low, high in alike:
        shares = _shares(text, what)
        if not shares:
            silent.append(Interval(low, high))
            silent_ads += count
            continue
        ads += count
        for group, share in shares.items():
            exposures[group][len(every)] = share
        every.append((low, high))
    groups = []
    for group, share_of in exposures.items():
        shown = [
            Exposure(low=low, high=high, share=share_of.get(place, 0.0))
            for place, (low, high) in enumerate(every)
        ]
        is_open = any(high is None and share_of.get(place) for place, (_, high) in enumerate(every))
        groups.append(
            GroupShare(
                group=group,
                share=share_interval(ads=shown),
                shown_low=int(sum(one.low * one.share for one in shown)),
                shown_high=None if is_open else round(sum((one.high or 0) * one.share for one in shown)),
            )
        )
    return Targeting(
        what=what,
        groups=tuple(
            sorted(
                groups, key=lambda one: one.group if what == "age" else (-(one.share.high or 0), one.group)
            )
        ),
        ads=ads,
        silent_ads=silent_ads,
        silent_shown=total(parts=silent),
        page=page,
    )


def _alike(
    snapshots: Sequence[Snapshot], what: What, first_on: date | None, last_on: date | None, page: str
) -> list[tuple[str | None, int, int, int | None]]:
    """Ads with the same shares together: the shares as JSON, how many ads, and both ends of their impressions.

    Ads without an upper end stand apart, and of an ad that several snapshots hold the newest version alone counts.
    """
    if not snapshots:
        return []
    column = "regions" if what == "region" else "demographics"
    conditions = ["true"]
    if first_on:
        conditions.append(f"coalesce(last_on, DATE '2999-01-01') >= DATE '{first_on}'")
    if last_on:
        conditions.append(f"first_on <= DATE '{last_on}'")
    if page:
        words = quoted(page.casefold())
        conditions.append(f"(contains(lower(page), {words}) OR contains(lower(disclaimer), {words}))")
    lists = []
    for place, one in enumerate(snapshots):
        base = home_path(one.folder)
        lists.append(
            f"SELECT {place} AS place, ad_id, coalesce(shown_low, 0) AS low, shown_high AS high, {column} AS shares "
            f"FROM read_parquet({quoted(str(base / 'rows.parquet'))}) "
            + (f"JOIN read_parquet({quoted(str(base / 'pages.parquet'))}) USING (page_key) " if page else "")
            + f"WHERE {' AND '.join(conditions)}"
        )
    newest = "QUALIFY row_number() OVER (PARTITION BY ad_id ORDER BY place) = 1" if len(lists) > 1 else ""
    with archive_query() as connection:
        rows = connection.execute(
            f"SELECT shares, count(*), sum(low), sum(high) "
            f"FROM (SELECT * FROM ({' UNION ALL '.join(lists)}) {newest}) GROUP BY shares, high IS NULL "
            "ORDER BY min(place), shares, high IS NULL"
        ).fetchall()
    return [
        (text, int(count), int(low), None if high is None else int(high)) for text, count, low, high in rows
    ]


def _shares(text: str | None, what: What) -> dict[str, float]:
    """Shares by group out of an ad's JSON; groups that stand apart by the other trait are added."""
    if not text:
        return {}
    found: dict[str, float] = defaultdict(float)
    for part in json.loads(text):
        group = str(part.get(what, "")).strip() or "not said"
        try:
            found[group] += float(part.get("percentage", 0))
        except (TypeError, ValueError):
            continue
    return dict(found)
