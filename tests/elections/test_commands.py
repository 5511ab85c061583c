"""The seats on the command line: near, ranked, left out and put back; the dates of a poll."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from hustings.elections.commands import app, seats
from hustings.elections.models import Exclusion
from hustings.elections.queries import deadlines, seats_near
from hustings.elections.rules.timetable import DeadlineEvent
from hustings.elections.usecases.leave_out_seat import NoReason, leave_out_seat
from hustings.elections.usecases.record_official_deadline import NotADeadline, record_official_deadline
from hustings.places.models import Area
from hustings.platform.importing.run_import import run_import
from hustings.platform.models import AuditEntry

pytestmark = pytest.mark.django_db

DATA = Path(__file__).resolve().parents[1] / "data"
GE2024 = "parl.2024-07-04"
REASON = "The Speaker of the House stands here, and the main parties do not."
runner = CliRunner()


@pytest.fixture(autouse=True)
def barset(tmp_path: Path, settings: Any, now: datetime) -> None:
    settings.HUSTINGS_HOME = tmp_path
    run_import(path=DATA / "places/onspd_new_headings.csv", now=now)
    run_import(path=DATA / "elections/barset_constituencies_2024.csv", now=now)
    Area.objects.filter(code="S14000027").update(lat=57.5, lon=-7.0)
    Area.objects.filter(code="E14999003").update(lat=51.6, lon=-0.2)


def near(*arguments: str) -> Any:
    result = runner.invoke(seats, ["near", "zz11aa", "--election", GE2024, "--json", *arguments])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_near_seats_have_exactly_these_fields() -> None:
    found = near()
    assert [row["code"] for row in found] == ["E14999001", "S14000027"]
    assert found[0] == {
        "code": "E14999001",
        "name": "Barset East",
        "first": "Lab",
        "second": "Con",
        "majority": 2000,
        "majority_pct": 5.0,
        "swing_pct": 2.5,
        "distance_km": 0.0,
    }
    assert found[1]["distance_km"] == pytest.approx(810, abs=20)


def test_the_share_and_the_number_of_seats_can_be_chosen() -> None:
    assert [row["code"] for row in near("--max-majority-pct", "9.9")] == ["E14999001"]
    assert [row["code"] for row in near("--max-majority-pct", "10")] == ["E14999001", "S14000027"]
    assert [row["code"] for row in near("--max-majority-pct", "100", "--limit", "2")] == [
        "E14999001",
        "E14999002",
    ]
    assert near("--max-majority-pct", "1") == []
    result = runner.invoke(seats, ["near", "ZZ1 1AA", "--election", GE2024, "--max-majority-pct", "1"])
    assert "No seat had a majority of 1 per cent or less." in result.stdout
    assert runner.invoke(seats, ["near", "ZZ1 1AA", "--election", GE2024, "--limit", "0"]).exit_code == 2


def test_what_cannot_be_answered_is_refused_with_a_sentence() -> None:
    for arguments, told in (
        (["near", "ZZ1", "--election", GE2024], "only part of a postcode"),
        (["near", "BT1 1AA", "--election", GE2024], "Great Britain alone"),
        (["near", "ZZ1 1AA", "--election", "parl.2019-12-12"], f"There are: {GE2024}"),
        (["list", "--election", "parl.2019-12-12"], "No results of parl.2019-12-12"),
        (["leave-out", "E14000001", "--election", GE2024, "--reason", REASON], "has no seat E14000001"),
        (["put-back", "E14000001", "--election", GE2024], "has no seat E14000001"),
        (["leave-out", "E14999001", "--election", GE2024, "--reason", "no"], "in a sentence"),
    ):
        result = runner.invoke(seats, arguments)
        assert result.exit_code == 1
        assert told in result.stderr
        assert result.stdout == ""


def test_every_seat_is_listed_from_the_closest_to_the_safest() -> None:
    result = runner.invoke(seats, ["list", "--election", GE2024, "--json"])
    rows = json.loads(result.stdout)
    assert [(row["rank"], row["code"], row["majority_pct"]) for row in rows] == [
        (1, "E14999001", 5.0),
        (2, "S14000027", 10.0),
        (3, "E14999002", 30.0),
        (4, "E14999003", None),
    ]
    told = runner.invoke(seats, ["list", "--election", GE2024]).stdout
    assert (
        "1  Barset East (E14999001): Lab over Con by 2,000 (5.00 %, a swing of 2.50 % would change it)"
        in told
    )
    assert "Spk, majority not known" in told


def test_a_seat_left_out_is_shown_with_its_reason_until_it_is_put_back() -> None:
    result = runner.invoke(seats, ["leave-out", "E14999001", "--election", GE2024, "--reason", REASON])
    assert result.exit_code == 0
    rows = json.loads(runner.invoke(seats, ["list", "--election", GE2024, "--json"]).stdout)
    assert [row["code"] for row in rows] == ["S14000027", "E14999002", "E14999003", "E14999001"]
    assert (rows[0]["rank"], rows[0]["left_out"]) == (1, None)
    assert (rows[-1]["rank"], rows[-1]["left_out"]) == (None, REASON)
    told = runner.invoke(seats, ["list", "--election", GE2024]).stdout
    assert f"left out: {REASON}" in told
    nearest = runner.invoke(seats, ["near", "ZZ1 1AA", "--election", GE2024, "--json"])
    assert [row["code"] for row in json.loads(nearest.stdout)] == ["S14000027"]
    assert "Left out: Barset East (E14999001), 0.0 km. The Speaker" in nearest.stderr
    assert AuditEntry.objects.filter(verb="left out of the ranking", area_code="E14999001").count() == 1
    assert runner.invoke(seats, ["put-back", "E14999001", "--election", GE2024]).exit_code == 0
    assert not Exclusion.objects.exists()
    assert near()[0]["code"] == "E14999001"


def test_a_reason_said_again_replaces_the_first(now: datetime) -> None:
    leave_out_seat(election_id=GE2024, code="E14999001", reason=REASON, now=now)
    leave_out_seat(election_id=GE2024, code="E14999001", reason="A better reason than before.", now=now)
    assert Exclusion.objects.get().reason == "A better reason than before."
    with pytest.raises(NoReason):
        leave_out_seat(election_id=GE2024, code="E14999001", reason="  ", now=now)


def test_seats_without_a_point_are_named() -> None:
    Area.objects.filter(code="S14000027").update(lat=None, lon=None)
    found = seats_near(election_id=GE2024, postcode="ZZ1 1AA", max_majority_pct=100, limit=9)
    assert [seat.code for seat in found.without_point] == ["S14000027"]
    result = runner.invoke(seats, ["near", "ZZ1 1AA", "--election", GE2024])
    assert "1 seats have no point on the map (Barset Isles …)" in result.stderr


def test_elections_are_listed() -> None:
    rows = json.loads(runner.invoke(app, ["list", "--json"]).stdout)
    assert rows == [
        {"id": GE2024, "title": "UK general election, 4 July 2024", "poll_on": "2024-07-04", "contests": 4}
    ]
    assert f"{GE2024}  UK general election" in runner.invoke(app, ["list"]).stdout


def test_the_deadlines_of_a_poll() -> None:
    result = runner.invoke(app, ["deadlines", "local.barset.2026-05-07", "--nation", "england", "--json"])
    rows = {row["event"]: row for row in json.loads(result.stdout)}
    assert rows["registration"]["at"] == "2026-04-20T23:59:00+01:00"
    assert rows["registration"]["confirmed"] is True
    told = runner.invoke(app, ["deadlines", "local.barset.2022-05-05", "--nation", "scotland"])
    assert "(not confirmed)" in told.stdout
    assert "Check the official notice" in told.stderr
    assert runner.invoke(app, ["deadlines", "local.barset.2026-05-07"]).exit_code == 1
    assert runner.invoke(app, ["deadlines", "barset"]).exit_code == 1


def test_an_official_notice_stands_above_what_is_reckoned(now: datetime) -> None:
    from hustings.basics.clock import UK

    at = datetime(2024, 6, 18, 12, tzinfo=UK)
    facts: dict[str, Any] = {"election_id": GE2024, "event": DeadlineEvent.REGISTRATION, "now": now}
    by_command = ["official", GE2024, "registration", "2024-06-18T12:00", "--source", "Notice of 1 June 2024"]
    told = json.loads(runner.invoke(app, [*by_command, "--json"]).stdout)
    assert told == {"event": "registration", "at": at.isoformat(), "source": "Notice of 1 June 2024"}
    assert runner.invoke(app, [*by_command[:-1], " "]).exit_code == 1
    found = {deadline.event: deadline for deadline in deadlines(election_id=GE2024)}[
        DeadlineEvent.REGISTRATION
    ]
    assert (found.at, found.is_official, found.is_confirmed, found.rule) == (
        at,
        True,
        True,
        "Notice of 1 June 2024",
    )
    with pytest.raises(NotADeadline, match="which notice"):
        record_official_deadline(at=at, source=" ", **facts)
    with pytest.raises(NotADeadline, match="Check the year"):
        record_official_deadline(at=at.replace(year=2025), source="Notice", **facts)
