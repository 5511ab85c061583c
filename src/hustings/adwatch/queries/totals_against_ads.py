"""Totals beside the ads that should make them up: what contradicts, and how far into their bands ads lie."""

from collections.abc import Iterator

from hustings.adwatch.models import FaultKind, Severity, Snapshot
from hustings.adwatch.queries.faults import Fault, spend_words
from hustings.adwatch.rules.fitting import Fit, Pair, fit
from hustings.adwatch.rules.intervals import Interval
from hustings.adwatch.store.files import archive_query, home_path, quoted

#: How many contradictions are listed singly.
MOST = 100


def _partners(snapshot: Snapshot) -> Iterator[tuple[Snapshot, Snapshot]]:
    """Pairs (totals, ads) of one platform that this snapshot is part of: of one file, or totals whose days hold all the ads'."""
    others = Snapshot.objects.filter(platform=snapshot.platform).exclude(pk=snapshot.pk).order_by("pk")
    for other in others:
        pair = (snapshot, other) if snapshot.kind == "totals" else (other, snapshot)
        totals, ads = pair
        if totals.kind != "totals" or ads.kind != "ads":
            continue
        is_one_file = totals.sha256 == ads.sha256
        if is_one_file or _holds(totals, ads):
            yield totals, ads


def _holds(totals: Snapshot, ads: Snapshot) -> bool:
    """Whether the days of the totals hold all days of the ads, where all four are known."""
    begins_in = bool(totals.covers_from and ads.covers_from and totals.covers_from <= ads.covers_from)
    return begins_in and bool(
        totals.covers_until and ads.covers_until and ads.covers_until <= totals.covers_until
    )


def pairs_of(*, totals: Snapshot, ads: Snapshot) -> list[tuple[str, str, Pair]]:
    """Page, disclaimer and the two intervals, for every advertiser that both snapshots know by page id or, without one, name."""
    with archive_query() as connection:
        for name, one in (("t", totals), ("a", ads)):
            base = home_path(one.folder)
            connection.execute(
                f"CREATE TEMP TABLE {name} AS SELECT page_id, disclaimer, any_value(page) AS page, sum(low) AS low, "
                "sum(high) AS high, count(*) FILTER (high IS NULL) AS open, count(*) FILTER (currency <> 'GBP') AS foreign_rows "
                f"FROM read_parquet({quoted(str(base / 'rows.parquet'))}) r "
                f"JOIN read_parquet({quoted(str(base / 'pages.parquet'))}) p USING (page_key) GROUP BY ALL"
            )
        rows = connection.execute(
            "SELECT t.page, t.disclaimer, a.low, CASE WHEN a.open = 0 THEN a.high END, t.low, "
            "CASE WHEN t.open = 0 THEN t.high END "
            "FROM t JOIN a USING (page_id, disclaimer) WHERE a.foreign_rows = 0 ORDER BY t.low DESC, t.page, t.disclaimer"
        ).fetchall()
    return [
        (
            str(page),
            str(disclaimer),
            Pair(
                bands=Interval(int(low or 0), None if high is None else int(high)),
                exact=Interval(int(least), None if most is None else int(most)),
            ),
        )
        for page, disclaimer, low, high, least, most in rows
    ]


def contradictions(*, snapshot: Snapshot) -> list[Fault]:
    """Advertisers whose total lies outside the sum of their ads' bands. Totals of one file with the ads must meet them;
    totals of another file hold more days, so only a total below its ads contradicts.
    """
    found = []
    for totals, ads in _partners(snapshot):
        is_one_file = totals.sha256 == ads.sha256
        wrong = []
        for page, disclaimer, pair in pairs_of(totals=totals, ads=ads):
            is_below = pair.exact.high is not None and pair.exact.high < pair.bands.low
            is_above = pair.bands.high is not None and pair.exact.low > pair.bands.high
            if is_below or (is_above and is_one_file):
                wrong.append((page, disclaimer, pair))
        for place, (page, disclaimer, pair) in enumerate(wrong[:MOST]):
            found.append(
                Fault(
                    kind=FaultKind.CONTRADICTION,
                    severity=Severity.SERIOUS,
                    subject=page,
                    sentence=(
                        f"The total of “{page}” is {spend_words(pair.exact.low, pair.exact.high)}; its single ads add up to "
                        f"{spend_words(pair.bands.low, pair.bands.high)}."
                        + (f" One of {len(wrong):,} such advertisers." if place == 0 else "")
                    ),
                    evidence={"disclaimer": disclaimer, "advertisers": len(wrong)},
                    against=ads if snapshot.pk == totals.pk else totals,
                )
            )
    return found


def fit_for(*, ads: Snapshot) -> Fit | None:
    """Where in their bands ads of this snapshot lie, by every advertiser for whom an exact total of one file is known."""
    pairs: list[Pair] = []
    for totals, listed in _partners(ads):
        is_same_span = totals.sha256 == ads.sha256 or (
            (totals.covers_from, totals.covers_until) == (ads.covers_from, ads.covers_until)
        )
        if listed.pk == ads.pk and is_same_span:
            pairs += [pair for _, _, pair in pairs_of(totals=totals, ads=ads)]
    return fit(pairs=pairs)
