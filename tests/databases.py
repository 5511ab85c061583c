"""Test databases made from a migrated template, so that a run does not migrate again what has not changed.

The template is known by a fingerprint of every migration file, the locked requirements and the installed apps.
SQLite copies a file, PostgreSQL clones a database. Where an older SQLite template knows only migrations that are still the
same, the new one begins as its copy, so that one new migration costs seconds.
"""

import fcntl
import hashlib
import itertools
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection, connections
from django.test import TransactionTestCase

from hustings.platform.group_commit import stop_all

_NUMBERS = itertools.count(1)
_CACHE = Path(tempfile.gettempdir()) / f"hustings-test-templates-{os.getuid()}"


def ingredients() -> dict[str, str]:
    """Everything that decides the tables: each migration file, the requirements, the installed apps, with its hash."""
    root = Path(__file__).resolve().parents[1]
    files = [root / "requirements.lock", *sorted((root / "src").glob("**/migrations/*.py"))]
    found = {str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    return found | {f"app {name}": "" for name in settings.INSTALLED_APPS}


def fingerprint() -> str:
    """Fingerprint of everything that decides the tables."""
    return hashlib.sha256(json.dumps(ingredients(), sort_keys=True).encode()).hexdigest()[:16]


def _largest_part(of: dict[str, str]) -> Path | None:
    """The template that already has most of the wanted migrations, and nothing else."""
    best, size = None, 0
    for listing in _CACHE.glob("*.json"):
        had = json.loads(listing.read_text())
        template = listing.with_suffix(".sqlite3")
        if template.exists() and had.items() <= of.items() and len(had) > size:
            best, size = template, len(had)
    return best


@contextmanager
def test_database() -> Iterator[None]:
    """Point the default connection at a fresh copy of the template for the length of the block."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    before = connection.settings_dict["NAME"]
    make = _sqlite if connection.vendor == "sqlite" else _postgresql
    connections["default"].close()
    connection.settings_dict["NAME"] = make(worker)
    flush = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]
    restore = _sqlite_restorer() if connection.vendor == "sqlite" else _postgresql_restorer()

    def put_back(case: TransactionTestCase) -> None:
        stop_all()
        restore()

    TransactionTestCase._fixture_teardown = put_back  # type: ignore[attr-defined]
    try:
        yield
    finally:
        TransactionTestCase._fixture_teardown = flush  # type: ignore[attr-defined]
        connections["default"].close()
        connection.settings_dict["NAME"] = before


def _sqlite_restorer() -> Callable[[], None]:
    """Put the template's file back after a test that committed: quicker than emptying tables, and nothing is left over."""

    def restore() -> None:
        connections["default"].close()
        connection.settings_dict["NAME"] = _sqlite("")

    return restore


def _postgresql_restorer() -> Callable[[], None]:
    """Empty the tables that have rows and put the template's rows back.

    Django's flush truncates every table, which makes hundreds of new files: seconds for each test.
    """
    with connection.cursor() as cursor:
        tables = sorted(set(connection.introspection.table_names(cursor)) - {"django_migrations"})
        find = " UNION ALL ".join(
            f"SELECT '{table}' WHERE EXISTS (SELECT FROM \"{table}\")" for table in tables
        )
        cursor.execute(find)
        first = {}
        for (table,) in cursor.fetchall():
            with cursor.cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
                first[table] = b"".join(bytes(block) for block in copy)
    connections["default"].close()

    def restore() -> None:
        with connection.cursor() as cursor:
            cursor.execute(find)
            filled = [table for (table,) in cursor.fetchall()]
            statements = ["BEGIN", "SET CONSTRAINTS ALL DEFERRED"]
            for table in filled:
                statements.append(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
            statements += [f'DELETE FROM "{table}"' for table in filled]
            cursor.execute("; ".join(statements))
            for table, rows in first.items():
                with cursor.cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
                    copy.write(rows)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in filled:
                cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')
            cursor.execute("COMMIT")
        connections["default"].close()

    return restore


@contextmanager
def _locked() -> Iterator[None]:
    """One makes the template of these migrations, the others wait for it; other templates have locks of their own."""
    _CACHE.mkdir(exist_ok=True)
    with (_CACHE / f"{fingerprint()}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _migrate(name: str) -> None:
    program = (
        "import sys, django; django.setup(); from django.db import connection; "
        "connection.settings_dict['NAME'] = sys.argv[1]; "
        "from hustings.project.installation import migrate_everything; migrate_everything()"
    )
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": "src:."}
    subprocess.run([sys.executable, "-c", program, name], env=env, check=True)


def _sqlite(worker: str) -> str:
    template = _CACHE / f"{fingerprint()}.sqlite3"
    with _locked():
        if not template.exists():
            for old in _CACHE.iterdir():
                if old.stat().st_mtime < time.time() - 86_400:
                    old.unlink(missing_ok=True)
            fresh = template.with_suffix(".new")
            fresh.unlink(missing_ok=True)
            wanted = ingredients()
            if (part := _largest_part(wanted)) is not None:
                shutil.copy(part, fresh)
            _migrate(str(fresh))
            for side in ("-wal", "-shm"):
                if (path := Path(f"{fresh}{side}")).exists() and path.stat().st_size:
                    raise RuntimeError("The template was not written out whole.")
            template.with_suffix(".json").write_text(json.dumps(wanted))
            fresh.replace(template)
    name = Path(connection.settings_dict["TEST"]["NAME"])
    # A thread of the test server may still hold the file of the test before: closing it would take away the log of a new
    # file of the same name, and with it what was committed there. So every file has a name of its own.
    for old in name.parent.glob(f"{name.name}*"):
        old.unlink(missing_ok=True)
    copy = name.with_name(f"{name.name}.{next(_NUMBERS)}")
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
