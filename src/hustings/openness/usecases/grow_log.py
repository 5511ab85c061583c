"""Take entries into the Merkle tree: their hashes go to the end of its tiles."""

from django.db import connection, transaction

from hustings.openness.models import Entry, Tile
from hustings.openness.queries.log import read_tile, tree_size
from hustings.openness.rules.tiles import Growth

_ONE_WRITER = 0x7265636F7264  # any number that nothing else locks


class NumbersMissing(RuntimeError):
    """The entries do not follow one another without a gap: rows are missing from the database."""


@transaction.atomic
def grow_log() -> int:
    """Take every entry that the tree does not hold yet into it, in order; returns the tree's size.

    Entries and their hashes are stored by the same transaction, so that a process that is killed leaves both or neither.
    Raises `NumbersMissing`.
    """
    let_one_in()
    growth = Growth(size=tree_size(), read=read_tile)
    waiting = Entry.objects.filter(number__gte=growth.size).order_by("number")
    for number, leaf_hash in waiting.values_list("number", "leaf_hash").iterator(chunk_size=5_000):
        if number != growth.size:
            raise NumbersMissing(f"Entry {growth.size} is missing; the next one is {number}.")
        growth.append(bytes.fromhex(leaf_hash))
    Tile.objects.bulk_create(
        [
            Tile(level=level, index=index, hashes=bytes(hashes))
            for (level, index), hashes in growth.changed.items()
        ],
        update_conflicts=True,
        unique_fields=["level", "index"],
        update_fields=["hashes"],
        batch_size=100,
    )
    return growth.size


def let_one_in() -> None:
    """Let one writer in at a time until the transaction ends; SQLite's write transactions queue by themselves."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_WRITER])
