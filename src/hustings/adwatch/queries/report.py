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


#: What is added up of every row, in this order.
_PARTS = ("ads", "low", "high", "opened", "shown_low", "shown_high", "shown_open", "told", "untold")


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what it is about, how many ads, spend (pence) and impressions as intervals.

    Intervals are made when they are asked for, as a report may have tens of thousands of lines of which a page shows fifty.
    """

    about: Mapping[str, Any]
    parts: Sequence[int]

    @property
    def ads(self) -> int:
        """How many ads."""
        return self.parts[0]

    @property
    def spend(self) -> Interval:
        """Pence."""
        _, low, high, opened, *_rest = self.parts
        return Interval(low, None if opened else high)

    @property
    def shown(self) -> Interval | None:
        """How often ads were seen; none where the archive does not say it of one of them."""
        low, high, opened, told, _ = self.parts[4:]
        return Interval(low, None if opened else high) if told else None

    @property
    def untold(self) -> int:
        """For how many ads the archive does not say how often they were seen."""
        return self.parts[8]


@dataclass(frozen=True, kw_only=True)
class Report:
    """Totals and rows, largest first; the snapshots they rest on; cautions in whole sentences."""

    by: By
    first_on: date | None
    last_on: date | None
    ads: int
    spend: Interval
    shown: Interval | None
    untold: int
    rows: tuple[Row, ...]
    choice: Choice
    cautions: tuple[str, ...]
    estimates: tuple[Estimate, ...]


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
            overall = _load_sums(connection, chosen, first_on, last_on)
            rows = _rows(connection, by)
    return Report(
        by=by,
        first_on=first_on,
        last_on=last_on,
        ads=overall.ads,
        spend=overall.spend,
        shown=overall.shown,
        untold=overall.untold,
        rows=tuple(rows),
        choice=choice,
        cautions=_cautions(chosen, choice, first_on, last_on),
        estimates=_estimates(overall.spend, chosen) if estimates else (),
    )


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
    parts = (
        "sum(ads)",
        f"sum(CASE WHEN {within} AND {pounds} THEN low ELSE 0 END)",
        f"sum(CASE WHEN {pounds} THEN high ELSE 0 END)",
        f"count(*) FILTER (high IS NULL AND {pounds})",
        f"sum(CASE WHEN {within} THEN shown_low ELSE 0 END)",
        "sum(shown_high)",
        "count(*) FILTER (shown_high IS NULL AND shown_low IS NOT NULL)",
        "count(shown_low)",
        "sum(CASE WHEN shown_low IS NULL THEN ads ELSE 0 END)",
    )
    return ", ".join(
        f"CAST(coalesce({part}, 0) AS BIGINT) AS {name}" for part, name in zip(parts, _PARTS, strict=True)
    )


def _load_sums(
    connection: duckdb.DuckDBPyConnection,
    chosen: Sequence[Snapshot],
    first_on: date | None,
    last_on: date | None,
) -> Row:
    """Add up each page with its disclaimer into the table `sums`; a page has the name it had last. Returns the whole."""
    connection.execute(
        "CREATE TEMP TABLE each (place INTEGER, platform VARCHAR, page_id VARCHAR, page VARCHAR, disclaimer VARCHAR, "
        + ", ".join(f"{part} BIGINT" for part in _PARTS)
        + ")"
    )
    for place, (one, rows) in enumerate(_files(connection, chosen)):
        touches, within = _conditions(one, first_on, last_on)
        connection.execute(
            f"INSERT INTO each SELECT {place}, {quoted(one.platform)}, page_id, page, disclaimer, s.* EXCLUDE (page_key) "
            f"FROM (SELECT page_key, {_sums(within)} FROM read_parquet({quoted(str(rows))}) WHERE {touches} GROUP BY page_key) s "
            f"JOIN read_parquet({quoted(str(home_path(one.folder) / 'pages.parquet'))}) p USING (page_key)"
        )
    together = ", ".join(f"CAST(sum({part}) AS BIGINT) AS {part}" for part in _PARTS)
    connection.execute(
        f"CREATE TEMP TABLE sums AS SELECT platform, page_id, arg_min(page, place) AS page, disclaimer, {together} "
        "FROM each GROUP BY platform, page_id, disclaimer"
    )
    found = connection.execute(
        f"SELECT {', '.join(f'coalesce(sum({part}), 0)' for part in _PARTS)} FROM sums"
    ).fetchall()
    return Row({}, found[0])


#: Largest lower end first, then largest upper end (one without a top before all others), then most ads.
_LARGEST_FIRST = "low DESC, opened > 0 DESC, high DESC, ads DESC"


def _rows(connection: duckdb.DuckDBPyConnection, by: By) -> list[Row]:
    """The lines of a report out of the table `sums`, largest first."""
    if by == "page":
        found = connection.execute(
            f"SELECT page_id, page, disclaimer, {', '.join(_PARTS)} FROM sums "
            f"ORDER BY {_LARGEST_FIRST}, page_id, page, disclaimer"
        ).fetchall()
        return [
            Row({"page_id": page_id, "page": page, "disclaimer": disclaimer}, parts)
            for page_id, page, disclaimer, *parts in found
        ]
    together = ", ".join(f"CAST(sum({part}) AS BIGINT) AS {part}" for part in _PARTS)
    if by == "platform":
        found = connection.execute(
            f"FROM (SELECT platform, {together} FROM sums GROUP BY platform) ORDER BY {_LARGEST_FIRST}, platform"
        ).fetchall()
        return [Row({"platform": platform}, parts) for platform, *parts in found]
    entities = {
        pk: (name, code or suggested, not code, party)
        for pk, name, code, suggested, party in Entity.objects.values_list(
            "pk", "name", "code", "suggested", "party"
        )
    }
    _load_behind(connection, entities)
    key = "entity" if by == "entity" else "party"
    found = connection.execute(
        f"FROM (SELECT {key}, {together} FROM sums LEFT JOIN behind ON behind.platform = sums.platform "
        "AND behind.page_id = substr(sums.page_id, 1, 80) AND behind.disclaimer = sums.disclaimer "
        f"GROUP BY {key}) ORDER BY {_LARGEST_FIRST}, {key}"
    ).fetchall()
    if by == "party":
        return [Row({"party": party or "no party"}, parts) for party, *parts in found]
    lines = []
    for pk, *parts in found:
        name, code, is_suggested, _ = entities.get(pk, ("", "", False, ""))
        about = {"entity_id": pk, "entity": name, "code": code, "code_is_suggested": is_suggested}
        lines.append(Row(about, parts))
    return lines


def _load_behind(
    connection: duckdb.DuckDBPyConnection, entities: Mapping[int, tuple[str, str, bool, str]]
) -> None:
    """Put platform, page id and disclaimer of every advertiser into `behind`, with its entity and that one's party.

    Handed over as lists and not by Arrow, which alone takes a sixth of the memory a report may have.
    """
    rows = Advertiser.objects.order_by("pk").values_list("platform", "page_id", "disclaimer", "entity_id")
    columns: list[list[Any]] = [[], [], [], [], []]
    for platform, page_id, disclaimer, entity in rows.iterator():
        for column, value in zip(
            columns, (platform, page_id, disclaimer, entity, entities[entity][3]), strict=True
        ):
            column.append(value)
    connection.execute(
        "CREATE TEMP TABLE behind AS SELECT unnest(?::VARCHAR[]) AS platform, unnest(?::VARCHAR[]) AS page_id, "
        "unnest(?::VARCHAR[]) AS disclaimer, unnest(?::BIGINT[]) AS entity, unnest(?::VARCHAR[]) AS party",
        columns,
    )


def _weeks(
    connection: duckdb.DuckDBPyConnection,
    chosen: Sequence[Snapshot],
    first_on: date | None,
    last_on: date | None,
) -> tuple[list[Row], Row]:
    """Weeks from Monday. An ad within one week counts with both ends, one over several weeks with its upper end in each."""
    overall = [0] * len(_PARTS)
    weeks: dict[date, list[int]] = {}
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
            _add(overall, parts)
            if first_week is None or last_week is None or last_week < first_week:
                continue
            spread = parts if first_week == last_week else _from_nothing(parts)
            week = _later(first_week, first_on)
            while week <= _earlier(last_week, last_on):
                _add(weeks.setdefault(week, [0] * len(_PARTS)), spread)
                week += timedelta(days=7)
    return [Row({"week": week.isoformat()}, parts) for week, parts in sorted(weeks.items())], Row({}, overall)


def _from_nothing(parts: Sequence[int]) -> list[int]:
    return [0 if name in {"low", "shown_low"} else part for name, part in zip(_PARTS, parts, strict=True)]


def _add(to: list[int], parts: Sequence[int]) -> None:
    to[:] = [one + other for one, other in zip(to, parts, strict=True)]


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
