"""Reading an SMTP server's answers (RFC 5321 4.2, RFC 2034): what each says about the message in hand."""

import re
from dataclasses import dataclass
from enum import StrEnum

_LINE = re.compile(rb"([2-5]\d\d)([ -]?)(.*)")
_ENHANCED = re.compile(r"([245]\.\d{1,3}\.\d{1,3})(?:\s|$)")

#: Enhanced status codes (RFC 3463, RFC 7505) that say the mailbox or its domain does not exist, now or ever.
_DEAD_ADDRESS = frozenset({"5.1.0", "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"})


class ReplyMalformed(ValueError):
    """A server sent something that is not an SMTP reply."""


class Stage(StrEnum):
    """Where in the conversation an answer came."""

    CONNECT = "connect"  # greeting, EHLO, STARTTLS, AUTH: about the server and us
    SENDER = "sender"  # MAIL FROM: about us
    RECIPIENT = "recipient"  # RCPT TO: about one address
    CONTENT = "content"  # DATA, and the end of the message


class Fate(StrEnum):
    """What became of one message at the server."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    DEFERRED = "deferred"
    UNKNOWN = "unknown"  # the end of the message was sent, and no answer came


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole reply: its code and its text, lines joined by spaces."""

    code: int
    text: str

    @property
    def status(self) -> str:
        """The enhanced status code at the start of the text (`5.1.1`), or nothing."""
        match = _ENHANCED.match(self.text)
        return match[1] if match else ""

    @property
    def is_positive(self) -> bool:
        """Whether the server did what was asked (2yz), or waits for more (3yz)."""
        return self.code < 400

    @property
    def closes(self) -> bool:
        """Whether the server is about to close the connection (421)."""
        return self.code == 421

    def __str__(self) -> str:
        return f"{self.code} {self.text}".strip()


class ReplyReader:
    """Collects bytes and gives back whole replies; lines of one reply are joined."""

    def __init__(self) -> None:
        self._rest = b""
        self._lines: list[str] = []

    def feed(self, data: bytes) -> list[Reply]:
        """The replies completed by `data`. Raises ReplyMalformed."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        if len(self._rest) > 10_000:
            raise ReplyMalformed("The server sends a line without an end.")
        replies = []
        for line in lines:
            match = _LINE.fullmatch(line.rstrip(b"\r"))
            if match is None:
                raise ReplyMalformed(f"The server answered {line[:80]!r}, which is not an SMTP reply.")
            text = match[3].decode("utf-8", "replace")
            if match[2] == b"-":
                self._lines.append(text)
                continue
            code = int(match[1])
            replies.append(Reply(code, _joined([*self._lines, text]) if self._lines else text))
            self._lines = []
        return replies


def _joined(lines: list[str]) -> str:
    """Lines as one text; an enhanced status repeated on every line stays once."""
    match = _ENHANCED.match(lines[0])
    if match is not None:
        lines = [lines[0], *(line.removeprefix(f"{match[1]} ") for line in lines[1:])]
    return "\n".join(lines) if match is None else " ".join(lines)


def fate_of(*, stage: Stage, reply: Reply) -> Fate:
    """What an answer at a stage means for the message.

    A refusal of the sender or of the connection says nothing about the recipient: the message is deferred, and it is
    the sending that must stop (see `is_about_us`). 421 is a server that closes, at whatever stage: deferred.
    """
    if reply.is_positive:
        return Fate.ACCEPTED
    if reply.code >= 500 and stage in (Stage.RECIPIENT, Stage.CONTENT):
        return Fate.REFUSED
    return Fate.DEFERRED


def is_about_us(*, stage: Stage, code: int) -> bool:
    """Whether a failure concerns our standing with the server rather than this one message."""
    return stage in (Stage.CONNECT, Stage.SENDER) and code >= 400


def is_dead_address(*, status: str) -> bool:
    """Whether an enhanced status says that the address itself does not exist, so that it should not be used again.

    A plain 550 does not: servers use it for policy and reputation as well.
    """
    return status in _DEAD_ADDRESS
