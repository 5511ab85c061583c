"""The bytes of one entry of the public record, and what is hashed.

Everything here is fixed: a leaf that was written can never be written otherwise. The bytes are worked through
in docs/algorithms/public_record.md.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

FORMAT = "hustings-record-1"
SALT_BYTES = 32
_LARGEST_INTEGER = 2**53 - 1
_COMMITMENT_PREFIX = b"hustings-commitment-1\n"
_LEAF_PREFIX = b"\x00"  # RFC 6962, section 2.1: leaves and inner nodes are hashed apart

Json = None | bool | int | str | Sequence["Json"] | Mapping[str, "Json"]


class NotCanonical(ValueError):
    """A value has no canonical bytes: a fraction, too large a number, a key that is not plain ASCII, broken
    text.
    """


@dataclass(frozen=True, kw_only=True)
class Commitment:
    """What a leaf says of a document beside it: its name, when it opens, and the commitment in hexadecimal."""

    name: str
    seal: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Leaf:
    """The facts of one entry that are open from the first moment and name nobody.

    `number` is the index of the leaf in the log; `opens_on` the first day on which documents sealed by date
    are open.
    """

    number: int
    kind: str
    recorded_at: datetime
    channel: str
    purpose: str
    area: str | None
    concerns: int | None
    opens_on: date | None
    documents: tuple[Commitment, ...]


def canonical_json(value: Json) -> bytes:
    """The one way to write a JSON value: the subset of RFC 8785 without fractions.

    UTF-8, no space between tokens, keys of plain ASCII in order, whole numbers within ±(2^53 - 1), the
    shortest escapes.

    >>> canonical_json({"b": [1, True, None], "a": "é"})
    b'{"a":"\\xc3\\xa9","b":[1,true,null]}'
    """
    _check(value)
    try:
        return json.dumps(
            value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
        ).encode("utf-8")
    except UnicodeEncodeError as fault:
        raise NotCanonical("Text with half a character in it has no canonical bytes.") from fault


def _check(value: Json) -> None:
    if value is None or isinstance(value, bool | str):
        return
    if isinstance(value, int):
        if abs(value) > _LARGEST_INTEGER:
            raise NotCanonical(f"{value} is too large a number.")
    elif isinstance(value, Mapping):
        for key, item in value.items():
            if not isinstance(key, str) or not key.isascii():
                raise NotCanonical(f"{key!r} is not a plain key.")
            _check(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _check(item)
    else:
        raise NotCanonical(f"{value!r} is not text, a whole number, a truth value, a list or a table.")


def leaf_bytes(leaf: Leaf) -> bytes:
    """The exact bytes of an entry."""
    if leaf.recorded_at.tzinfo is None:
        raise NotCanonical("A moment without time zone has no canonical bytes.")
    return canonical_json(
        {
            "format": FORMAT,
            "number": leaf.number,
            "kind": leaf.kind,
            "recorded_at": leaf.recorded_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "channel": leaf.channel,
            "purpose": leaf.purpose,
            "area": leaf.area,
            "concerns": leaf.concerns,
            "opens_on": leaf.opens_on.isoformat() if leaf.opens_on else None,
            "documents": [
                {"name": one.name, "seal": one.seal, "sha256": one.sha256}
                for one in sorted(leaf.documents, key=lambda one: one.name)
            ],
        }
    )


def leaf_hash(leaf: bytes) -> str:
    """The leaf hash of RFC 6962: SHA-256 of a zero byte and the leaf, in hexadecimal."""
    return hashlib.sha256(_LEAF_PREFIX + leaf).hexdigest()


def commitment(*, salt: bytes, content: bytes) -> str:
    """The salted commitment to a document: SHA-256 of a prefix, 32 bytes of salt and the content, in
    hexadecimal.

    While the salt is kept back nobody can try likely contents against it; once it is shown, everybody can
    check. Raises `NotCanonical` for a salt of another length: it would let salt and content run into each
    other.
    """
    if len(salt) != SALT_BYTES:
        raise NotCanonical(f"A salt has {SALT_BYTES} bytes.")
    return hashlib.sha256(_COMMITMENT_PREFIX + salt + content).hexdigest()
