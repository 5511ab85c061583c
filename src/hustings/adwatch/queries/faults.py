"""What is wrong with a snapshot: looked for in its rows, worded with care, each with its evidence and severity."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from hustings.adwatch.models import FaultKind, Severity, Snapshot
from hustings.adwatch.rules.naming import name_key
from hustings.adwatch.rules.periods import ARCHIVE_BEGAN
from hustings.adwatch.store.files import archive_query, home_path, quoted
from hustings.platform.words import number, pounds

#: Findings of one kind that are listed singly; the first of them says how many there are in all.
MOST = 100
#: A disclaimer behind this many pages is worth a line.
MANY_PAGES = 3


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One fault before it is stored."""

    kind: FaultKind
    severity: Severity
    sentence: str
    subject: str = ""
    evidence: dict[str, Any] = field(default_factory=dict)
    against: Snapshot | None = None


def spend_words(low: int, high: int | None) -> str:
    """An interval of pence as words."""
    if high is None:
        return f"at least {pounds(low)}"
    return pounds(low) if low == high else f"{pounds(low)} to {pounds(high)}"


def faults_in(*, snapshot: Snapshot, doubled: int, is_currency_said: bool) -> list[Fault]:
    """Faults of one snapshot by itself."""
    base = home_path(snapshot.folder)
    with archive_query() as connection:
        connection.execute(
            f"CREATE TEMP VIEW rows AS SELECT * FROM read_parquet({quoted(str(base / 'rows.parquet'))})"
        )
        connection.execute(
            f"CREATE TEMP VIEW pages AS SELECT * FROM read_parquet({quoted(str(base / 'pages.parquet'))})"
        )
        return [
            *_no_disclaimer(connection, snapshot),
            *_pages_and_disclaimers(connection, snapshot),
            *_dates(connection, snapshot),
            *_duplicates(connection, snapshot, base, doubled),
            *_currency(connection, snapshot, is_currency_said),
            *_cells(connection),
        ]


def _all(connection: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[Any, ...]]:
    return connection.execute(sql).fetchall()


def _no_disclaimer(connection: duckdb.DuckDBPyConnection, snapshot: Snapshot) -> list[Fault]:
    if snapshot.platform != "meta":
        return []
    rows, ads, low, high, opened = _all(
        connection,
        "SELECT count(DISTINCT page_key), coalesce(sum(r.ads), 0), coalesce(sum(low), 0), coalesce(sum(high), 0), "
        "count(*) FILTER (high IS NULL) FROM rows r JOIN pages p USING (page_key) WHERE disclaimer = ''",
    )[0]
    found = []
    if rows:
        largest = _all(
            connection,
            "SELECT p.page, sum(low), sum(r.ads) FROM rows r JOIN pages p USING (page_key) WHERE disclaimer = '' "
            "GROUP BY page_id, p.page ORDER BY 2 DESC, 1 LIMIT 10",
        )
        found.append(
            Fault(
                kind=FaultKind.NO_DISCLAIMER,
                severity=Severity.MINOR,
                sentence=(
                    f"{number(int(ads))} ads of {number(int(rows))} pages ran without a disclaimer "
                    f"({spend_words(int(low), None if opened else int(high))}). Who paid is not said."
                ),
                evidence={
                    "pages": int(rows),
                    "ads": int(ads),
                    "largest": [{"page": p, "low_pence": int(lo), "ads": int(a)} for p, lo, a in largest],
                },
            )
        )
    mixed = _all(
        connection,
        "SELECT page_id, any_value(page), list(DISTINCT disclaimer) FILTER (disclaimer <> ''), "
        "sum(ads) FILTER (disclaimer = ''), sum(ads) FILTER (disclaimer <> '') FROM pages GROUP BY page_id "
        "HAVING bool_or(disclaimer = '') AND bool_or(disclaimer <> '') ORDER BY 4 DESC, 1",
    )
    for place, (page_id, page, names, without, with_) in enumerate(mixed[:MOST]):
        found.append(
            Fault(
                kind=FaultKind.SOMETIMES_NONE,
                severity=Severity.MINOR,
                subject=str(page),
                sentence=(
                    f"“{page}” ran {number(int(without))} ads without a disclaimer and {number(int(with_))} with "
                    f"“{names[0]}”." + (f" One of {len(mixed):,} such pages." if place == 0 else "")
                ),
                evidence={
                    "page_id": page_id,
                    "without": int(without),
                    "disclaimers": sorted(names),
                    "pages": len(mixed),
                },
            )
        )
    return found


