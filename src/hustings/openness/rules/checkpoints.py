"""Checkpoints (c2sp.org/tlog-checkpoint), the requests that witnesses get (tlog-witness), and proofs in one file (tlog-proof)."""

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass

from hustings.openness.rules.signed_notes import BadNote

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_PROOF_HEAD = "c2sp.org/tlog-proof@v1"


@dataclass(frozen=True, kw_only=True)
class Head:
    """What a checkpoint says: whose log, how many leaves, and the root over them."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The text of the note: three lines."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def parse_head(text: str) -> Head:
    """Read a checkpoint's text; lines after the third are passed over. Raises `BadNote`."""
    lines = text.split("\n")
    if len(lines) < 4 or not lines[0] or not _SIZE.fullmatch(lines[1]):
        raise BadNote("A checkpoint has three lines: the log's name, its size, and its root.")
    return Head(origin=lines[0], size=int(lines[1]), root=_hash(lines[2]))


def _hash(line: str) -> bytes:
    try:
        raw = base64.b64decode(line, validate=True)
    except (binascii.Error, ValueError) as fault:
        raise BadNote("A hash is not written in base64.") from fault
    if len(raw) != 32:
        raise BadNote("A hash has 32 bytes.")
    return raw


def witness_request(*, old: int, proof: Sequence[bytes], note: str) -> str:
    """What is posted to a witness: the size it knows, the consistency proof from there, and the signed checkpoint."""
    lines = [f"old {old}", *(base64.b64encode(one).decode() for one in proof), ""]
    return "\n".join(lines) + "\n" + note


def parse_witness_request(text: str) -> tuple[int, tuple[bytes, ...], str]:
    """Read such a request: the old size, the proof and the note. Raises `BadNote`."""
    head, found, note = text.partition("\n\n")
    first, *rest = head.split("\n")
    if not found or not first.startswith("old ") or not _SIZE.fullmatch(first[4:]):
        raise BadNote("A request to a witness begins with the old size.")
    return int(first[4:]), tuple(_hash(line) for line in rest), note


def proof_file(*, number: int, proof: Sequence[bytes], note: str) -> str:
    """An inclusion proof with the checkpoint it leads to, as one text that can be checked offline."""
    lines = [_PROOF_HEAD, f"index {number}", *(base64.b64encode(one).decode() for one in proof), ""]
    return "\n".join(lines) + "\n" + note


def parse_proof_file(text: str) -> tuple[int, tuple[bytes, ...], str]:
    """Read such a text: the leaf's number, the proof and the note. Raises `BadNote`."""
    head, found, note = text.partition("\n\n")
    lines = head.split("\n")
    if lines[0] != _PROOF_HEAD or not found:
        raise BadNote("This is not a proof of inclusion.")
    rest = lines[2:] if lines[1:] and lines[1].startswith("extra ") else lines[1:]
    if not rest or not rest[0].startswith("index ") or not _SIZE.fullmatch(rest[0][6:]):
        raise BadNote("The proof does not say which leaf it is about.")
    return int(rest[0][6:]), tuple(_hash(line) for line in rest[1:]), note
