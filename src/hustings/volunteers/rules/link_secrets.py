"""Secrets in links: long enough not to be guessed, and kept as a hash alone."""

import hashlib
import secrets

_BYTES = 24


def new_secret() -> str:
    """A fresh secret of 192 bits, as text for an address."""
    return secrets.token_urlsafe(_BYTES)


def hash_of(*, secret: str) -> str:
    """What is stored of a secret: SHA-256 in hexadecimal. The secret has too many bits to be found by trying."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
