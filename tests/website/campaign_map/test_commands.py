"""`hustings seats map` and `audit` on a terminal, and on the real elections of 2019 and 2024."""

import csv
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from hustings.elections.usecases.leave_out_seat import leave_out_seat
from hustings.places.models import Area
from hustings.platform.importing.importer import Options
from hustings.platform.importing.run_import import run_import
from hustings.website.campaign_map import queries
from hustings.website.campaign_map.commands import seats as app
from hustings.website.campaign_map.models import SeatTarget
from tests.data_folder import data_path
from tests.website.campaign_map.conftest import KEY

pytestmark = pytest.mark.django_db


def _run(*words: str) -> tuple[int, str, str]:
    found = CliRunner().invoke(app, list(words))
    return found.exit_code, found.stdout, found.stderr


def test_the_map_as_json(seats: list[Area]) -> None:
    """Every part of the points, adding up; the weights stand beside them."""
    code, out, _err = _run("map", "ZZ1 1AA", "--json")
    answer = json.loads(out)
    assert code == 0
    assert answer["weights"] == {"points_per_percent": 1.0, "points_per_km": 0.2, "points_of_shortage": 10.0}
    rows = answer["boards"][0]["seats"]
    assert [row["name"] for row in rows] == ["Barset Abbey", "Barset Castle", "Barset Bridge"]
    for row in rows:
        parts = row["closeness_points"] + row["travel_points"] + row["shortage_points"]
        assert row["points"] == pytest.approx(parts, abs=1e-3)


def test_the_map_in_words_and_what_cannot_be(seats: list[Area]) -> None:
    """With and without a postcode; Northern Ireland, an unknown party and an unknown election."""
    assert "Barset Castle (E14999002)" in _run("map")[1].splitlines()[1]
    assert "0.0 km" in _run("map", "ZZ1")[1]
    code, _out, err = _run("map", "BT1 1AA")
    assert code == 1
    assert "Northern Ireland" in err
    assert "stood in no seat" in _run("map", "--party", "Yew")[2]
    assert _run("map", "--election", "parl.1900-01-01")[0] == 1


def test_the_audit_passes_and_fails(seats: list[Area], now: datetime, tmp_path: Path) -> None:
    """This installation's own map passes, with targets and with a seat left out; maps from elsewhere are held to the same."""
    assert _run("audit", "--election", KEY)[0] == 0
    SeatTarget.objects.create(area=seats[1], target=5, set_at=now)
    leave_out_seat(election_id=KEY, code="E14999000", reason="Before an election court.", now=now)
    code, out, _err = _run("audit", "--election", KEY, "--json")
    assert (code, json.loads(out)) == (0, {"seats": 3, "ranked": 2, "left_out": 1, "faults": []})
    path = tmp_path / "map.csv"
    for codes, fault in (
        (["E14999002", "E14999001"], "missing"),
        (["E14999002", "E14999000", "E14999001", "E14999001"], "doubled"),
        (["E14999001", "E14999000", "E14999002"], "out of order"),
    ):
        path.write_text("code\n" + "\n".join(codes))
        code, out, _err = _run("audit", "--election", KEY, "--map", str(path), "--json")
        assert code == 1
        assert fault in {one["fault"] for one in json.loads(out)["faults"]}
    path.write_text("seat\nX\n")
    assert "has no column “code”" in _run("audit", "--election", KEY, "--map", str(path))[2]
    assert _run("audit", "--election", KEY, "--map", str(tmp_path / "no.csv"))[0] == 1


def test_the_downloads_pass_the_audit(client: Any, seats: list[Area], now: datetime, tmp_path: Path) -> None:
    """What the public takes away can be held against the results by anybody."""
    SeatTarget.objects.create(area=seats[1], target=5, set_at=now)
    for ending in ("csv", "json"):
        answer = client.get(f"/map/all/{KEY}/seats.{ending}")
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        path = tmp_path / f"seats.{ending}"
        path.write_bytes(body)
        code, _out, err = _run("audit", "--election", KEY, "--map", str(path))
        assert code == 0, err


def test_targets_and_the_party_on_a_terminal(seats: list[Area]) -> None:
    """Set, taken away, refused."""
    assert _run("target", "E14999001", "5")[0] == 0
    assert SeatTarget.objects.get().target == 5
    assert _run("target", "E14999001", "0")[0] == 0
    assert not SeatTarget.objects.exists()
    assert _run("target", "E99", "5")[0] == 1
    assert _run("party", "Yew")[0] == 1
    assert _run("party", "Elm")[0] == 0


@pytest.mark.data
def test_every_seat_of_2019_and_2024_is_ranked(now: datetime, tmp_path: Path) -> None:
    """All 650 of each, by first to second and for a party; the order by closeness is that of the published majorities."""
    for name in (
        "elections/ge2024_results_by_constituency.csv",
        "elections/ge2024_results_by_candidate.csv",
        "elections/ge2019_results_by_candidate.csv",
        "elections/ge2019_results_by_constituency.csv",
    ):
        run_import(path=data_path(name), now=now, options=Options())
    for election in ("parl.2019-12-12", "parl.2024-07-04"):
        for party in ("", "LD"):
            code, out, err = _run("audit", "--election", election, "--party", party, "--json")
            assert code == 0, err
            answer = json.loads(out)
            assert (answer["seats"], answer["ranked"], answer["faults"]) == (650, 650, [])
    board = queries.board(key="parl.2024-07-04")
    ranked = queries.answer(board=board, party="").ranking.ranked
    with data_path("elections/ge2024_results_by_constituency.csv").open(encoding="utf-8-sig") as file:
        rows = sorted(
            csv.DictReader(file),
            key=lambda row: (
                int(row["Majority"].replace(",", "")) / int(row["Valid votes"].replace(",", "")),
                row["ONS ID"],
            ),
        )
    assert [need.seat.code for need in ranked] == [row["ONS ID"] for row in rows]
    # An older map of this kind left out 36 of the 50 closest: the audit names every one of them.
    path = tmp_path / "older.csv"
    path.write_text("code\n" + "\n".join(row["ONS ID"] for row in rows[36:]))
    found = json.loads(_run("audit", "--election", "parl.2024-07-04", "--map", str(path), "--json")[1])
    assert [fault["code"] for fault in found["faults"]] == [row["ONS ID"] for row in rows[:36]]
