"""How many non-party campaigners were registered, by general election."""

from pathlib import Path

from hustings.basics.entries import Entry
from hustings.basics.tables import load_table

TABLE = load_table(Path(__file__).parent / "tables" / "registered_campaigners.toml")


def numbers_by_poll() -> list[tuple[str, Entry]]:
    """The year of each poll with its entry, oldest first."""
    return [(entry.key[0], entry) for entry in TABLE.entries]
