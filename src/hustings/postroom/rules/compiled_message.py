"""A message to many people, written in bytes once.

`compile_message` takes subject, text and HTML in the template language. For each branch vector (which of the template's
conditions hold) the bodies are encoded once and cut where fields go. Filling a message for one person is then: encode
that person's few fields, join.

    compiled = compile_message(subject="Hello {{ name }}", text=..., html=..., kinds=..., frame=...)
    wire = compiled.fill(to=Mailbox(...), message_id="<…>", date="…", values={"name": "Dot"})

`wire` is a complete message with CRLF line ends, ASCII throughout, with no line that begins with a full stop.
"""

from __future__ import annotations

import hashlib
import re
from binascii import a2b_qp
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from hustings.postroom.rules import body_encoding as body
from hustings.postroom.rules.header_encoding import (
    HeaderInjection,
    Mailbox,
    address_header,
    mailbox_header,
    token_header,
    unstructured_header,
    wire_address,
)
from hustings.postroom.rules.segments import (
    Encoder,
    Place,
    Segments,
    SegmentWriter,
    places_in_html,
    places_in_text,
)
from hustings.postroom.rules.template_language import FieldReference, Template, parse_template

Values = Mapping[str, str | bool]


class FieldKind(StrEnum):
    """What a field holds, which decides how it is written."""

    TEXT = "text"  # one line of words
    LINES = "lines"  # several lines, as an address
    LINK = "link"  # a whole web address
    FLAG = "flag"  # only asked about, never written


class FieldMisplaced(ValueError):
    """A field stands where it cannot be written safely."""


class FieldMissing(KeyError):
    """A recipient's values lack a field that the template uses."""

    def __init__(self, *, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        return f"The message uses the field “{self.name}”, which was not given for this person."


@dataclass(frozen=True, slots=True)
class Bodies:
    """One body, both ways."""

    text: str
    html: str


@dataclass(frozen=True, slots=True)
class MessageFrame:
    """Headers that are the same for everybody, and the names of the fields that make the others.

    `headers` are further fixed headers. `unsubscribe_field` names the LINK field with the recipient's
    one-click address; with it, List-Unsubscribe and List-Unsubscribe-Post (RFC 8058) are written,
    `unsubscribe_mailto` added where given.
    """

    sender: Mailbox
    reply_to: Mailbox | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    unsubscribe_field: str = ""
    unsubscribe_mailto: str = ""


_PERSONAL_HEADERS = 5  # To, Subject, Message-ID, Date, List-Unsubscribe
_OWN_HEADERS = frozenset(
    {"from", "to", "subject", "date", "message-id", "reply-to", "mime-version", "content-type"}
    | {"content-transfer-encoding", "list-unsubscribe", "list-unsubscribe-post", "sender", "cc", "bcc"}
    | {"return-path", "received", "dkim-signature"}
)
_HEADER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}")
_TEXT_ENCODERS: dict[FieldKind, Encoder] = {
    FieldKind.TEXT: body.field_in_text,
    FieldKind.LINES: body.lines_in_text,
    FieldKind.LINK: body.address_in_text,
}
_HTML_ENCODERS: dict[FieldKind, Encoder] = {
    FieldKind.TEXT: body.field_in_html,
    FieldKind.LINES: body.lines_in_html,
    FieldKind.LINK: body.address_in_html,
}


@dataclass(frozen=True, slots=True)
class _Branch:
    """One branch vector, ready to fill: the subject's pieces, the segments with gaps, and what fills the
    gaps.
    """

    subject: tuple[str | FieldReference, ...]
    subject_line: bytes | None  # whole, where no field is in it
    segments: Segments


