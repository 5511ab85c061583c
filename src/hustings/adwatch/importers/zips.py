"""Looking into zip files: which members there are, and unpacking one onto disk without holding it in memory."""

import csv
import io
import shutil
import zipfile
from functools import lru_cache
from pathlib import Path

from hustings.platform.importing.source import SourceFile, UnreadableFile

#: More than this unpacked is no archive that we know, and would fill the disk.
LARGEST_MEMBER = 40 * 2**30


def is_zip(*, source: SourceFile) -> bool:
    """Whether the file is a zip, by name and by content."""
    return source.path.suffix.lower() == ".zip" and zipfile.is_zipfile(source.path)


@lru_cache(maxsize=16)
def _headers(path: str, size: int, moment: float) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found = []
    try:
        with zipfile.ZipFile(path) as bundle:
            for member in bundle.infolist():
                name = Path(member.filename).name
                if member.is_dir() or name.startswith(".") or "__MACOSX" in member.filename:
                    continue
                if name.lower().endswith((".csv", ".json", ".jsonl")):
                    with bundle.open(member) as file:
                        first = file.read(65_536).decode("utf-8-sig", errors="replace")
                    row = next(csv.reader(io.StringIO(first)), []) if name.lower().endswith(".csv") else []
                    found.append((member.filename, tuple(cell.strip() for cell in row)))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as problem:
        raise UnreadableFile(f"{Path(path).name} is a damaged or locked zip file: {problem}.") from problem
    return tuple(found)


def members(*, source: SourceFile) -> dict[str, tuple[str, ...]]:
    """CSV and JSON files inside, each with the cells of its first row (none for JSON); empty for what is no zip."""
    if not is_zip(source=source):
        return {}
    state = source.path.stat()
    return dict(_headers(str(source.path), state.st_size, state.st_mtime))


def unpack(*, source: SourceFile, member: str, into: Path) -> Path:
    """Unpack one member under a name of ours; raises `UnreadableFile` where it is damaged or far too large."""
    to = into / f"{len(list(into.iterdir()))}-{Path(member).name}"
    try:
        with zipfile.ZipFile(source.path) as bundle:
            if bundle.getinfo(member).file_size > LARGEST_MEMBER:
                raise UnreadableFile(f"{member} in {source.name} would unpack to more than 40 GB.")
            with bundle.open(member) as file, to.open("wb") as out:
                shutil.copyfileobj(file, out, 1 << 20)
    except (zipfile.BadZipFile, RuntimeError) as problem:
        raise UnreadableFile(f"{member} in {source.name} cannot be unpacked: {problem}.") from problem
    return to
