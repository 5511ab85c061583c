"""Tiles: the hashes of the tree in rows of 256, as c2sp.org/tlog-tiles lays them out, and how they grow.

Tile (0, n) holds the leaf hashes 256 n to 256 n + 255; tile (l + 1, n) the roots of the full tiles of level l. The rightmost
tile of a level may be partial. What stands in a tile never changes, it only gets longer.
"""

import re
import struct
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from hustings.openness.rules.merkle import fold

WIDTH = 256
HASH_BYTES = 32
_HEIGHT = 8
_INDEX = re.compile(r"(?:x[0-9]{3}/)*[0-9]{3}")
_TILE = re.compile(
    r"(?P<level>entries|0|[1-9][0-9]?)/(?P<index>(?:x[0-9]{3}/)*[0-9]{3})(?:\.p/(?P<width>[1-9][0-9]{0,2}))?"
)

ReadTile = Callable[[int, int], bytes]


class NotATile(ValueError):
    """A path, or bytes, that name or hold no tile."""


@dataclass(frozen=True, kw_only=True)
class TilePath:
    """What the path of a tile asks for; `level` is None for a bundle of entries, `width` 256 for a full one."""

    level: int | None
    index: int
    width: int = WIDTH

    def __str__(self) -> str:
        """The path below `tile/`.

        >>> str(TilePath(level=0, index=1234067, width=8))
        '0/x001/x234/067.p/8'
        """
        digits = f"{self.index:03}"
        digits = digits.zfill(-(-len(digits) // 3) * 3)
        groups = [digits[i : i + 3] for i in range(0, len(digits), 3)]
        path = "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]])
        partial = f".p/{self.width}" if self.width < WIDTH else ""
        return f"{'entries' if self.level is None else self.level}/{path}{partial}"


def parse_tile_path(path: str) -> TilePath:
    """Read the path of a tile below `tile/`. Raises `NotATile` for anything that is not written in the one right way.

    >>> parse_tile_path("entries/x001/234.p/5")
    TilePath(level=None, index=1234, width=5)
    """
    found = _TILE.fullmatch(path)
    if found is None:
        raise NotATile(path)
    level = None if found["level"] == "entries" else int(found["level"])
    index = int(found["index"].replace("x", "").replace("/", ""))
    width = int(found["width"] or WIDTH)
    read = TilePath(level=level, index=index, width=width)
    if (level or 0) > 63 or (found["width"] and width >= WIDTH) or str(read) != path:
        raise NotATile(path)
    return read


def widths(*, size: int) -> Iterator[tuple[int, int, int]]:
    """Every tile of a tree of this size: level, index and width."""
    level, count = 0, size
    while count:
        for index in range(-(-count // WIDTH)):
            yield level, index, min(WIDTH, count - index * WIDTH)
        count //= WIDTH
        level += 1


def hashes_in(tile: bytes) -> list[bytes]:
    """The hashes of a tile. Raises `NotATile` for a broken length."""
    if len(tile) % HASH_BYTES or len(tile) > WIDTH * HASH_BYTES:
        raise NotATile(f"{len(tile)} bytes are no tile.")
    return [tile[i : i + HASH_BYTES] for i in range(0, len(tile), HASH_BYTES)]


def bundle_of(entries: Iterable[bytes]) -> bytes:
    """Entries in one bundle, each after its length in two bytes."""
    return b"".join(struct.pack(">H", len(entry)) + entry for entry in entries)


def entries_in(bundle: bytes) -> list[bytes]:
    """The entries of a bundle. Raises `NotATile` where it ends in the middle of one."""
    found: list[bytes] = []
    place = 0
    while place < len(bundle):
        if place + 2 > len(bundle):
            raise NotATile("The bundle ends in the middle of a length.")
        (length,) = struct.unpack_from(">H", bundle, place)
        place += 2 + length
        if place > len(bundle):
            raise NotATile("The bundle ends in the middle of an entry.")
        found.append(bundle[place - length : place])
    return found


class TileNodes:
    """Answers for the nodes of the tree out of its tiles, each read once."""

    def __init__(self, read: ReadTile) -> None:
        self._read = read
        self._tiles: dict[tuple[int, int], bytes] = {}

    def __call__(self, level: int, index: int) -> bytes:
        """The hash of a whole subtree. Raises `NotATile` where the tiles do not hold it."""
        tile_level, height = divmod(level, _HEIGHT)
        number, offset = divmod(index << height, WIDTH)
        if (tile := self._tiles.get((tile_level, number))) is None:
            tile = self._tiles[tile_level, number] = self._read(tile_level, number)
        begin, end = offset * HASH_BYTES, (offset + (1 << height)) * HASH_BYTES
        if end > len(tile):
            raise NotATile(f"Tile {tile_level}/{number} holds no node {level}/{index}.")
        return fold(hashes_in(tile[begin:end]))


class Growth:
    """Grows a tree by leaf hashes; `changed` holds the tiles that must be stored, by level and index."""

    def __init__(self, *, size: int, read: ReadTile) -> None:
        self.size = size
        self.changed: dict[tuple[int, int], bytearray] = {}
        self._read = read

    def append(self, leaf_hash: bytes) -> None:
        """Add one leaf; a tile that becomes full gives its root to the level above."""
        level, count, grown = 0, self.size, leaf_hash
        while True:
            index, offset = divmod(count, WIDTH)
            key = (level, index)
            if (tile := self.changed.get(key)) is None:
                stored = self._read(level, index)[: offset * HASH_BYTES] if offset else b""
                if len(stored) != offset * HASH_BYTES:
                    raise NotATile(f"Tile {level}/{index} is shorter than the tree.")
                tile = self.changed[key] = bytearray(stored)
            tile += grown
            if offset < WIDTH - 1:
                break
            level, count, grown = level + 1, index, fold(hashes_in(bytes(tile)))
        self.size += 1
