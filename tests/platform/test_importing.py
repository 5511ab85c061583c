"""Imports: recognised, staged, made live at once; rejects kept; the counts add up."""

import csv
import gzip
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from openpyxl import Workbook

from hustings.platform.importing.importer import DatasetCard, ImportRefused, Options, Sink
from hustings.platform.importing.run_import import LayoutNotRecognised, run_import
from hustings.platform.importing.source import SourceFile, UnreadableFile
from hustings.platform.models import ImportRun, ImportState
from hustings.platform.progress import Progress

pytestmark = pytest.mark.django_db


class Fruit:
    """Imports fruit: a name and a whole number."""

    slug = "fruit"
    card = DatasetCard(title="Fruit", publisher="Barset Market", licence="none", what="Fruit by number.")

    def __init__(self) -> None:
        self.live: dict[str, int] = {}
        self.is_discarded = False

    def recognises(self, *, source: SourceFile) -> bool:
        """By its two columns."""
        return source.has_columns("fruit", "number")

    def stage(
        self, *, source: SourceFile, run: ImportRun, options: Options, sink: Sink, progress: Progress
    ) -> Any:
        """Collect rows; a number that is none is rejected."""
        staged: dict[str, int] = {}
        for line, row in source.records():
            if not row["number"].isdigit():
                sink.reject(line=line, reason=f"“{row['number']}” is not a whole number.", row=row)
            elif self.live.get(row["fruit"]) == int(row["number"]):
                sink.unchanged()
            else:
                staged[row["fruit"]] = int(row["number"])
                sink.accept()
        return staged

    def activate(self, *, staged: Any, run: ImportRun, options: Options) -> None:
        """All at once, unless the market is closed."""
        if "closed" in staged:
            raise ImportRefused("The market is closed. Come back on Friday.")
        self.live.update(staged)

    def discard(self, *, staged: Any) -> None:
        """Remember that it was called."""
        self.is_discarded = True


def _file(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_counts_add_up_and_rejects_are_kept(now: datetime, tmp_path: Path) -> None:
    """One bad row among good ones stops nothing."""
    fruit = Fruit()
    path = _file(tmp_path / "f.csv", "Fruit,Number\n".lower() + "apple,3\npear,many\nplum,5\n")
    run = run_import(path=path, now=now, importers=[fruit])
    assert (run.read, run.accepted, run.rejected, run.unchanged) == (3, 2, 1, 0)
    assert run.state == ImportState.ACTIVE
    assert fruit.live == {"apple": 3, "plum": 5}
    with (Path(settings.HUSTINGS_HOME) / run.rejects_path).open() as file:
        rejects = list(csv.DictReader(file))
    assert rejects[0]["line"] == "3"
    assert rejects[0]["reason"] == "“many” is not a whole number."
    assert json.loads(rejects[0]["row"]) == {"fruit": "pear", "number": "many"}


def test_the_same_file_again_is_unchanged(now: datetime, tmp_path: Path) -> None:
    """Importing twice changes nothing."""
    fruit = Fruit()
    path = _file(tmp_path / "f.csv", "fruit,number\napple,3\n")
    run_import(path=path, now=now, importers=[fruit])
    again = run_import(path=path, now=now, importers=[fruit])
    assert (again.read, again.accepted, again.unchanged) == (1, 0, 1)


def test_a_dry_run_stores_nothing(now: datetime, tmp_path: Path) -> None:
    """It reads and counts all the same."""
    fruit = Fruit()
    path = _file(tmp_path / "f.csv", "fruit,number\napple,3\n")
    run = run_import(path=path, now=now, importers=[fruit], options=Options(is_dry_run=True))
    assert (run.state, run.accepted, fruit.live) == (ImportState.DRY_RUN, 1, {})


def test_a_refused_file_says_why_and_leaves_nothing(now: datetime, tmp_path: Path) -> None:
    """The run records the problem."""
    fruit = Fruit()
    path = _file(tmp_path / "f.csv", "fruit,number\napple,3\nclosed,1\n")
    with pytest.raises(ImportRefused):
        run_import(path=path, now=now, importers=[fruit])
    run = ImportRun.objects.get()
    assert (run.state, run.problem) == (ImportState.FAILED, "The market is closed. Come back on Friday.")
    assert fruit.live == {}
    assert fruit.is_discarded


def test_an_unknown_layout_says_what_to_do(now: datetime, tmp_path: Path) -> None:
    """The message names the columns it saw and the way out."""
    path = _file(tmp_path / "f.csv", "colour,size\nred,1\n")
    with pytest.raises(LayoutNotRecognised, match=r"colour, size.*--as"):
        run_import(path=path, now=now, importers=[Fruit()])
    with pytest.raises(LayoutNotRecognised, match="no importer “veg”"):
        run_import(path=path, now=now, slug="veg", importers=[Fruit()])
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize("kind", ["plain", "gzip", "tab", "cp1252", "bom", "xlsx"])
def test_every_kind_of_table_reads_the_same(kind: str, now: datetime, tmp_path: Path) -> None:
    """Comma or tab, packed or not, whatever the encoding, or a spreadsheet."""
    fruit = Fruit()
    text = "fruit,number\npêche,3\n"
    path = tmp_path / "f.csv"
    if kind == "gzip":
        path = tmp_path / "f.csv.gz"
        path.write_bytes(gzip.compress(text.encode()))
    elif kind == "xlsx":
        path = tmp_path / "f.xlsx"
        book = Workbook()
        assert book.active is not None
        book.active.append(["fruit", "number"])
        book.active.append(["pêche", 3])
        book.save(path)
    else:
        encoding = {"cp1252": "cp1252", "bom": "utf-8-sig"}.get(kind, "utf-8")
        path.write_bytes((text.replace(",", "\t") if kind == "tab" else text).encode(encoding))
    run_import(path=path, now=now, importers=[fruit])
    assert fruit.live == {"pêche": 3}


def test_a_file_that_is_not_there_or_not_a_table(now: datetime, tmp_path: Path) -> None:
    """Each is one clear sentence."""
    with pytest.raises(UnreadableFile, match="no file"):
        run_import(path=tmp_path / "none.csv", now=now, importers=[Fruit()])
    (tmp_path / "f.xlsx").write_bytes(b"not a spreadsheet")
    with pytest.raises(UnreadableFile, match="not a readable spreadsheet"):
        run_import(path=tmp_path / "f.xlsx", now=now, slug="fruit", importers=[Fruit()])
