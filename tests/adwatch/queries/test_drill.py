"""The outage of 10 December 2019 as a drill: two days before a poll, 40 % of the ads were gone, and a page's total collapsed."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from hustings.adwatch.models import ArchiveFault, Severity, Snapshot
from hustings.adwatch.queries.comparing import changes_since
from hustings.platform.models import ImportRun
from tests.adwatch.conftest import REPORT_2019, api_ad, write_pages

BringIn = Callable[..., ImportRun]


def test_ads_that_disappear_are_an_alarm(bring_in: BringIn, tmp_path: Path, now: datetime) -> None:
    """Of a thousand ads four hundred are gone the next day: found, weighed, and named page by page."""
    ads = [
        api_ad(
            number, page_id=str(number % 10), page_name=f"Page {number % 10}", bylines=f"Payer {number % 10}"
        )
        for number in range(1000)
    ]
    bring_in(write_pages(tmp_path / "before.zip", ads), at=now)
    bring_in(
        write_pages(tmp_path / "after.zip", [ad for ad in ads if int(ad["page_id"]) >= 4]),
        at=now + timedelta(days=1),
    )
    newer = Snapshot.objects.order_by("-pk")[0]
    found = ArchiveFault.objects.filter(snapshot=newer, kind="disappeared")
    first = found.order_by("id")[0]
    assert (first.severity, first.evidence["gone"], first.evidence["before"]) == (Severity.SERIOUS, 400, 1000)
    assert "40.0%" in first.sentence
    assert "£40,000 to £79,600" in first.sentence
    assert set(found.exclude(subject="").values_list("subject", flat=True)) == {f"Page {n}" for n in range(4)}


def test_a_total_that_collapses_is_an_alarm(bring_in: BringIn, write: Any, now: datetime) -> None:
    """A page that had spent over 90,000 pounds shows 181, though a total to date can only grow."""
    before = ["1,Lantern Leader,The Lantern Party,90412,310", "2,Wick,Wick Works,5000,20"]
    after = ["1,Lantern Leader,The Lantern Party,181,12", "2,Wick,Wick Works,5100,21"]
    bring_in(write("FacebookAdLibraryReportGB2019-12-09SpendingToDate.csv", REPORT_2019, before), at=now)
    bring_in(
        write("FacebookAdLibraryReportGB2019-12-10SpendingToDate.csv", REPORT_2019, after),
        at=now + timedelta(days=1),
    )
    newer = Snapshot.objects.order_by("-pk")[0]
    fell = ArchiveFault.objects.filter(snapshot=newer, kind="fell")
    sentences = " ".join(fell.values_list("sentence", flat=True))
    assert "“Lantern Leader” showed £90,412 and now shows £181" in sentences
    assert "from 330 to 33" in sentences
    assert not fell.filter(subject="Wick").exists()


def test_what_does_not_compare_is_no_alarm(
    bring_in: BringIn, write: Any, tmp_path: Path, now: datetime
) -> None:
    """Reports of different weeks, and lists that answer different questions."""
    bring_in(
        write("FacebookAdLibraryReport_2026-03-08_GB_last_7_days.csv", REPORT_2019, ["1,A,A,900,9"]), at=now
    )
    bring_in(
        write("FacebookAdLibraryReport_2026-03-15_GB_last_7_days.csv", REPORT_2019, ["2,B,B,100,1"]),
        at=now + timedelta(days=7),
    )
    bring_in(write_pages(tmp_path / "one.json", [api_ad(1)]), at=now)
    bring_in(write_pages(tmp_path / "two.json", [api_ad(2)]), at=now + timedelta(days=1))
    assert not ArchiveFault.objects.filter(kind__in=["disappeared", "fell"]).exists()
    older, newer = Snapshot.objects.filter(kind="ads").order_by("pk")
    assert "hardly any ad in common" in changes_since(snapshot=newer, older=older).why_not
