"""Daily spend of parties from published series, and how a report of the same days compares."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hustings.adwatch.models import Snapshot
from hustings.adwatch.queries.report import ad_report
from hustings.adwatch.rules.parties import party_of
from hustings.adwatch.rules.series import DailySpend, Series, Window, best_window
from hustings.adwatch.store.files import archive_query, home_path, quoted

#: Short names of the published series that the words of the party table do not know.
_SHORT = {
    "con": "Conservative Party",
    "cons": "Conservative Party",
    "lab": "Labour Party",
    "ld": "Liberal Democrats",
    "brexit": "Reform UK (until 2021 the Brexit Party)",
    "bp": "Reform UK (until 2021 the Brexit Party)",
    "green": "Green Party",
    "pc": "Plaid Cymru",
    "plaid": "Plaid Cymru",
    "snp": "Scottish National Party",
    "remain": "",
    "leave": "",
    "ind": "",
}


@dataclass(frozen=True, kw_only=True)
class Beside:
    """The span of the series that agrees best with a report, and party by party: the series' sum and the report's interval."""

    report: Snapshot
    window: Window
    rows: tuple[tuple[str, int, int, int | None], ...]


def full_name(*, name: str) -> str:
    """A party's name as reports group it, for the short name of a series; nothing where it is no party."""
    return _SHORT.get(name.casefold(), party_of(page=name, disclaimer=""))


def daily_spend(*, snapshot: Snapshot) -> tuple[DailySpend, ...]:
    """Every party and day of a series."""
    base = home_path(snapshot.folder)
    with archive_query() as connection:
        rows = connection.execute(
            f"SELECT page, first_on, low FROM read_parquet({quoted(str(base / 'rows.parquet'))}) "
            f"JOIN read_parquet({quoted(str(base / 'pages.parquet'))}) USING (page_key) ORDER BY page, first_on"
        ).fetchall()
    return tuple(DailySpend(party=party, on=on, pence=int(pence)) for party, on, pence in rows)


def beside_report(*, days: Sequence[DailySpend], report: Snapshot, length: int) -> Beside | None:
    """Hold a series against a report whose exact days are not known: which span of `length` days agrees best?"""
    found = ad_report(by="party", only=[report.pk], estimates=False)
    intervals: Mapping[str, tuple[int, int | None]] = {
        str(row.about["party"]): (row.spend.low, row.spend.high) for row in found.rows
    }
    names = {party: name for party in sorted({one.party for one in days}) if (name := full_name(name=party))}
    window = best_window(
        series=Series(days=tuple(days), were_totals=True, oddities=()),
        report=intervals,
        days=length,
        names=names,
    )
    if window is None:
        return None
    return Beside(
        report=report,
        window=window,
        rows=tuple(
            (name, window.sums.get(party, 0), *intervals.get(name, (0, 0))) for party, name in names.items()
        ),
    )


def by_day(*, days: Sequence[DailySpend]) -> list[dict[str, Any]]:
    """The days in order, each with its parties' amounts, for tables and JSON."""
    found: dict[date, dict[str, int]] = {}
    for one in days:
        found.setdefault(one.on, {})[one.party] = one.pence
    return [{"on": on.isoformat(), "pence": amounts} for on, amounts in sorted(found.items())]
