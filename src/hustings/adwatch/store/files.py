"""Where the archive's files lie: `adwatch/originals` by hash, `adwatch/snapshots`, `adwatch/registers`, `adwatch/fetched`."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from django.conf import settings

from hustings.platform.duck import analysis

BELOW_HOME = Path("adwatch")


def home_path(name: str) -> Path:
    """The absolute path of a file or folder that is named below the home."""
    return Path(settings.HUSTINGS_HOME) / name


def folder(*parts: str) -> Path:
    """A folder of the archive, made where it is missing."""
    path = Path(settings.HUSTINGS_HOME) / BELOW_HOME.joinpath(*parts)
    path.mkdir(parents=True, exist_ok=True)
    return path


def below_home(path: Path) -> str:
    """A path as it is stored: relative to the home."""
    return str(path.relative_to(Path(settings.HUSTINGS_HOME)))


def keep_original(*, path: Path, sha256: str) -> str:
    """Keep the file as it came, under its hash; a file kept before stays as it is. Returns its path below the home."""
    kept = folder("originals", sha256[:2]) / f"{sha256}{''.join(path.suffixes[-2:]).lower()}"
    if not kept.exists():
        part = kept.with_name(f"{kept.name}.part")
        shutil.copyfile(path, part)
        part.replace(kept)
        kept.chmod(0o440)
    return below_home(kept)


@contextmanager
def workshop() -> Iterator[Path]:
    """A folder for the length of one import, on the disk of the home, so that results are moved and not copied."""
    made = Path(tempfile.mkdtemp(dir=folder("work")))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


@contextmanager
def archive_query(*, memory: str = "") -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB connection for the archive's files; what does not fit into its memory goes to the work folder."""
    with analysis() as connection:
        if memory:
            connection.execute(f"SET memory_limit = '{memory}'")
        connection.execute(f"SET temp_directory = {quoted(str(folder('work', 'spill')))}")
        connection.execute("SET enable_progress_bar = false")
        yield connection


def quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"
