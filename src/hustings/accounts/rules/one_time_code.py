"""Time-based one-time codes (RFC 6238 over HMAC-SHA-1, RFC 4226), as authenticator apps show them."""

import base64
import binascii
import hashlib
import hmac
import struct
from datetime import datetime

PERIOD_SECONDS = 30
DIGITS = 6


class NotASecret(ValueError):
    """The text is not a Base32 secret."""


def one_time_code(*, secret: str, at: datetime) -> str:
    """The code an app shows for a Base32 secret at an aware moment. Raises `NotASecret`."""
    try:
        key = base64.b32decode(secret, casefold=True)
    except binascii.Error as problem:
        raise NotASecret(
            "A one-time secret is written in Base32: letters A to Z and digits 2 to 7."
        ) from problem
    counter = int(at.timestamp()) // PERIOD_SECONDS
    digest = hmac.digest(key, struct.pack(">Q", counter), hashlib.sha1)
    start = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"
