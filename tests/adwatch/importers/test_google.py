"""Google's bundle: the zip, its files one by one, pounds and other countries, and totals beside their ads."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from hustings.adwatch.models import ArchiveFault, Snapshot
from hustings.adwatch.queries.report import ad_report
from hustings.adwatch.queries.totals_against_ads import fit_for
from hustings.adwatch.rules.intervals import Interval
from hustings.platform.importing.run_import import LayoutNotRecognised
from hustings.platform.models import ImportRun

BringIn = Callable[..., ImportRun]

CREATIVES = (
    "Ad_ID,Ad_URL,Ad_Type,Regions,Advertiser_ID,Advertiser_Name,Ad_Campaigns_List,Date_Range_Start,Date_Range_End,Num_of_Days,"
    "Impressions,Spend_USD,first_served_timestamp,last_served_timestamp,Age_Targeting,Gender_Targeting,"
    "Geo_Targeting_Included,Geo_Targeting_Excluded,Spend_Range_Min_USD,Spend_Range_Max_USD,"
    "Spend_Range_Min_GBP,Spend_Range_Max_GBP\n"
    "CR1,https://x.example/1,TEXT,GB,AR1,Lantern Party,,2026-03-01,2026-03-05,5,≤ 10k,,,,18-24,Not targeted,Barset,,1,100,0,50\n"
    'CR2,https://x.example/2,VIDEO,"GB, IE",AR1,Lantern Party,,2026-03-03,2026-03-09,7,10k-100k,,,,,,,,500,1000,400,800\n'
    "CR3,https://x.example/3,IMAGE,GB,AR2,Wick Works,,2026-03-03,2026-03-09,7,> 10M,,,,,,,,1000,,900,\n"
    "CR4,https://x.example/4,IMAGE,US,AR9,Foreign,,2026-03-03,2026-03-09,7,1M-10M,,,,,,,,1000,2000,900,1800\n"
)
ADVERTISERS = (
    "Advertiser_ID,Advertiser_Name,Public_IDs_List,Regions,Elections,Total_Creatives,Spend_USD,Spend_GBP\n"
    "AR1,Lantern Party,,GB,,2,800,600\nAR2,Wick Works,,GB,,1,50,40\nAR9,Foreign,,US,,1,1500,1200\n"
)
WEEKS = (
    "Advertiser_ID,Advertiser_Name,Election_Cycle,Week_Start_Date,Spend_USD,Spend_GBP\n"
    "AR1,Lantern Party,,2026-03-02,400,350\nAR1,Lantern Party,,2026-03-09,400,250\n"
)
PLACES = (
    "Country,Country_Subdivision_Primary,Country_Subdivision_Secondary,Spend_USD,Spend_GBP\n"
    "GB,England,,500,400\nUS,Ohio,,9,7\n"
)


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """The zip as Google names it, with a read-me and a table we do not take in."""
    path = tmp_path / "google-political-ads-transparency-bundle.zip"
    folder = "google-political-ads-transparency-bundle"
    with zipfile.ZipFile(path, "w") as file:
        for name, text in (
            ("creative-stats", CREATIVES),
            ("advertiser-stats", ADVERTISERS),
            ("advertiser-weekly-spend", WEEKS),
            ("geo-spend", PLACES),
            ("campaign-targeting", "Campaign_ID,Age_Targeting\n"),
        ):
            file.writestr(f"{folder}/google-political-ads-{name}.csv", text)
        file.writestr(f"{folder}/README.txt", "Read me.")
    return path


def test_the_bundle_becomes_four_snapshots_of_our_country(bundle: Path, bring_in: BringIn) -> None:
    """Rows of other countries stay out and are counted; the bundle is kept once."""
    run = bring_in(bundle)
    assert (run.importer, run.read, run.accepted) == ("google-bundle", 8, 8)
    found = {one.layout: one for one in Snapshot.objects.all()}
    assert set(found) == {"google-creatives", "google-advertisers", "google-weeks", "google-places"}
    assert len({one.original for one in found.values()}) == 1
    ads = found["google-creatives"]
    assert (ads.ads, ads.spend_low_pence, ads.spend_high_pence, ads.open_rows) == (3, 130_000, None, 1)
    assert found["google-advertisers"].spend_low_pence == 64_000
    assert [one["other_countries"] for one in run.details["snapshots"]].count(1) == 3
    assert bring_in(bundle).unchanged == 8


def test_impressions_are_bands_and_the_top_is_open(tmp_path: Path, bring_in: BringIn) -> None:
    """≤ 10k, 10k-100k, > 10M."""
    path = tmp_path / "google-political-ads-creative-stats.csv"
    path.write_text(CREATIVES, encoding="utf-8")
    bring_in(path)
    shown = {str(row.about["page"]): row.shown for row in ad_report().rows}
    assert shown == {"Lantern Party": Interval(10_000, 110_000), "Wick Works": Interval(10_000_000, None)}
    assert ad_report().spend == Interval(130_000, None)


def test_the_whole_world_on_request(tmp_path: Path, bring_in: BringIn) -> None:
    """Four ads instead of three."""
    path = tmp_path / "google-political-ads-creative-stats.csv"
    path.write_text(CREATIVES, encoding="utf-8")
    bring_in(path, region="all")
    assert Snapshot.objects.get().ads == 4


def test_totals_that_contradict_their_ads_are_found_and_others_give_a_fit(
    bundle: Path, bring_in: BringIn
) -> None:
    """Wick Works' one ad cost at least 900 pounds, its total says 40; the Lantern Party's 600 lie between 400 and 850."""
    bring_in(bundle)
    contradiction = ArchiveFault.objects.get(kind="contradiction")
    assert contradiction.subject == "Wick Works"
    assert "£40; its single ads add up to at least £900" in contradiction.sentence
    fit = fit_for(ads=Snapshot.objects.get(layout="google-creatives"))
    assert fit is not None
    assert (fit.pairs, round(fit.position, 3), fit.contradictions) == (1, 0.444, 1)


def test_a_report_never_adds_totals_weeks_and_ads_of_the_same_days(bundle: Path, bring_in: BringIn) -> None:
    """Weeks carry days and count; totals without days and single ads of the same days are left out, by name."""
    bring_in(bundle)
    report = ad_report()
    assert report.spend == Interval(60_000, 60_000)
    assert len(report.choice.left_out) == 2
    weeks = ad_report(by="week")
    assert [(row.about["week"], row.spend.low) for row in weeks.rows] == [
        ("2026-03-02", 35_000),
        ("2026-03-09", 25_000),
    ]


def test_an_estimate_fitted_to_exact_totals_stands_with_its_method_and_interval(
    bundle: Path, bring_in: BringIn
) -> None:
    """The Lantern Party's exact 600 pounds lie 44 % of the way from 400 to 850; a list with open bands gets no figure by it."""
    bring_in(bundle)
    ads = Snapshot.objects.get(layout="google-creatives")
    assert [one.method for one in ad_report(only=[ads.pk], basis="ads").estimates] == [
        "lower end, as the top band is open"
    ]


