"""DuckDB connections for analysis: memory and threads bounded, no extension ever fetched by itself."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from django.conf import settings


@contextmanager
def analysis(*, database: Path | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to a DuckDB file, or to memory, closed at the end of the block."""
    connection = duckdb.connect(
        str(database) if database else ":memory:",
        config={
            "memory_limit": settings.HUSTINGS_DUCKDB_MEMORY,
            "threads": str(min(4, os.cpu_count() or 1)),
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        },
    )
    try:
        yield connection
    finally:
        connection.close()
