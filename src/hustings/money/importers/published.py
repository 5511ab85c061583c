"""What the importers of published money share: rows are held against what is stored, and only what differs is written.

An importer says how a line becomes a row of its model; a row is known by the model's key. What is stored and no longer in a file
stays: publications are revised by later ones, row by row.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from hustings.platform.importing.importer import DatasetCard, Options, RowRejected, Sink
from hustings.platform.importing.source import SourceFile
from hustings.platform.models import ImportRun
from hustings.platform.progress import Progress

AT_ONCE = 500


@dataclass
class Staged:
    """Rows to write, by key; `same` are those that stand as they are."""

    new: dict[tuple[Any, ...], dict[str, Any]] = field(default_factory=dict)
    changed: dict[int, dict[str, Any]] = field(default_factory=dict)
    same: list[int] = field(default_factory=list)


class PublishedImporter(ABC):
    """Base of an importer of published money: `model`, `key` (its fields), and `rows`."""

    slug: str
    card: DatasetCard
    model: type[models.Model]
    key: tuple[str, ...]

    @abstractmethod
    def rows(
        self, *, source: SourceFile, options: Options
    ) -> Iterator[tuple[int, Mapping[str, str], dict[str, Any] | RowRejected]]:
        """Every line of the file: its number, its cells, and the fields of a row or why it cannot be one."""

    def fixed(self) -> dict[str, Any]:
        """Fields that are the same in every row of this importer."""
        return {}

    def stage(
        self, *, source: SourceFile, run: ImportRun, options: Options, sink: Sink, progress: Progress
    ) -> Staged:
        """Hold every row against what is stored."""
        staged = Staged()
        known = self._known()
        seen: dict[tuple[Any, ...], int] = {}
        for line, cells, read in self.rows(source=source, options=options):
            if isinstance(read, RowRejected):
                sink.reject(line=line, reason=str(read), row=cells)
                continue
            row = {**read, **self.fixed()}
            key = tuple(row[name] for name in self.key)
            if key in seen:
                sink.reject(
                    line=line,
                    reason=f"The same {', '.join(self.key)} stands in line {seen[key]} already.",
                    row=cells,
                )
                continue
            seen[key] = line
            stored = known.get(key)
            if stored is None:
                staged.new[key] = row
                sink.accept()
            elif all(stored[name] == value for name, value in row.items()):
                staged.same.append(stored["pk"])
                sink.unchanged()
            else:
                staged.changed[stored["pk"]] = row
                sink.accept()
        sink.detail(new=len(staged.new), changed=len(staged.changed))
        return staged

    def activate(self, *, staged: Staged, run: ImportRun, options: Options) -> None:
        """Write what is new or differs."""
        manager = self.model._default_manager
        manager.bulk_create([self.model(**row, run=run) for row in staged.new.values()], batch_size=AT_ONCE)
        pks = list(staged.changed)
        for start in range(0, len(pks), AT_ONCE):
            for row in manager.filter(pk__in=pks[start : start + AT_ONCE]):
                for name, value in staged.changed[row.pk].items():
                    setattr(row, name, value)
                row.run = run  # type: ignore[attr-defined]  # every model of published money has a run
                row.save()

    def discard(self, *, staged: Staged) -> None:  # noqa: B027 -- nothing has to be undone
        """Nothing lies anywhere."""

    def _known(self) -> dict[tuple[Any, ...], dict[str, Any]]:
        rows = self.model._default_manager.filter(**self.fixed()).values()
        return {tuple(row[name] for name in self.key): {**row, "pk": row["id"]} for row in rows.iterator()}