def test_the_fit_moves_the_figure_from_the_middle_to_where_totals_lie(
    tmp_path: Path, bring_in: BringIn
) -> None:
    """Two advertisers with exact totals a quarter of the way through their bands: the estimate of all is there too."""
    creatives = CREATIVES.splitlines()
    lines = [
        f"CR{number},https://x.example/{number},TEXT,GB,AR{number},Club {number},,2026-03-01,2026-03-05,5,≤ 10k,,,,,,,,1,2,0,"
        f"{1000 * number}"
        for number in (1, 2, 3)
    ]
    path = tmp_path / "google-political-ads-transparency-bundle.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("google-political-ads-creative-stats.csv", "\n".join([creatives[0], *lines]) + "\n")
        file.writestr(
            "google-political-ads-advertiser-stats.csv",
            ADVERTISERS.splitlines()[0] + "\nAR1,Club 1,,GB,,1,1,250\nAR2,Club 2,,GB,,1,1,500\n",
        )
    bring_in(path)
    ads = Snapshot.objects.get(layout="google-creatives")
    middle, fitted = ad_report(only=[ads.pk], basis="ads").estimates
    assert (middle.value, middle.method) == (300_000, "midpoint")
    assert fitted.value == 150_000
    assert fitted.interval == Interval(0, 600_000)
    assert "median of 2 advertisers" in fitted.method
    totals = Snapshot.objects.get(layout="google-advertisers")
    assert ad_report(only=[totals.pk]).spend == Interval(75_000, 75_000)


def test_rows_of_the_bundle_that_cannot_be_used_are_set_aside(
    tmp_path: Path, bring_in: BringIn, own_home: Path
) -> None:
    """Backward bands, no id, no amount: each with its line and a sentence, and read is accepted and rejected together."""
    head = CREATIVES.splitlines()[0]
    start = "https://x.example/1,TEXT,GB,AR1,Lantern Party,,2026-03-01,2026-03-05,5"
    path = tmp_path / "google-political-ads-creative-stats.csv"
    path.write_text(
        "\n".join(
            [
                head,
                f"CR1,{start},≤ 10k,,,,,,,,1,100,0,50",
                f"CR2,{start},≤ 10k,,,,,,,,1,100,50,10",
                f",{start},≤ 10k,,,,,,,,1,100,0,50",
                f"CR4,{start},many,,,,,,,,1,100,0,50",
            ]
        )
        + "\n",
        encoding="utf-8",
    )
    run = bring_in(path)
    assert (run.read, run.accepted, run.rejected) == (4, 1, 3)
    rejects = (own_home / run.rejects_path).read_text()
    for words in ("3,", "backwards", "no id of the ad", "“many” is not a number of impressions"):
        assert words in rejects


def test_a_zip_without_any_table_of_ours_is_refused(tmp_path: Path, bring_in: BringIn) -> None:
    """A bundle of other things is not taken for Google's."""
    path = tmp_path / "other.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("other.csv", "a,b\n1,2\n")
    with pytest.raises(LayoutNotRecognised):
        bring_in(path)
    assert not Snapshot.objects.exists()
