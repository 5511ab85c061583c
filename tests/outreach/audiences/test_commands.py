"""Audiences on the command line."""

import csv
import json
from datetime import datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hustings.outreach.audiences.commands import app
from hustings.outreach.audiences.models import Audience
from tests.contacts import cast

pytestmark = pytest.mark.django_db
runner = CliRunner()


@pytest.fixture
def audience(now: datetime) -> Audience:
    cast.make_organisation()
    cast.make_places()
    cast.make_person(name="Gwen Proudie", email="g@village.example", consents=(("email", "campaign"),))
    cast.make_person(name="=Dora Grantly")
    return Audience.objects.create(
        name="Everybody", area_id=cast.EAST, conditions={}, made_at=now, changed_at=now
    )


def test_list(audience: Audience) -> None:
    (row,) = json.loads(runner.invoke(app, ["list", "--json"]).stdout)
    assert (row["id"], row["who"]) == (audience.pk, "People in Barset East, without any condition.")
    assert "Everybody" in runner.invoke(app, ["list"]).stdout


def test_save_change_and_remove(audience: Audience, tmp_path: Path) -> None:
    cast.make_alice()
    file, by = tmp_path / "tree.json", ["--by", "alice@barset.example", "--json"]
    file.write_text('{"match": "all", "conditions": [{"kind": "has_address", "address": "email"}]}')
    save = ["save", str(file), "--area", cast.EAST, "--name"]
    made = json.loads(runner.invoke(app, [*save, "With email", *by]).stdout)
    changed = json.loads(runner.invoke(app, [*save, "By email", "--audience", str(made["id"]), *by]).stdout)
    assert (changed["id"], changed["name"]) == (made["id"], "By email")
    assert runner.invoke(app, ["save", str(file), "--name", "Everywhere", *by]).exit_code == 1
    assert runner.invoke(app, [*save, " ", *by]).exit_code == 1
    assert runner.invoke(app, ["remove", str(made["id"]), "--by", "nobody@barset.example"]).exit_code == 1
    assert json.loads(runner.invoke(app, ["remove", str(made["id"]), *by]).stdout)["removed"] is True
    assert runner.invoke(app, ["remove", str(made["id"]), *by]).exit_code == 1


def test_count_with_the_gate(audience: Audience) -> None:
    told = runner.invoke(app, ["count", str(audience.pk), "--channel", "email", "--json"])
    report = json.loads(told.stdout)
    assert report["count"] == 2
    assert report["gate"]["cleared"] == 1
    assert report["gate"]["refused"] == {"no-address": 1}


def test_count_of_a_file(audience: Audience, tmp_path: Path) -> None:
    file = tmp_path / "tree.json"
    file.write_text('{"match": "none", "conditions": [{"kind": "has_address", "address": "email"}]}')
    report = json.loads(
        runner.invoke(app, ["count", "--file", str(file), "--area", cast.EAST, "--json"]).stdout
    )
    assert report["count"] == 1
    file.write_text('{"match": "all", "conditions": [{"kind": "star_sign"}]}')
    told = runner.invoke(app, ["count", "--file", str(file)])
    assert told.exit_code == 1
    assert "/conditions/0/kind: There is no condition “star_sign”" in told.stderr
    file.write_text("{")
    assert runner.invoke(app, ["count", "--file", str(file)]).exit_code == 1
    assert runner.invoke(app, ["count"]).exit_code == 2
    assert runner.invoke(app, ["count", "999"]).exit_code == 1


def test_export(audience: Audience, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    told = runner.invoke(app, ["export", str(audience.pk), "--out", str(file), "--json"])
    assert json.loads(told.stdout) == {"people": 2, "may_be_contacted": 1, "file": str(file)}
    with file.open() as lines:
        rows = list(csv.DictReader(lines))
    assert [(row["given_name"], row["may_be_contacted"], row["reason"]) for row in rows] == [
        ("Gwen", "yes", ""),
        ("'=Dora", "no", "no-address"),
    ]
    people = json.loads(runner.invoke(app, ["export", str(audience.pk), "--json"]).stdout)
    assert [person["email"] for person in people] == ["g@village.example", ""]


def test_schema() -> None:
    assert json.loads(runner.invoke(app, ["schema"]).stdout)["$ref"] == "#/$defs/group"
