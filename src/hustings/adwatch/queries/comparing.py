"""What changed from one snapshot to a later one of the same archive: what is gone, what fell, what came."""

from dataclasses import dataclass
from typing import Any

from hustings.adwatch.models import Snapshot
from hustings.adwatch.store.files import archive_query, home_path, quoted

#: Below this share of common ads two lists answer different questions, and nothing can be said to have disappeared.
LEAST_IN_COMMON = 0.1
MOST_ROWS = 200


@dataclass(frozen=True, kw_only=True)
class PageChange:
    """One page and disclaimer: how many ads and how much it had and has (pence, lower ends), and how many ads are gone."""

    page_id: str
    page: str
    disclaimer: str
    ads_before: int
    ads_now: int
    gone: int
    low_before: int
    low_now: int
    high_before: int | None
    high_now: int | None


@dataclass(frozen=True, kw_only=True)
class Changes:
    """Two snapshots compared. `is_comparable` says whether they answer the same question; else `why_not` does.

    `gone` counts ads of the older one that the newer lacks (for totals: pages with their disclaimer), `gone_low_pence` and
    `gone_high_pence` their spend.
    """

    older: Snapshot
    newer: Snapshot
    is_comparable: bool
    why_not: str
    before: int
    now: int
    gone: int
    came: int
    gone_low_pence: int
    gone_high_pence: int | None
    pages: tuple[PageChange, ...]


def older_of_same_kind(*, snapshot: Snapshot) -> Snapshot | None:
    """The snapshot taken in before this one with the same layout."""
    found: Snapshot | None = (
        Snapshot.objects.filter(
            platform=snapshot.platform, layout=snapshot.layout, taken_in_at__lte=snapshot.taken_in_at
        )
        .exclude(pk=snapshot.pk)
        .order_by("-taken_in_at", "-pk")
        .first()
    )
    return found


def changes_since(*, snapshot: Snapshot, older: Snapshot) -> Changes:
    """Compare two snapshots of one kind ad by ad, or total by total."""
    is_ads = snapshot.kind == "ads"
    why_not = ""
    if snapshot.kind != older.kind or snapshot.platform != older.platform:
        why_not = "They are not of the same kind."
    elif not is_ads and not _same_window(snapshot, older):
        why_not = "They cover different days, so that totals may rightly differ."
    with archive_query() as connection:
        for name, one in (("older", older), ("newer", snapshot)):
            base = home_path(one.folder)
            connection.execute(
                f"CREATE TEMP VIEW {name} AS SELECT p.page_id, p.page, p.disclaimer, r.* EXCLUDE (page_key) "
                f"FROM read_parquet({quoted(str(base / 'rows.parquet'))}) r "
                f"JOIN read_parquet({quoted(str(base / 'pages.parquet'))}) p USING (page_key)"
            )
        key = "ad_id" if is_ads else "page_id, disclaimer"
        counts = connection.execute(
            f"""WITH o AS (SELECT DISTINCT {key} FROM older), n AS (SELECT DISTINCT {key} FROM newer)
            SELECT (SELECT count(*) FROM o), (SELECT count(*) FROM n),
                   (SELECT count(*) FROM o ANTI JOIN n USING ({key})), (SELECT count(*) FROM n ANTI JOIN o USING ({key})),
                   (SELECT coalesce(sum(low), 0) FROM older ANTI JOIN n USING ({key})),
                   (SELECT coalesce(sum(high), 0) FROM older ANTI JOIN n USING ({key})),
                   (SELECT count(*) FROM older ANTI JOIN n USING ({key}) WHERE high IS NULL)"""
        ).fetchone()
        assert counts is not None
        before, now, gone, came, gone_low, gone_high, gone_open = (int(value) for value in counts)
        if not why_not and is_ads and before and (before - gone) / before < LEAST_IN_COMMON:
            why_not = "They have hardly any ad in common, so they answer different questions."
        pages = connection.execute(_PAGES.format(key=key)).fetchall() if not why_not else []
    return Changes(
        older=older,
        newer=snapshot,
        is_comparable=not why_not,
        why_not=why_not,
        before=before,
        now=now,
        gone=gone,
        came=came,
        gone_low_pence=gone_low,
        gone_high_pence=None if gone_open else gone_high,
        pages=tuple(_page(row) for row in pages),
    )


_PAGES = f"""
WITH n AS (SELECT DISTINCT {{key}} FROM newer),
o AS (SELECT page_id, disclaimer, any_value(page) AS page, sum(ads) AS ads, sum(low) AS low, sum(high) AS high,
             count(*) FILTER (high IS NULL) AS open FROM older GROUP BY page_id, disclaimer),
g AS (SELECT page_id, disclaimer, sum(ads) AS gone FROM older ANTI JOIN n USING ({{key}}) GROUP BY page_id, disclaimer),
w AS (SELECT page_id, disclaimer, sum(ads) AS ads, sum(low) AS low, sum(high) AS high,
             count(*) FILTER (high IS NULL) AS open FROM newer GROUP BY page_id, disclaimer)
SELECT o.page_id, o.page, o.disclaimer, o.ads, coalesce(w.ads, 0), coalesce(g.gone, 0), o.low, coalesce(w.low, 0),
       CASE WHEN o.open = 0 THEN o.high END, CASE WHEN coalesce(w.open, 0) = 0 THEN coalesce(w.high, 0) END
FROM o LEFT JOIN w USING (page_id, disclaimer) LEFT JOIN g USING (page_id, disclaimer)
WHERE coalesce(g.gone, 0) > 0 OR coalesce(w.high, 0) < o.low OR coalesce(w.ads, 0) < o.ads
ORDER BY o.low - coalesce(w.low, 0) DESC, o.ads - coalesce(w.ads, 0) DESC, o.page_id, o.disclaimer LIMIT {MOST_ROWS}"""


def _page(row: tuple[Any, ...]) -> PageChange:
    return PageChange(
        page_id=row[0],
        page=row[1],
        disclaimer=row[2],
        ads_before=int(row[3]),
        ads_now=int(row[4]),
        gone=int(row[5]),
        low_before=int(row[6]),
        low_now=int(row[7]),
        high_before=None if row[8] is None else int(row[8]),
        high_now=None if row[9] is None else int(row[9]),
    )


def _same_window(newer: Snapshot, older: Snapshot) -> bool:
    """Whether totals of the older one can only grow: both begin on one day, and the newer one does not end earlier."""
    if newer.covers_from is None or newer.covers_from != older.covers_from:
        return False
    return (
        older.covers_until is None or newer.covers_until is None or newer.covers_until >= older.covers_until
    )
