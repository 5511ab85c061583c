"""Marks for fields in a rendered body, and the list of encoded segments and gaps that a body is cut into."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from hustings.postroom.rules.body_encoding import SOFT_BREAK, quoted_printable
from hustings.postroom.rules.template_language import FieldReference

Encoder = Callable[[str], bytes]
_LINK_IN_TEXT = re.compile(r"((?:https?://|mailto:|tel:)[^\s<>]*)$")
_LINK_IN_HTML = re.compile(r"(?:href|src|action)\s*=\s*[\"']([^\"']*)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mark was found in a rendered body.

    `link_so_far` is what stands before it in the same link address (`""` where the link begins); None
    outside links.
    """

    reference: FieldReference
    start: int
    end: int
    inside_tag: bool
    link_so_far: str | None


class Marks:
    """Stand-ins for fields: letters and digits only, so that Markdown, sanitising and styling leave them
    alone.
    """

    def __init__(self, *, avoiding: str) -> None:
        stem = hashlib.sha256(avoiding.encode()).hexdigest()[:16]
        while stem in avoiding:
            stem = hashlib.sha256(stem.encode()).hexdigest()[:16]
        self._stem = f"zq{stem}n"
        self._pattern = re.compile(self._stem + r"(\d+)z")
        self._references: list[FieldReference] = []

    def mark(self, reference: FieldReference) -> str:
        """The stand-in for one field; the same field and default get the same one."""
        if reference not in self._references:
            self._references.append(reference)
        return f"{self._stem}{self._references.index(reference)}z"

    def places(self, rendered: str, *, html: bool) -> Iterator[Place]:
        """Every place where a field goes in `rendered`, in order."""
        for match in self._pattern.finditer(rendered):
            inside = False
            if html:
                opened = rendered.rfind("<", 0, match.start())
                inside = opened > rendered.rfind(">", 0, match.start())
                link = _LINK_IN_HTML.search(rendered[opened : match.start()]) if inside else None
            else:
                link = _LINK_IN_TEXT.search(rendered[max(0, match.start() - 500) : match.start()])
            yield Place(
                reference=self._references[int(match[1])],
                start=match.start(),
                end=match.end(),
                inside_tag=inside,
                link_so_far=link[1] if link else None,
            )


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
