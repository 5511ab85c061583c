"""The command line of the archive: JSON alone on standard output, exit codes, sentences on refusals."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from hustings.adwatch.commands import app
from hustings.adwatch.models import ArchiveAccess, Snapshot
from hustings.platform.models import ImportRun
from tests.adwatch.conftest import NONE, REPORT_2019, REPORT_2023, api_ad, write_pages

runner = CliRunner()
pytestmark = pytest.mark.django_db


@pytest.fixture
def archive(write: Any, bring_in: Callable[..., ImportRun], tmp_path: Path) -> None:
    """Reports of two periods, and single ads of a third."""
    bring_in(
        write(
            "FacebookAdLibraryReport_2023-05-23_GB_last_30_days.csv",
            REPORT_2023,
            ["1,Barset Lanterns,The Lantern Party,1250,12", f"1,Barset Lanterns,{NONE},≤100,2"],
        )
    )
    bring_in(
        write(
            "FacebookAdLibraryReport_2019-11-18_GB_last_7_days.csv",
            REPORT_2019,
            ["1,Barset Lanterns,The Lantern Party,3000,5", "2,Wick,Wick Works,≤100,1"],
        )
    )
    bring_in(write_pages(tmp_path / "page.json", [api_ad(1), api_ad(2)]))


def _json(*words: str, code: int = 0) -> Any:
    done = runner.invoke(app, [*words, "--json"])
    assert done.exit_code == code, done.output
    return json.loads(done.stdout)


def _spend(ads: int, low: int, high: int) -> dict[str, int]:
    return {"ads": ads, "spend_low_pence": low, "spend_high_pence": high}


def _seen(low: int | None, high: int | None, untold: int) -> dict[str, int | None]:
    return {"impressions_low": low, "impressions_high": high, "ads_without_impressions": untold}


def test_the_report_has_the_shape_that_was_promised(archive: None) -> None:
    """Totals and rows by page and disclaimer; a report of totals says nothing of impressions."""
    said = _json("report", "--from", "2023-04-24", "--to", "2023-05-23")
    assert said["totals"] == {**_spend(14, 125_000, 135_000), **_seen(None, None, 14)}
    assert said["rows"][0] == {
        "page_id": "1",
        "page": "Barset Lanterns",
        "disclaimer": "The Lantern Party",
        "ads": 12,
        "spend_low_pence": 125_000,
        "spend_high_pence": 125_000,
        **_seen(None, None, 12),
    }
    assert said["rows"][1]["disclaimer"] == ""


def test_a_period_that_cuts_through_counts_from_nothing(archive: None) -> None:
    """Of a total the part is unknown; of ads that reach beyond the days too."""
    said = _json("report", "--from", "2023-05-01", "--to", "2023-05-23")
    assert said["totals"] == {**_spend(14, 0, 135_000), **_seen(None, None, 14)}
    assert any("beyond those asked for" in one for one in said["cautions"])
    ads = _json("report", "--from", "2026-03-05", "--to", "2026-03-31")
    assert ads["totals"] == {**_spend(2, 0, 39_800), **_seen(0, 3998, 0)}


@pytest.mark.parametrize("by", ["page", "entity", "party", "platform", "week"])
def test_every_grouping_adds_up_to_the_same(by: str, archive: None) -> None:
    """Weeks apart, as an ad over two weeks may count in both."""
    said = _json("report", "--by", by)
    assert said["totals"] == {**_spend(22, 445_000, 484_800), **_seen(2000, 3998, 20)}
    if by != "week":
        for name in said["totals"]:
            assert sum(row[name] or 0 for row in said["rows"]) == said["totals"][name]


def test_two_periods_are_compared_as_intervals(archive: None) -> None:
    """Certainly less, certainly more, or not to tell."""
    said = _json(
        *(
            "report",
            "--from",
            "2023-04-24",
            "--to",
            "2023-05-23",
            "--against",
            "2019-11-12..2019-11-18",
            "--by",
            "entity",
        )
    )
    changes = {row["entity"]: row["change"] for row in said["against"]["rows"]}
    assert changes == {"The Lantern Party": "less", "Wick Works": "cannot tell"}


@pytest.mark.parametrize(
    "words",
    [
        ("report", "--by", "colour"),
        ("report", "--from", "2023-05-23", "--to", "2023-04-24"),
        ("report", "--against", "last year"),
        ("targeting", "--by", "income"),
    ],
)
def test_wrong_usage_is_told(words: tuple[str, ...]) -> None:
    """Exit code 2."""
    assert runner.invoke(app, list(words)).exit_code == 2


def test_refusals_are_sentences(archive: None) -> None:
    """Exit code 1, nothing on standard output."""
    for words in (
        *(("report", "--snapshot", "99"), ("faults", "99"), ("series",), ("code-export", "99")),
        *(
            ("campaigners", "--poll-date", "1901-01-01"),
            ("fetch", "--terms", "x"),
            ("date", "1", "--to", "soon"),
        ),
    ):
        done = runner.invoke(app, list(words))
        assert (done.exit_code, done.stdout) == (1, ""), words
        assert done.stderr.strip().endswith((".", "`.")), done.stderr


def test_the_rest_prints_json_and_text(archive: None) -> None:
    """Snapshots, faults, differences, codebook, targeting, our own ads, dates and the token."""
    assert len(_json("snapshots")) == 3
    assert {one["kind"] for one in _json("faults")} >= {"no-disclaimer", "currency"}
    assert len(_json("codebook")) == 8
    groups = _json("targeting")["groups"]
    assert [(one["group"], one["share_low"], one["share_high"]) for one in groups] == [
        ("18-24", 0.25, 0.25),
        ("65+", 0.75, 0.75),
    ]
    assert _json("own") == []
    older, newer = Snapshot.objects.filter(kind="totals").order_by("covers_from").values_list("pk", flat=True)
    assert _json("diff", str(older), str(newer))["is_comparable"] is False
    assert runner.invoke(app, ["date", str(newer), "--to", "2023-05-22"]).exit_code == 0
    assert str(Snapshot.objects.get(pk=newer).covers_until) == "2023-05-22"
    assert runner.invoke(app, ["token"], input="a-token-that-is-long-enough\n").exit_code == 0
    assert ArchiveAccess.objects.get().token == "a-token-that-is-long-enough"
    for words in ("report", "snapshots", "faults", "codebook", "targeting", "own", "code-export", "look-up"):
        done = runner.invoke(app, [words])
        assert done.exit_code == 0, done.output
