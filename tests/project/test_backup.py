"""A backup holds the database and the files, never the keys, and never overwrites."""

import sqlite3
import tarfile
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from hustings.places.models import Area
from hustings.project.backup import CannotBackUp, back_up


@pytest.mark.django_db(transaction=True)
def test_a_backup_holds_what_was_stored(now: datetime, tmp_path: Path) -> None:
    """What was committed before is in it."""
    Area.objects.create(code="ZZ1", kind="ward", name="Barset East")
    folder = Path(settings.HUSTINGS_HOME) / "files"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "note.txt").write_text("kept")
    archive = back_up(to=tmp_path / "backup.tar.gz")
    with tarfile.open(archive) as tar:
        names = tar.getnames()
        assert "files/note.txt" in names
        assert not any("keys" in name for name in names)
        if connection.vendor == "sqlite":
            tar.extract("hustings.sqlite3", tmp_path, filter="data")
            copy = sqlite3.connect(tmp_path / "hustings.sqlite3")
            assert copy.execute("SELECT name FROM places_area").fetchall() == [("Barset East",)]
            copy.close()
        else:
            assert "hustings.pgdump" in names
    with pytest.raises(CannotBackUp, match="never overwrites"):
        back_up(to=archive)
