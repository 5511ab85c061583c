"""Run one import: recognise, stage, activate in one transaction, keep the rejects, and add up."""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from hustings.basics.clock import clock
from hustings.platform import wiring
from hustings.platform.importing.importer import Importer, ImportRefused, Options
from hustings.platform.importing.source import SourceFile, UnreadableFile
from hustings.platform.models import ImportRun, ImportState
from hustings.platform.progress import SILENT, Progress


class LayoutNotRecognised(Exception):
    """No importer, or more than one, knows this file's layout; the message lists what can be named with `--as`."""


def importer_for(
    *, source: SourceFile, slug: str = "", importers: Sequence[Importer] | None = None
) -> Importer:
    """The importer named by `slug`, else the only one that recognises the file."""
    known = wiring.importers() if importers is None else importers
    if slug:
        for importer in known:
            if importer.slug == slug:
                return importer
        raise LayoutNotRecognised(f"There is no importer “{slug}”. `hustings importers` lists them all.")
    found = [importer for importer in known if importer.recognises(source=source)]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(importer.slug for importer in found)
        raise LayoutNotRecognised(f"{source.name} could be any of {names}. Say which with --as.")
    columns = ", ".join(source.header[:8]) or "none"
    raise LayoutNotRecognised(
        f"The layout of {source.name} was not recognised (first columns: {columns}). Say what it is with --as; "
        "`hustings importers` lists every kind."
    )


def run_import(
    *,
    path: Path,
    now: datetime,
    slug: str = "",
    options: Options | None = None,
    started_by: AbstractBaseUser | None = None,
    progress: Progress = SILENT,
    importers: Sequence[Importer] | None = None,
) -> ImportRun:
    """Import one file and return the finished run.

    Raises `UnreadableFile`, `LayoutNotRecognised` or `ImportRefused`; then nothing of the file is live, and the run (where
    one was begun) says why. A row that cannot be used never stops the rest: it goes to the rejects file.
    """
    chosen = options or Options()
    source = SourceFile(path)
    importer = importer_for(source=source, slug=slug, importers=importers)
    run = ImportRun.objects.create(
        importer=importer.slug,
        file_name=source.name,
        file_sha256=source.sha256,
        file_bytes=source.size,
        options={"election": chosen.election, "dry_run": chosen.is_dry_run, **_plain(chosen.values)},
        started_at=now,
        started_by_id=None if started_by is None else started_by.pk,
    )
    sink = _Sink(run=run)
    staged: Any = None
    try:
        staged = importer.stage(source=source, run=run, options=chosen, sink=sink, progress=progress)
        with transaction.atomic():
            if not chosen.is_dry_run:
                importer.activate(staged=staged, run=run, options=chosen)
            sink.write(state=ImportState.DRY_RUN if chosen.is_dry_run else ImportState.ACTIVE)
    except BaseException as problem:
        said = isinstance(problem, ImportRefused | UnreadableFile)
        sink.fail(problem=str(problem) if said else f"{type(problem).__name__}: {problem}")
        raise
    finally:
        sink.close()
        importer.discard(staged=staged)
    return run


class _Sink:
    def __init__(self, *, run: ImportRun) -> None:
        self._run = run
        self._counts = {"accepted": 0, "rejected": 0, "unchanged": 0}
        self._details: dict[str, Any] = {}
        self._file: Any = None
        self._writer: Any = None

    def accept(self, count: int = 1) -> None:
        self._counts["accepted"] += count

    def unchanged(self, count: int = 1) -> None:
        self._counts["unchanged"] += count

    def detail(self, **values: Any) -> None:
        self._details.update(values)

    def reject(self, *, line: int, reason: str, row: Mapping[str, Any] | Iterable[Any]) -> None:
        self._counts["rejected"] += 1
        if self._writer is None:
            folder = Path(settings.HUSTINGS_HOME) / "imports" / str(self._run.pk)
            folder.mkdir(parents=True, exist_ok=True)
            self._run.rejects_path = str((folder / "rejects.csv").relative_to(settings.HUSTINGS_HOME))
            self._file = (folder / "rejects.csv").open("w", newline="", encoding="utf-8")
            self._writer = csv.writer(self._file)
            self._writer.writerow(["line", "reason", "row"])
        values = dict(row) if isinstance(row, Mapping) else list(row)
        self._writer.writerow([line, reason, json.dumps(values, ensure_ascii=False, default=str)])

    def write(self, *, state: ImportState) -> None:
        run = self._run
        run.state, run.finished_at = state, clock().now()
        run.accepted, run.rejected, run.unchanged = (
            self._counts["accepted"],
            self._counts["rejected"],
            self._counts["unchanged"],
        )
        run.read = run.accepted + run.rejected + run.unchanged
        run.details = {**run.details, **self._details}
        run.save()

    def fail(self, *, problem: str) -> None:
        self._run.problem = problem
        self.write(state=ImportState.FAILED)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(dict(values), default=str))
    return plain
