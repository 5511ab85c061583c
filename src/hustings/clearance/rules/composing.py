"""Put words and imprint together into the bytes that are approved."""

from dataclasses import dataclass

from hustings.clearance.rules.facts import Medium
from hustings.clearance.rules.gate import Channel

#: The channels by which a copy of each medium may be sent to people one by one; the others are published, not
# sent.
CHANNELS: dict[Medium, frozenset[Channel]] = {
    Medium.EMAIL: frozenset({Channel.EMAIL}),
    Medium.SMS: frozenset({Channel.SMS}),
    Medium.CALL: frozenset({Channel.CALL, Channel.DOOR}),
    Medium.AUDIO: frozenset({Channel.AUTOMATED_CALL}),
    Medium.PRINT: frozenset({Channel.POST, Channel.FREEPOST, Channel.DOOR, Channel.LEAFLET}),
}


@dataclass(frozen=True, kw_only=True)
class Composed:
    """The words with their imprint, and the bytes of the whole."""

    subject: str
    body: str
    content: bytes
    media_type: str


def compose(*, medium: Medium, subject: str, body: str, imprint: str, adds_imprint: bool) -> Composed:
    """Write the imprint under the words, unless it stands there already, and the subject line over an email.

    The bytes are UTF-8 with one newline at the end and no trailing spaces, so that the same words always give
    the same bytes.
    """
    words = "\n".join(line.rstrip() for line in body.replace("\r\n", "\n").split("\n")).strip("\n")
    if adds_imprint and imprint and imprint not in words:
        # Two spaces before a line break keep the lines of a bilingual imprint apart in Markdown.
        words = f"{words}\n\n{imprint.replace(chr(10), '  ' + chr(10))}".strip("\n")
    line = " ".join(subject.split()) if medium is Medium.EMAIL else ""
    whole = f"Subject: {line}\n\n{words}\n" if line else f"{words}\n"
    return Composed(
        subject=line, body=words, content=whole.encode("utf-8"), media_type="text/markdown; charset=utf-8"
    )
