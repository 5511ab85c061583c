"""Cover and care on the command line."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from hustings.support.commands import app
from hustings.support.models import CoverPeriod
from tests.cast import Cast
from tests.support.cover import make_venue, make_volunteer

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> tuple[int, Any]:
    result = CliRunner().invoke(app, [*arguments, "--json"])
    return result.exit_code, json.loads(result.stdout) if result.stdout.strip() else None


def test_a_place_is_made_active_tended_and_quiet(cast: Cast) -> None:
    venue = make_venue(area=cast.east)
    make_volunteer(1, area=cast.east)
    code, said = run("activate", str(venue.pk), "--reason", "Friends wait", "--minimum", "1")
    assert (code, said["place"]) == (0, venue.name)
    assert run("activate", str(venue.pk), "--reason", "Again")[0] == 1
    assert run("activate", "999", "--reason", "x")[0] == 1
    code, said = run("tend")
    assert (code, said["asked"], said["deleted_cases"]) == (0, 1, 0)
    code, (row,) = run("cover")
    assert (code, row["missing"], row["asked"]) == (0, 6, 1)
    assert CliRunner().invoke(app, ["cover"]).stdout.count("one person is missing") == 1
    period = CoverPeriod.objects.get()
    assert run("quiet", str(period.pk)) == (0, {"cover": period.pk, "thanked": 0})
    assert run("quiet", str(period.pk))[0] == 1
    assert "Every place is quiet" in CliRunner().invoke(app, ["cover"]).stdout
