"""`hustings register` says what is held and under which right."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from typer.testing import CliRunner

from hustings.basics.clock import clock_set_to
from hustings.register.commands import app
from hustings.register.jobs import destroy_expired_register_copies
from hustings.register.models import Entitlement, RegisterEntry, RegisterVersion
from tests.cast import Cast
from tests.register.conftest import Import

pytestmark = pytest.mark.django_db


def _run(*arguments: str, code: int = 0) -> Any:
    result = CliRunner().invoke(app, [*arguments, "--json"])
    assert result.exit_code == code, result.output
    return json.loads(result.stdout) if code == 0 else result.stderr


def test_an_entitlement_is_added_and_listed(cast: Cast) -> None:
    added = _run(
        *(
            "entitlement",
            "add",
            "--kind",
            "councillor",
            "--holder",
            "Councillor Bold",
            "--area",
            cast.district.pk,
        ),
        *(
            "--office",
            "councillor",
            "--from",
            "2026-01-01",
            "--until",
            "2027-05-01",
            "--evidence",
            "Letter of 2 January",
        ),
    )
    (listed,) = _run("entitlement", "list")
    assert added == listed
    assert (listed["is_in_force"], listed["valid_until"]) == (True, "2027-05-01")


def test_says_what_is_wrong_with_an_entitlement(cast: Cast) -> None:
    usual = (
        "entitlement",
        "add",
        "--kind",
        "candidate",
        "--holder",
        "Ann",
        "--until",
        "2026-06-01",
        "--evidence",
        "x",
    )
    assert "There is no area with the code E99" in _run(*usual, "--area", "E99", code=1)
    assert "name it" in _run(*usual, "--area", cast.district.pk, code=1)
    assert "no election local.nowhere" in _run(
        *usual, "--area", cast.district.pk, "--election", "local.nowhere", code=1
    )


def test_versions_are_listed_with_their_state(load: Import, entitlement: Entitlement) -> None:
    load(as_of="2026-03-02")
    load(as_of="2026-04-01")
    assert [(row["as_of"], row["state"], row["entries"]) for row in _run("versions")] == [
        ("2026-04-01", "current", 7),
        ("2026-03-02", "replaced", 7),
    ]
    with clock_set_to(datetime(2027, 2, 1, tzinfo=UTC)):
        assert _run("versions")[0]["state"].startswith("unreadable")


def test_a_copy_is_destroyed_by_name(load: Import) -> None:
    load()
    pk = RegisterVersion.objects.get().pk
    assert _run("destroy", str(pk), "--reason", "The poll is over") == {"version": pk, "entries": 7}
    assert "was destroyed on" in _run("destroy", str(pk), "--reason", "Again", code=1)
    assert "no register copy number 999" in _run("destroy", "999", "--reason", "Again", code=1)
    assert _run("destroy", "--expired") == {"copies": 0}


def test_the_nightly_job_destroys_what_may_no_longer_be_held(load: Import) -> None:
    load()
    with clock_set_to(datetime(2027, 2, 1, tzinfo=UTC)):
        assert destroy_expired_register_copies.call() == 1
    assert not RegisterEntry.objects.exists()


def test_markers_are_explained() -> None:
    told = _run("markers", "BZ", "--kind", "parl", "--poll", "2026-05-07")
    assert told["may_vote"] == "no"
    assert told["markers"]["Z"] == "opted out of the open register"
