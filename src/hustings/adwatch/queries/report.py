"""Who spent how much, as intervals: by page, entity, party, platform or week, over any days, without counting twice.

Single ads that ran only partly within the wanted days may have cost anything from nothing to their upper end in them, so
their lower end does not count there; neither does that of a total whose days reach beyond. What snapshots the figures rest
on, what was left out, and why, is part of every report.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal

import duckdb

from hustings.adwatch.models import Advertiser, ArchiveFault, Entity, Severity, Snapshot
from hustings.adwatch.queries.totals_against_ads import fit_for
from hustings.adwatch.rules.choosing import Basis, Choice, Source, choose
from hustings.adwatch.rules.fitting import fitted
from hustings.adwatch.rules.intervals import Estimate, Interval, midpoint, total
from hustings.adwatch.store.files import archive_query, folder, home_path, quoted

By = Literal["page", "entity", "party", "platform", "week"]
BYS: tuple[By, ...] = ("page", "entity", "party", "platform", "week")
#: Memory of one report; more than enough for five million ads.
MEMORY = "160MB"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line: what it is about, how many ads, spend (pence) and impressions as intervals."""

    about: Mapping[str, Any]
    ads: int
    spend: Interval
    shown: Interval


@dataclass(frozen=True, kw_only=True)
class Report:
    """Totals and rows, largest first; the snapshots they rest on; cautions in whole sentences."""

    by: By
    first_on: date | None
    last_on: date | None
    ads: int
    spend: Interval
    rows: tuple[Row, ...]
    choice: Choice
    cautions: tuple[str, ...]
    estimates: tuple[Estimate, ...]


@dataclass(slots=True)
class _Sum:
    ads: int = 0
    low: int = 0
    high: int = 0
    is_open: bool = False
    shown_low: int = 0
    shown_high: int = 0
    is_shown_open: bool = False

    def add(self, row: Sequence[Any]) -> None:
        ads, low, high, opened, shown_low, shown_high, shown_open = row
        self.ads += int(ads or 0)
        self.low += int(low or 0)
        self.high += int(high or 0)
        self.is_open = self.is_open or bool(opened)
        self.shown_low += int(shown_low or 0)
        self.shown_high += int(shown_high or 0)
        self.is_shown_open = self.is_shown_open or bool(shown_open)

    @property
    def spend(self) -> Interval:
        return Interval(self.low, None if self.is_open else self.high)

    @property
    def shown(self) -> Interval:
        return Interval(self.shown_low, None if self.is_shown_open else self.shown_high)


def sources(*, snapshots: Sequence[Snapshot]) -> list[Source]:
    """Snapshots as the choice sees them; tables of places and series of parties take no part."""
    return [
        Source(
            id=one.pk,
            platform=one.platform,
            kind=one.kind,
            label=one.label,
            first_on=one.covers_from,
            last_on=one.covers_until,
            order=one.taken_in_at.timestamp() + one.pk / 1e6,
        )
        for one in snapshots
        if one.kind in {"totals", "weekly", "ads"}
    ]


def ad_report(
    *,
    first_on: date | None = None,
    last_on: date | None = None,
    by: By = "page",
    basis: Basis = "auto",
    only: Sequence[int] = (),
    estimates: bool = True,
) -> Report:
    """Add up what the archives say about the days from `first_on` to `last_on`, both included; none means without end.

    `only` limits the report to named snapshots.
    """
    snapshots = {one.pk: one for one in Snapshot.objects.order_by("pk") if not only or one.pk in only}
    choice = choose(
        sources=sources(snapshots=list(snapshots.values())), first_on=first_on, last_on=last_on, basis=basis
    )
    chosen = [snapshots[one.id] for one in choice.chosen]
    with archive_query(memory=MEMORY) as connection:
        if by == "week":
            rows, overall = _weeks(connection, chosen, first_on, last_on)
        else:
            sums = _by_page(connection, chosen, first_on, last_on)
            overall = _Sum()
            for one in sums.values():
                overall.add(_parts(one))
            rows = _grouped(sums, by)
    ordered = sorted(rows, key=_order) if by != "week" else rows
    return Report(
        by=by,
        first_on=first_on,
        last_on=last_on,
        ads=overall.ads,
        spend=overall.spend,
        rows=tuple(ordered),
        choice=choice,
        cautions=_cautions(chosen, choice, first_on, last_on),
        estimates=_estimates(overall.spend, chosen) if estimates else (),
    )


def _order(row: Row) -> tuple[int, int, int, str]:
    high = row.spend.high if row.spend.high is not None else 2**62
    return (-row.spend.low, -high, -row.ads, str(list(row.about.values())))


def _parts(one: _Sum) -> tuple[int, int, int, bool, int, int, bool]:
    return (one.ads, one.low, one.high, one.is_open, one.shown_low, one.shown_high, one.is_shown_open)


_SLIM = "page_key, ads, first_on, last_on, low, high, shown_low, shown_high, currency"


