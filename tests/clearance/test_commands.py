"""`hustings imprint`: any file, with no installation; JSON alone on standard output, exit codes that programs can use."""

import json
import os
import stat
import subprocess
import sys
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from hustings.clearance.commands import app
from hustings.clearance.queries.picture_words import words_in_picture
from tests.clearance.rules.cases import ALICE_SAYS, PICTURE, PRINTED

ALICE = ["--promoter", "Alice Archer", "--promoter-address", "12 High Street, Barset ZZ1 1AA"]


def check(
    tmp_path: Path, content: str | bytes, *options: str, name: str = "words.txt"
) -> tuple[int, dict[str, Any]]:
    file = tmp_path / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    ran = CliRunner().invoke(app, ["check", str(file), "--date", "2026-05-07", *options, "--json"])
    return ran.exit_code, json.loads(ran.stdout) if ran.stdout.startswith("{") else {}


def codes(report: dict[str, Any], level: str) -> set[str]:
    return {one["code"] for one in report["findings"] if one["level"] == level}


def test_an_email_with_and_without(tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "alice@barset.example", "Our park"
    message.set_content(f"Save our park.\n\n{ALICE_SAYS}\n")
    status, report = check(tmp_path, bytes(message), "--medium", "email", *ALICE, name="m.eml")
    assert (status, report["passed"], report["required"]) == (0, True, True)
    message.set_content("Save our park.\n")
    status, report = check(tmp_path, bytes(message), "--medium", "email", *ALICE, name="m.eml")
    assert (status, report["passed"]) == (1, False)
    assert "The promoter Alice Archer is not named in it." in report["missing"]
    assert report["offered"]["en"] == ALICE_SAYS
    assert report["offered"]["cy"].startswith("Hyrwyddwyd gan Alice Archer")


def test_the_date_decides(tmp_path: Path) -> None:
    file = tmp_path / "post.txt"
    file.write_text("Vote!")
    for day, status in (("2023-10-31", 0), ("2023-11-01", 1)):
        ran = CliRunner().invoke(app, ["check", str(file), "--medium", "social", "--date", day, *ALICE])
        assert ran.exit_code == status, day


def test_whoever_it_names_is_read(tmp_path: Path) -> None:
    status, report = check(tmp_path, PRINTED + ALICE_SAYS, "--medium", "print")
    assert status == 0
    assert report["people_read_from_it"] is True
    assert report["promoters"] == [{"name": "Alice Archer", "address": "12 High Street, Barset ZZ1 1AA"}]
    assert report["printer"]["name"] == "Penny Press Ltd"
    status, report = check(tmp_path, "Vote!", "--medium", "print")
    assert status == 1
    assert report["offered"]["en"].startswith("Printed by [printer]")


def test_looks_are_measured(tmp_path: Path) -> None:
    page = f"<!doctype html><p>Hi</p><p style='color:#bbb;font-size:7px'>{ALICE_SAYS}</p>"
    _status, report = check(tmp_path, page, "--medium", "web", *ALICE, name="p.html")
    assert codes(report, "warn") == {"contrast-too-low", "size-too-low"}
    assert (report["smallest_px"], report["contrast"] < 4.5) == (7, True)


def test_a_share_is_exempt_only_while_unaltered(tmp_path: Path) -> None:
    original = tmp_path / "original.txt"
    original.write_text("Save our park.")
    options = ["--medium", "social", "--nation", "scotland", "--election", "devolved", *ALICE]
    options += [
        "--publisher",
        "unregistered-organisation",
        "--about",
        "party",
        "--shared-from",
        str(original),
    ]
    assert check(tmp_path, "Save our park.", *options)[0] == 0
    assert check(tmp_path, "Save OUR park.", *options)[0] == 1


def test_a_link(tmp_path: Path) -> None:
    page = tmp_path / "profile.html"
    page.write_text(f"<p>{ALICE_SAYS}</p>")
    options = ["--medium", "social", "--linked-page", str(page), *ALICE]
    status, report = check(
        tmp_path, "Vote!", *options, "--platform", "short-post", "--reason", "280 characters"
    )
    assert (status, codes(report, "block")) == (0, set())
    status, report = check(tmp_path, "Vote!", *options, "--platform", "web-page", "--reason", "looks better")
    assert (status, codes(report, "block")) == (1, {"no-technical-limit"})


def test_pictures_by_machine_or_by_a_person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program called tesseract that reads what we want it to, then none at all."""
    program = tmp_path / "bin" / "tesseract"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\ntest -s \"$1\" && echo '{ALICE_SAYS}'\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    assert check(tmp_path, PICTURE, "--medium", "image", *ALICE, name="p.png")[0] == 0
    program.write_text("#!/bin/sh\nexit 3\n")
    assert words_in_picture(content=PICTURE) is None
    monkeypatch.setenv("PATH", str(tmp_path))
    assert words_in_picture(content=PICTURE) is None
    status, report = check(tmp_path, PICTURE, "--medium", "image", *ALICE, name="p.png")
    assert (status, "picture-unread" in codes(report, "block")) == (1, True)
    assert check(tmp_path, PICTURE, "--medium", "image", "--seen", *ALICE, name="p.png")[0] == 0


@pytest.mark.parametrize(
    "options",
    [
        *(["--medium", "carrier-pigeon"], ["--medium", "web", "--nation", "france"]),
        *(["--medium", "web", "--promoter", "Alice"], []),
    ],
)
def test_wrong_usage_is_status_2(tmp_path: Path, options: list[str]) -> None:
    assert check(tmp_path, "x", *options)[0] == 2


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    assert CliRunner().invoke(app, ["check", str(tmp_path / "none"), "--medium", "web"]).exit_code == 1
    assert check(tmp_path, b"%PDF-1.7 broken", "--medium", "print", name="x.pdf")[0] == 1


def test_words() -> None:
    ran = CliRunner().invoke(app, ["words", *ALICE, "--language", "cy+en"])
    assert ran.stdout.splitlines() == [
        "Hyrwyddwyd gan Alice Archer, 12 High Street, Barset ZZ1 1AA",
        ALICE_SAYS,
    ]
    assert CliRunner().invoke(app, ["words", *ALICE, "--language", "fr"]).exit_code == 2


def test_it_runs_with_no_installation(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(ALICE_SAYS)
    env = {
        **os.environ,
        "HUSTINGS_HOME": str(tmp_path / "none"),
        "HUSTINGS_KEYS": str(tmp_path / "no-keys"),
        "HUSTINGS_MODE": "live",
        "PYTHONPATH": "src",
    }
    command = [
        sys.executable,
        "-m",
        "hustings.project.cli",
        "imprint",
        "check",
        str(file),
        "--medium",
        "web",
        "--json",
    ]
    ran = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["passed"] is True
    assert not (tmp_path / "none").exists()
