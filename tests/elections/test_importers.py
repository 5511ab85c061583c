"""Results come in: by constituency, by candidate, notional, and of councils; the same again changes nothing."""

import csv
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from hustings.elections.models import Candidacy, Contest, Election, Party
from hustings.elections.queries import ranking
from hustings.places.models import Area
from hustings.platform.importing.importer import ImportRefused, Options
from hustings.platform.importing.run_import import run_import
from hustings.platform.models import ImportRun
from tests.data_folder import data_path

pytestmark = pytest.mark.django_db

DATA = Path(__file__).resolve().parents[1] / "data"
GE2024 = "parl.2024-07-04"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> None:
    settings.HUSTINGS_HOME = tmp_path


def load(path: Path, now: datetime, election: str = "", **options: Any) -> ImportRun:
    return run_import(path=path, now=now, options=Options(election=election, **options))


def counts(run: ImportRun) -> tuple[int, int, int, int]:
    return run.read, run.accepted, run.rejected, run.unchanged


def rejects(run: ImportRun) -> dict[str, str]:
    with (Path(settings.HUSTINGS_HOME) / run.rejects_path).open(newline="") as file:
        return {row["line"]: row["reason"] for row in csv.DictReader(file)}


def rows_of(name: str) -> list[dict[str, str]]:
    with data_path(name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_constituencies_bring_declared_figures_areas_and_parties(now: datetime) -> None:
    run = load(DATA / "elections/barset_constituencies_2024.csv", now)
    assert run.importer == "general-election-constituencies"
    assert run.details["election"] == GE2024
    assert counts(run) == (10, 4, 6, 0)
    east = Contest.objects.get(area="E14999001")
    assert (east.ballot_id, east.electorate, east.valid_votes, east.majority) == (
        "parl.barset-east.2024-07-04",
        70000,
        40000,
        2000,
    )
    assert (east.first_short, east.second_short, east.spoilt_votes) == ("Lab", "Con", 100)
    assert east.first_party == Party.objects.get(name="Labour")
    assert (Area.objects.get(code="E14999001").name, Area.objects.get(code="E14999001").nation) == (
        "Barset East",
        "england",
    )
    election = Election.objects.get()
    assert (election.pk, election.kind, election.poll_on, election.nation) == (
        GE2024,
        "parl",
        date(2024, 7, 4),
        "",
    )
    assert election.title == "UK general election, 4 July 2024"
    assert rejects(run) == {
        "6": "Barset East stands already earlier in the file.",
        "7": "“E05999001” is not the code of a constituency.",
        "8": "“many” is not a whole number of valid votes.",
        "9": "The majority (2000) is greater than the valid votes (1000).",
        "10": "The constituency has no name or no first party.",
        "11": "Valid votes or majority are missing.",
    }
    assert counts(load(DATA / "elections/barset_constituencies_2024.csv", now)) == (10, 0, 6, 4)


def test_candidates_alone_give_figures_that_are_worked_out(now: datetime) -> None:
    run = load(DATA / "elections/barset_candidates_2024.csv", now)
    assert run.importer == "general-election-candidates"
    assert counts(run) == (10, 8, 2, 0)
    assert rejects(run) == {
        "6": "Gwen Hart (Conservative) stands already earlier in Barset West.",
        "7": "The candidate's name, the party or the constituency is missing.",
    }
    east, moor, fen = (Contest.objects.get(area=code) for code in ("E14999001", "E14999008", "E14999009"))
    assert (east.majority, east.valid_votes, east.first_short, east.second_short) == (
        2000,
        39900,
        "Lab",
        "Con",
    )
    assert not east.are_figures_declared
    assert Candidacy.objects.get(name="Alice Reed").is_elected is True
    assert (moor.majority, moor.first_party, moor.second_party) == (0, None, None)
    assert not moor.candidacies.filter(is_elected=True).exists()
    assert (fen.majority, fen.second_short) == (10, "Ind")
    assert counts(load(DATA / "elections/barset_candidates_2024.csv", now)) == (10, 0, 2, 8)


@pytest.mark.parametrize("candidates_first", [True, False])
def test_both_files_in_either_order_end_the_same(candidates_first: bool, now: datetime) -> None:
    names = ["barset_candidates_2024.csv", "barset_constituencies_2024.csv"]
    runs = [load(DATA / "elections" / name, now) for name in (names if candidates_first else reversed(names))]
    east = Contest.objects.get(area="E14999001")
    assert (east.majority, east.valid_votes, east.are_figures_declared) == (2000, 40000, True)
    assert east.candidacies.count() == 3
    assert runs[-1].details["differs_from_our_calculation"] == [
        {
            "contest": "E14999001",
            "declared": {"majority": 2000, "valid_votes": 40000},
            "candidates": {"majority": 2000, "valid_votes": 39900},
        }
    ]
    assert sorted(Party.objects.values_list("name", "abbreviation")) == [
        ("Barset First", "BF"),
        ("Conservative", "Con"),
        ("Green", "Green"),
        ("Independent", "Ind"),
        ("Labour", "Lab"),
        ("Labour and Co-operative", "Lab"),
        ("Liberal Democrat", "LD"),
        ("Reform UK", "RUK"),
        ("Scottish National Party", "SNP"),
        ("Speaker", "Spk"),
    ]


def test_a_party_known_by_its_short_name_gets_its_name_from_the_candidates(
    now: datetime, tmp_path: Path
) -> None:
    text = (DATA / "elections/barset_constituencies_2024.csv").read_text().splitlines()[:2]
    (tmp_path / "c.csv").write_text("\n".join(text).replace("Con,", "BF,"))
    load(tmp_path / "c.csv", now)
    assert Party.objects.get(abbreviation="BF").name == "BF"
    load(DATA / "elections/barset_candidates_2024.csv", now)
    assert Party.objects.get(abbreviation="BF").name == "Barset First"


def test_a_seat_won_without_contest_is_ranked_last_and_says_so(now: datetime) -> None:
    load(DATA / "elections/barset_constituencies_2024.csv", now)
    codes = [(seat.rank, seat.code, seat.majority_pct) for seat in ranking(election_id=GE2024).ranked]
    assert codes == [
        (1, "E14999001", 5.0),
        (2, "S14000027", 10.0),
        (3, "E14999002", 30.0),
        (4, "E14999003", None),
    ]


def test_the_election_can_be_named_and_must_be_where_the_file_does_not_tell(
    now: datetime, tmp_path: Path
) -> None:
    text = (DATA / "elections/barset_candidates_2024.csv").read_text().replace("E14999", "E14000")
    path = tmp_path / "results.csv"
    path.write_text(text)
    with pytest.raises(ImportRefused, match="--election parl"):
        load(path, now)
    with pytest.raises(ImportRefused, match="not an election to the UK Parliament"):
        load(path, now, election="local.barset.2015-05-07")
    with pytest.raises(ImportRefused, match="not an election identifier"):
        load(path, now, election="2015")
    assert load(path, now, election="parl.2015-05-07").details["election"] == "parl.2015-05-07"
    path = tmp_path / "ge2017.csv"
    path.write_text(text)
    assert load(path, now).details["election"] == "parl.2017-06-08"


def test_a_dry_run_stores_nothing_and_an_empty_file_is_refused(now: datetime, tmp_path: Path) -> None:
    assert counts(load(DATA / "elections/barset_candidates_2024.csv", now, is_dry_run=True)) == (10, 8, 2, 0)
    assert not Contest.objects.exists()
    header = (DATA / "elections/barset_candidates_2024.csv").read_text().splitlines()[0]
    (tmp_path / "x.csv").write_text(header + "\nx,y,z,a,b,c,1\n")
    with pytest.raises(ImportRefused, match="no row that can be used"):
        load(tmp_path / "x.csv", now, election=GE2024)
    assert not Election.objects.exists()


@pytest.fixture
def wards(now: datetime) -> None:
    run_import(path=DATA / "places/ward_names.csv", now=now)


@pytest.mark.usefixtures("wards")
def test_council_results_find_their_wards_and_count_their_seats(now: datetime) -> None:
    run = load(DATA / "elections/barset_councillors_2023.csv", now)
    assert run.importer == "democracy-club-results"
    assert counts(run) == (12, 7, 5, 0)
    assert run.details["turnouts_that_are_no_percentage"] == 1
    election = Election.objects.get()
    assert (election.pk, election.kind, election.nation) == ("local.barset.2023-05-04", "local", "england")
    assert election.title == "Barset local election, 4 May 2023"
    allerdyke = Contest.objects.get(area="E05999001")
    assert (allerdyke.seats, allerdyke.majority, allerdyke.valid_votes) == (2, 100, None)
    assert (allerdyke.turnout_pct, allerdyke.spoilt_votes) == (Decimal("36.50"), 12)
    assert (allerdyke.first_short, allerdyke.second_short) == ("Liberal Democrats", "Independent")
    unopposed = Contest.objects.get(area="E05999002")
    assert (unopposed.is_unopposed, unopposed.majority, unopposed.area_name) == (True, None, "Bellmarket")
    by_election = Contest.objects.get(area=None)
    assert (by_election.area_name, by_election.turnout_pct, by_election.majority) == (
        "Unknown ward",
        None,
        50,
    )
    assert Party.objects.get(name="Liberal Democrats").commission_id == "PP90"
    assert Party.objects.get(name="Independent").commission_id == ""
    assert rejects(run) == {
        "9": "The ballot local.barset.bellmarket.2023-05-04 is not one of local.other.2023-05-04.",
        "10": "“barset bellmarket” is not an election identifier. Write one like parl.2024-07-04.",
        "11": "“perhaps” does not say whether the candidate was elected (True or False).",
        "12": "The candidate has no name.",
        "13": "“-3” is not a whole number of votes.",
    }
    assert counts(load(DATA / "elections/barset_councillors_2023.csv", now)) == (12, 0, 5, 7)


@pytest.mark.usefixtures("wards")
def test_the_share_of_a_ward_with_several_seats_is_of_the_votes_for_each(now: datetime) -> None:
    """4,000 votes for two seats are 2,000 for each; a majority of 100 is 5 %."""
    load(DATA / "elections/barset_councillors_2023.csv", now)
    found = {seat.code: seat for seat in ranking(election_id="local.barset.2023-05-04").ranked}
    assert found["E05999001"].majority_pct == 5.0
    assert found["local.barset.unknown-ward.by.2023-05-04"].majority_pct == pytest.approx(5.263, abs=1e-3)
    assert found["E05999002"].is_unopposed


def test_ballots_not_yet_counted_have_no_winners(now: datetime, tmp_path: Path) -> None:
    text = (DATA / "elections/barset_councillors_2023.csv").read_text().splitlines()[:4]
    (tmp_path / "x.csv").write_text(
        "\n".join(text).replace("True", "False").replace("1200", "").replace("1100", "")
    )
    load(tmp_path / "x.csv", now)
    contest = Contest.objects.get()
    assert (contest.majority, contest.first_party, contest.seats) == (None, None, 1)
    assert set(Candidacy.objects.values_list("is_elected", flat=True)) == {None}


NOTIONAL = (
    "Barset East,Barset "
    "East,E14999001,1,EE,England,County,63.6,69817,44423,13000,CONV,10000,Con,Conservative Party,4\n"
    "Barset East,Barset East,E14999001,1,EE,England,County,63.6,69817,44423,13000,LABV,23000,Lab,Labour "
    "Party,15\n"
    "Barset East,Barset East,E14999001,1,EE,England,County,63.6,69817,44423,13000,TOTOTHV,11423,NA,NA,NA\n"
    "Barset East,Barset "
    "East,E14999001,1,EE,England,County,63.6,69817,44423,13000,IND1V,6000,Independent,Independent,8\n"
    "Barset East,Barset East,E14999001,1,EE,England,County,63.6,69817,44423,13000,IND3V,5423,NA,NA,8\n"
    "Barset East,Barset East,E14999001,1,EE,England,County,63.6,69817,44423,13000,XXV,1,NA,NA,NA\n"
)


def test_notional_results_stand_beside_the_real_ones(now: datetime, tmp_path: Path) -> None:
    (tmp_path / "notional.csv").write_text(NOTIONAL)
    run = load(tmp_path / "notional.csv", now)
    assert run.importer == "notional-results"
    assert counts(run) == (6, 5, 1, 0)
    election = Election.objects.get()
    assert (election.pk, election.is_notional) == ("parl.2019-12-12.notional", True)
    contest = Contest.objects.get()
    assert (contest.first_short, contest.second_short, contest.majority) == ("Lab", "Con", 13000)
    assert list(contest.candidacies.values_list("name", "votes")) == [
        ("Labour Party", 23000),
        ("Conservative Party", 10000),
        ("Independent (IND1)", 6000),
        ("Independent (IND3)", 5423),
    ]
    assert counts(load(tmp_path / "notional.csv", now)) == (6, 0, 1, 5)


def check_against(rows: list[dict[str, str]], election_id: str, names: Mapping[str, str]) -> None:
    seats = {seat.code: seat for seat in ranking(election_id=election_id).ranked}
    assert len(seats) == len(rows) == 650
    for row in rows:
        seat = seats[row[names["code"]]]
        assert seat.majority == int(row[names["majority"]])
        assert seat.majority_pct == pytest.approx(
            int(row[names["majority"]]) / int(row[names["valid"]]) * 100, abs=1e-9
        )
        assert seat.swing_pct == pytest.approx((seat.majority_pct or 0) / 2, abs=1e-9)
        assert (seat.first, seat.second) == (row[names["first"]], row[names["second"]])
    shares = [seat.majority_pct or 0 for seat in ranking(election_id=election_id).ranked]
    assert shares == sorted(shares)


@pytest.mark.data
def test_all_650_real_seats_of_2024(now: datetime) -> None:
    run = load(data_path("elections/ge2024_results_by_constituency.csv"), now)
    assert (counts(run), run.details["election"]) == ((650, 650, 0, 0), GE2024)
    names = {
        "code": "ONS ID",
        "majority": "Majority",
        "valid": "Valid votes",
        "first": "First party",
        "second": "Second party",
    }
    rows = rows_of("elections/ge2024_results_by_constituency.csv")
    check_against(rows, GE2024, names)
    run = load(data_path("elections/ge2024_results_by_candidate.csv"), now)
    assert counts(run) == (4515, 4515, 0, 0)
    assert "differs_from_our_calculation" not in run.details
    check_against(rows, GE2024, names)
    assert Candidacy.objects.filter(is_elected=True).count() == 650
    assert load(data_path("elections/ge2024_results_by_candidate.csv"), now).accepted == 0
    assert load(data_path("elections/ge2024_results_by_constituency.csv"), now).accepted == 0


@pytest.mark.data
def test_all_650_real_seats_of_2019_and_the_notional_ones(now: datetime) -> None:
    run = load(data_path("elections/ge2019_results_by_candidate.csv"), now)
    assert (counts(run), run.details["election"]) == ((3320, 3320, 0, 0), "parl.2019-12-12")
    run = load(data_path("elections/ge2019_results_by_constituency.csv"), now)
    assert counts(run) == (650, 650, 0, 0)
    assert [row["contest"] for row in run.details["differs_from_our_calculation"]] == ["E14000811"]
    names = {
        "code": "ons_id",
        "majority": "majority",
        "valid": "valid_votes",
        "first": "first_party",
        "second": "second_party",
    }
    check_against(rows_of("elections/ge2019_results_by_constituency.csv"), "parl.2019-12-12", names)
    assert load(data_path("elections/ge2019_results_by_constituency.csv"), now).accepted == 0
    run = load(data_path("elections/ge2019_notional_on_2024_boundaries_long.csv"), now)
    assert counts(run) == (4236, 4236, 0, 0)
    seats = {seat.code: seat for seat in ranking(election_id="parl.2019-12-12.notional").ranked}
    winners = rows_of("elections/ge2019_notional_winners_on_2024_boundaries.csv")
    assert len(seats) == len(winners) == 650
    assert {row["PCON24CD"]: int(row["GE 2019 Majority"]) for row in winners} == {
        code: seat.majority for code, seat in seats.items()
    }


@pytest.mark.data
def test_the_real_council_results_of_2018(now: datetime) -> None:
    run = load(data_path("elections/local2018_candidate_results.csv.gz"), now)
    assert counts(run) == (7841, 7841, 0, 0)
    assert run.details["contests"] == Contest.objects.count() == 1433
    run = load(data_path("elections/sheffield_area_local2018_candidate_results.csv"), now)
    assert run.rejected == 0
    stocksbridge = Contest.objects.get(ballot_id="local.sheffield.stocksbridge-upper-don.2018-05-03")
    assert stocksbridge.area_id == "E05010881"
    assert Candidacy.objects.filter(is_elected=True).count() > 1433