def _files(connection: duckdb.DuckDBPyConnection, chosen: Sequence[Snapshot]) -> list[tuple[Snapshot, Path]]:
    """The rows of each snapshot that count: of single ads the newest version alone, whatever files they stand in."""
    found = []
    newer: dict[str, list[Snapshot]] = {}
    for one in sorted(chosen, key=lambda item: (item.taken_in_at, item.pk), reverse=True):
        rows = home_path(one.folder) / "rows.parquet"
        if one.kind == "ads":
            if later := newer.get(one.platform):
                rows = _without_later(connection, one, later)
            newer.setdefault(one.platform, []).append(one)
        found.append((one, rows))
    return found


def _without_later(connection: duckdb.DuckDBPyConnection, one: Snapshot, later: Sequence[Snapshot]) -> Path:
    """Rows of a snapshot whose ads stand in no later one; made once and kept, as snapshots never change."""
    key = "-".join(item.sha256 + item.layout for item in (one, *later))
    path = folder("derived") / f"{hashlib.sha256(key.encode()).hexdigest()[:24]}.parquet"
    if not path.exists():
        others = ", ".join(quoted(str(home_path(item.folder) / "rows.parquet")) for item in later)
        part = path.with_suffix(".part")
        connection.execute(
            f"COPY (SELECT {_SLIM} FROM read_parquet({quoted(str(home_path(one.folder) / 'rows.parquet'))}) "
            f"ANTI JOIN (SELECT ad_id FROM read_parquet([{others}])) USING (ad_id)) TO {quoted(str(part))} (FORMAT parquet)"
        )
        part.replace(path)
    return path


def _conditions(one: Snapshot, first_on: date | None, last_on: date | None) -> tuple[str, str]:
    """SQL for rows that touch the wanted days, and for rows that lie within them."""
    if first_on is None and last_on is None:
        return "true", "true"
    if one.kind == "totals":
        within = (
            one.covers_from is not None
            and one.covers_until is not None
            and (first_on is None or one.covers_from >= first_on)
            and (last_on is None or one.covers_until <= last_on)
        )
        return "true", "true" if within else "false"
    # An ad without a last day may have run until the snapshot ends.
    end = f"coalesce(last_on, DATE '{one.covers_until or one.taken_in_at.date()}')"
    touches, within_parts = ["true"], ["first_on IS NOT NULL"]
    if first_on is not None:
        touches.append(f"{end} >= DATE '{first_on}'")
        within_parts.append(f"first_on >= DATE '{first_on}'")
    if last_on is not None:
        touches.append(f"coalesce(first_on <= DATE '{last_on}', true)")
        within_parts.append(f"{end} <= DATE '{last_on}'")
    return " AND ".join(touches), " AND ".join(within_parts)


def _sums(within: str) -> str:
    pounds = "currency = 'GBP'"
    return (
        f"sum(ads), sum(CASE WHEN {within} AND {pounds} THEN low ELSE 0 END), sum(CASE WHEN {pounds} THEN high ELSE 0 END), "
        f"count(*) FILTER (high IS NULL AND {pounds}), sum(CASE WHEN {within} THEN shown_low ELSE 0 END), sum(shown_high), "
        "count(*) FILTER (shown_high IS NULL AND shown_low IS NOT NULL)"
    )


_PageKey = tuple[str, str, str, str]


def _by_page(
    connection: duckdb.DuckDBPyConnection,
    chosen: Sequence[Snapshot],
    first_on: date | None,
    last_on: date | None,
) -> dict[_PageKey, _Sum]:
    sums: dict[tuple[str, str, str], _Sum] = {}
    names: dict[tuple[str, str, str], str] = {}
    for one, rows in _files(connection, chosen):
        touches, within = _conditions(one, first_on, last_on)
        found = connection.execute(
            f"SELECT page_id, page, disclaimer, s.* EXCLUDE (page_key) FROM (SELECT page_key, {_sums(within)} "
            f"FROM read_parquet({quoted(str(rows))}) WHERE {touches} GROUP BY page_key) s "
            f"JOIN read_parquet({quoted(str(home_path(one.folder) / 'pages.parquet'))}) p USING (page_key)"
        ).fetchall()
        for page_id, page, disclaimer, *parts in found:
            key = (one.platform, page_id, disclaimer)
            names.setdefault(key, page)
            sums.setdefault(key, _Sum()).add(parts)
    return {(platform, page_id, names[platform, page_id, disclaimer], disclaimer): value
            for (platform, page_id, disclaimer), value in sums.items()}  # fmt: skip


