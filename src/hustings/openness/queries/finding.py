"""Find the material of the record that a message or a leaflet somebody holds was made from."""

import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from hustings.clearance.rules.reading import Unreadable, artefact_of_html, artefact_of_pdf
from hustings.openness.models import Document, Entry, EntryKind
from hustings.openness.queries.entries import EntryView, public_entries, view_of, with_documents
from hustings.openness.rules.matching import Fingerprint, Likeness, fingerprint, likeness, without

_MOST = 5
_CHUNK = 200


@dataclass(frozen=True, kw_only=True)
class Match:
    """A material that is like what was shown, with what followed from it."""

    view: EntryView
    likeness: Likeness


def matches_of(*, text: str, on: date) -> list[Match]:
    """The materials of the record that are like a text, the likeliest first; at most five.

    Their words are those of the open copies, of captions and of subject lines. A copy that is a picture without words in the
    record cannot be found by words.
    """
    asked = fingerprint(text)
    found: list[tuple[float, int, Likeness]] = []
    materials = Entry.objects.filter(kind=EntryKind.MATERIAL).order_by("number")
    for number in materials.values_list("number", flat=True).iterator(chunk_size=_CHUNK):
        held = likeness(text=asked, material=_words_of(number))
        if held.verdict != "none":
            found.append((held.weight, number, held))
    best = sorted(found, key=lambda one: (-one[0], -one[1]))[:_MOST]
    entries = {
        entry.number: entry
        for entry in with_documents(public_entries(on=on).filter(number__in=[one[1] for one in best]))
    }
    return [Match(view=view_of(entry=entries[number], on=on), likeness=held) for _, number, held in best]


def forget_words() -> None:
    """Let go of remembered words: something was withheld, or a test begins."""
    _remembered.cache_clear()


def _words_of(number: int) -> Fingerprint:
    # What was withheld since must not be found any more, so the state of the documents is part of the question.
    shown = Document.objects.filter(
        entry=number, name__in=["copy", "facts"], content__isnull=False
    ).values_list("commitment", flat=True)
    return _remembered(number, tuple(sorted(shown)))


@lru_cache(maxsize=4096)
def _remembered(number: int, commitments: tuple[str, ...]) -> Fingerprint:
    documents = {one.name: one for one in Document.objects.filter(entry=number, commitment__in=commitments)}
    facts = json.loads(bytes(documents["facts"].content or b"{}")) if "facts" in documents else {}
    texts = [facts.get("subject_line") or "", facts.get("caption") or ""]
    if "copy" in documents:
        texts.append(_text_of(documents["copy"]))
    whole = fingerprint("\n".join(texts))
    return without(
        words=whole, common=[fingerprint(line) for line in (facts.get("imprint") or "").split("\n")]
    )


def _text_of(document: Document) -> str:
    content = bytes(document.content or b"")
    kind = document.media_type.split(";", maxsplit=1)[0].strip()
    if kind == "application/pdf":
        try:
            return artefact_of_pdf(content).text
        except Unreadable:
            return ""
    if kind == "text/html":
        return artefact_of_html(content.decode("utf-8", "replace")).text
    return content.decode("utf-8", "replace") if kind.startswith("text/") else ""