class CompiledMessage:
    """A message compiled once; `fill` writes it for one person. Branches are made when first met, and
    kept.
    """

    def __init__(
        self,
        *,
        subject: Template,
        text: Template,
        html: Template,
        kinds: Mapping[str, FieldKind],
        frame: MessageFrame,
    ) -> None:
        self._subject = subject
        self._text = text
        self._html = html
        self._kinds = dict(kinds)
        self._frame = frame
        self._conditions = tuple(sorted({*subject.conditions, *text.conditions, *html.conditions}))
        self._branches: dict[tuple[bool, ...], _Branch] = {}
        self._fixed = _fixed_headers(frame)

    @property
    def fields(self) -> frozenset[str]:
        """Every field whose value `fill` may ask for."""
        used = self._subject.fields | self._text.fields | self._html.fields | set(self._conditions)
        return used | {self._frame.unsubscribe_field} if self._frame.unsubscribe_field else used

    @property
    def branches_made(self) -> int:
        """How many branch vectors have been met so far."""
        return len(self._branches)

    def fill(self, *, to: Mailbox, message_id: str, date: str, values: Values) -> bytes:
        """The whole message for one person; `message_id` with its angle brackets, `date` as RFC 5322 writes
        it.

        Raises FieldMissing, UnsafeLink, AddressNotSendable or HeaderInjection; nothing is written by halves.
        """
        name, address = body.one_line(value=to.name), wire_address(address=to.address)
        return self.fill_wire(name=name, address=address, message_id=message_id, date=date, values=values)

    def fill_wire(self, *, name: str, address: str, message_id: str, date: str, values: Values) -> bytes:
        """As `fill`, for an address that `wire_address` has passed and a name that is one line."""
        try:
            branch = self._branch(tuple([bool(values[condition]) for condition in self._conditions]))
            parts = branch.segments.pieces.copy()
            parts[0] = mailbox_header(name="To", display=name, address=address)
            parts[1] = branch.subject_line or self._subject_line(branch, values)
            parts[2] = token_header(name="Message-ID", value=message_id)
            parts[3] = _date_header(date)
            if self._frame.unsubscribe_field:
                parts[4] = self._unsubscribe_header(values)
            for slot in branch.segments.slots:
                reference = slot.reference
                encoded = slot.encode(str(values[reference.name] or reference.default))
                for position in slot.positions:
                    parts[position] = encoded
        except KeyError as missing:
            raise FieldMissing(name=str(missing.args[0])) from missing
        return b"".join(parts)

    def subject(self, *, values: Values) -> str:
        """The subject as this person reads it."""
        branch = {condition: bool(values[condition]) for condition in self._subject.conditions}
        return _written(self._subject.resolve(branch=branch), values)

    def bodies(self, *, values: Values) -> Bodies:
        """Text and HTML as this person reads them, for previews; the same content that `fill` sends."""
        truth = {condition: bool(values[condition]) for condition in self._conditions}
        return Bodies(
            text=self._read(places_in_text(self._text.resolve(branch=truth)), values, html=False),
            html=self._read(places_in_html(self._html.resolve(branch=truth)), values, html=True),
        )

    def _subject_line(self, branch: _Branch, values: Values) -> bytes:
        return unstructured_header(name="Subject", value=_written(branch.subject, values))

    def _unsubscribe_header(self, values: Values) -> bytes:
        address = body.web_address(value=str(values[self._frame.unsubscribe_field]))
        ways = f"<{address}>"
        if self._frame.unsubscribe_mailto:
            ways += f", <mailto:{self._frame.unsubscribe_mailto}>"
        return token_header(name="List-Unsubscribe", value=ways)

    def _read(self, pieces: Iterable[str | Place], values: Values, *, html: bool) -> str:
        written: list[str] = []
        for piece in pieces:
            if isinstance(piece, str):
                written.append(piece)
            else:
                value = str(values[piece.reference.name] or piece.reference.default)
                encoded = self._encoder(piece, html=html)(value)
                written.append(a2b_qp(encoded).decode().replace("\r\n", "\n"))
        return "".join(written)

    def _encoder(self, place: Place, *, html: bool) -> Encoder:
        name = place.reference.name
        kind = self._kinds[name]
        if not html:
            return _TEXT_ENCODERS[kind] if place.link_so_far is None else body.field_in_link
        if place.link_so_far is None:
            if place.inside_tag and kind is FieldKind.LINES:
                raise FieldMisplaced(
                    f"The field “{name}” has several lines and cannot stand inside an HTML tag."
                )
            return _HTML_ENCODERS[kind]
        if kind is FieldKind.LINK:
            if place.link_so_far:
                raise FieldMisplaced(
                    f"The link field “{name}” holds a whole web address. "
                    "Write nothing before it inside the link."
                )
            return body.address_in_html
        if not re.search(r"[?#/:]", place.link_so_far):
            raise FieldMisplaced(
                f"The field “{name}” is used as a link, but it does not hold a web address. "
                "Use a link field, or write the beginning of the address before it."
            )
        return body.field_in_link

    def _branch(self, vector: tuple[bool, ...]) -> _Branch:
        if found := self._branches.get(vector):
            return found
        truth = dict(zip(self._conditions, vector, strict=True))
        text, html = self._text.resolve(branch=truth), self._html.resolve(branch=truth)
        # "=_" cannot arise in quoted-printable, so no text and no field can hold the boundary (RFC 2045 6.7).
        boundary = f"=_{hashlib.sha256(repr((text, html)).encode()).hexdigest()[:32]}"
        writer = SegmentWriter(headers=_PERSONAL_HEADERS)
        writer.fixed(self._fixed + _opening(boundary))
        self._cut(writer, places_in_text(text), html=False)
        writer.fixed(b"\r\n" + _part(boundary, "text/html"))
        self._cut(writer, places_in_html(html), html=True)
        writer.fixed(f"\r\n--{boundary}--\r\n".encode("ascii"))
        subject = self._subject.resolve(branch=truth)
        whole = None
        if all(isinstance(piece, str) for piece in subject):
            whole = unstructured_header(name="Subject", value=_written(subject, {}))
        made = _Branch(subject=subject, subject_line=whole, segments=writer.finish())
        self._branches[vector] = made
        return made

    def _cut(self, writer: SegmentWriter, pieces: Iterable[str | Place], *, html: bool) -> None:
        for piece in pieces:
            if isinstance(piece, str):
                writer.encoded(piece)
            else:
                writer.gap(piece.reference, self._encoder(piece, html=html))

    def compile_all_and_none(self) -> None:
        """Compile the two branches in which every condition holds, and none does, so that faults show before
        sending.
        """
        for truth in (True, False):
            self._branch(tuple(truth for _ in self._conditions))


