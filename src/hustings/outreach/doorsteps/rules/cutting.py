"""Cut an area into rounds that hang together: along its longer side, again and again, each time by the number of doors."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Doors that stay together: those of one postcode, `doors` of them, at a point in metres."""

    key: str
    doors: int
    x: float
    y: float


def cut(*, blocks: Sequence[Block], size: int) -> list[list[Block]]:
    """Part the blocks into groups of about `size` doors, each block in exactly one, none empty.

    With `k` groups to make, the blocks are ordered along their longer side and parted where the doors come nearest to the
    share of `k // 2` groups; each half is cut in the same way. So a group is never more than a rectangle of its own.
    """
    if not blocks:
        return []
    doors = sum(block.doors for block in blocks)
    return _halved(list(blocks), min(len(blocks), max(1, round(doors / max(1, size)))))


def _halved(blocks: list[Block], groups: int) -> list[list[Block]]:
    if groups <= 1:
        return [blocks]
    wide = max(block.x for block in blocks) - min(block.x for block in blocks)
    tall = max(block.y for block in blocks) - min(block.y for block in blocks)
    if wide >= tall:
        blocks = sorted(blocks, key=lambda block: (block.x, block.y, block.key))
    else:
        blocks = sorted(blocks, key=lambda block: (block.y, block.x, block.key))
    left = groups // 2
    wanted = sum(block.doors for block in blocks) * left / groups
    best, passed, place = float("inf"), 0, left
    # Each half keeps at least as many blocks as groups are to be made of it.
    for number, block in enumerate(blocks[: len(blocks) - (groups - left)], start=1):
        passed += block.doors
        if number >= left and abs(passed - wanted) < best:
            best, place = abs(passed - wanted), number
    return _halved(blocks[:place], left) + _halved(blocks[place:], groups - left)
