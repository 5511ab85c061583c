"""The tree against the vectors of RFC 6962's reference tests, against the RFC's own recursive words, and by properties."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.openness.rules.merkle import (
    EMPTY_ROOT,
    NoSuchLeaf,
    consistency_proof,
    hash_leaf,
    inclusion_proof,
    is_consistent,
    is_included,
    root_of,
)
from hustings.openness.rules.tiles import HASH_BYTES, WIDTH, Growth, TileNodes, hashes_in, widths

#: Leaves and roots of the Certificate Transparency reference tests.
LEAVES = [
    bytes.fromhex(text)
    for text in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


class Log:
    """A tree in memory, grown as the database's is."""

    def __init__(self, leaves: list[bytes]) -> None:
        self.tiles: dict[tuple[int, int], bytes] = {}
        self.leaves: list[bytes] = []
        self.extend(leaves)

    def extend(self, leaves: list[bytes]) -> None:
        growth = Growth(size=len(self.leaves), read=self.read)
        for leaf in leaves:
            growth.append(hash_leaf(leaf))
        self.leaves += leaves
        for key, tile in growth.changed.items():
            assert tile.startswith(self.tiles.get(key, b"")), "what stands in a tile never changes"
            self.tiles[key] = bytes(tile)

    def read(self, level: int, index: int) -> bytes:
        return self.tiles.get((level, index), b"")

    @property
    def nodes(self) -> TileNodes:
        return TileNodes(self.read)


# RFC 6962, section 2.1, word for word, sharing no line with the code under test.
def mth(data: list[bytes]) -> bytes:
    if not data:
        return hashlib.sha256().digest()
    if len(data) == 1:
        return hashlib.sha256(b"\x00" + data[0]).digest()
    k = 1
    while k * 2 < len(data):
        k *= 2
    return hashlib.sha256(b"\x01" + mth(data[:k]) + mth(data[k:])).digest()


def path(m: int, data: list[bytes]) -> list[bytes]:
    if len(data) == 1:
        return []
    k = 1
    while k * 2 < len(data):
        k *= 2
    if m < k:
        return [*path(m, data[:k]), mth(data[k:])]
    return [*path(m - k, data[k:]), mth(data[:k])]


def subproof(m: int, data: list[bytes], known: bool) -> list[bytes]:
    if m == len(data):
        return [] if known else [mth(data)]
    k = 1
    while k * 2 < len(data):
        k *= 2
    if m <= k:
        return [*subproof(m, data[:k], known), mth(data[k:])]
    return [*subproof(m - k, data[k:], False), mth(data[:k])]


@pytest.mark.parametrize("size", range(9))
def test_the_roots_of_the_reference_tests(size: int) -> None:
    log = Log(LEAVES)
    assert root_of(size=size, nodes=log.nodes).hex() == ROOTS[size]
    assert mth(LEAVES[:size]).hex() == ROOTS[size]


def test_the_proofs_of_the_reference_tests() -> None:
    """The four inclusion paths and four consistency paths that the reference tests spell out."""
    nodes = Log(LEAVES).nodes
    assert [one.hex() for one in inclusion_proof(number=0, size=8, nodes=nodes)] == [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]
    assert [one.hex() for one in inclusion_proof(number=5, size=8, nodes=nodes)] == [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]
    assert [one.hex() for one in inclusion_proof(number=2, size=3, nodes=nodes)] == [
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
    ]
    assert inclusion_proof(number=0, size=1, nodes=nodes) == ()
    assert [one.hex() for one in consistency_proof(old=6, new=8, nodes=nodes)] == [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]
    assert [one.hex() for one in consistency_proof(old=2, new=5, nodes=nodes)] == [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ]
    assert consistency_proof(old=8, new=8, nodes=nodes) == ()


SIZES = st.integers(min_value=1, max_value=700)


