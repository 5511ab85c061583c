"""Message bodies as bytes: quoted-printable, written so that fixed and personal parts can be joined freely.

Every piece begins at the start of an encoded line. A piece therefore looks the same whatever stands before
it, and a message is the plain joining of its pieces (RFC 2045 6.7: a soft line break, ``=`` at the end of a
line, means nothing). No encoded line begins with a full stop, so the dots that SMTP would have to double (RFC
5321 4.5.2) never arise, and no encoded text holds ``=_``, with which every boundary of ours begins, so no
field can end a part early.
"""

from __future__ import annotations

import re
from binascii import b2a_qp
from html import escape
from urllib.parse import quote

SOFT_BREAK = b"=\r\n"
_LINE = 75  # 76 with the "=" of a soft break (RFC 2045 6.7)
_PLAIN = re.compile(
    r"[A-Za-z0-9,'/:;&?%#@+_-](?:[A-Za-z0-9 ,.'/:;&?%#@+_()-]{0,60}[A-Za-z0-9,.'/:;&?%#@+_()-])?"
)
_PLAIN_HTML = re.compile(
    r"[A-Za-z0-9,/:;?%#@+_-](?:[A-Za-z0-9 ,./:;?%#@+_()-]{0,60}[A-Za-z0-9,./:;?%#@+_()-])?"
)
_NOT_SHOWN = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
_ENDS_OF_LINES = re.compile(r"\r\n|\r|\n|\x85|\u2028|\u2029")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_WEB_ADDRESS = re.compile(r"https?://[!-~]+")
_CODES = {number: f"={number:02X}" for number in range(256)}


class UnsafeLink(ValueError):
    """A field that should hold a web address holds something else."""

    def __init__(self, *, value: str) -> None:
        super().__init__(f"“{value}” is not a web address. Use one that begins with https:// or http://.")
        self.value = value


def quoted_printable(*, text: str) -> bytes:
    """`text` in quoted-printable UTF-8, beginning at the start of a line; line ends become CRLF."""
    return "\r\n".join(_encoded_line(line) for line in _ENDS_OF_LINES.split(text)).encode("ascii")


def _encoded_line(line: str) -> str:
    written: list[str] = []
    current = ""
    last = len(line) - 1
    for index, character in enumerate(line):
        if "!" <= character <= "~" and character != "=":
            code = "=2E" if character == "." and not current else character
        elif character in " \t" and index != last:
            code = character
        else:
            code = "".join(_CODES[byte] for byte in character.encode("utf-8", "replace"))
        if len(current) + len(code) > _LINE:
            written.append(current)
            current = ""
            if code == ".":
                code = "=2E"
        current += code
    written.append(current)
    return "=\r\n".join(written)


def _short(text: str) -> bytes:
    """As quoted_printable, for one line without line ends; nearly always in one step."""
    written = b2a_qp(text.encode("utf-8", "replace")).replace(b"\n", b"\r\n")
    if written.startswith(b".") or b"\n." in written:
        return quoted_printable(text=text)
    return written


def one_line(*, value: str) -> str:
    """`value` with every run of line ends and other control characters turned into one space, and trimmed."""
    return _NOT_SHOWN.sub(" ", value).strip()


def field_in_text(value: str) -> bytes:
    """A one-line field for the text part."""
    if _PLAIN.fullmatch(value):
        return value.encode("ascii")
    return _short(one_line(value=value))


def field_in_html(value: str) -> bytes:
    """A one-line field for the HTML part, between tags or in an attribute that is not an address."""
    if _PLAIN_HTML.fullmatch(value):
        return value.encode("ascii")
    return _short(escape(one_line(value=value)))


def field_in_link(value: str) -> bytes:
    """A one-line field inside a web address that the template itself wrote, percent-encoded."""
    return _short(quote(one_line(value=value), safe=""))


def lines_in_text(value: str) -> bytes:
    """A field of several lines (an address, say) for the text part."""
    return quoted_printable(text=_CONTROL.sub("", value).strip())


def lines_in_html(value: str) -> bytes:
    """A field of several lines for the HTML part: line ends become ``<br>``."""
    kept = _CONTROL.sub("", value).strip()
    return quoted_printable(text="<br>\n".join(escape(line) for line in _ENDS_OF_LINES.split(kept)))


def address_in_text(value: str) -> bytes:
    """A field that is a whole web address, for the text part; raises UnsafeLink for anything else."""
    return _short(web_address(value=value))


def address_in_html(value: str) -> bytes:
    """A field that is a whole web address, for the HTML part; raises UnsafeLink for anything else."""
    return _short(escape(web_address(value=value)))


def web_address(*, value: str) -> str:
    """`value` if it is an http(s) address in ASCII without spaces; raises UnsafeLink otherwise."""
    if not _WEB_ADDRESS.fullmatch(value):
        raise UnsafeLink(value=value)
    return value
