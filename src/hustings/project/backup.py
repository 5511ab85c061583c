"""A backup of the home in one file, taken while the installation runs; keys are never part of it."""

import sqlite3
import subprocess
import tarfile
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import connection

_FOLDERS = ("imports", "media", "files", "places")


class CannotBackUp(Exception):
    """The backup could not be written; the message says why."""


def back_up(*, to: Path) -> Path:
    """Write database and files to a new `.tar.gz`.

    SQLite is copied by its own online backup, PostgreSQL by `pg_dump`. Raises `CannotBackUp` where the file exists
    already or the database cannot be read; a half-written file is removed.
    """
    if to.exists():
        raise CannotBackUp(f"{to} exists already. Name a new file; a backup never overwrites another.")
    home = Path(settings.HUSTINGS_HOME)
    try:
        with tempfile.TemporaryDirectory(dir=to.parent) as folder, tarfile.open(to, "x:gz") as archive:
            database = _copy_database(folder=Path(folder))
            archive.add(database, arcname=database.name)
            for name in _FOLDERS:
                if (home / name).exists():
                    archive.add(home / name, arcname=name)
    except BaseException:
        to.unlink(missing_ok=True)
        raise
    return to


def _copy_database(*, folder: Path) -> Path:
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        copy = folder / "hustings.sqlite3"
        target = sqlite3.connect(copy)
        try:
            connection.connection.backup(target)
        finally:
            target.close()
        return copy
    copy = folder / "hustings.pgdump"
    place = connection.settings_dict
    command = [
        *("pg_dump", "--format=custom", "--no-owner", f"--file={copy}", f"--host={place['HOST']}"),
        *(f"--port={place['PORT'] or 5432}", f"--username={place['USER']}", str(place["NAME"])),
    ]
    try:
        subprocess.run(
            command, env={"PGPASSWORD": str(place["PASSWORD"]), "PATH": "/usr/bin:/bin"}, check=True
        )
    except (OSError, subprocess.CalledProcessError) as problem:
        raise CannotBackUp(
            "pg_dump could not copy the database. Is it installed, in the server's version?"
        ) from problem
    return copy
