"""Group commit: many small durable writes share one commit, and each caller is answered only after it.

A commit that reaches the disk costs about the same for one row as for fifty. `GroupCommit` keeps one writer thread a
process with a database connection of its own: callers put their entry in a queue and wait, the writer takes what has
gathered, writes it in one transaction, and lets the callers go when the commit has returned. A caller that is let go
without an error has its entry on disk (SQLite with synchronous=FULL, PostgreSQL with synchronous commit).

On SQLite the writers of several processes take turns by a lock on a file: SQLite's own way of waiting sleeps ever longer,
which ruins the slowest answers. A process that is killed lets go of the lock, and nothing it had not committed was ever
answered.

Inside an open transaction the entry joins that transaction instead, and is as durable as the caller makes it.
"""

import contextlib
import fcntl
import os
import threading
import time
import weakref
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.db import connection, transaction

EntryT = TypeVar("EntryT")
ResultT = TypeVar("ResultT")


class NotStored(Exception):
    """The entry was not stored, or nobody knows whether it was; the caller must not claim that it was."""


_made: "weakref.WeakSet[GroupCommit[Any, Any]]" = weakref.WeakSet()


class _Waiting(Generic[EntryT, ResultT]):
    """One entry on its way, and what became of it."""

    __slots__ = ("_ended", "entry", "problem", "result")

    def __init__(self, entry: EntryT) -> None:
        self.entry = entry
        self.result: ResultT | None = None
        self.problem: BaseException | None = None
        self._ended = threading.Lock()
        self._ended.acquire()

    def end(self) -> None:
        self._ended.release()

    def wait(self, seconds: float) -> bool:
        return self._ended.acquire(timeout=seconds)


class GroupCommit(Generic[EntryT, ResultT]):
    """One queue of entries and the thread that writes them.

    `write` gets the entries of one transaction, in the order in which they came, and returns one result each. Where a
    whole batch fails, its entries are written one by one, so that a bad one fails alone. `gather_seconds` is how long
    the writer waits for company after the first entry; `most` bounds a batch; `patience_seconds` is how long a caller
    waits before it gives up with `NotStored`.
    """

    def __init__(
        self,
        *,
        write: Callable[[Sequence[EntryT]], Sequence[ResultT]],
        gather_seconds: float = 0.002,
        most: int = 128,
        patience_seconds: float = 20.0,
    ) -> None:
        self.write = write
        self.gather_seconds = gather_seconds
        self._most = most
        self._patience_seconds = patience_seconds
        self._queue: deque[_Waiting[EntryT, ResultT]] = deque()
        self._has_work = threading.Event()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self._is_ending = False
        self._pid = 0
        _made.add(self)

    def store(self, entry: EntryT) -> ResultT:
        """Write the entry and return its result once it is on disk.

        Raises whatever `write` raised for it, or `NotStored` where the commit did not come in time.
        """
        if connection.in_atomic_block:
            return self.write([entry])[0]
        self._ensure_started()
        waiting: _Waiting[EntryT, ResultT] = _Waiting(entry)
        self._queue.append(waiting)
        self._has_work.set()
        if not waiting.wait(self._patience_seconds):
            raise NotStored("The database did not answer in time.")
        if waiting.problem is not None:
            raise waiting.problem
        return waiting.result  # type: ignore[return-value]

    def stop(self) -> None:
        """End the writer thread after what is queued, and close its connection. The next entry starts a new one."""
        with self._starting:
            thread, self._thread = self._thread, None
            self._is_ending = True
            self._has_work.set()
        if thread is not None:
            thread.join()

    def _ensure_started(self) -> None:
        if self._is_running():
            return
        with self._starting:
            if not self._is_running():
                self._pid = os.getpid()
                self._is_ending = False
                self._thread = threading.Thread(target=self._run, name="group commit", daemon=True)
                self._thread.start()

    def _is_running(self) -> bool:
        """Whether this very process has a writer: a forked child inherits the object without its thread."""
        return self._thread is not None and self._thread.is_alive() and self._pid == os.getpid()

    def _run(self) -> None:
        try:
            while True:
                self._has_work.wait()
                if not self._queue:
                    self._has_work.clear()
                    if self._is_ending and not self._queue:
                        return
                    if not self._queue:
                        continue
                if self.gather_seconds and len(self._queue) < self._most:
                    time.sleep(self.gather_seconds)
                self._commit(self._gathered())
        finally:
            connection.close()

    def _gathered(self) -> list[_Waiting[EntryT, ResultT]]:
        batch: list[_Waiting[EntryT, ResultT]] = []
        with contextlib.suppress(IndexError):
            while len(batch) < self._most:
                batch.append(self._queue.popleft())
        return batch

    def _commit(self, batch: list[_Waiting[EntryT, ResultT]]) -> None:
        try:
            self._commit_together(batch)
        except Exception as problem:
            if len(batch) == 1:
                batch[0].problem = problem
                batch[0].end()
                return
            for waiting in batch:
                self._commit([waiting])
            return
        for waiting in batch:
            waiting.end()

    def _commit_together(self, batch: list[_Waiting[EntryT, ResultT]]) -> None:
        connection.close_if_unusable_or_obsolete()
        with turn_to_write(), transaction.atomic(durable=True):
            results = self.write([waiting.entry for waiting in batch])
        for waiting, result in zip(batch, results, strict=True):
            waiting.result = result


def stop_all() -> None:
    """End every writer thread of this process, before its database is put away."""
    for group in list(_made):
        group.stop()


_mutex = threading.Lock()


@contextlib.contextmanager
def turn_to_write() -> Iterator[None]:
    """Wait for this process's turn to write to SQLite; on PostgreSQL, which has no such queue, no wait at all.

    Transactions that start inside find the database free of the other writers that take turns. It is only about
    waiting well: a writer that does not take its turn is still kept apart by SQLite itself.
    """
    if connection.vendor != "sqlite":
        yield
        return
    with _mutex:
        descriptor = _lock_file()
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(descriptor, fcntl.LOCK_UN)


_descriptors: dict[tuple[int, str], int] = {}


def _lock_file() -> int:
    key = (os.getpid(), str(settings.HUSTINGS_HOME))
    if key not in _descriptors:
        path = Path(settings.HUSTINGS_HOME) / "run" / "writer.lock"
        path.parent.mkdir(parents=True, exist_ok=True)
        _descriptors[key] = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    return _descriptors[key]
