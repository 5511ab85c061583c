"""The writer process: gathers entries from every web worker and commits them together (see `group_commit.py`).

It is one loop without threads: whatever has arrived while the last commit was under way is the next batch. It waits for no
more company than that, which only left the processors idle. It can be killed at any moment: the workers find their link
lost, store what was on its way by their own writer threads, and look for it again a second later.
"""

import contextlib
import fcntl
import logging
import os
import selectors
import socket
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from hustings.platform.group_commit import GroupCommit
from hustings.platform.writer_link import Frames, frame, short_address, socket_path

logger = logging.getLogger(__name__)


class WriterRunsAlready(Exception):
    """This home has its writer process."""


class _Peer:
    """One worker's connection."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.frames = Frames()


class Writer:
    """Listens, gathers, commits, answers."""

    def __init__(self, *, groups: Iterable[GroupCommit[Any]]) -> None:
        self._groups = {group.name: group for group in groups}
        self._selector = selectors.DefaultSelector()
        self._waiting: list[tuple[_Peer, int, str, Any]] = []
        path = socket_path()
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = _own_lock(path.with_suffix(".pid"))
        path.unlink(missing_ok=True)
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        mask = os.umask(0o177)
        try:
            with short_address(path) as address:
                self._listener.bind(address)
        except OSError:
            self._listener.close()
            os.close(self._lock)
            raise
        finally:
            os.umask(mask)
        self._listener.listen(64)
        self._listener.setblocking(False)
        self._selector.register(self._listener, selectors.EVENT_READ, None)

    def run(self, *, should_end: Callable[[], bool]) -> None:
        """Write until told to end."""
        try:
            while not should_end():
                self._collect(0.2)
                if self._waiting:
                    self._commit()
        finally:
            self._close()

    def _collect(self, seconds: float) -> None:
        for key, _events in self._selector.select(seconds):
            if key.data is None:
                connection, _address = self._listener.accept()
                self._selector.register(connection, selectors.EVENT_READ, _Peer(connection))
            else:
                self._receive(key.data)

    def _receive(self, peer: _Peer) -> None:
        try:
            data = peer.connection.recv(262_144)
        except OSError:
            data = b""
        if not data:
            self._selector.unregister(peer.connection)
            peer.connection.close()
            return
        for number, group, entry in peer.frames.read(data):
            self._waiting.append((peer, number, group, entry))

    def _commit(self) -> None:
        batch, self._waiting = self._waiting, []
        answers: dict[_Peer, dict[str, Any]] = {}
        for name in dict.fromkeys(group for _peer, _number, group, _entry in batch):
            rows = [(peer, number, entry) for peer, number, group, entry in batch if group == name]
            for (peer, number, _entry), problem in zip(rows, self._stored(name, rows), strict=True):
                answer = answers.setdefault(peer, {"done": [], "refused": {}})
                if problem is None:
                    answer["done"].append(number)
                else:
                    answer["refused"][number] = str(problem) or type(problem).__name__
        for peer, answer in answers.items():
            # A worker that has gone needs no answer.
            with contextlib.suppress(OSError):
                peer.connection.sendall(frame(answer))

    def _stored(self, name: str, rows: list[tuple[_Peer, int, Any]]) -> list[BaseException | None]:
        group = self._groups.get(name)
        if group is None or group.from_json is None:
            return [KeyError(f"Nothing called “{name}” is written here.")] * len(rows)
        entries = [group.from_json(entry) for _peer, _number, entry in rows]
        problems = group.commit_together(entries)
        for problem in problems:
            if problem is not None:
                logger.error("An entry of “%s” could not be stored.", name, exc_info=problem)
        return problems

    def _close(self) -> None:
        socket_path().unlink(missing_ok=True)
        for key in list(self._selector.get_map().values()):
            assert isinstance(key.fileobj, socket.socket)
            key.fileobj.close()
        self._selector.close()
        os.close(self._lock)


def _own_lock(path: Path) -> int:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as problem:
        os.close(descriptor)
        raise WriterRunsAlready(f"{path.parent} has its writer process already.") from problem
    return descriptor
