"""Meta's reports, API pages and per-ad exports: fictional, broken, twice, and the real files."""

import csv
import gzip
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hustings.adwatch.models import Advertiser, ArchiveFault, Entity, Snapshot
from hustings.adwatch.queries.report import ad_report
from hustings.adwatch.rules.intervals import Interval
from hustings.adwatch.store.files import archive_query, home_path, quoted
from hustings.platform.importing.importer import ImportRefused
from hustings.platform.importing.run_import import LayoutNotRecognised
from hustings.platform.models import ImportRun
from tests.adwatch.conftest import NONE, REPORT_2019, REPORT_2023, api_ad, write_pages
from tests.data_folder import data_path

BringIn = Callable[..., ImportRun]
LINES = [
    "1,Barset Lanterns,The Lantern Party,1250,12",
    f"1,Barset Lanterns,{NONE},≤100,2",
    '2,"Wick, Tallow & Co",Wick and Tallow Ltd,"1,000.50",3',
]


@pytest.mark.parametrize("heading", [REPORT_2019, REPORT_2023])
@pytest.mark.parametrize("kind", ["plain", "gz", "zip"])
def test_both_headings_plain_packed_and_bundled(
    heading: str, kind: str, tmp_path: Path, bring_in: BringIn
) -> None:
    """The same three rows, whatever they come in; the original is kept under its hash."""
    text = "\n".join([heading, *LINES]) + "\n"
    path = (
        tmp_path / f"FacebookAdLibraryReport_2026-03-29_GB_last_30_days.{'zip' if kind == 'zip' else 'csv'}"
    )
    if kind == "gz":
        path = path.with_name(path.name + ".gz")
        path.write_bytes(gzip.compress(text.encode()))
    elif kind == "zip":
        with zipfile.ZipFile(path, "w") as bundle:
            bundle.writestr("FacebookAdLibraryReport_2026-03-29_GB_last_30_days_advertisers.csv", text)
            bundle.writestr(
                "FacebookAdLibraryReport_2026-03-29_GB_last_30_days_locations.csv",
                "Location,Amount\nBarset,5\n",
            )
    else:
        path.write_text(text, encoding="utf-8")
    run = bring_in(path)
    assert (run.importer, run.read, run.accepted, run.rejected) == ("meta-report", 3, 3, 0)
    snapshot = Snapshot.objects.get()
    assert (snapshot.spend_low_pence, snapshot.spend_high_pence, snapshot.ads) == (225_050, 235_050, 17)
    assert str(snapshot.covers_from) == "2026-02-28"
    assert home_path(snapshot.original).read_bytes() == path.read_bytes()
    report = ad_report()
    assert report.spend == Interval(225_050, 235_050)
    assert report.rows[0].about == {
        "page_id": "1",
        "page": "Barset Lanterns",
        "disclaimer": "The Lantern Party",
    }


def test_the_same_file_again_changes_nothing(write: Any, bring_in: BringIn) -> None:
    """Every row is unchanged; no second snapshot, no second advertiser."""
    path = write("report.csv", REPORT_2023, LINES)
    bring_in(path)
    again = bring_in(path)
    assert (again.read, again.accepted, again.unchanged) == (3, 0, 3)
    assert (Snapshot.objects.count(), Advertiser.objects.count(), Entity.objects.count()) == (1, 3, 2)


def test_days_can_be_given_later(write: Any, bring_in: BringIn) -> None:
    """A report whose name says nothing is dated by importing it again with the days."""
    path = write("report.csv", REPORT_2023, LINES)
    bring_in(path)
    assert Snapshot.objects.get().covers_from is None
    bring_in(path, from_="2026-03-01", to="2026-03-29")
    assert str(Snapshot.objects.get().covers_until) == "2026-03-29"
    with pytest.raises(ImportRefused, match="not a day"):
        bring_in(path, to="29.3.2026")


def test_rows_that_cannot_be_used_are_set_aside_with_their_line(
    write: Any, bring_in: BringIn, own_home: Path
) -> None:
    """Each with a whole sentence; the rest comes in."""
    path = write(
        "report.csv",
        REPORT_2023,
        [
            *LINES,
            "3,Nobody,Nobody,lots,1",
            ",,,5,1",
            "4,Few,Few,5,many",
            "5,None,None,,1",
            "6,Extra,Extra,5,1,surplus",
        ],
    )
    run = bring_in(path)
    assert (run.read, run.accepted, run.rejected) == (8, 3, 5)
    rejects = (own_home / run.rejects_path).read_text()
    for words in (
        "“lots” is not an amount",
        "neither a page",
        "“many” is not a number",
        "no amount spent",
        "more cells than the heading",
    ):
        assert words in rejects
    assert "\n5,“lots”" in rejects or '\n5,"“lots”' in rejects


