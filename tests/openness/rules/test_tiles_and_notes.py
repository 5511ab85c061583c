"""Paths of tiles, bundles of entries, signed notes, checkpoints and cosignatures, as the C2SP documents write them."""

import struct
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.openness.rules.checkpoints import (
    Head,
    parse_head,
    parse_proof_file,
    parse_witness_request,
    proof_file,
    witness_request,
)
from hustings.openness.rules.signed_notes import (
    COSIGNATURE,
    BadNote,
    Note,
    cosign,
    cosigned_at,
    is_signed,
    key_of,
    parse_key,
    parse_line,
    parse_note,
    sign,
    signers,
)
from hustings.openness.rules.tiles import NotATile, TilePath, bundle_of, entries_in, parse_tile_path

SEED, OTHER = bytes(range(32)), bytes(range(1, 33))
HEAD = Head(origin="office.example/record", size=7, root=bytes(32))
AT = datetime(2026, 3, 30, 9, 0, tzinfo=UTC)

#: The signed note in the tests of Go's package `note`, made by other hands.
NEUMANN = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SAYING = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)


@pytest.mark.parametrize(
    ("path", "tile"),
    [
        ("0/000", TilePath(level=0, index=0)),
        ("2/x001/x234/067", TilePath(level=2, index=1_234_067)),
        ("0/273.p/112", TilePath(level=0, index=273, width=112)),
        ("entries/x001/000.p/1", TilePath(level=None, index=1000, width=1)),
    ],
)
def test_paths(path: str, tile: TilePath) -> None:
    assert parse_tile_path(path) == tile
    assert str(tile) == path


@pytest.mark.parametrize(
    "path",
    [
        *(
            "",
            "0",
            "0/0",
            "0/00",
            "00/000",
            "64/000",
            "0/x000/001",
            "0/001/x002",
            "0/000.p/0",
            "0/000.p/256",
            "0/000.p/01",
        ),
        *(
            "-1/000",
            "0/000/",
            "0/000.p/",
            "entries/1",
            "0/x00a/000",
            "data/000",
            "0/000.p/999",
            "../000",
            "0/٠٠٠",
        ),
    ],
)
def test_paths_written_otherwise_are_none(path: str) -> None:
    with pytest.raises(NotATile):
        parse_tile_path(path)


@given(st.lists(st.binary(max_size=400), max_size=20))
def test_bundles(entries: list[bytes]) -> None:
    assert entries_in(bundle_of(entries)) == entries


@pytest.mark.parametrize("broken", [b"\x00", b"\x00\x05abc", b"\x00\x01a\x00"])
def test_broken_bundles(broken: bytes) -> None:
    with pytest.raises(NotATile):
        entries_in(broken)


def test_a_note_made_by_other_hands_verifies() -> None:
    key = parse_key(NEUMANN)
    note = parse_note(SAYING)
    assert list(signers(note=note, keys=(key,))) == [key]
    assert str(note) == SAYING
    assert str(key) == NEUMANN
    changed = parse_note(SAYING.replace("answer", "question"))
    with pytest.raises(BadNote, match="not what it signed"):
        signers(note=changed, keys=(key,))


def test_our_own_checkpoint() -> None:
    key = key_of(name=HEAD.origin, seed=SEED)
    note = Note(text=HEAD.text, lines=(sign(text=HEAD.text, name=HEAD.origin, seed=SEED),))
    read = parse_note(str(note))
    assert parse_head(read.text) == HEAD
    assert list(signers(note=read, keys=(key,))) == [key]
    assert signers(note=read, keys=(key_of(name=HEAD.origin, seed=OTHER),)) == {}
    assert parse_key(str(key)) == key


def test_a_witness_signs_the_moment_too() -> None:
    line = cosign(text=HEAD.text, name="witness.example/w1", seed=OTHER, at=AT)
    key = key_of(name="witness.example/w1", seed=OTHER, kind=COSIGNATURE)
    assert is_signed(text=HEAD.text, line=parse_line(str(line)[:-1]), key=key)
    assert cosigned_at(line) == AT
    later = parse_line(str(line)[:-1])
    moved = type(later)(
        name=later.name, key_id=later.key_id, signature=struct.pack(">Q", 1) + later.signature[8:]
    )
    assert not is_signed(text=HEAD.text, line=moved, key=key)
    # The same secret signs differently as a log: one cannot be passed off as the other.
    assert not is_signed(text=HEAD.text, line=line, key=key_of(name="witness.example/w1", seed=OTHER))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "only text\n",
            "text\n\n",
            "text\n\n— name\n",
            "text\n\n- name AAAAAAA=\n",
            "text\n\n— name !!!!\n",
        ),
        *("te\txt\n\n— name AAAAAAA=\n", "text\n\n— na+me AAAAAAA=\n", "text\n\n— name AAAAAAA="),
    ],
)
def test_what_is_no_note(text: str) -> None:
    with pytest.raises(BadNote):
        parse_note(text)


@pytest.mark.parametrize(
    "text", ["", "name", "a+b", NEUMANN.replace("c74f20a3", "c74f20a4"), NEUMANN[:-4], "n+00000000+AQ=="]
)
def test_what_is_no_key(text: str) -> None:
    with pytest.raises(BadNote):
        parse_key(text)


@pytest.mark.parametrize("text", ["", "a\n1\n", "a\n01\nAAAA\n", "\n1\nAAAA\n", "a\n1\nAAAA\n", "a\n-1\n!\n"])
def test_what_is_no_checkpoint(text: str) -> None:
    with pytest.raises(BadNote):
        parse_head(text)


def test_requests_and_proofs_come_back_as_they_went() -> None:
    note = str(Note(text=HEAD.text, lines=(sign(text=HEAD.text, name=HEAD.origin, seed=SEED),)))
    proof = (bytes(32), bytes([1]) * 32)
    assert parse_witness_request(witness_request(old=3, proof=proof, note=note)) == (3, proof, note)
    assert parse_witness_request(witness_request(old=0, proof=(), note=note)) == (0, (), note)
    assert parse_proof_file(proof_file(number=5, proof=proof, note=note)) == (5, proof, note)
    assert parse_proof_file(proof_file(number=0, proof=(), note=note)) == (0, (), note)
    for broken in ("", "old x\n\n" + note, "old 1\nAAAA\n\n" + note, "nothing\n\n"):
        with pytest.raises(BadNote):
            parse_witness_request(broken)
        with pytest.raises(BadNote):
            parse_proof_file(broken)