def compile_message(
    *, subject: str, text: str, html: str, kinds: Mapping[str, FieldKind], frame: MessageFrame
) -> CompiledMessage:
    """Compile a message whose subject and bodies are in the template language; `kinds` are the fields there are.

    Raises TemplateFault, FieldMisplaced, HeaderInjection or AddressNotSendable before anything is sent. Not every
    branch that a recipient could meet is tried here (there may be many), but the two in which all or no conditions
    hold.
    """
    writable = [name for name, kind in kinds.items() if kind is not FieldKind.FLAG]
    parsed = [parse_template(source=source, known=kinds) for source in (subject, text, html)]
    for template in parsed:
        for name in template.fields:
            if name not in writable:
                raise FieldMisplaced(
                    f"The field “{name}” is a yes or no and can only be asked about, with {{% if {name} %}}."
                )
    if frame.unsubscribe_field and kinds.get(frame.unsubscribe_field) is not FieldKind.LINK:
        raise FieldMisplaced(f"The unsubscribe field “{frame.unsubscribe_field}” must be a link field.")
    compiled = CompiledMessage(subject=parsed[0], text=parsed[1], html=parsed[2], kinds=kinds, frame=frame)
    compiled.compile_all_and_none()
    return compiled


def kind_of(*, field_name: str) -> FieldKind:
    """The kind of a field by the convention of its name: `…_url` a link, `is_…` and `has_…` flags, `…_lines` lines."""
    if field_name.endswith("_url"):
        return FieldKind.LINK
    if field_name.startswith(("is_", "has_")):
        return FieldKind.FLAG
    return FieldKind.LINES if field_name.endswith("_lines") else FieldKind.TEXT


def _written(pieces: tuple[str | FieldReference, ...], values: Values) -> str:
    """The pieces of a subject as one line."""
    return body.one_line(
        value="".join(
            piece if isinstance(piece, str) else body.one_line(value=str(values[piece.name] or piece.default))
            for piece in pieces
        )
    )


@lru_cache(maxsize=16)
def _date_header(date: str) -> bytes:
    return token_header(name="Date", value=date)


def _fixed_headers(frame: MessageFrame) -> bytes:
    """Headers that are the same for everybody; refuses those that belong to this module."""
    lines = [address_header(name="From", mailbox=frame.sender)]
    if frame.reply_to is not None:
        lines.append(address_header(name="Reply-To", mailbox=frame.reply_to))
    if frame.unsubscribe_field:
        lines.append(token_header(name="List-Unsubscribe-Post", value="List-Unsubscribe=One-Click"))
    for name, value in frame.headers.items():
        if not _HEADER_NAME.fullmatch(name) or name.lower() in _OWN_HEADERS:
            raise HeaderInjection(header=name)
        lines.append(unstructured_header(name=name, value=value))
    return b"".join(lines)


def _opening(boundary: str) -> bytes:
    return (
        f'MIME-Version: 1.0\r\nContent-Type: multipart/alternative;\r\n boundary="{boundary}"\r\n\r\n'
    ).encode("ascii") + _part(boundary, "text/plain")


def _part(boundary: str, content_type: str) -> bytes:
    return (
        f"--{boundary}\r\nContent-Type: {content_type}; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    ).encode("ascii")