@pytest.mark.parametrize(
    "content", ["", "Page ID,Page name\n1,x\n", REPORT_2023 + "\n", "\x00\x01\x02binary", "{}", "[]"]
)
def test_files_that_are_no_report_are_refused(content: str, tmp_path: Path, bring_in: BringIn) -> None:
    """With a sentence, and nothing is kept."""
    path = tmp_path / "broken.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises((LayoutNotRecognised, ImportRefused)):
        bring_in(path)
    assert not Snapshot.objects.exists()


def test_a_windows_file_is_read_too(tmp_path: Path, bring_in: BringIn) -> None:
    """Spreadsheet programs write Windows-1252."""
    path = tmp_path / "report.csv"
    path.write_bytes("\n".join([REPORT_2019, "1,Café Lanterns,Café Ltd,500,2"]).encode("cp1252"))
    bring_in(path)
    assert Advertiser.objects.get().page == "Café Lanterns"


def test_api_pages_today_and_of_old(tmp_path: Path, bring_in: BringIn) -> None:
    """Bands, an open top, older field names, another currency, an ad twice; the token never reaches the archive's rows."""
    old = {
        "id": "9100",
        "page_id": "88",
        "page_name": "Wick Works",
        "funding_entity": "Wick Works Ltd",
        "ad_creation_time": "2019-11-20T10:00:00+0000",
        "ad_delivery_start_time": "2019-11-20T10:00:00+0000",
        "ad_creative_body": "Candles for all",
        "spend": {"lower_bound": "1000000"},
        "impressions": {"lower_bound": "0", "upper_bound": "999"},
        "currency": "GBP",
        "region_distribution": [{"percentage": "1", "region": "Wales"}],
    }
    path = write_pages(
        tmp_path / "pages.zip",
        [api_ad(1), api_ad(2, spend={"lower_bound": "0", "upper_bound": "99"})],
        [old, api_ad(3, currency="USD"), api_ad(1, spend={"lower_bound": "200", "upper_bound": "299"})],
    )
    run = bring_in(path)
    assert (run.importer, run.read, run.accepted, run.unchanged) == ("meta-api", 5, 4, 1)
    report = ad_report()
    assert report.ads == 4
    assert report.spend == Interval(20_000 + 100_000_000, None)
    kinds = {one.kind: one.severity for one in ArchiveFault.objects.all()}
    assert kinds["currency"] == "serious"
    assert kinds["duplicates"] == "serious"
    assert kinds["open-top"] == "note"
    snapshot = Snapshot.objects.get()
    with archive_query() as connection:
        urls = connection.execute(
            f"SELECT url, regions FROM read_parquet({quoted(str(home_path(snapshot.folder) / 'rows.parquet'))})"
        ).fetchall()
    assert not any("SECRET" in str(url) for url, _ in urls)
    assert any("Wales" in str(regions) for _, regions in urls)


@pytest.mark.parametrize(
    "text", ['{"data": [{"ad_snapshot_url": ', '{"error": {"message": "no"}, "data": [], "bylines": 1}']
)
def test_api_answers_that_are_no_pages(text: str, tmp_path: Path, bring_in: BringIn) -> None:
    """Broken off, or an error that was saved."""
    path = tmp_path / "page.json"
    path.write_text(text)
    with pytest.raises(ImportRefused):
        bring_in(path)


def test_ads_with_impossible_days(tmp_path: Path, bring_in: BringIn) -> None:
    """They come in, and are found."""
    path = write_pages(
        tmp_path / "page.json",
        [
            api_ad(1, ad_delivery_stop_time="2026-02-01"),
            api_ad(2, ad_delivery_start_time="2027-01-01", ad_delivery_stop_time=None),
            api_ad(3, ad_delivery_start_time="2012-01-01"),
        ],
    )
    bring_in(path)
    sentences = " ".join(ArchiveFault.objects.filter(kind="dates").values_list("sentence", flat=True))
    for words in ("ended before they began", "begin after the day", "before the archive did"):
        assert words in sentences


