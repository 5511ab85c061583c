"""What the database file no longer uses: nothing legible is left in it (SQLite).

SQLite frees a deleted or overwritten row's place and may leave the old bytes standing in it. Every connection asks it to write
zeros there (`secure_delete` in `project/settings.py`; some builds do by themselves, others do not). Two places that leaves:

- what was freed before that was asked: the file is written anew once (`ForgetFreedPages`, a step for migrations);
- the write-ahead log, which holds pages as they were until it is written over: it is emptied after an upgrade and after old keys
  were retired (`empty_log`).

PostgreSQL keeps old row versions until its own vacuum; the disk's encryption is what guards those.
"""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.special import RunPython


def write_anew(*, connection: BaseDatabaseWrapper) -> None:
    """Write the whole file anew without what was freed, and empty the log; outside a transaction. Nothing on PostgreSQL.

    Needs free room on the disk as large as the database, for some seconds a gigabyte.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        # The copy on the way would otherwise have to fit into memory.
        cursor.execute("PRAGMA temp_store=FILE")
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA temp_store=MEMORY")
    empty_log(connection=connection)


def empty_log(*, connection: BaseDatabaseWrapper) -> bool:
    """Take what the write-ahead log holds into the file and cut it to nothing; true where nothing is left in it.

    False within a transaction, and where somebody still reads from it: whoever closes the file last empties it.
    """
    if connection.vendor != "sqlite":
        return True
    if connection.in_atomic_block:
        return False
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (is_busy, *_rest) = cursor.fetchone()
    return not is_busy


class ForgetFreedPages(RunPython):
    """A migration's step that writes the database file anew, once; the migration has to say `atomic = False`."""

    def __init__(self) -> None:
        super().__init__(_forget, RunPython.noop)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """How the step is written in a migration."""
        return (type(self).__name__, [], {})


def _forget(_apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    write_anew(connection=schema_editor.connection)
