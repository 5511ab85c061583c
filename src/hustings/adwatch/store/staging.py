"""Turns one table of an archive into Parquet: read as text, understood by macros, rows that cannot be used set aside."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from hustings.adwatch.store.files import archive_query, quoted
from hustings.adwatch.store.layouts import COLUMNS, Layout, condition_of, select_of
from hustings.adwatch.store.reading import teach
from hustings.platform.importing.importer import ImportRefused

#: Report how far an import is: a share of the whole, 0 to 1, and what is being done.
Report = Callable[[float, str], None]


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table to read: a CSV file in UTF-8 with its header and delimiter, or Parquet with our column names as text."""

    path: Path
    header: Sequence[str]
    delimiter: str = ","
    is_gzip: bool = False
    is_parquet: bool = False


@dataclass(frozen=True, kw_only=True)
class StagedTable:
    """The rows and pages of one table as Parquet in a folder, with the sums over all of them.

    Sums are in pence and hold only rows in pounds. `first_on` and `last_on` are the earliest and latest day in the rows.
    """

    layout: Layout
    folder: Path
    read: int
    rows: int
    doubled: int
    rejected: int
    elsewhere: int
    pages: int
    ads: int
    low_pence: int
    high_pence: int
    open_rows: int
    first_on: Any
    last_on: Any


_FAULT = """CASE
    WHEN is_too_long THEN 'The row has more cells than the heading. Check for commas that are not in quotes.'
    WHEN page_id IS NULL AND page IS NULL AND disclaimer IS NULL THEN 'The row names neither a page nor an advertiser.'
    WHEN {is_ads} AND ad_id IS NULL THEN 'The row has no id of the ad.'
    WHEN NOT {is_ads} AND spend_text IS NULL AND low IS NULL THEN 'The row has no amount spent.'
    WHEN spend_text IS NOT NULL AND low IS NULL THEN
        '“' || spend_text || '” is not an amount. Write it like 1234, ≤100 or 100-199.'
    WHEN high < low THEN 'The amount runs from ' || low || ' to ' || high || ' pence, which is backwards.'
    WHEN shown_text IS NOT NULL AND shown_low IS NULL THEN '“' || shown_text || '” is not a number of impressions.'
    WHEN shown_high < shown_low THEN 'The impressions run from ' || shown_low || ' to ' || shown_high || ', which is backwards.'
    WHEN ads_text IS NOT NULL AND ads IS NULL THEN '“' || ads_text || '” is not a number of ads.'
    WHEN first_text IS NOT NULL AND first_on IS NULL THEN '“' || first_text || '” is not a day. Write it like 2023-05-04.'
    WHEN last_text IS NOT NULL AND last_on IS NULL THEN '“' || last_text || '” is not a day. Write it like 2023-05-04.'
    END"""


def _understood(layout: Layout, *, is_json: bool) -> str:
    """SQL from our columns as text to typed ones, with the reason for rejecting beside."""
    if "spend_low" in layout.columns:
        low, high = "pence(low_of(cell(spend_low)))", "pence(high_of(cell(spend_high)))"
        spend_text = "cell(spend_low)"
    else:
        low, high, spend_text = "pence(low_of(cell(spend)))", "pence(high_of(cell(spend)))", "cell(spend)"
    if "shown_low" in layout.columns:
        shown = ("whole(low_of(cell(shown_low)))", "whole(high_of(cell(shown_high)))", "cell(shown_low)")
    else:
        shown = ("whole(low_of(cell(shown)))", "whole(high_of(cell(shown)))", "cell(shown)")
    ads = (
        "coalesce(whole(plain(cell(ads))), CASE WHEN cell(ads) IS NULL THEN 0 END)"
        if layout.kind != "ads"
        else "1"
    )
    ads_text = "cell(ads)" if layout.kind != "ads" else "NULL"
    last = "day_of(cell(last_on))" if layout.kind != "weekly" else "day_of(cell(first_on)) + 6"
    return f"""
        row_no, is_too_long, ours.page_id AS page_id, ours.page AS page, ours.disclaimer AS disclaimer, ad_id, {ads} AS ads,
        day_of(cell(first_on)) AS first_on, CAST({last} AS DATE) AS last_on, day_of(cell(created_on)) AS created_on,
        {low} AS low, {high} AS high, {shown[0]} AS shown_low, {shown[1]} AS shown_high,
        coalesce(upper(cell(currency)), {quoted(layout.currency)}) AS currency,
        body, url, ad_type, as_json(demographics) AS demographics, as_json(regions) AS regions,
        as_json(targeting) AS targeting,
        {spend_text} AS spend_text, {shown[2]} AS shown_text, {ads_text} AS ads_text,
        day_text(cell(first_on)) AS first_text, day_text(cell(last_on)) AS last_text, hidden"""


_KEPT = (
    "page_key, row_no, ad_id, r.ads AS ads, first_on, last_on, created_on, low, high, shown_low, shown_high, currency, "
    "body, url, ad_type, demographics, regions, targeting, hidden"
)


