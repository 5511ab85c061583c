"""Read the record as the public sees it on a day: what is open, what opens when, what was withheld and why."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.db.models.functions import TruncMonth

from hustings.basics.clock import UK
from hustings.openness.models import Document, Entry, EntryPlace
from hustings.openness.rules.opening import is_open
from hustings.places.models import Area, AreaKind
from hustings.places.queries import area_chain


@dataclass(frozen=True, kw_only=True)
class DocumentView:
    """One document as it stands on a day. `state` is open, dated (not yet), sealed or withheld; salt and size
    only if open.
    """

    name: str
    state: str
    commitment: str
    media_type: str
    salt: str = ""
    size: int = 0
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class EntryView:
    """One entry as it stands on a day: the facts and figures that are open, and the state of each document."""

    entry: Entry
    facts: dict[str, Any]
    figures: dict[str, Any]
    documents: tuple[DocumentView, ...]

    @property
    def leaf(self) -> str:
        """The leaf as text: it is all ASCII-keyed JSON."""
        return bytes(self.entry.leaf).decode("utf-8")

    def document(self, name: str) -> DocumentView | None:
        """One document by its name."""
        return next((one for one in self.documents if one.name == name), None)

    @property
    def is_waiting(self) -> bool:
        """Whether numbers, cost and targeting are still to be opened."""
        return any(one.state == "dated" for one in self.documents)


def public_entries(
    *, on: date, ward: str = "", month: str = "", kind: str = "", words: str = ""
) -> QuerySet[Entry]:
    """Entries, newest first, narrowed as asked. A ward finds what concerns it and every area round it.

    `month` is "2026-03"; a month or ward that makes no sense finds nothing. Places that are part of the
    targeting count from the day on which they are open.
    """
    found: QuerySet[Entry] = Entry.objects.select_related("area").order_by("-number")
    if ward:
        chain = area_chain(code=ward) or (ward,)
        visible = EntryPlace.objects.filter(Q(opens_on=None) | Q(opens_on__lte=on), area__in=chain)
        found = found.filter(number__in=visible.values("entry"))
    if month:
        span = _month(month)
        found = found.filter(recorded_at__gte=span[0], recorded_at__lt=span[1]) if span else found.none()
    if kind:
        found = found.filter(kind=kind)
    for word in words.replace("\x00", "").split():
        found = found.filter(Q(title__icontains=word) | Q(search_words__icontains=word))
    return found


def _month(text: str) -> tuple[datetime, datetime] | None:
    try:
        first = datetime.strptime(text, "%Y-%m").replace(tzinfo=UK)
    except ValueError:
        return None
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first, datetime.combine(following, time(), tzinfo=UK)


def with_documents(
    entries: QuerySet[Entry], *, names: Iterable[str] = ("facts", "figures")
) -> QuerySet[Entry]:
    """The entries with the documents of these names, read at once; copies of files are left where they are."""
    documents = Document.objects.filter(name__in=list(names))
    return entries.prefetch_related(Prefetch("documents", queryset=documents))


def view_of(*, entry: Entry, on: date) -> EntryView:
    """One entry as the public sees it on a day; works on the documents that were read with it."""
    documents = list(entry.documents.all())
    return EntryView(
        entry=entry,
        facts=_open_json(documents, "facts", entry, on),
        figures=_open_json(documents, "figures", entry, on),
        documents=tuple(_document(one, entry, on) for one in documents),
    )


def _open_json(documents: list[Document], name: str, entry: Entry, on: date) -> dict[str, Any]:
    found = next((one for one in documents if one.name == name), None)
    if found is None or found.content is None:
        return {}
    if not is_open(seal=found.seal, opens_on=entry.opens_on, on=on):
        return {}
    read: dict[str, Any] = json.loads(bytes(found.content))
    return read


def _document(document: Document, entry: Entry, on: date) -> DocumentView:
    known: dict[str, Any] = {
        "name": document.name,
        "commitment": document.commitment,
        "media_type": document.media_type,
    }
    if document.content is None:
        return DocumentView(**known, state="withheld", reason=document.withheld_reason)
    if not is_open(seal=document.seal, opens_on=entry.opens_on, on=on):
        return DocumentView(**known, state=document.seal)
    return DocumentView(**known, state="open", salt=document.salt, size=len(document.content))


def open_document(*, entry: Entry, name: str, on: date) -> Document | None:
    """A document's row if the public may have it on that day, else None."""
    found: Document | None = entry.documents.filter(name=name, content__isnull=False).first()
    if found is None or not is_open(seal=found.seal, opens_on=entry.opens_on, on=on):
        return None
    return found


def months_of_record(*, on: date) -> list[date]:
    """The first day of every month in which something was recorded, newest first."""
    months = Entry.objects.annotate(month=TruncMonth("recorded_at", tzinfo=UK)).order_by()
    found = months.values_list("month", flat=True).distinct()
    return sorted({one.date() for one in found}, reverse=True)


def wards_of_record(*, on: date) -> list[Area]:
    """The wards that entries name on that day, and those inside the areas that entries name, by name."""
    visible = EntryPlace.objects.filter(Q(opens_on=None) | Q(opens_on__lte=on))
    named = set(visible.order_by().values_list("area", flat=True).distinct())
    wards = Area.objects.filter(kind=AreaKind.WARD).filter(
        Q(code__in=named) | Q(parent__in=named) | Q(parent__parent__in=named)
    )
    return list(wards.order_by("name"))
