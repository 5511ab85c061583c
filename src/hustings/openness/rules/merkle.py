"""The Merkle tree of RFC 6962, section 2.1: roots, inclusion proofs and consistency proofs, made and checked.

Hashes are raw bytes of SHA-256. Whoever makes a root or a proof hands in `nodes`, which answers with the hash of a whole
subtree: level 0 are the leaves, one of level 3 spans eight. A proof asks it O(log n) times.
"""

import hashlib
from collections.abc import Callable, Sequence

Nodes = Callable[[int, int], bytes]

EMPTY_ROOT = hashlib.sha256(b"").digest()
_LEAF, _INNER = b"\x00", b"\x01"


class NoSuchLeaf(ValueError):
    """A proof was asked for a leaf or a size that the tree does not have."""


def hash_leaf(leaf: bytes) -> bytes:
    """The hash of a leaf: SHA-256 of a zero byte and the leaf."""
    return hashlib.sha256(_LEAF + leaf).digest()


def hash_pair(*, left: bytes, right: bytes) -> bytes:
    """The hash of an inner node: SHA-256 of a one byte and the hashes of its two halves."""
    return hashlib.sha256(_INNER + left + right).digest()


def fold(hashes: Sequence[bytes]) -> bytes:
    """The root over a row of hashes whose number is a power of two."""
    row = list(hashes)
    while len(row) > 1:
        row = [hash_pair(left=row[i], right=row[i + 1]) for i in range(0, len(row), 2)]
    return row[0]


def root_of(*, size: int, nodes: Nodes) -> bytes:
    """The root of the tree over the first `size` leaves."""
    return _range_root(0, size, nodes) if size else EMPTY_ROOT


def _split(count: int) -> int:
    """The largest power of two below the count."""
    return 1 << ((count - 1).bit_length() - 1)


def _range_root(begin: int, end: int, nodes: Nodes) -> bytes:
    """The root over leaves begin to end; begin is a multiple of the power of two at or above the length."""
    count = end - begin
    if count & (count - 1) == 0:
        level = count.bit_length() - 1
        return nodes(level, begin >> level)
    middle = begin + _split(count)
    return hash_pair(left=_range_root(begin, middle, nodes), right=_range_root(middle, end, nodes))


def inclusion_proof(*, number: int, size: int, nodes: Nodes) -> tuple[bytes, ...]:
    """The path from leaf `number` to the root at `size`, from the leaf's neighbour upwards. Raises `NoSuchLeaf`."""
    if not 0 <= number < size:
        raise NoSuchLeaf(f"There is no leaf {number} in a tree of {size}.")
    begin, end = 0, size
    path: list[bytes] = []
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if number < middle:
            path.append(_range_root(middle, end, nodes))
            end = middle
        else:
            path.append(_range_root(begin, middle, nodes))
            begin = middle
    return tuple(reversed(path))


def consistency_proof(*, old: int, new: int, nodes: Nodes) -> tuple[bytes, ...]:
    """The proof that the tree of `new` leaves begins with the tree of `old` ones; empty for 0 and for equal sizes.

    Raises `NoSuchLeaf` where `old` is larger than `new`.
    """
    if not 0 <= old <= new:
        raise NoSuchLeaf(f"A tree of {new} does not begin with one of {old}.")
    if old in {0, new}:
        return ()
    begin, end = 0, new
    is_whole = True  # whether the old tree is still a whole subtree that the checker knows already
    path: list[bytes] = []
    while end != old:
        middle = begin + _split(end - begin)
        if old <= middle:
            path.append(_range_root(middle, end, nodes))
            end = middle
        else:
            path.append(_range_root(begin, middle, nodes))
            begin = middle
            is_whole = False
    if not is_whole:
        path.append(_range_root(begin, end, nodes))
    return tuple(reversed(path))


def is_included(*, leaf_hash: bytes, number: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the proof leads from the leaf to the root (RFC 9162, section 2.1.3.2)."""
    if not 0 <= number < size:
        return False
    place, last, reached = number, size - 1, leaf_hash
    for other in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            reached = hash_pair(left=other, right=reached)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            reached = hash_pair(left=reached, right=other)
        place, last = place >> 1, last >> 1
    return last == 0 and reached == root


def is_consistent(*, old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the proof shows that the newer tree begins with the older one (RFC 9162, section 2.1.4.2)."""
    if not 0 <= old <= new:
        return False
    if old == new:
        return not proof and old_root == new_root
    if old == 0:
        return not proof and old_root == EMPTY_ROOT
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not path:
        return False
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    first = second = path[0]
    for other in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            first, second = hash_pair(left=other, right=first), hash_pair(left=other, right=second)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            second = hash_pair(left=second, right=other)
        place, last = place >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root
