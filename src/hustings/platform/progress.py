"""Progress of long work: one small protocol that a terminal bar, a job row and a silent default all speak."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as RichProgress


class Stopped(Exception):
    """Somebody asked this work to stop; what was done stays done, and it can be resumed."""


class Progress(Protocol):
    """Where long work says how far it is. `report` raises `Stopped` when the work was asked to stop."""

    def report(self, *, done: int, total: int | None = None, note: str = "") -> None: ...


class Silent:
    """Progress that nobody watches."""

    def report(self, *, done: int, total: int | None = None, note: str = "") -> None:
        """Do nothing."""


SILENT = Silent()


class Bar:
    """A bar in the terminal, on standard error."""

    def __init__(self, *, title: str) -> None:
        self._bar = RichProgress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[note]}"),
            console=Console(stderr=True),
        )
        self._task = self._bar.add_task(title, total=None, note="")

    def report(self, *, done: int, total: int | None = None, note: str = "") -> None:
        """Move the bar to `done` of `total`."""
        self._bar.update(self._task, completed=done, total=total, note=note)

    def __enter__(self) -> "Bar":
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()


@contextmanager
def bar(*, title: str, is_shown: bool = True) -> Iterator[Progress]:
    """A terminal bar for the length of a `with` block, or silence where it is not to be shown."""
    if not is_shown:
        yield SILENT
        return
    with Bar(title=title) as shown:
        yield shown
