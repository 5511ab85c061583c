"""What an importer declares, and what it must do with a file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from hustings.platform.importing.source import SourceFile
from hustings.platform.models import ImportRun
from hustings.platform.progress import Progress

Outcome = Literal["accepted", "unchanged"]


@dataclass(frozen=True, kw_only=True)
class DatasetCard:
    """What a reader should know about a dataset before loading it."""

    title: str
    publisher: str
    licence: str
    what: str
    columns: tuple[str, ...] = ()
    updated: str = ""


@dataclass(frozen=True, kw_only=True)
class Options:
    """What whoever imports has chosen. `values` holds further choices that one importer understands."""

    election: str = ""
    is_dry_run: bool = False
    values: Mapping[str, Any] = field(default_factory=dict)


class RowRejected(Exception):
    """One row cannot be used; the message is the reason, a sentence for the rejects file."""


class ImportRefused(Exception):
    """The whole file cannot be used; the message says why and what to do. Nothing is stored."""


class Sink(Protocol):
    """Where an importer says what became of each row."""

    def accept(self, count: int = 1) -> None: ...

    def unchanged(self, count: int = 1) -> None: ...

    def reject(self, *, line: int, reason: str, row: Mapping[str, Any] | Iterable[Any]) -> None: ...

    def detail(self, **values: Any) -> None: ...


class Importer(Protocol):
    """One source of data.

    `recognises` looks at the sample only (name, first lines, header). `stage` reads every row and tells the sink what
    became of it, keeping what it accepted in memory, a temporary table or a temporary file; it must change nothing that
    anyone can see. `activate` makes the staged rows live and runs inside one transaction; it returns nothing and may
    raise `ImportRefused`. `discard` is always called last.
    """

    slug: str
    card: DatasetCard

    def recognises(self, *, source: SourceFile) -> bool: ...

    def stage(
        self, *, source: SourceFile, run: ImportRun, options: Options, sink: Sink, progress: Progress
    ) -> Any: ...

    def activate(self, *, staged: Any, run: ImportRun, options: Options) -> None: ...

    def discard(self, *, staged: Any) -> None: ...
