"""A web worker's connection to the writer process, and the frames that go over it.

A frame is four bytes of length and that much JSON. A worker sends `[id, group, entry]`; the writer answers with one frame for
all entries of a commit, `{"done": [ids], "refused": {id: why}}`. The socket lies in the home's `run` folder, open to this
installation's user alone.
"""

import contextlib
import itertools
import json
import os
import socket
import struct
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

_LENGTH = struct.Struct("<I")

#: After a failed attempt nobody tries again for so long: the writer threads are there meanwhile.
_RETRY_SECONDS = 1.0

#: Linux allows 107 bytes, others a little less.
_LONGEST_ADDRESS = 100


class LinkLost(Exception):
    """The writer process ended; what became of the entries on their way is not known."""


def socket_path() -> Path:
    """Where the writer process listens."""
    return Path(settings.HUSTINGS_HOME) / "run" / "writer.sock"


def frame(message: Any) -> bytes:
    """A message as it goes over the socket."""
    body = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()
    return _LENGTH.pack(len(body)) + body


class Frames:
    """Puts frames together from what a socket gives."""

    def __init__(self) -> None:
        self._rest = b""

    def read(self, data: bytes) -> list[Any]:
        """The messages that are whole now."""
        rest, messages, start = self._rest + data, [], 0
        while len(rest) - start >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(rest, start)
            end = start + _LENGTH.size + length
            if len(rest) < end:
                break
            messages.append(json.loads(rest[start + _LENGTH.size : end]))
            start = end
        self._rest = rest[start:]
        return messages


class _Sent:
    """One entry on its way: `answer` is empty for done, else why it was refused; none where the link was lost."""

    __slots__ = ("answer", "ended")

    def __init__(self) -> None:
        self.answer: str | None = None
        self.ended = threading.Lock()
        self.ended.acquire()


class WriterLink:
    """One connection, shared by all threads of this process; a thread of its own hands out the answers."""

    def __init__(self, path: Path) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            with short_address(path) as address:
                self._socket.connect(address)
        except OSError:
            self._socket.close()
            raise
        self._sending = threading.Lock()
        self._numbers = itertools.count(1)
        self._sent: dict[int, _Sent] = {}
        self.is_lost = False
        threading.Thread(target=self._receive, name="writer link", daemon=True).start()

    def store(self, *, group: str, entry: Any, patience_seconds: float) -> str:
        """Have the entry stored; returns nothing, or why it was refused. Raises `LinkLost`."""
        number, sent = next(self._numbers), _Sent()
        message = frame([number, group, entry])
        self._sent[number] = sent
        try:
            with self._sending:
                if self.is_lost:
                    raise LinkLost
                self._socket.sendall(message)
        except OSError as problem:
            self._lose()
            raise LinkLost from problem
        if not sent.ended.acquire(timeout=patience_seconds):
            self._sent.pop(number, None)
            return "The database did not answer in time."
        if sent.answer is None:
            raise LinkLost
        return sent.answer

    def close(self) -> None:
        """End the connection."""
        self._lose()

    def _receive(self) -> None:
        frames = Frames()
        try:
            while data := self._socket.recv(65_536):
                for message in frames.read(data):
                    for number in message["done"]:
                        self._end(number, "")
                    for number, why in message["refused"].items():
                        self._end(int(number), why)
        except OSError:
            # The connection broke off; everybody who waits is told below.
            self.is_lost = True
        finally:
            self._lose()

    def _end(self, number: int, answer: str | None) -> None:
        sent = self._sent.pop(number, None)
        if sent is not None:
            sent.answer = answer
            sent.ended.release()

    def _lose(self) -> None:
        self.is_lost = True
        self._socket.close()
        for number in list(self._sent):
            self._end(number, None)


class _Links:
    """The link of this process to each home's writer process, opened when first wanted."""

    def __init__(self) -> None:
        self._open: dict[tuple[int, str], WriterLink] = {}
        self._opening = threading.Lock()
        self._not_before = 0.0

    def get(self, path: Path) -> WriterLink | None:
        key = (os.getpid(), str(path))
        found = self._open.get(key)
        if found is not None and not found.is_lost:
            return found
        if time.monotonic() < self._not_before:
            return None
        with self._opening:
            found = self._open.get(key)
            if found is None or found.is_lost:
                try:
                    found = self._open[key] = WriterLink(path)
                except OSError:
                    self._not_before = time.monotonic() + _RETRY_SECONDS
                    return None
            return found

    def close(self) -> None:
        for found in self._open.values():
            found.close()
        self._open.clear()
        self._not_before = 0.0


_links = _Links()


def link() -> WriterLink | None:
    """This process's link to the writer process; none where there is no such process."""
    return _links.get(socket_path())


def close_links() -> None:
    """End every link of this process."""
    _links.close()


@contextlib.contextmanager
def short_address(path: Path) -> Iterator[str]:
    """The path as a socket's address, which may have no more than about a hundred bytes."""
    if len(os.fsencode(path)) <= _LONGEST_ADDRESS:
        yield str(path)
        return
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)
