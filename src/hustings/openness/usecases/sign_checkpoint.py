"""Sign how the record stands, and keep the newest checkpoint beside the keys."""

import fcntl
import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from hustings.openness.models import Checkpoint
from hustings.openness.queries.log import log_name, log_state, root_at
from hustings.openness.rules.checkpoints import Head
from hustings.openness.rules.signed_notes import Note, sign
from hustings.openness.usecases.grow_log import grow_log

_log = logging.getLogger(__name__)
_held = threading.local()


class RecordSetBack(RuntimeError):
    """The database holds fewer or other entries than were signed; nothing is signed until that is put right."""


def sign_checkpoint(*, now: datetime) -> Checkpoint | None:
    """Sign a checkpoint over all entries, where there are more than in the newest; None for an empty record.

    It signs only what is committed, and writes the checkpoint beside the keys before anybody can see it: so a database that
    is later set back cannot hide it. Never call it inside a transaction. Raises `RecordSetBack`: a log never signs two
    histories.
    """
    with one_signer(), transaction.atomic(durable=True):
        size = grow_log()
        state = log_state()
        if state.trouble:
            raise RecordSetBack(
                f"The record holds {size} entries and is {state.trouble} than what was signed before. Restore the newest "
                "backup; see docs/running.md, “The record was set back”."
            )
        name = log_name()
        known = Checkpoint.objects.filter(origin=name, size=size).first()
        return known if known or not size else sign_head(name=name, size=size, now=now)


@transaction.atomic
def sign_head(*, name: str, size: int, now: datetime) -> Checkpoint:
    """Sign the head of that size under a name, and keep it beside the keys before it is stored."""
    head = Head(origin=name, size=size, root=root_at(size=size))
    line = sign(text=head.text, name=name, seed=settings.HUSTINGS_LEDGER_KEY)
    note = str(Note(text=head.text, lines=(line,)))
    _keep(note)
    signed: Checkpoint = Checkpoint.objects.create(
        size=size, root=head.root.hex(), origin=name, note=note, signed_at=now
    )
    return signed


def sign_after_commit(*, now: datetime) -> None:
    """Sign once the transaction in hand is committed; a failure is logged, and the schedule tries again."""

    def signing() -> None:
        try:
            sign_checkpoint(now=now)
        except (RecordSetBack, OSError):
            _log.exception("The checkpoint was not signed.")

    transaction.on_commit(signing, robust=True)


@contextmanager
def one_signer() -> Iterator[None]:
    """Let one thread of one process at a time sign; whoever holds it may enter again.

    It is taken before the database's own lock, never after it: so two signers cannot wait for each other.
    """
    if getattr(_held, "is_mine", False):
        yield
        return
    path = Path(settings.HUSTINGS_LEDGER_KEPT)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_name(path.name + ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _held.is_mine = True
        try:
            yield
        finally:
            _held.is_mine = False


def _keep(note: str) -> None:
    path = Path(settings.HUSTINGS_LEDGER_KEPT)
    fresh = path.with_name(path.name + ".new")
    with fresh.open("w", encoding="utf-8") as file:
        file.write(note)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