def stage_table(
    *,
    table: Table,
    layout: Layout,
    into: Path,
    region: str,
    reject: Callable[[int, str, Sequence[Any]], None],
    report: Report,
) -> StagedTable:
    """Read a table into `into/rows.parquet` and `into/pages.parquet`, telling `reject` of each row that cannot be used."""
    into.mkdir(parents=True, exist_ok=True)
    read, rows, pages = into / "read.parquet", into / "rows.parquet", into / "pages.parquet"
    with archive_query() as connection:
        teach(connection=connection)
        report(0.05, "reading")
        broken, elsewhere = _read(connection, table, layout, read, region)
        for line, reason, row in broken:
            reject(line, reason, row)
        report(0.5, "checking")
        faulty = 0
        for line, reason, row in _rejected(connection, read):
            reject(line, reason, row)
            faulty += 1
        report(0.6, "grouping pages")
        connection.execute(
            f"""CREATE TEMP TABLE pages AS
            SELECT CAST(row_number() OVER (ORDER BY page_id, disclaimer) - 1 AS INTEGER) AS page_key,
                   page_id, disclaimer, page, CAST(ads AS BIGINT) AS ads
            FROM (SELECT coalesce(page_id, page, disclaimer, '') AS page_id, coalesce(disclaimer, '') AS disclaimer,
                         coalesce(arg_max(page, row_no), any_value(coalesce(page_id, disclaimer, ''))) AS page,
                         sum(ads) AS ads
                  FROM read_parquet({quoted(str(read))}) WHERE fault IS NULL GROUP BY 1, 2)"""
        )
        report(0.7, "writing")
        doubled = _doubled(connection, read, into / "duplicates.parquet") if layout.kind == "ads" else 0
        once = "AND row_no NOT IN (SELECT unnest(older) FROM doubled)" if doubled else ""
        connection.execute(
            f"COPY (SELECT {_KEPT} FROM read_parquet({quoted(str(read))}) r JOIN pages p "
            "ON p.page_id = coalesce(r.page_id, r.page, r.disclaimer, '') AND p.disclaimer = coalesce(r.disclaimer, '') "
            f"WHERE fault IS NULL {once}) TO {quoted(str(rows))} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 500000)"
        )
        connection.execute(f"COPY pages TO {quoted(str(pages))} (FORMAT parquet, COMPRESSION zstd)")
        found = connection.execute(
            "SELECT count(*), coalesce(sum(ads), 0), coalesce(sum(low) FILTER (currency = 'GBP'), 0), "
            "coalesce(sum(high) FILTER (currency = 'GBP'), 0), "
            "count(*) FILTER (high IS NULL AND currency = 'GBP'), min(first_on), max(coalesce(last_on, first_on)), "
            f"(SELECT count(*) FROM pages) FROM read_parquet({quoted(str(rows))})"
        ).fetchone()
        assert found is not None
    read.unlink()
    report(0.95, "looking for faults")
    accepted, ads, low, high, open_rows, first_on, last_on, page_count = found
    return StagedTable(
        layout=layout,
        folder=into,
        read=int(accepted) + faulty + len(broken) + doubled,
        rows=int(accepted),
        doubled=doubled,
        rejected=faulty + len(broken),
        elsewhere=elsewhere,
        pages=int(page_count),
        ads=int(ads),
        low_pence=int(low),
        high_pence=int(high),
        open_rows=int(open_rows),
        first_on=first_on,
        last_on=last_on,
    )


def _doubled(connection: duckdb.DuckDBPyConnection, read: Path, to: Path) -> int:
    """Ads that stand in the file more than once: the last row counts, the older ones are set aside. Returns those set aside."""
    connection.execute(
        "CREATE TEMP TABLE doubled AS SELECT ad_id, count(*) AS times, count(DISTINCT hash(low, high, first_on, last_on, "
        "disclaimer, page)) AS versions, list_slice(list_sort(list(row_no)), 1, -2) AS older "
        f"FROM read_parquet({quoted(str(read))}) WHERE fault IS NULL AND ad_id IN (SELECT ad_id FROM "
        f"read_parquet({quoted(str(read))}) WHERE fault IS NULL GROUP BY ad_id HAVING count(*) > 1) GROUP BY ad_id"
    )
    found = connection.execute("SELECT coalesce(sum(times - 1), 0) FROM doubled").fetchone()
    aside = int(found[0]) if found else 0
    if aside:
        connection.execute(
            f"COPY (SELECT ad_id, times, versions FROM doubled) TO {quoted(str(to))} (FORMAT parquet)"
        )
    return aside


