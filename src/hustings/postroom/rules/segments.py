"""Where fields stand in a body, and the list of encoded segments and gaps that a body is cut into."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from hustings.postroom.rules.body_encoding import SOFT_BREAK, quoted_printable
from hustings.postroom.rules.template_language import FieldReference

Encoder = Callable[[str], bytes]
_LINK_IN_TEXT = re.compile(r"((?:https?://|mailto:|tel:)[^\s<>]*)$")
_LINK_IN_HTML = re.compile(r"(?:href|src|action)\s*=\s*[\"']([^\"']*)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """A field where it stands in a body.

    `link_so_far` is what stands before it in the same link address (`""` where the link begins); None
    outside links.
    """

    reference: FieldReference
    inside_tag: bool
    link_so_far: str | None


def places_in_text(pieces: Iterable[str | FieldReference]) -> Iterator[str | Place]:
    """The pieces of a text body, each field with what surrounds it."""
    before = ""
    for piece in pieces:
        if isinstance(piece, str):
            before = piece[-500:]
            yield piece
        else:
            link = _LINK_IN_TEXT.search(before)
            yield Place(reference=piece, inside_tag=False, link_so_far=link[1] if link else None)
            before = (before + "x")[-500:] if link else ""


def places_in_html(pieces: Iterable[str | FieldReference]) -> Iterator[str | Place]:
    """The pieces of an HTML body, each field with what surrounds it."""
    tag = ""  # what has been read of a tag that is not closed yet
    for piece in pieces:
        if isinstance(piece, str):
            opened, closed = piece.rfind("<"), piece.rfind(">")
            if opened > closed:
                tag = piece[opened:]
            elif closed > opened or not tag:
                tag = ""
            else:
                tag += piece
            yield piece
        else:
            link = _LINK_IN_HTML.search(tag) if tag else None
            yield Place(reference=piece, inside_tag=bool(tag), link_so_far=link[1] if link else None)
            tag += "x" if tag else ""


@dataclass(frozen=True, slots=True)
class Slot:
    """One field in one encoding, and the positions in the segment list where it goes."""

    reference: FieldReference
    encode: Encoder
    positions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Segments:
    """A message with gaps: `pieces` to copy, fill and join. The first `headers` pieces are for personal
    headers.
    """

    pieces: list[bytes]
    slots: tuple[Slot, ...]


@dataclass
class SegmentWriter:
    """Writes fixed text and gaps one after the other; neighbouring fixed text becomes one piece."""

    headers: int
    _pieces: list[bytes] = field(default_factory=list)
    _fixed: list[bytes] = field(default_factory=list)
    _gaps: dict[tuple[FieldReference, Encoder], list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._pieces.extend(b"" for _ in range(self.headers))

    def fixed(self, segment: bytes) -> None:
        """Bytes that stand as they are."""
        self._fixed.append(segment)

    def encoded(self, text: str) -> None:
        """Body text that is the same for everybody."""
        if text:
            self._fixed.append(quoted_printable(text=text))

    def gap(self, reference: FieldReference, encode: Encoder) -> None:
        """A field: it begins a line of its own, and what follows it begins another (both breaks are soft)."""
        if self._fixed and not self._fixed[-1].endswith(b"\r\n"):
            self._fixed.append(SOFT_BREAK)
        self._flush()
        self._gaps.setdefault((reference, encode), []).append(len(self._pieces))
        self._pieces.append(b"")
        self._fixed.append(SOFT_BREAK)

    def finish(self) -> Segments:
        """All that was written."""
        self._flush()
        slots = [Slot(reference=key[0], encode=key[1], positions=tuple(at)) for key, at in self._gaps.items()]
        return Segments(pieces=self._pieces, slots=tuple(slots))

    def _flush(self) -> None:
        if self._fixed:
            self._pieces.append(b"".join(self._fixed))
            self._fixed.clear()
