"""Rate limits that hold across every web worker of a machine, in one small memory-mapped file.

Each key (an address, a network) owns 16 bytes: a fingerprint and one moment, the "theoretical arrival time" of the generic
cell rate algorithm, which is a leaky bucket in a single number. The file holds 131,072 keys in 2 MB; a key lives in one of
eight places, and where all eight are taken the one whose limit is nearest to being forgotten gives way. Reading and
writing a key happens under a lock on that key's eight places alone (a byte range of the file between processes, a mutex
between threads), for some microseconds; a process that is killed lets go of its locks. The byte ranges are locked by the
open file, not by the process: a process's own locks are one owner to the system, which then takes two processes whose
threads wait for one another's other threads for a deadlock. Keys are keyed hashes, so the file holds no address.

The file is shared by the processes of one machine. Where several machines serve one installation each has a file of its
own, and an address is allowed as much on each of them.
"""

import fcntl
import hashlib
import mmap
import os
import struct
import threading
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

_ENTRY = struct.Struct("<Qd")
_PLACES = 8
_BUCKETS = 16_384
_BUCKET_BYTES = _ENTRY.size * _PLACES
_FILE_BYTES = _BUCKET_BYTES * _BUCKETS
_FLOCK = struct.Struct("hhqqi4x")
_IS_LOCKED_BY_FILE = hasattr(fcntl, "F_OFD_SETLKW")
#: Where only processes can own a lock (outside Linux), one mutex: who waits for a range then holds no other.
_MUTEXES = 64 if _IS_LOCKED_BY_FILE else 1


@dataclass(frozen=True, kw_only=True)
class Allowance:
    """How much is let through: `burst` at once, and from then on `per_minute`."""

    burst: int
    per_minute: float


class LimitTable:
    """The file of limits, opened once a process."""

    def __init__(self, *, path: Path, secret: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        if os.fstat(self._file).st_size < _FILE_BYTES:
            os.ftruncate(self._file, _FILE_BYTES)
        self._map = mmap.mmap(self._file, _FILE_BYTES)
        self._secret = hashlib.blake2b(secret, digest_size=32).digest()
        self._mutexes = [threading.Lock() for _ in range(_MUTEXES)]

    def take(self, *, key: str, allowance: Allowance, at: float) -> float:
        """Use one of the key's allowance at a moment (seconds since 1970).

        Returns 0 where it was let through, or else the seconds after which it would be; a refused try costs nothing.
        """
        step = 60.0 / allowance.per_minute
        slack = (allowance.burst - 1) * step
        bucket, fingerprint = self._place(key)
        start = bucket * _BUCKET_BYTES
        with self._mutexes[bucket % _MUTEXES]:
            self._lock(fcntl.F_WRLCK, start)
            try:
                offset, due = self._find(start, fingerprint)
                wait = due - slack - at
                if wait > 0:
                    return wait
                _ENTRY.pack_into(self._map, offset, fingerprint, max(due, at) + step)
                return 0.0
            finally:
                self._lock(fcntl.F_UNLCK, start)

    def close(self) -> None:
        """Let go of the file."""
        self._map.close()
        os.close(self._file)

    def _lock(self, how: int, start: int) -> None:
        if _IS_LOCKED_BY_FILE:
            wanted = _FLOCK.pack(how, os.SEEK_SET, start, _BUCKET_BYTES, 0)
            fcntl.fcntl(self._file, fcntl.F_OFD_SETLKW, wanted)
        else:
            way = fcntl.LOCK_UN if how == fcntl.F_UNLCK else fcntl.LOCK_EX
            fcntl.lockf(self._file, way, _BUCKET_BYTES, start)

    def _place(self, key: str) -> tuple[int, int]:
        digest = hashlib.blake2b(key.encode(), key=self._secret, digest_size=16).digest()
        fingerprint = int.from_bytes(digest[8:], "little") or 1
        return int.from_bytes(digest[:8], "little") % _BUCKETS, fingerprint

    def _find(self, start: int, fingerprint: int) -> tuple[int, float]:
        """Where the key's entry is, or the entry it may take; and the entry's moment, 0 for a new one."""
        oldest, oldest_due = start, float("inf")
        for offset in range(start, start + _BUCKET_BYTES, _ENTRY.size):
            found, due = _ENTRY.unpack_from(self._map, offset)
            if found == fingerprint:
                return offset, due
            if due < oldest_due:
                oldest, oldest_due = offset, due
        return oldest, 0.0


def limits() -> LimitTable:
    """The installation's table of limits, `run/limits` in its home."""
    return _table(str(settings.HUSTINGS_HOME), settings.SECRET_KEY)


@lru_cache(maxsize=4)
def _table(home: str, secret: str) -> LimitTable:
    return LimitTable(path=Path(home) / "run" / "limits", secret=secret.encode())