def _pages_and_disclaimers(connection: duckdb.DuckDBPyConnection, snapshot: Snapshot) -> list[Fault]:
    if snapshot.platform != "meta":
        return []
    found = []
    many = []
    for page_id, page, names in _all(
        connection,
        "SELECT page_id, any_value(page), list(DISTINCT disclaimer) FROM pages WHERE disclaimer <> '' GROUP BY page_id "
        "HAVING count(DISTINCT disclaimer) > 1 ORDER BY count(DISTINCT disclaimer) DESC, page_id",
    ):
        many.append((page_id, page, sorted(names), len({name_key(name) for name in names})))
    for place, (page_id, page, names, keys) in enumerate(many[:MOST]):
        is_spelling = keys == 1
        found.append(
            Fault(
                kind=FaultKind.MANY_DISCLAIMERS,
                severity=Severity.NOTE if is_spelling else Severity.MINOR,
                subject=str(page),
                sentence=(
                    f"“{page}” names {len(names)} payers"
                    + (", which differ in spelling alone." if is_spelling else ".")
                    + (f" One of {len(many):,} such pages." if place == 0 else "")
                ),
                evidence={"page_id": page_id, "disclaimers": names[:30], "pages": len(many)},
            )
        )
    shared = _all(
        connection,
        "SELECT disclaimer, count(DISTINCT page_id), list(DISTINCT page)[1:30], sum(ads) FROM pages WHERE disclaimer <> '' "
        f"GROUP BY disclaimer HAVING count(DISTINCT page_id) >= {MANY_PAGES} ORDER BY 2 DESC, 1",
    )
    for place, (disclaimer, count, pages, ads) in enumerate(shared[:MOST]):
        found.append(
            Fault(
                kind=FaultKind.MANY_PAGES,
                severity=Severity.NOTE,
                subject=str(disclaimer),
                sentence=(
                    f"“{disclaimer}” pays for ads of {number(int(count))} pages."
                    + (f" One of {len(shared):,} such disclaimers." if place == 0 else "")
                ),
                evidence={
                    "pages": sorted(pages),
                    "count": int(count),
                    "ads": int(ads),
                    "disclaimers": len(shared),
                },
            )
        )
    return found


def _dates(connection: duckdb.DuckDBPyConnection, snapshot: Snapshot) -> list[Fault]:
    day = f"DATE '{snapshot.taken_in_at.date().isoformat()}'"
    began = f"DATE '{ARCHIVE_BEGAN.isoformat()}'"
    checks = (
        ("last_on < first_on", Severity.SERIOUS, "ended before they began"),
        (f"first_on > {day}", Severity.SERIOUS, "begin after the day on which the file came in"),
        ("created_on > first_on + 1", Severity.MINOR, "were made after they began to run"),
        *(
            ((f"first_on < {began}", Severity.MINOR, "began before the archive did"),)
            if snapshot.platform == "meta"
            else ()
        ),
        *((("first_on IS NULL", Severity.MINOR, "have no first day"),) if snapshot.kind == "ads" else ()),
    )
    found = []
    for condition, severity, words in checks:
        count, some = _all(
            connection,
            f"SELECT count(*), arg_min({{'ad': ad_id, 'first': first_on, 'last': last_on, 'row': row_no}}, row_no, 10) "
            f"FROM rows WHERE {condition}",
        )[0]
        if count:
            found.append(
                Fault(
                    kind=FaultKind.DATES,
                    severity=severity,
                    sentence=f"{number(int(count))} rows {words}.",
                    evidence={"rows": int(count), "examples": _plain(some)},
                )
            )
    return found


