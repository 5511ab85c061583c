"""Signed notes (c2sp.org/signed-note) with Ed25519, and the timestamped cosignatures of witnesses (c2sp.org/tlog-cosignature).

A note is a text and, after a blank line, signature lines: an em dash, the key's name, and the base64 of four bytes of key id
and the signature.
"""

import base64
import binascii
import hashlib
import struct
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = 1
COSIGNATURE = 4
_DASH = "— "
_MOST_LINES = 64


class BadNote(ValueError):
    """Something is not a signed note, a signature line or a verifier key; the message says what is wrong with it."""


@dataclass(frozen=True, kw_only=True)
class VerifierKey:
    """A public key with its name; `kind` is 1 for signatures of a log, 4 for cosignatures of a witness."""

    name: str
    kind: int
    public: bytes

    @property
    def key_id(self) -> bytes:
        """The four bytes by which signature lines name the key."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]

    def __str__(self) -> str:
        """The key as it is handed on: name, id and key, with plus signs between."""
        return (
            f"{self.name}+{self.key_id.hex()}+{base64.b64encode(bytes([self.kind]) + self.public).decode()}"
        )


@dataclass(frozen=True, kw_only=True)
class SignatureLine:
    """One line of signature: who, the key's id, and the bytes (for a witness: eight of the moment, then the signature)."""

    name: str
    key_id: bytes
    signature: bytes

    def __str__(self) -> str:
        return f"{_DASH}{self.name} {base64.b64encode(self.key_id + self.signature).decode()}\n"


@dataclass(frozen=True, kw_only=True)
class Note:
    """A text and its signature lines."""

    text: str
    lines: tuple[SignatureLine, ...]

    def __str__(self) -> str:
        return f"{self.text}\n{''.join(str(line) for line in self.lines)}"


def parse_key(text: str) -> VerifierKey:
    """Read a verifier key. Raises `BadNote`.

    >>> parse_key("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW").kind
    1
    """
    parts = text.strip().split("+", 2)
    if len(parts) != 3 or not is_key_name(parts[0]):
        raise BadNote("A verifier key has a name, an id and a key, with plus signs between.")
    raw = _decoded(parts[2])
    if len(raw) != 33 or raw[0] not in {ED25519, COSIGNATURE}:
        raise BadNote("This verifier key is not of a kind we can check: Ed25519, or Ed25519 of a witness.")
    key = VerifierKey(name=parts[0], kind=raw[0], public=raw[1:])
    if parts[1].lower() != key.key_id.hex():
        raise BadNote("The id in this verifier key does not belong to it. Was it copied whole?")
    return key


def is_key_name(name: str) -> bool:
    """Whether a key may be called this: something, without spaces and plus signs."""
    return bool(name) and "+" not in name and not any(sign.isspace() for sign in name)


def parse_note(text: str) -> Note:
    """Read a signed note. Raises `BadNote`."""
    if any(ord(sign) < 32 and sign != "\n" for sign in text):
        raise BadNote("A signed note holds no control characters.")
    body, found, rest = text.rpartition("\n\n")
    if not found or not rest.endswith("\n"):
        raise BadNote("A signed note has a text, an empty line, and lines of signature.")
    lines = rest[:-1].split("\n")
    if len(lines) > _MOST_LINES:
        raise BadNote(f"A signed note has at most {_MOST_LINES} signatures here.")
    return Note(text=body + "\n", lines=tuple(parse_line(line) for line in lines))


def parse_line(line: str) -> SignatureLine:
    """Read one line of signature, without its line break. Raises `BadNote`."""
    name, separator, encoded = line.removeprefix(_DASH).partition(" ")
    raw = _decoded(encoded)
    if not line.startswith(_DASH) or not separator or not is_key_name(name) or len(raw) <= 4:
        raise BadNote("A line of signature is an em dash, a name, and a signature in base64.")
    return SignatureLine(name=name, key_id=raw[:4], signature=raw[4:])


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as fault:
        raise BadNote("The base64 is broken.") from fault


def key_of(*, name: str, seed: bytes, kind: int = ED25519) -> VerifierKey:
    """The verifier key that belongs to 32 secret bytes."""
    public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    return VerifierKey(name=name, kind=kind, public=public)


def sign(*, text: str, name: str, seed: bytes) -> SignatureLine:
    """Sign a note's text."""
    key = key_of(name=name, seed=seed)
    signature = Ed25519PrivateKey.from_private_bytes(seed).sign(text.encode())
    return SignatureLine(name=name, key_id=key.key_id, signature=signature)


def cosign(*, text: str, name: str, seed: bytes, at: datetime) -> SignatureLine:
    """Sign a checkpoint as a witness does, with the moment."""
    seconds = int(at.timestamp())
    key = key_of(name=name, seed=seed, kind=COSIGNATURE)
    signature = Ed25519PrivateKey.from_private_bytes(seed).sign(_cosigned(text, seconds))
    return SignatureLine(name=name, key_id=key.key_id, signature=struct.pack(">Q", seconds) + signature)


def _cosigned(text: str, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def is_signed(*, text: str, line: SignatureLine, key: VerifierKey) -> bool:
    """Whether the line is this key's signature of the text."""
    if (line.name, line.key_id) != (key.name, key.key_id):
        return False
    signature, signed = line.signature, text.encode()
    if key.kind == COSIGNATURE:
        if len(signature) != 72:
            return False
        signed, signature = _cosigned(text, _seconds(line)), signature[8:]
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, signed)
    except (InvalidSignature, ValueError):
        return False
    return True


def signers(*, note: Note, keys: tuple[VerifierKey, ...]) -> dict[VerifierKey, SignatureLine]:
    """The known keys that signed the note.

    Lines of unknown keys are passed over. Raises `BadNote` where a line bears the name and id of a known key and is not its
    signature.
    """
    found: dict[VerifierKey, SignatureLine] = {}
    for line in note.lines:
        for key in keys:
            if (line.name, line.key_id) == (key.name, key.key_id):
                if not is_signed(text=note.text, line=line, key=key):
                    raise BadNote(f"The signature of {key.name} is wrong: this is not what it signed.")
                found[key] = line
    return found


def _seconds(line: SignatureLine) -> int:
    (seconds,) = struct.unpack(">Q", line.signature[:8])
    return int(seconds)


def cosigned_at(line: SignatureLine) -> datetime:
    """The moment that a witness's line states. Raises `BadNote` where there is none."""
    try:
        return datetime.fromtimestamp(_seconds(line), tz=UTC)
    except (struct.error, ValueError, OverflowError, OSError) as fault:
        raise BadNote("This line of a witness states no moment.") from fault
