"""Message headers as bytes: folded, RFC 2047 where not ASCII, and refusing values that carry headers."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass

import idna

_FOLD = 76  # RFC 5322 2.1.1 recommends 78 without the CRLF
_HARD = 900  # RFC 5322 2.1.1 forbids more than 998; what is longer is encoded, which folds anywhere
_WORD_BYTES = 45  # 60 characters of base64: with "=?utf-8?b??=" 72, of the 75 that RFC 2047 allows
_TOKEN = re.compile(r"[!-~](?:[ -~]{0,900}[!-~])?")
_BREAKS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\x85\u2028\u2029]")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 '!#$%&*+/=?^_`{|}~-]{0,58}[A-Za-z0-9]|[A-Za-z0-9]")
_LOCAL_PART = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(
    r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*"
)


class HeaderInjection(ValueError):
    """A header value holds a line end or another control character, and could carry a header of its own."""

    def __init__(self, *, header: str) -> None:
        super().__init__(
            f"The value for {header} holds a line break or control character. Remove it and try again."
        )
        self.header = header


class AddressNotSendable(ValueError):
    """An email address that cannot be written in an SMTP command."""

    def __init__(self, *, address: str) -> None:
        super().__init__(
            f"Mail cannot be sent to “{address}”. Check the address for missing or unusual characters."
        )
        self.address = address


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An email address, with the name of whom it belongs to."""

    address: str
    name: str = ""


def wire_address(*, address: str) -> str:
    """`address` as it goes over the wire: ASCII, the domain in its IDNA form; raises AddressNotSendable."""
    local, at, domain = address.rpartition("@")
    if not domain.isascii():
        try:
            domain = idna.encode(domain, uts46=True).decode("ascii")
        except idna.IDNAError as fault:
            raise AddressNotSendable(address=address) from fault
    fits = len(local) <= 64 and len(domain) <= 255
    if not (at and fits and _LOCAL_PART.fullmatch(local) and _DOMAIN.fullmatch(domain)):
        raise AddressNotSendable(address=address)
    return f"{local}@{domain}"


def unstructured_header(*, name: str, value: str) -> bytes:
    """A whole header line of free text (Subject and the like), folded, with its CRLF; outer spaces are
    dropped.
    """
    _refuse_breaks(name, value)
    value = value.strip()
    if value.isascii() and "=?" not in value:
        if len(name) + 2 + len(value) <= _FOLD:
            return f"{name}: {value}\r\n".encode("ascii")
        folded = _folded(f"{name}: {value}")
        if folded is not None:
            return folded.encode("ascii") + b"\r\n"
    return f"{name}: ".encode("ascii") + _encoded_words(value, len(name) + 2) + b"\r\n"


def address_header(*, name: str, mailbox: Mailbox) -> bytes:
    """A whole header line with one mailbox (To, From, Reply-To), with its CRLF; raises AddressNotSendable."""
    return mailbox_header(name=name, display=mailbox.name, address=wire_address(address=mailbox.address))


def mailbox_header(*, name: str, display: str, address: str) -> bytes:
    """As address_header, for an address that `wire_address` has already passed."""
    if not display:
        return f"{name}: {address}\r\n".encode("ascii")
    room = _FOLD - len(name) - 5 - len(address)
    if len(display) <= room and _PLAIN_NAME.fullmatch(display) and "=?" not in display:
        return f"{name}: {display} <{address}>\r\n".encode("ascii")
    _refuse_breaks(name, display)
    display = " ".join(display.split())
    if display.isascii() and len(display) <= _FOLD - 12 and "=?" not in display:
        quoted = display.replace("\\", "\\\\").replace('"', '\\"')
        phrase = f'"{quoted}"'.encode("ascii")
    else:
        phrase = _encoded_words(display, len(name) + 2)
    return b"%s: %s\r\n <%s>\r\n" % (name.encode("ascii"), phrase, address.encode("ascii"))


def token_header(*, name: str, value: str) -> bytes:
    """A whole header line that must stand as it is (Message-ID, List-Unsubscribe, Date): ASCII, never
    folded.
    """
    if not _TOKEN.fullmatch(value):
        raise HeaderInjection(header=name)
    return f"{name}: {value}\r\n".encode("ascii")


def _refuse_breaks(name: str, value: str) -> None:
    if _BREAKS.search(value):
        raise HeaderInjection(header=name)


def _folded(line: str) -> str | None:
    """`line` broken before spaces, or None where a word is too long for any line."""
    done: list[str] = []
    while len(line) > _FOLD:
        floor = line.index(": ") + 2 if not done else 1
        at = line.rfind(" ", floor, _FOLD + 1)
        while (
            at > 0 and line[at - 1] == " "
        ):  # a fold inside a run of spaces could leave a line of spaces alone
            at -= 1
        if at < floor:
            at = line.find(" ", _FOLD)
        if at < floor:
            break
        done.append(line[:at])
        line = line[at:]
    done.append(line)
    return "\r\n".join(done) if all(len(part) <= _HARD for part in done) else None


def _encoded_words(value: str, used: int) -> bytes:
    """`value` as RFC 2047 encoded words, one to a line, none split within a character."""
    room = max(12, _WORD_BYTES - max(0, (used - 2) * 3 // 4))
    whole = value.encode("utf-8", "replace")
    if len(whole) <= room:
        return b"=?utf-8?b?" + base64.b64encode(whole) + b"?="
    words: list[bytes] = []
    chunk = b""
    for character in value:
        encoded = character.encode("utf-8", "replace")
        if chunk and len(chunk) + len(encoded) > room:
            words.append(chunk)
            chunk = b""
            room = _WORD_BYTES
        chunk += encoded
    words.append(chunk)
    return b"\r\n ".join(b"=?utf-8?b?" + base64.b64encode(word) + b"?=" for word in words)
