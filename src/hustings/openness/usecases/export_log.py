"""Write the log as plain files that any web server can serve and any tool can verify."""

import shutil
from collections.abc import Callable
from pathlib import Path

from hustings.openness.queries.log import log_key, newest_checkpoint, note_of, tile_bytes
from hustings.openness.rules.tiles import TilePath, widths


class NothingToExport(ValueError):
    """No checkpoint was signed yet, or the folder is not empty."""


def export_log(*, folder: Path, progress: Callable[[int], None] = lambda count: None) -> int:
    """Write checkpoint, key, tiles and entries of the newest checkpoint; returns its size.

    The files lie as c2sp.org/tlog-tiles lays them out. A folder that was half written is removed. Raises `NothingToExport`.
    """
    checkpoint = newest_checkpoint()
    if checkpoint is None:
        raise NothingToExport("Nothing was signed yet: the record is empty.")
    if folder.exists() and any(folder.iterdir()):
        raise NothingToExport(f"{folder} is not empty. Name a new folder.")
    is_new = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        for level, index, width in widths(size=checkpoint.size):
            _write(folder, TilePath(level=level, index=index, width=width))
            if level == 0:
                _write(folder, TilePath(level=None, index=index, width=width))
                progress(min(checkpoint.size, (index + 1) * 256))
        (folder / "key").write_text(f"{log_key()}\n", encoding="utf-8")
        (folder / "checkpoint").write_text(note_of(checkpoint=checkpoint), encoding="utf-8")
    except BaseException:
        shutil.rmtree(folder / "tile", ignore_errors=True)
        if is_new:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    return checkpoint.size


def _write(folder: Path, path: TilePath) -> None:
    content = tile_bytes(path=path)
    if content is None:
        raise NothingToExport(f"The tile {path} is missing: the database does not hold what was signed.")
    file = folder / "tile" / str(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
