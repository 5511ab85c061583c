"""Find the material of the record that a message or a leaflet somebody holds was made from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, QuerySet

from hustings.openness.models import Document, Entry, EntryKind, Mark
from hustings.openness.queries.entries import EntryView, public_entries, view_of, with_documents
from hustings.openness.rules.matching import Fingerprint, Likeness, fingerprint, likeness
from hustings.openness.rules.material_words import words_of_material
from hustings.openness.rules.tracing import MOST_PAIRS, likeliest, marks_of_question, worth_asking

_MOST = 5
_BATCH = 900
_UNMARKED = 200


@dataclass(frozen=True, kw_only=True)
class Match:
    """A material that is like what was shown, with what followed from it."""

    view: EntryView
    likeness: Likeness


def matches_of(*, text: str, on: date) -> list[Match]:
    """The materials of the record that are like a text, the likeliest first; at most five.

    Their words are those of the open copies, of captions and of subject lines. The marks of the text lead to a few dozen
    materials, and only those are compared, however many there are.
    """
    asked = fingerprint(text)
    found: list[tuple[float, int, Likeness]] = []
    for number, words in _words_of(candidates_of(asked=asked)):
        held = likeness(text=asked, material=words)
        if held.verdict != "none":
            found.append((held.weight, number, held))
    best = sorted(found, key=lambda one: (-one[0], -one[1]))[:_MOST]
    entries = {
        entry.number: entry
        for entry in with_documents(public_entries(on=on).filter(number__in=[one[1] for one in best]))
    }
    return [Match(view=view_of(entry=entries[number], on=on), likeness=held) for _, number, held in best]


def candidates_of(*, asked: Fingerprint) -> list[int]:
    """The numbers of the materials that share marks with a text, those that share most first; then some not marked yet."""
    held: dict[int, int] = {}
    for batch in _batches(sorted(marks_of_question(asked.words))):
        rows = Mark.objects.filter(mark__in=batch).order_by().values("mark").annotate(count=Count("pk"))
        held.update(rows.values_list("mark", "count"))
    chosen = worth_asking(held)
    pairs: list[tuple[int, int]] = []
    for batch in _batches(chosen):
        bearing = Mark.objects.filter(mark__in=batch).order_by("-entry")
        pairs += bearing.values_list("entry_id", "mark")[:MOST_PAIRS]
    found = likeliest(pairs, held=held)
    return found + list(unmarked().order_by("-number").values_list("number", flat=True)[:_UNMARKED])


def unmarked() -> QuerySet[Entry]:
    """The materials that have no marks yet, as after an upgrade.

    One look into the index of marks a material: as a join, a database walks through every mark of every material, which took
    most of each question's time.
    """
    marks = Mark.objects.filter(entry=OuterRef("pk"))
    return Entry.objects.filter(~Exists(marks), kind=EntryKind.MATERIAL)


def _batches(values: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(values), _BATCH):
        yield values[start : start + _BATCH]


def _words_of(numbers: Iterable[int]) -> Iterator[tuple[int, Fingerprint]]:
    """The words of each of these materials as they stand now: what was withheld since is not found any more."""
    wanted = list(numbers)
    shown = Document.objects.filter(entry__in=wanted, name__in=["copy", "facts"], content__isnull=False)
    by_entry: dict[int, dict[str, Document]] = {}
    for document in shown:
        by_entry.setdefault(document.entry_id, {})[document.name] = document
    for number in wanted:
        yield number, words_of_documents(by_entry.get(number, {}).values())


def words_of_documents(documents: Iterable[Document]) -> Fingerprint:
    """The words of a material, of its documents that are open and not withheld."""
    held = {one.name: one for one in documents if one.content is not None}
    facts, copy = held.get("facts"), held.get("copy")
    return words_of_material(
        facts=bytes(facts.content or b"") if facts else None,
        copy=(copy.media_type, bytes(copy.content or b"")) if copy else None,
    )
