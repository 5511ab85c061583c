"""Keep the marks of materials' words, by which “was this sent by you?” finds them among very many."""

from collections.abc import Callable, Iterable

from django.db import transaction
from django.db.models import Prefetch

from hustings.openness.models import Document, Entry, EntryKind, Mark
from hustings.openness.queries.finding import unmarked, words_of_documents
from hustings.openness.rules.tracing import marks_of_material
from hustings.platform.bulk import write_rows

#: Stands for a material in which there are no words, so that it is not read again and again.
NO_WORDS = 0
_AT_ONCE = 200


@transaction.atomic
def mark_words(*, documents: Iterable[Document]) -> int:
    """Keep the marks of the materials that these documents belong to; returns how many rows were written."""
    by_entry: dict[int, list[Document]] = {}
    for document in documents:
        by_entry.setdefault(document.entry_id, []).append(document)
    rows = [
        (mark, number)
        for number, held in by_entry.items()
        for mark in marks_of_material(words_of_documents(held).words) or [NO_WORDS]
    ]
    # A hundred rows a material: without an object for each, and in the order of the index.
    write_rows(model=Mark, columns=("mark", "entry_id"), rows=sorted(rows))
    return len(rows)


@transaction.atomic
def mark_again(*, entry: Entry) -> None:
    """Forget the marks of an entry and keep those of what is left of its words: something of it was withheld."""
    Mark.objects.filter(entry=entry).delete()
    if entry.kind == EntryKind.MATERIAL:
        mark_words(documents=entry.documents.all())


def mark_missing(*, progress: Callable[[int], None] | None = None) -> int:
    """Mark every material that has no marks yet, as after an upgrade; returns how many there were."""
    done = 0
    documents = Prefetch("documents", queryset=Document.objects.filter(name__in=["copy", "facts"]))
    while True:
        waiting = unmarked().order_by("number")
        entries = list(waiting.prefetch_related(documents)[:_AT_ONCE])
        if not entries:
            return done
        with transaction.atomic():
            for entry in entries:
                if not mark_words(documents=entry.documents.all()):
                    Mark.objects.create(entry=entry, mark=NO_WORDS)
        done += len(entries)
        if progress is not None:
            progress(done)