@given(SIZES, st.data())
def test_every_proof_is_the_rfcs_and_leads_to_the_root(size: int, data: st.DataObject) -> None:
    leaves = [number.to_bytes(2, "big") for number in range(size)]
    log = Log(leaves)
    number = data.draw(st.integers(min_value=0, max_value=size - 1))
    old = data.draw(st.integers(min_value=1, max_value=size))
    root = root_of(size=size, nodes=log.nodes)
    assert root == mth(leaves)
    proof = inclusion_proof(number=number, size=size, nodes=log.nodes)
    assert list(proof) == path(number, leaves)
    leaf_hash = hash_leaf(leaves[number])
    assert is_included(leaf_hash=leaf_hash, number=number, size=size, proof=proof, root=root)
    old_root = root_of(size=old, nodes=log.nodes)
    shown = consistency_proof(old=old, new=size, nodes=log.nodes)
    assert list(shown) == (subproof(old, leaves, True) if old < size else [])
    assert is_consistent(old=old, new=size, old_root=old_root, new_root=root, proof=shown)


@given(SIZES, st.data())
def test_nothing_else_is_proved(size: int, data: st.DataObject) -> None:
    """Another leaf, another place, a changed or a shortened path, another past: refused."""
    log = Log([number.to_bytes(2, "big") for number in range(size)])
    root = root_of(size=size, nodes=log.nodes)
    number = data.draw(st.integers(min_value=0, max_value=size - 1))
    proof = inclusion_proof(number=number, size=size, nodes=log.nodes)
    mine = hash_leaf(log.leaves[number])
    assert not is_included(leaf_hash=hash_leaf(b"other"), number=number, size=size, proof=proof, root=root)
    assert not is_included(leaf_hash=mine, number=number, size=size, proof=(*proof, mine), root=root)
    assert not is_included(leaf_hash=mine, number=size, size=size, proof=proof, root=root)
    if proof:
        assert not is_included(leaf_hash=mine, number=number, size=size, proof=proof[1:], root=root)
        assert not is_included(leaf_hash=mine, number=number ^ 1, size=size, proof=proof, root=root)
    old = data.draw(st.integers(min_value=1, max_value=size))
    shown = consistency_proof(old=old, new=size, nodes=log.nodes)
    wrong = hash_leaf(b"another past")
    assert not is_consistent(old=old, new=size, old_root=wrong, new_root=root, proof=shown)
    assert not is_consistent(
        old=old, new=size, old_root=root_of(size=old, nodes=log.nodes), new_root=wrong, proof=shown
    )


@given(st.lists(st.integers(min_value=0, max_value=300), max_size=5))
def test_a_tree_grown_in_steps_is_the_tree_grown_at_once(steps: list[int]) -> None:
    log = Log([])
    for step in steps:
        log.extend([f"{len(log.leaves) + number}".encode() for number in range(step)])
    size = len(log.leaves)
    assert log.tiles == Log(log.leaves).tiles
    assert {(level, index): width * HASH_BYTES for level, index, width in widths(size=size)} == {
        key: len(tile) for key, tile in log.tiles.items()
    }


def test_the_tiles_of_a_large_tree() -> None:
    """The example of the specification: 70,000 leaves."""
    found = list(widths(size=70_000))
    assert sum(level == 0 and width == WIDTH for level, _, width in found) == 273
    assert (0, 273, 112) in found
    assert [one for one in found if one[0] == 1] == [(1, 0, 256), (1, 1, 17)]
    assert [one for one in found if one[0] == 2] == [(2, 0, 1)]
    assert list(widths(size=256)) == [(0, 0, 256), (1, 0, 1)]
    assert list(widths(size=0)) == []


def test_what_is_not_there_is_refused() -> None:
    nodes = Log(LEAVES).nodes
    assert root_of(size=0, nodes=nodes) == EMPTY_ROOT
    for number, size in ((8, 8), (-1, 8), (0, 0)):
        with pytest.raises(NoSuchLeaf):
            inclusion_proof(number=number, size=size, nodes=nodes)
    with pytest.raises(NoSuchLeaf):
        consistency_proof(old=9, new=8, nodes=nodes)
    with pytest.raises(ValueError):
        hashes_in(b"x" * 33)
