"""`hustings ledger verify` from outside: a folder and an address, sound and tampered with, with no database at all."""

import json
import os
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from hustings.openness.commands import app
from hustings.openness.queries.log import log_key
from hustings.openness.rules.signed_notes import key_of
from hustings.openness.usecases import export_log, sign_checkpoint
from tests.openness.log.cases import SEED, add, witness_key

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(now: datetime, tmp_path: Path) -> Path:
    add(300)
    sign_checkpoint(now=now)
    assert export_log(folder=tmp_path / "log") == 300
    return tmp_path / "log"


def verify(*arguments: str) -> tuple[int, dict[str, Any]]:
    ran = CliRunner().invoke(app, ["verify", *arguments, "--json"])
    return ran.exit_code, json.loads(ran.stdout)


def test_a_sound_log(folder: Path) -> None:
    status, report = verify(str(folder), "--key", str(log_key()))
    assert status == 0, report
    assert (report["size"], report["entries"], report["tiles"], report["key_was_given"]) == (
        300,
        300,
        3,
        True,
    )


def test_in_words(folder: Path) -> None:
    ran = CliRunner().invoke(app, ["verify", str(folder)])
    assert ran.exit_code == 0
    assert "300 entries" in ran.stdout
    assert "not that nothing was left out" in ran.stdout
    assert "Compare it with one you got another way" in ran.stdout


def _flip(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("file", "at", "words"),
    [
        ("tile/entries/000", 40, "leaf of entry 0"),
        ("tile/entries/001.p/44", 200, "not the root that was signed"),
        ("tile/0/000", 100, "tile/0/000"),
        ("tile/0/001.p/44", 0, "tile/0/001.p/44"),
        ("tile/1/000.p/1", 5, "tile/1/000.p/1"),
        ("checkpoint", 30, "cannot be trusted"),
    ],
)
def test_any_changed_byte_is_found(folder: Path, file: str, at: int, words: str) -> None:
    if file == "tile/entries/001.p/44":
        # A change that leaves the leaf's form intact: a digit of a commitment.
        content = (folder / file).read_bytes()
        place = content.index(b'"sha256":"') + 10
        content = (
            content[:place] + (b"0" if content[place : place + 1] != b"0" else b"1") + content[place + 1 :]
        )
        (folder / file).write_bytes(content)
    else:
        _flip(folder / file, at)
    status, report = verify(str(folder), "--key", str(log_key()))
    assert status == 1
    assert any(words in fault for fault in report["faults"]), report["faults"]


def test_what_is_missing_is_found(folder: Path) -> None:
    (folder / "tile/entries/001.p/44").unlink()
    status, report = verify(str(folder))
    assert status == 1
    assert any("missing or broken" in fault for fault in report["faults"])


def test_another_key_is_not_believed(folder: Path) -> None:
    other = key_of(name=log_key().name, seed=SEED)
    status, report = verify(str(folder), "--key", str(other))
    assert (status, report["entries"]) == (1, 0)
    assert "not signed by the key" in report["faults"][0]


def test_a_changed_past_is_found(folder: Path, tmp_path: Path, now: datetime) -> None:
    """An earlier checkpoint that somebody kept is the measure."""
    earlier = tmp_path / "earlier"
    status, _report = verify(str(folder), "--keep", str(earlier))
    assert (status, earlier.exists()) == (0, True)
    add(20, since=300)
    sign_checkpoint(now=now)
    export_log(folder=tmp_path / "later")
    status, report = verify(str(tmp_path / "later"), "--earlier", str(earlier))
    assert (status, report["is_consistent_with_earlier"]) == (0, True)
    # The older log seen after the newer one: it lost entries.
    later = tmp_path / "kept-later"
    shutil.copy(tmp_path / "later" / "checkpoint", later)
    status, report = verify(str(folder), "--earlier", str(later))
    assert (status, report["is_consistent_with_earlier"]) == (1, False)


def test_a_witness_that_did_not_sign_is_missed(folder: Path) -> None:
    status, report = verify(str(folder), "--witness", str(witness_key()))
    assert status == 1
    assert "has not cosigned" in report["faults"][0]


def test_nonsense_is_refused_in_a_sentence(tmp_path: Path) -> None:
    for where in (str(tmp_path / "nowhere"), "http://127.0.0.1:1/record/"):
        ran = CliRunner().invoke(app, ["verify", where])
        assert ran.exit_code == 1
        assert "cannot be read" in ran.output or "neither an address nor a folder" in ran.output


def test_it_runs_with_no_installation(folder: Path, tmp_path: Path) -> None:
    """The command in a process of its own, in a home where nothing is."""
    env = {
        **os.environ,
        "HUSTINGS_HOME": str(tmp_path / "none"),
        "HUSTINGS_KEYS": str(tmp_path / "no-keys"),
        "HUSTINGS_MODE": "live",
        "PYTHONPATH": "src",
    }
    ran = subprocess.run(
        [sys.executable, "-m", "hustings.project.cli", "ledger", "verify", str(folder), "--json"],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["is_sound"] is True
    assert not (tmp_path / "none").exists()


@pytest.mark.django_db(transaction=True)
def test_over_http_with_every_open_document(now: datetime, live_server: Any) -> None:
    """What the public site serves is enough; entries are signed when their transaction is committed."""
    add(260)
    status, report = verify(f"{live_server.url}/record/", "--documents")
    assert status == 0, report
    assert (report["size"], report["documents"]) == (260, 260)