def _grouped(sums: Mapping[_PageKey, _Sum], by: By) -> list[Row]:
    if by == "page":
        return [
            Row(
                about={"page_id": page_id, "page": page, "disclaimer": disclaimer},
                ads=one.ads,
                spend=one.spend,
                shown=one.shown,
            )
            for (_, page_id, page, disclaimer), one in sums.items()
        ]
    grouped: dict[tuple[Any, ...], _Sum] = {}
    about: dict[tuple[Any, ...], dict[str, Any]] = {}
    entities = _entities() if by in {"entity", "party"} else {}
    for (platform, page_id, _, disclaimer), one in sums.items():
        if by == "platform":
            key: tuple[Any, ...] = (platform,)
            about[key] = {"platform": platform}
        else:
            pk, name, code, is_suggested, party = entities.get(
                (platform, page_id[:80], disclaimer), (None, "", "", False, "")
            )
            if by == "entity":
                key = (pk,)
                about[key] = {
                    "entity_id": pk,
                    "entity": name,
                    "code": code,
                    "code_is_suggested": is_suggested,
                }
            else:
                key = (party,)
                about[key] = {"party": party or "no party"}
        grouped.setdefault(key, _Sum()).add(_parts(one))
    return [
        Row(about=about[key], ads=one.ads, spend=one.spend, shown=one.shown) for key, one in grouped.items()
    ]


def _entities() -> dict[tuple[str, str, str], tuple[int, str, str, bool, str]]:
    """Platform, page id and disclaimer of every advertiser, and its entity: id, name, code, whether only proposed, party."""
    known = {
        pk: (pk, name, code or suggested, not code, party)
        for pk, name, code, suggested, party in Entity.objects.values_list(
            "pk", "name", "code", "suggested", "party"
        )
    }
    return {
        (platform, page_id, disclaimer): known[entity]
        for platform, page_id, disclaimer, entity in Advertiser.objects.values_list(
            "platform", "page_id", "disclaimer", "entity_id"
        )
    }


def _weeks(
    connection: duckdb.DuckDBPyConnection,
    chosen: Sequence[Snapshot],
    first_on: date | None,
    last_on: date | None,
) -> tuple[list[Row], _Sum]:
    """Weeks from Monday. An ad within one week counts with both ends, one over several weeks with its upper end in each."""
    overall = _Sum()
    weeks: dict[date, _Sum] = {}
    for one, rows in _files(connection, chosen):
        touches, within = _conditions(one, first_on, last_on)
        start = f"DATE '{one.covers_from}'" if one.covers_from else "NULL"
        end = f"DATE '{one.covers_until or one.taken_in_at.date()}'"
        found = connection.execute(
            f"SELECT CAST(date_trunc('week', coalesce(first_on, {start})) AS DATE), "
            f"CAST(date_trunc('week', coalesce(last_on, {end})) AS DATE), {_sums(within)} "
            f"FROM read_parquet({quoted(str(rows))}) WHERE {touches} GROUP BY 1, 2"
        ).fetchall()
        for first_week, last_week, *parts in found:
            overall.add(parts)
            if first_week is None or last_week is None or last_week < first_week:
                continue
            spread = parts if first_week == last_week else [parts[0], 0, *parts[2:4], 0, *parts[5:]]
            week = _later(first_week, first_on)
            while week <= _earlier(last_week, last_on):
                weeks.setdefault(week, _Sum()).add(spread)
                week += timedelta(days=7)
    rows_found = [
        Row(about={"week": week.isoformat()}, ads=one.ads, spend=one.spend, shown=one.shown)
        for week, one in sorted(weeks.items())
    ]
    return rows_found, overall


def _later(week: date, first_on: date | None) -> date:
    return week if first_on is None else max(week, first_on - timedelta(days=first_on.weekday()))


def _earlier(week: date, last_on: date | None) -> date:
    return week if last_on is None else min(week, last_on)


def _cautions(
    chosen: Sequence[Snapshot], choice: Choice, first_on: date | None, last_on: date | None
) -> tuple[str, ...]:
    said = []
    for one in chosen:
        if one.dates_said_by.endswith("at the widest"):
            said.append(
                f"The days of “{one.label}” are taken at the widest ({one.covers_from} to {one.covers_until})."
            )
        if (
            one.kind == "totals"
            and (first_on or last_on)
            and _conditions(one, first_on, last_on)[1] == "false"
        ):
            said.append(
                f"“{one.label}” covers days beyond those asked for, so its amounts count from nothing to their upper end."
            )
    serious = ArchiveFault.objects.filter(
        snapshot__in=[one.pk for one in chosen], severity=Severity.SERIOUS
    ).count()
    if serious:
        said.append(
            f"{serious} serious faults were found in these snapshots; read them before you use the figures."
        )
    if any(one.layout == "meta-report" for one in chosen):
        said.append("Meta's report counts only accounts set to pounds.")
    if any(one.kind == "ads" for one in chosen):
        said.append(
            "Archives hold what advertisers declared or the platform found; undeclared ads are missing."
        )
    return tuple(said)


def _estimates(spend: Interval, chosen: Sequence[Snapshot]) -> tuple[Estimate, ...]:
    found = [midpoint(interval=spend)]
    if len(chosen) == 1 and chosen[0].kind == "ads":
        by = fit_for(ads=chosen[0])
        one = fitted(interval=spend, by=by) if by else None
        if one is not None:
            found.append(one)
    return tuple(found)


def total_of(*, rows: Sequence[Row]) -> Interval:
    """The spend of some rows together."""
    return total(parts=(row.spend for row in rows))
