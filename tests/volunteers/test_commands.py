"""The commands of courses, events and groups."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hustings.volunteers.commands import events, groups, training
from hustings.volunteers.models import Booking, Group, Volunteer
from hustings.volunteers.usecases.save_group import open_group, save_group
from tests.cast import Cast
from tests.conftest import NOW
from tests.volunteers.events import make_event
from tests.volunteers.pages.test_groups import LINK, OTHER
from tests.volunteers.pages.test_training import TEXT

pytestmark = pytest.mark.usefixtures("cast", "postcodes")
run = CliRunner().invoke


def test_courses_come_in_from_files(tmp_path: Path) -> None:
    path = tmp_path / "door.md"
    path.write_text(TEXT, encoding="utf-8")
    answer = run(training, ["load", str(path), "--json"])
    assert json.loads(answer.stdout) == {"slug": "door", "version": 1, "lessons": 2}
    path.write_text("+++\n", encoding="utf-8")
    refused = run(training, ["load", str(path)])
    assert refused.exit_code == 1
    assert "the head has no end" in refused.stderr
    assert json.loads(run(training, ["shipped", "--json"]).stdout)["made"] == [
        "canvassing",
        "distress",
        "polling-day",
    ]
    assert [row["slug"] for row in json.loads(run(training, ["list", "--json"]).stdout)] == [
        "canvassing", "polling-day", "distress", "door",
    ]  # fmt: skip


def test_a_rota_is_shown_before_it_is_sent(cast: Cast, bob: Volunteer) -> None:
    event = make_event(area=cast.east, by=cast.alice, capacity=1)
    (row,) = json.loads(run(events, ["list", "--json"]).stdout)
    assert (row["slug"], row["wanted"], row["held"]) == (event.slug, 1, 0)
    answer = run(events, ["rota", event.slug, "--json"])
    assert answer.exit_code == 0
    assert json.loads(answer.stdout)["proposals"] == [{"shift": event.shifts.get().pk, "volunteer": bob.pk}]
    assert not Booking.objects.exists()
    run(events, ["rota", event.slug, "--send"])
    assert Booking.objects.get().state == "proposed"
    assert run(events, ["rota", "nothing"]).exit_code == 1
    assert json.loads(run(events, ["feed"]).stdout)["version"] == "hustings-feed-1"


def test_links_are_changed_and_never_printed(cast: Cast) -> None:
    group = save_group(
        group=Group(name="East", kind="whatsapp", area=cast.east, capacity=50), link=LINK, by=None, now=NOW
    )
    open_group(group=group, by=None, now=NOW)
    listed = run(groups, ["list", "--json"]).stdout
    assert "whatsapp.com" not in listed
    assert json.loads(listed)[0]["link_version"] == 1
    refused = run(groups, ["rotate", "east", "--reason", "leaked"], input="no link\n")
    assert refused.exit_code == 1
    assert "is not a link" in refused.stderr
    answer = run(groups, ["rotate", "east", "--reason", "leaked", "--json"], input=f"{OTHER}\n")
    assert json.loads(answer.stdout) == {"group": "east", "link_version": 2, "told": 0}