def _read(
    connection: duckdb.DuckDBPyConnection, table: Table, layout: Layout, to: Path, region: str
) -> tuple[list[tuple[int, str, Sequence[Any]]], int]:
    """Read into Parquet with a reason on each row that is refused; returns rows that are no rows at all, and rows elsewhere."""
    seen = "concat_ws('', page, disclaimer, spend, ads)"
    hidden = (
        f"CASE WHEN strlen({seen}) = length({seen}) THEN false "
        f"ELSE regexp_matches({seen}, '[\\x{{FEFF}}\\x{{200B}}\\x{{200E}}]') END"
    )
    if table.is_parquet:
        source = f"SELECT row_number() OVER () AS row_no, * FROM read_parquet({quoted(str(table.path))})"
        picked = ", ".join([f"{name}" if name in layout.columns else f"NULL AS {name}" for name in COLUMNS])
        ours, condition = f"SELECT row_no, false AS is_too_long, {picked} FROM ({source})", "true"
    else:
        # One column more than the heading has shows which rows are too long.
        columns = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(len(table.header) + 1))
        source = (
            "SELECT row_number() OVER () + 1 AS row_no, * FROM read_csv("
            f"{quoted(str(table.path))}, columns = {{{columns}}}, header = true, auto_detect = false, "
            f"delim = {quoted(table.delimiter)}, quote = '\"', escape = '\"', null_padding = true, strict_mode = false, "
            f"store_rejects = true, rejects_limit = 0, compression = {quoted('gzip' if table.is_gzip else 'none')}, "
            "max_line_size = 16777216)"
        )
        condition = condition_of(layout=layout, header=table.header, word=region)
        too_long = f"c{len(table.header)} IS NOT NULL AS is_too_long"
        picked = select_of(layout=layout, header=table.header)
        ours = f"SELECT row_no, {too_long}, {picked} FROM ({source}) WHERE {condition}"
    cleaned = (
        "SELECT * REPLACE (cell(page_id) AS page_id, nullif(trim(page), '') AS page, cell(ad_id) AS ad_id, "
        "CASE WHEN lower(trim(disclaimer)) IN ('these ads ran without a disclaimer', 'nan') THEN NULL "
        f"ELSE nullif(trim(disclaimer), '') END AS disclaimer), {hidden} AS hidden FROM ({ours})"
    )
    fault = _FAULT.format(is_ads="true" if layout.kind == "ads" else "false")
    connection.execute(
        f"COPY (SELECT *, {fault} AS fault FROM (SELECT {_understood(layout, is_json=table.is_parquet)} "
        f"FROM ({cleaned}) ours)) TO {quoted(str(to))} (FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE 500000)"
    )
    if table.is_parquet:
        return [], 0
    broken = connection.execute(
        "SELECT line, any_value(error_message), any_value(csv_line) FROM reject_errors GROUP BY line ORDER BY line"
    ).fetchall()
    elsewhere = 0
    if condition != "true":
        every = connection.execute(f"SELECT count(*) FROM ({source})").fetchone()
        kept = connection.execute(f"SELECT count(*) FROM read_parquet({quoted(str(to))})").fetchone()
        elsewhere = int(every[0]) - int(kept[0]) if every and kept else 0
    return [(int(line), _plain(str(why)), [text]) for line, why, text in broken], elsewhere


def _plain(reason: str) -> str:
    return f"The row does not fit the heading: {reason.splitlines()[0].rstrip('.')}."


def _rejected(connection: duckdb.DuckDBPyConnection, read: Path) -> Iterator[tuple[int, str, Sequence[Any]]]:
    found = connection.execute(
        "SELECT row_no, fault, page_id, page, disclaimer, ad_id, spend_text, shown_text, ads_text, first_text, last_text "
        f"FROM read_parquet({quoted(str(read))}) WHERE fault IS NOT NULL ORDER BY row_no"
    )
    while batch := found.fetchmany(1000):
        for row in batch:
            yield int(row[0]), str(row[1]), list(row[2:])


def as_utf8(*, path: Path, is_gzip: bool, encoding: str, into: Path) -> Path:
    """The file itself where it is UTF-8, else a copy that is."""
    if encoding.startswith("utf-8"):
        return path
    import gzip
    import io

    copy = into / "utf8.csv"
    with (
        gzip.open(path, "rb") if is_gzip else path.open("rb") as binary,
        io.TextIOWrapper(binary, encoding=encoding, newline="") as text,
        copy.open("w", encoding="utf-8", newline="") as out,
    ):
        while block := text.read(1 << 20):
            out.write(block)
    return copy


def missing_columns(*, layout: Layout, header: Sequence[str]) -> list[str]:
    """Columns that the layout needs and the header does not have."""
    present = {name.strip().casefold() for name in header}
    return [name for name in layout.needs if name.casefold() not in present]


def refuse_empty(*, staged: Sequence[StagedTable], name: str) -> None:
    """Raise `ImportRefused` where not one row could be used."""
    if not any(table.rows for table in staged):
        raise ImportRefused(
            f"Not one row of {name} could be used. The rejects file says why for each; check that the file is whole."
        )
