"""Translations without any tools but Python: the catalogue of words people edit (.po) and the one the pages read (.mo).

    make messages        # writes locale/*/LC_MESSAGES/django.mo anew

The file formats are GNU gettext's. Only what our own catalogues use is read: comments, `msgid`, `msgid_plural`, `msgstr`,
`msgstr[n]` and strings continued on further lines. Without `msgctxt`, and without fuzzy marks: a translation is there or not.
"""

import ast
import re
import struct
from dataclasses import dataclass, field
from pathlib import Path

LOCALES = Path(__file__).resolve().parents[1] / "locale"

_LINE = re.compile(r'(?P<keyword>msgid|msgid_plural|msgstr|msgstr\[(?P<form>\d+)\])?\s*(?P<text>".*")\s*')
_MAGIC = 0x950412DE


class BadCatalogue(ValueError):
    """A line of a .po file cannot be read; the message names the file and the line."""


@dataclass
class Message:
    """One entry: the words in English (with their plural, if any) and the forms in the other language."""

    singular: str = ""
    plural: str | None = None
    forms: dict[int, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """How the compiled catalogue names it."""
        return self.singular if self.plural is None else f"{self.singular}\0{self.plural}"


def read_catalogue(*, path: Path) -> list[Message]:
    """Every entry of a .po file in order, the header (of the empty string) first. Raises `BadCatalogue`."""
    messages: list[Message] = []
    place = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        found = _LINE.fullmatch(line)
        if found is None or (found["keyword"] is None and not place):
            raise BadCatalogue(f"{path.name}, line {number}: “{line}” is no line of a catalogue.")
        text = str(ast.literal_eval(found["text"]))
        place = found["keyword"] or place
        if found["keyword"] == "msgid":
            messages.append(Message())
        if not messages:
            raise BadCatalogue(f"{path.name}, line {number}: it stands before the first msgid.")
        _add(messages[-1], place, text)
    return messages


def _add(message: Message, place: str, text: str) -> None:
    if place == "msgid":
        message.singular += text
    elif place == "msgid_plural":
        message.plural = (message.plural or "") + text
    else:
        form = int(place[7:-1]) if place.endswith("]") else 0
        message.forms[form] = message.forms.get(form, "") + text


def compiled(*, messages: list[Message]) -> bytes:
    """The compiled catalogue: two sorted tables of lengths and offsets, then the strings (GNU gettext manual, MO files)."""
    pairs = sorted(
        (message.key.encode(), "\0".join(text for _n, text in sorted(message.forms.items())).encode())
        for message in messages
        if any(message.forms.values())
    )
    count = len(pairs)
    tables, strings, offset = b"", b"", 28 + 16 * count
    for column in (0, 1):
        for pair in pairs:
            tables += struct.pack("<II", len(pair[column]), offset + len(strings))
            strings += pair[column] + b"\0"
    return struct.pack("<7I", _MAGIC, 0, count, 28, 28 + 8 * count, 0, 28 + 16 * count) + tables + strings


def compile_all(*, folder: Path = LOCALES) -> list[Path]:
    """Write the compiled catalogue beside every .po file; returns what was written."""
    written = []
    for path in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = path.with_suffix(".mo")
        target.write_bytes(compiled(messages=read_catalogue(path=path)))
        written.append(target)
    return written