@pytest.mark.data
@pytest.mark.parametrize(
    ("name", "rows", "ads", "low", "high", "advertisers"),
    [
        ("fb_ad_library_report_GB_ge2019_last7days.csv", 1069, 6024, 46_905_100, 54_935_100, 1069),
        ("fb_ad_library_report_GB_last30days_2023-05.csv.gz", 3114, 27_241, 283_653_800, 306_643_800, 3113),
        ("fb_ads_byelections_2021.csv.gz", 407, 407, 270_000, 4_299_300, 11),
        ("fb_ads_labour_conservative_2021.csv.gz", 1246, 1246, 3_570_000, 16_385_400, 70),
    ],
)
def test_real_files(
    name: str, rows: int, ads: int, low: int, high: int, advertisers: int, bring_in: BringIn
) -> None:
    """Rows, ads and both ends as counted by hand from the files."""
    run = bring_in(data_path(f"ads/{name}"))
    assert (run.read, run.accepted, run.rejected) == (rows, rows, 0)
    report = ad_report()
    assert (report.ads, report.spend) == (ads, Interval(low, high))
    assert Advertiser.objects.count() == advertisers == len(report.rows)


@pytest.mark.data
def test_the_two_files_of_2021_are_merged_ad_by_ad(bring_in: BringIn) -> None:
    """An ad that stands in both counts once."""
    first, second = (
        data_path(f"ads/{name}")
        for name in ("fb_ads_byelections_2021.csv.gz", "fb_ads_labour_conservative_2021.csv.gz")
    )
    bring_in(first)
    bring_in(second)
    ids = set()
    for path in (first, second):
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            ids |= {row["ad_id"] for row in csv.DictReader(file)}
    report = ad_report()
    assert report.ads == len(ids) < 407 + 1246
    assert json.dumps([one.label for one in report.choice.chosen]).count("2021") == 2


_BOUND = re.compile(r"""['"]lower_bound['"]:\s*['"](\d+)['"](?:.*['"]upper_bound['"]:\s*['"](\d+)['"])?""")


def _ends(row: dict[str, str]) -> tuple[int, int | None]:
    """Both ends of a row's spend in pounds, read cell by cell in Python: slow, and by other means than the importer's."""
    if "l_spend" in row:
        return int(float(row["l_spend"])), int(float(row["u_spend"]))
    if "spend" in row:
        found = _BOUND.search(row["spend"])
        assert found is not None, row["spend"]
        return int(found[1]), int(found[2]) if found[2] else None
    text = next(value for name, value in row.items() if name.casefold() == "amount spent (gbp)")
    text = text.replace("\ufeff", "")
    return (0, 100) if text == "≤100" else (int(text), int(text))


@pytest.mark.data
@pytest.mark.parametrize(
    "name",
    [
        "fb_ad_library_report_GB_ge2019_last7days.csv",
        "fb_ad_library_report_GB_last30days_2023-05.csv.gz",
        "fb_ads_byelections_2021.csv.gz",
        "fb_ads_labour_conservative_2021.csv.gz",
    ],
)
def test_the_archive_holds_what_a_careful_reading_of_the_real_file_finds(
    name: str, bring_in: BringIn
) -> None:
    """Page by page and disclaimer by disclaimer: rows and both ends, read once by DuckDB and once cell by cell."""
    path = data_path(f"ads/{name}")
    run = bring_in(path)
    expected: dict[tuple[str, str], list[int]] = {}
    opener = gzip.open if path.suffix == ".gz" else open
    lines = 0
    with opener(path, "rt", encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            lines += 1
            said = {key.casefold(): value.strip() for key, value in row.items()}
            page = said.get("page id") or said["person"]
            payer = said.get("disclaimer", said.get("funder", ""))
            payer = "" if payer.casefold() in {NONE.casefold(), "nan"} else payer
            low, high = _ends(row)
            assert high is not None
            line = expected.setdefault((page, payer), [0, 0, 0])
            line[:] = [line[0] + 1, line[1] + low * 100, line[2] + high * 100]
    assert (run.read, run.accepted + run.rejected + run.unchanged) == (lines, lines)
    base = home_path(Snapshot.objects.get().folder)
    with archive_query() as connection:
        rows = connection.execute(
            "SELECT page_id, disclaimer, count(*), sum(low), sum(high) "
            f"FROM read_parquet({quoted(str(base / 'rows.parquet'))}) "
            f"JOIN read_parquet({quoted(str(base / 'pages.parquet'))}) USING (page_key) GROUP BY ALL"
        ).fetchall()
    assert {(page, payer): [count, low, high] for page, payer, count, low, high in rows} == expected