def _duplicates(
    connection: duckdb.DuckDBPyConnection, snapshot: Snapshot, base: Path, doubled: int
) -> list[Fault]:
    found = []
    if doubled:
        ads, contradictory, some = _all(
            connection,
            "SELECT count(*), count(*) FILTER (versions > 1), list(ad_id ORDER BY versions DESC, ad_id)[1:10] "
            f"FROM read_parquet({quoted(str(base / 'duplicates.parquet'))})",
        )[0]
        found.append(
            Fault(
                kind=FaultKind.DUPLICATES,
                severity=Severity.SERIOUS if contradictory else Severity.MINOR,
                sentence=(
                    f"{number(int(ads))} ads stand in the file more than once; {number(int(contradictory))} of them with "
                    "different figures. The last row of each was counted."
                ),
                evidence={"ads": int(ads), "contradictory": int(contradictory), "examples": some},
            )
        )
    if snapshot.kind != "ads":
        by = "page_key, first_on" if snapshot.kind == "weekly" else "page_key"
        for page, disclaimer, times, lows, lines in _all(
            connection,
            f"SELECT any_value(page), any_value(disclaimer), count(*), list(low ORDER BY row_no), list(row_no ORDER BY row_no) "
            f"FROM rows JOIN pages USING (page_key) GROUP BY {by} HAVING count(*) > 1 ORDER BY 3 DESC, 1 LIMIT {MOST}",
        ):
            found.append(
                Fault(
                    kind=FaultKind.DUPLICATES,
                    severity=Severity.MINOR,
                    subject=str(page),
                    sentence=(
                        f"“{page}” with {'“' + disclaimer + '”' if disclaimer else 'no disclaimer'} stands in {times} rows; "
                        "all were added up."
                    ),
                    evidence={"rows": lines, "low_pence": lows},
                )
            )
    return found


def _currency(
    connection: duckdb.DuckDBPyConnection, snapshot: Snapshot, is_currency_said: bool
) -> list[Fault]:
    found = []
    others = _all(
        connection,
        "SELECT currency, count(*), count(DISTINCT page_key) FROM rows WHERE currency <> 'GBP' GROUP BY 1 ORDER BY 2 DESC, 1",
    )
    if others:
        rows = sum(int(count) for _, count, _ in others)
        found.append(
            Fault(
                kind=FaultKind.CURRENCY,
                severity=Severity.SERIOUS,
                sentence=(
                    f"{number(rows)} ads were paid for in other currencies ({', '.join(code for code, _, _ in others)}). Their "
                    "amounts are kept but not added to sums in pounds."
                ),
                evidence={"currencies": [{"code": c, "ads": int(n), "pages": int(p)} for c, n, p in others]},
            )
        )
    if not is_currency_said:
        found.append(
            Fault(
                kind=FaultKind.CURRENCY,
                severity=Severity.NOTE,
                sentence="The file does not say the currency; pounds are taken for granted.",
            )
        )
    if snapshot.layout == "meta-report":
        found.append(
            Fault(
                kind=FaultKind.CURRENCY,
                severity=Severity.NOTE,
                sentence=(
                    "Meta's report counts only accounts set to pounds. Ads shown here but paid for in another currency are "
                    "not in it, and amounts may still move for 48 hours."
                ),
            )
        )
    if snapshot.platform == "google":
        found.append(
            Fault(
                kind=FaultKind.CURRENCY,
                severity=Severity.NOTE,
                sentence=(
                    "Google publishes every amount in several currencies. Pounds are exact only for accounts billed in "
                    "pounds, and converted for others; which is which is not said."
                ),
            )
        )
    return found


def _cells(connection: duckdb.DuckDBPyConnection) -> list[Fault]:
    found = []
    hidden, lines = _all(connection, "SELECT count(*), min(row_no, 20) FROM rows WHERE hidden")[0]
    if hidden:
        found.append(
            Fault(
                kind=FaultKind.HIDDEN_SIGNS,
                severity=Severity.MINOR,
                sentence=(
                    f"{number(int(hidden))} rows hold signs that cannot be seen (such as byte order marks); "
                    "they were taken off."
                ),
                evidence={"rows": lines},
            )
        )
    opened, low, none = _all(
        connection,
        "SELECT count(*) FILTER (high IS NULL AND low IS NOT NULL), sum(low) FILTER (high IS NULL), "
        "count(*) FILTER (low IS NULL) FROM rows",
    )[0]
    if opened:
        found.append(
            Fault(
                kind=FaultKind.OPEN_TOP,
                severity=Severity.NOTE,
                sentence=f"{number(int(opened))} ads lie in a band without a top: at least {pounds(int(low))} together.",
                evidence={"ads": int(opened)},
            )
        )
    if none:
        found.append(
            Fault(
                kind=FaultKind.NO_AMOUNT,
                severity=Severity.MINOR,
                sentence=f"{number(int(none))} ads have no amount at all; they may have cost anything.",
                evidence={"ads": int(none)},
            )
        )
    return found


def _plain(rows: list[dict[str, Any]] | None) -> list[dict[str, Any]]:
    return [
        {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}
        for row in rows or []
    ]
