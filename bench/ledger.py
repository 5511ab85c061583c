"""The public record's log: a million entries added, then proofs, beside the rawest limit in the same run.

The limit: SHA-256 of the same leaves in one loop, and the same rows put into SQLite by executemany, with nothing else done.
Entries are added as in the application: through `record_entries`, documents and tree in one transaction with fsync; and, to come
to a million in a minute or two, through the log alone (rows, hashes and tiles, without documents). Times are of the processor, so
that whatever else the machine does changes them little.
"""

import hashlib
import os
import sqlite3
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

MILLION = int(os.environ.get("LEDGER_ENTRIES", "1_000_000"))
FULL = 20_000
BATCH = 1_000
PROOFS = 300
AT = datetime(2026, 3, 30, 9, 0, tzinfo=UTC)


def run() -> None:
    """Add, prove, verify; print rates and ratios."""
    import django

    from hustings.project import environment, keys

    keys.make_keys(folder=environment.keys_folder())
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    _full()
    _log()
    _proofs()


def _full() -> None:
    from hustings.openness.models import EntryKind, Seal
    from hustings.openness.usecases import Draft, NewEntry, record_entries

    started = time.process_time()
    for first in range(0, FULL, BATCH):
        record_entries(
            [
                NewEntry(
                    kind=EntryKind.MATERIAL,
                    source=f"bench {number}",
                    title=f"Leaflet {number}",
                    documents=[
                        Draft.of_facts(name="facts", seal=Seal.OPEN, facts={"title": f"Leaflet {number}"}),
                        Draft.of_facts(name="figures", seal=Seal.DATED, facts={"cost_pence": number}),
                    ],
                )
                for number in range(first, first + BATCH)
            ],
            now=AT,
        )
    rate = FULL / (time.process_time() - started)
    print(f"   {FULL:,} whole entries with two documents each: {rate:,.0f}/s (≥ 2,000 wanted)")


def _log() -> None:
    from django.db import transaction

    from hustings.openness.models import Entry, EntryKind
    from hustings.openness.queries.log import tree_size
    from hustings.openness.rules.leaf import Commitment, Leaf, leaf_bytes, leaf_hash
    from hustings.openness.usecases import grow_log, sign_checkpoint

    said = (Commitment(name="facts", seal="open", sha256="0" * 64),)

    def leaf(number: int) -> bytes:
        return leaf_bytes(
            Leaf(
                number=number, kind="material", recorded_at=AT, channel="email", purpose="campaign", area=None,
                concerns=None, opens_on=None, documents=said,
            )
        )  # fmt: skip

    begin = tree_size()
    ours = 0.0
    batch = 20_000
    for first in range(begin, MILLION, batch):
        leaves = [(number, leaf(number)) for number in range(first, min(first + batch, MILLION))]
        started = time.process_time()
        with transaction.atomic():
            Entry.objects.bulk_create(
                [
                    Entry(
                        number=number, kind=EntryKind.MATERIAL, leaf=content, leaf_hash=leaf_hash(content),
                        recorded_at=AT, source=f"log {number}",
                    )
                    for number, content in leaves
                ],
                batch_size=500,
            )  # fmt: skip
            grow_log()
        ours += time.process_time() - started
    count = MILLION - begin
    started = time.process_time()
    sign_checkpoint(now=AT)
    signing = time.process_time() - started
    limit = _limit([leaf(number) for number in range(begin, begin + 100_000)])
    print(
        f"   {count:,} entries into the log: {count / ours:,.0f}/s; SHA-256 and bare SQLite rows: {limit:,.0f}/s "
        f"(we reach {count / ours / limit:.0%}); a checkpoint over all: {signing * 1000:.1f} ms"
    )


def _limit(leaves: list[bytes]) -> float:
    with tempfile.TemporaryDirectory() as folder:
        peer = sqlite3.connect(Path(folder) / "peer.sqlite3")
        peer.execute("PRAGMA journal_mode=WAL")
        peer.execute("PRAGMA synchronous=FULL")
        peer.execute(
            "CREATE TABLE entry (number INTEGER PRIMARY KEY, leaf BLOB, hash TEXT UNIQUE, source TEXT UNIQUE)"
        )
        started = time.process_time()
        with peer:
            peer.executemany(
                "INSERT INTO entry VALUES (?, ?, ?, ?)",
                (
                    (number, content, hashlib.sha256(b"\0" + content).hexdigest(), f"log {number}")
                    for number, content in enumerate(leaves)
                ),
            )
        spent = time.process_time() - started
        peer.close()
    return len(leaves) / spent


def _proofs() -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from hustings.openness.models import Entry
    from hustings.openness.queries.log import (
        consistency_of,
        inclusion_of,
        log_state,
        proof_text,
        root_at,
        tree_size,
    )
    from hustings.openness.rules.merkle import is_consistent, is_included

    size = tree_size()
    root = root_at(size=size)
    places = [number * 7_919 % size for number in range(PROOFS)]
    times, reads = [], []
    for number in places:
        with CaptureQueriesContext(connection) as asked:
            started = time.process_time()
            proof = inclusion_of(number=number, size=size)
            times.append(time.process_time() - started)
        reads.append(len(asked))
        leaf_hash = bytes.fromhex(Entry.objects.get(number=number).leaf_hash)
        assert is_included(leaf_hash=leaf_hash, number=number, size=size, proof=proof, root=root)
    print(
        f"   inclusion at {size:,}: {_ms(times)} (< 5 ms wanted), {max(reads)} tiles read at most, {len(proof)} hashes"
    )
    times = []
    for old in places:
        started = time.process_time()
        proof = consistency_of(old=max(1, old), new=size)
        times.append(time.process_time() - started)
    assert is_consistent(
        old=max(1, old), new=size, old_root=root_at(size=max(1, old)), new_root=root, proof=proof
    )
    print(f"   consistency to {size:,}: {_ms(times)}")
    times = []
    for number in places[:100]:
        started = time.process_time()
        proof_text(number=number)
        times.append(time.process_time() - started)
    print(f"   a proof with its checkpoint, as served: {_ms(times)}")
    started = time.process_time()
    assert log_state().trouble == ""
    print(
        f"   held against the checkpoint beside the keys (each page): {(time.process_time() - started) * 1000:.1f} ms"
    )


def _ms(times: list[float]) -> str:
    worst = sorted(times)[int(len(times) * 0.99)]
    return f"{statistics.median(times) * 1000:.2f} ms in the middle, {worst * 1000:.2f} ms for 99 in 100"
