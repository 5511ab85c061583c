"""Test databases made from a migrated template, so that a run does not migrate again what has not changed.

The template is known by a fingerprint of every migration file and of the locked requirements. SQLite copies a file,
PostgreSQL clones a database.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, connections

_CACHE = Path(tempfile.gettempdir()) / f"hustings-test-templates-{os.getuid()}"


def fingerprint() -> str:
    """Fingerprint of everything that decides the tables."""
    root = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256((root / "requirements.lock").read_bytes())
    for path in sorted((root / "src").glob("**/migrations/*.py")):
        digest.update(str(path.relative_to(root)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def test_database() -> Iterator[None]:
    """Point the default connection at a fresh copy of the template for the length of the block."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    before = connection.settings_dict["NAME"]
    make = _sqlite if connection.vendor == "sqlite" else _postgresql
    connections["default"].close()
    connection.settings_dict["NAME"] = make(worker)
    try:
        yield
    finally:
        connections["default"].close()
        connection.settings_dict["NAME"] = before


@contextmanager
def _locked() -> Iterator[None]:
    _CACHE.mkdir(exist_ok=True)
    with (_CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _migrate(name: str) -> None:
    program = (
        "import sys, django; django.setup(); from django.db import connection; "
        "connection.settings_dict['NAME'] = sys.argv[1]; "
        "from django.core.management import call_command; call_command('migrate', verbosity=0)"
    )
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": "src:."}
    subprocess.run([sys.executable, "-c", program, name], env=env, check=True)


def _sqlite(worker: str) -> str:
    template = _CACHE / f"{fingerprint()}.sqlite3"
    with _locked():
        if not template.exists():
            for old in _CACHE.glob("*.sqlite3"):
                if old.stat().st_mtime < os.stat(_CACHE / "lock").st_mtime - 86_400:
                    old.unlink()
            fresh = template.with_suffix(".new")
            fresh.unlink(missing_ok=True)
            _migrate(str(fresh))
            for side in ("-wal", "-shm"):
                if (path := Path(f"{fresh}{side}")).exists() and path.stat().st_size:
                    raise RuntimeError("The template was not written out whole.")
            fresh.replace(template)
    copy = Path(connection.settings_dict["TEST"]["NAME"])
    for side in ("", "-wal", "-shm"):
        Path(f"{copy}{side}").unlink(missing_ok=True)
    shutil.copy(template, copy)
    return str(copy)


def _postgresql(worker: str) -> str:
    import psycopg
    from psycopg import sql

    settings = connection.settings_dict
    template = f"hustings_template_{fingerprint()}"
    copy = f"hustings_test_{hashlib.sha256(os.getcwd().encode()).hexdigest()[:8]}_{worker}"
    with (
        _locked(),
        psycopg.connect(
            host=settings["HOST"],
            port=settings["PORT"] or 5432,
            user=settings["USER"],
            password=settings["PASSWORD"],
            dbname="postgres",
            autocommit=True,
        ) as admin,
    ):
        found = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template]).fetchone()
        if not found:
            fresh = f"{template}_new"
            admin.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(fresh)))
            admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(fresh)))
            _migrate(fresh)
            admin.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                    sql.Identifier(fresh), sql.Identifier(template)
                )
            )
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(copy)))
        admin.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(copy), sql.Identifier(template))
        )
    return copy
