"""What was deleted or encrypted is not to be read in the database file any more, nor in its log."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection as default
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from hustings.platform.freed_pages import empty_log, write_anew
from hustings.project.settings import SQLITE_PRAGMAS

SECRET = b"An invoice of Barchester Printers for Alice. " * 400


@pytest.fixture
def file(tmp_path: Path) -> Iterator[BaseDatabaseWrapper]:
    """A database file opened as the application opens its own."""
    own = {
        **settings.DATABASES["default"],
        "ENGINE": "django.db.backends.sqlite3",
        "OPTIONS": {"init_command": SQLITE_PRAGMAS},
    }
    opened = ConnectionHandler({"default": {**own, "NAME": tmp_path / "it.sqlite3"}})["default"]
    opened.inc_thread_sharing()
    with opened.cursor() as cursor:
        cursor.execute("CREATE TABLE paper (id INTEGER PRIMARY KEY, content BLOB)")
        cursor.executemany("INSERT INTO paper (content) VALUES (%s)", [(SECRET,), (SECRET,), (b"short",)])
    yield opened
    opened.close()


def legible(file: BaseDatabaseWrapper) -> bool:
    """Whether the secret stands anywhere in the file or beside it."""
    path = Path(str(file.settings_dict["NAME"]))
    beside = (path, path.with_name(f"{path.name}-wal"))
    return any(SECRET[:45] in one.read_bytes() for one in beside if one.exists())


def change(file: BaseDatabaseWrapper) -> None:
    """One paper is deleted, one made shorter: its place is free afterwards."""
    with file.cursor() as cursor:
        cursor.execute("DELETE FROM paper WHERE id = 1")
        cursor.execute("UPDATE paper SET content = %s WHERE id = 2", [b"encrypted"])


@pytest.mark.django_db
def test_what_is_deleted_or_overwritten_is_gone_once_the_log_is_empty(file: BaseDatabaseWrapper) -> None:
    assert legible(file)
    change(file)
    with transaction.atomic(using="default"):
        assert not empty_log(connection=default) or default.vendor != "sqlite"
    assert empty_log(connection=file)
    assert not legible(file)


def test_the_application_asks_for_it_and_does_not_rely_on_how_sqlite_was_built(tmp_path: Path) -> None:
    opened = sqlite3.connect(tmp_path / "it.sqlite3")
    opened.execute("PRAGMA secure_delete=OFF")
    opened.executescript(SQLITE_PRAGMAS)
    assert opened.execute("PRAGMA secure_delete").fetchone() == (1,)
    opened.close()


def test_what_an_older_version_left_is_gone_once_the_file_is_written_anew(file: BaseDatabaseWrapper) -> None:
    with file.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete=OFF")
    change(file)
    empty_log(connection=file)
    assert legible(file)
    write_anew(connection=file)
    assert not legible(file)
    with file.cursor() as cursor:
        cursor.execute("SELECT id, content FROM paper ORDER BY id")
        assert [(pk, bytes(content)) for pk, content in cursor.fetchall()] == [
            (2, b"encrypted"),
            (3, b"short"),
        ]
        cursor.execute("PRAGMA temp_store")
        assert cursor.fetchone() == (2,)


def test_other_databases_are_left_alone() -> None:
    class Elsewhere:
        vendor = "postgresql"

    write_anew(connection=Elsewhere())  # type: ignore[arg-type]  # nothing of it is used
    assert empty_log(connection=Elsewhere())  # type: ignore[arg-type]  # as above
