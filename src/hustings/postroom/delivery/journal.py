"""The journal of one run of the courier: which messages were handed to the server, and what it said.

The database is written in batches; the journal is written for each message, before its first byte leaves and when its
answer comes, so that after a kill it is known exactly which messages were in flight: at most one on each connection. A
line costs a few microseconds, because nothing waits for the disk: a killed process leaves what it wrote to the system.
If the machine itself went down, the end of a journal may be missing, and everything claimed is doubtful (`is_whole`).

While the run lives, it holds a lock on its journal; whoever gets the lock knows that the run is over.
"""

import fcntl
import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from hustings.postroom.rules.smtp_replies import Fate, Stage
from hustings.postroom.smtp.letters import Outcome

_BOOT = Path("/proc/sys/kernel/random/boot_id")


def _boot_id() -> str:
    """What changes when the machine restarts; where the system does not tell, every journal counts as cut short."""
    return _BOOT.read_text().strip() if _BOOT.exists() else uuid.uuid4().hex


@dataclass(frozen=True)
class JournalContent:
    """What a run left: its claim token, the messages it began, and the outcomes it heard.

    `is_whole` is false where the machine has restarted since, so that lines may be missing at the end.
    """

    token: uuid.UUID
    is_whole: bool
    begun: frozenset[int]
    outcomes: dict[int, Outcome] = field(default_factory=dict)


class Journal:
    """The journal of a living run; `token` is what the run claims messages with."""

    def __init__(self, *, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.token = uuid.uuid4()
        self.path = folder / f"{self.token}.journal"
        fresh = folder / f"{self.token}.new"
        self._file = os.open(fresh, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
        fcntl.flock(self._file, fcntl.LOCK_EX)
        os.write(self._file, f"boot {_boot_id()}\n".encode())
        fresh.rename(self.path)  # under this name only once locked, or it would pass for a dead run's

    def begin(self, key: int) -> None:
        """The first byte of this message is about to leave."""
        os.write(self._file, b"> %d\n" % key)

    def settle(self, outcome: Outcome) -> None:
        """This is what became of a message."""
        text = outcome.text.replace("\n", " ").replace("\r", " ")
        line = f"= {outcome.key} {outcome.fate} {outcome.stage} {outcome.code} {text}\n"
        os.write(self._file, line.encode("utf-8", "replace"))

    def finish(self) -> None:
        """Everything is in the database: the journal is not needed any more."""
        self.path.unlink(missing_ok=True)
        os.close(self._file)

    def leave(self) -> None:
        """Not everything is in the database: let go, so that the next run settles it."""
        os.close(self._file)


def read_journal(*, path: Path) -> JournalContent:
    """Read a journal; a line cut short at its end counts as not written."""
    *lines, _cut = path.read_bytes().split(b"\n")
    boot, begun, outcomes = "", set(), {}
    for line in lines:
        mark, _space, rest = line.decode("utf-8", "replace").partition(" ")
        if mark == "boot":
            boot = rest
        elif mark == ">":
            begun.add(int(rest))
        elif mark == "=":
            key, fate, stage, code, *text = rest.split(" ", 4)
            outcomes[int(key)] = Outcome(int(key), Fate(fate), Stage(stage), int(code), "".join(text))
    return JournalContent(
        token=uuid.UUID(path.stem), is_whole=boot == _boot_id(), begun=frozenset(begun), outcomes=outcomes
    )


def abandoned_journals(*, folder: Path) -> Iterator[JournalContent]:
    """The journals of runs that are over. Each is removed when the next is asked for, so only if all went well."""
    for path in sorted(folder.glob("*.journal")):
        try:
            file = os.open(path, os.O_RDONLY)
        except FileNotFoundError:
            continue  # another worker was quicker
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if path.exists():
                yield read_journal(path=path)
                path.unlink(missing_ok=True)
        except BlockingIOError:
            continue  # its run lives
        finally:
            os.close(file)


def living_tokens(*, folder: Path) -> set[uuid.UUID]:
    """The claim tokens of every run that has a journal here."""
    return {uuid.UUID(path.stem) for path in folder.glob("*.journal")}
