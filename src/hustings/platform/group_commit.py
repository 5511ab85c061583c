"""Group commit: many small durable writes share one commit, and each caller is answered only after it.

A commit that reaches the disk costs about the same for one row as for fifty. Callers hand in an entry and wait; a writer
takes what has gathered, writes it in one transaction, and lets the callers go when the commit has returned. A caller that is
let go without an error has its entry on disk (SQLite with synchronous=FULL, PostgreSQL with synchronous commit).

The writer is a process of its own where one runs (`writer_process.py`; `hustings serve` starts it): it gathers from every
web worker, and nobody's threads keep it from its work. Where none runs, or it has just ended, each process has a writer
thread with a database connection of its own. Both write by the same function, which must be safe to repeat: an entry whose
writer ended is stored again by the other way.

On SQLite, writers that take turns here wait by a lock on a file: SQLite's own way of waiting sleeps ever longer, which ruins
the slowest answers. A process that is killed lets go of the lock, and nothing it had not committed was ever answered.

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

from hustings.platform.writer_link import LinkLost, link

EntryT = TypeVar("EntryT")


class NotStored(Exception):
    """The entry was not stored, or nobody knows whether it was; the caller must not claim that it was."""


class _Waiting(Generic[EntryT]):
    """One entry on its way, and what became of it."""

    __slots__ = ("_ended", "entry", "problem")

    def __init__(self, entry: EntryT) -> None:
        self.entry = entry
        self.problem: BaseException | None = None
        self._ended = threading.Lock()
        self._ended.acquire()

    def end(self) -> None:
        self._ended.release()

    def wait(self, seconds: float) -> bool:
        return self._ended.acquire(timeout=seconds)


class GroupCommit(Generic[EntryT]):
    """One kind of entry and how it is written.

    `write` gets the entries of one transaction, in the order in which they came; it must be safe to repeat. Where a whole
    batch fails, its entries are written one by one, so that a bad one fails alone. `as_json` and `from_json` take an entry
    to the writer process and back; without them it stays in this process. `gather_seconds` is how long the writer thread waits
    for company after the first entry, and `most` bounds its batch; `patience_seconds` is how long a caller waits before it
    gives up with `NotStored`.
    """

    def __init__(
        self,
        *,
        name: str,
        write: Callable[[Sequence[EntryT]], None],
        as_json: Callable[[EntryT], Any] | None = None,
        from_json: Callable[[Any], EntryT] | None = None,
        gather_seconds: float = 0.002,
        most: int = 128,
        patience_seconds: float = 20.0,
    ) -> None:
        self.name = name
        self.write = write
        self.from_json = from_json
        self._gather_seconds = gather_seconds
        self._most = most
        self._as_json = as_json
        self._patience_seconds = patience_seconds
        self._queue: deque[_Waiting[EntryT]] = deque()
        self._has_work = threading.Event()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self._is_ending = False
        self._pid = 0
        _made.add(self)

    def store(self, entry: EntryT) -> None:
        """Write the entry; returns once it is on disk.

        Raises what `write` raised for it, or `NotStored`, where the commit did not come in time or the writer process
        refused it.
        """
        if connection.in_atomic_block:
            self.write([entry])
            return
        if self._as_json is not None and (writer := link()) is not None:
            # Where the link is lost the entry's fate is not known: storing it again here is safe.
            with contextlib.suppress(LinkLost):
                problem = writer.store(
                    group=self.name, entry=self._as_json(entry), patience_seconds=self._patience_seconds
                )
                if problem:
                    raise NotStored(problem)
                return
        self._store_here(entry)

    def commit_together(self, entries: Sequence[EntryT]) -> list[BaseException | None]:
        """Write the entries in one transaction, or one by one where that fails; what became of each."""
        try:
            connection.close_if_unusable_or_obsolete()
            with turn_to_write(), transaction.atomic(durable=True):
                self.write(entries)
        except Exception as problem:
            if len(entries) == 1:
                return [problem]
            return [self.commit_together([entry])[0] for entry in entries]
        return [None] * len(entries)

    def stop(self) -> None:
        """End the writer thread after what is queued, and close its connection. The next entry starts a new one."""
        with self._starting:
            thread, self._thread = self._thread, None
            self._is_ending = True
            self._has_work.set()
        if thread is not None:
            thread.join()

    def _store_here(self, entry: EntryT) -> None:
        self._ensure_started()
        waiting = _Waiting(entry)
        self._queue.append(waiting)
        self._has_work.set()
        if not waiting.wait(self._patience_seconds):
            raise NotStored("The database did not answer in time.")
        if waiting.problem is not None:
            raise waiting.problem

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
                if self._gather_seconds and len(self._queue) < self._most:
                    time.sleep(self._gather_seconds)
                batch = self._gathered()
                problems = self.commit_together([waiting.entry for waiting in batch])
                for waiting, problem in zip(batch, problems, strict=True):
                    waiting.problem = problem
                    waiting.end()
        finally:
            connection.close()

    def _gathered(self) -> list[_Waiting[EntryT]]:
        batch: list[_Waiting[EntryT]] = []
        with contextlib.suppress(IndexError):
            while len(batch) < self._most:
                batch.append(self._queue.popleft())
        return batch


_made: "weakref.WeakSet[GroupCommit[Any]]" = weakref.WeakSet()


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
