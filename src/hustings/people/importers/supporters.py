"""The organisation's own list of supporters, with whatever evidence of consent it has.

A row becomes a person. A consent is recorded for each way ticked, and only where the row shows it: the day, the words agreed
to, and where or by what it was given. A row without that stays a person whom no consent makes reachable.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from hustings.basics.clock import uk_date
from hustings.people.events import PeopleImported
from hustings.people.importers.cells import (
    CHANNEL_COLUMNS,
    Layout,
    channels_of,
    day_of,
    evening_of,
    is_yes,
    layout_of,
    morning_of,
    purposes_of,
)
from hustings.people.importers.person_cells import person_in
from hustings.people.models import ConsentEvent, ConsentWording, Person, PersonKey, Purpose, Suppression, Tag
from hustings.people.queries.suppression import suppressed_person_ids
from hustings.people.rules.keys import KeyKind
from hustings.people.usecases.check_row import CheckedRow
from hustings.people.usecases.record_consent import ConsentRow, record_consents
from hustings.people.usecases.record_objections import ObjectionRow, record_objections
from hustings.people.usecases.record_people import Recorded, record_people
from hustings.people.usecases.wording_for import wording_for
from hustings.platform.events import announce
from hustings.platform.importing.importer import DatasetCard, ImportRefused, Options, RowRejected, Sink
from hustings.platform.importing.source import SourceFile
from hustings.platform.models import ImportRun
from hustings.platform.progress import Progress

_BATCH = 900
_SOURCE = "supporter list"


@dataclass(frozen=True, slots=True)
class SupporterRow:
    """One row that was read and found good."""

    line: int
    person: CheckedRow
    channels: tuple[str, ...]
    purposes: tuple[str, ...]
    consented_on: date | None
    wording: str
    shown_by: Mapping[str, str]
    unsubscribed_on: date | None
    objected_on: date | None
    tags: tuple[str, ...]

    @property
    def has_evidence(self) -> bool:
        """Whether the row shows a consent: a day, the words, and where or by what it was given."""
        return self.consented_on is not None and bool(self.wording) and bool(self.shown_by)


@dataclass(slots=True)
class StagedSupporters:
    """The good rows of a file, waiting, and where to say what becomes of them."""

    rows: list[SupporterRow]
    sink: Sink
    progress: Progress
    file_name: str
    sha256: str
    totals: dict[str, int] = field(default_factory=dict)


class Supporters:
    """Reads a spreadsheet or CSV of supporters."""

    slug = "supporters"
    card = DatasetCard(
        title="Supporter list",
        publisher="the organisation itself",
        licence="personal data; stays here",
        what=(
            "People with email, phone, address and evidence of consent. Columns are known by many names: First name, "
            "Surname (or Name), Email, Mobile, Phone, Address, Postcode; Email OK, Text OK, Phone OK, Post OK, Door OK (or "
            "Channels); Consent date, Consent wording, Consent source, Evidence; Purpose, Unsubscribed on, Do not contact, "
            "Tags. A consent counts only where its day, its words and its source or evidence are all there."
        ),
        columns=(
            "Email or Phone or Surname",
            "Consent date",
            "Consent wording",
            "Consent source or Evidence",
        ),
    )

    def recognises(self, *, source: SourceFile) -> bool:
        """A heading that names people and consent."""
        layout = layout_of(source.header)
        is_of_people = any(name in layout for name in ("email", "phone", "mobile", "family_name", "name"))
        is_of_consent = "consented_on" in layout or "wording" in layout
        return is_of_people and is_of_consent

    def stage(
        self, *, source: SourceFile, run: ImportRun, options: Options, sink: Sink, progress: Progress
    ) -> StagedSupporters:
        """Read and check every row; a dry run also stores them, counts, and takes everything back."""
        layout, today, rows = layout_of(source.header), uk_date(run.started_at), []
        if not any(name in layout for name in ("email", "phone", "mobile", "family_name", "name")):
            raise ImportRefused(
                f"{source.name} has no column of names, emails or phone numbers. Its first row must hold the headings."
            )
        for line, cells in source.rows():
            if not any(cell.strip() for cell in cells):
                continue
            try:
                rows.append(read_row(line=line, cells=cells, layout=layout, today=today))
            except RowRejected as problem:
                sink.reject(line=line, reason=str(problem), row=dict(zip(source.header, cells, strict=False)))
        staged = StagedSupporters(rows, sink, progress, source.name, source.sha256)
        if options.is_dry_run:
            with transaction.atomic():
                store(staged=staged, now=run.started_at)
                transaction.set_rollback(True)
        return staged

    def activate(self, *, staged: StagedSupporters, run: ImportRun, options: Options) -> None:
        """Store people, receipts, objections and labels, and announce that they came."""
        store(staged=staged, now=run.started_at)
        if staged.rows:
            announce(PeopleImported(at=run.started_at, run_id=run.pk))

    def discard(self, *, staged: StagedSupporters | None) -> None:
        """Nothing lies anywhere but in memory."""


def read_row(*, line: int, cells: Sequence[str], layout: Layout, today: date) -> SupporterRow:
    """Read one row, or raise `RowRejected` with the reason."""

    def day(name: str) -> date | None:
        text = layout.cell(cells, name)
        return day_of(text, column=name.replace("_", " "), today=today) if text else None

    person = person_in(cells=cells, layout=layout)
    ticked = [
        str(channel)
        for name, channel in CHANNEL_COLUMNS.items()
        if is_yes(layout.cell(cells, name), column=name.replace("_", " "))
    ]
    listed = channels_of(layout.cell(cells, "channels"))
    if "" in listed:
        raise RowRejected("A consent to “all” channels is none: name each channel the person agreed to.")
    purposes = purposes_of(layout.cell(cells, "purposes")) or [str(Purpose.CAMPAIGN)]
    shown_by = {
        name: text for name in ("source", "evidence", "version") if (text := layout.cell(cells, name))
    }
    return SupporterRow(
        line=line,
        person=person,
        channels=tuple(dict.fromkeys([*ticked, *listed])),
        purposes=tuple(dict.fromkeys(purposes)),
        consented_on=day("consented_on"),
        wording=layout.cell(cells, "wording"),
        shown_by={} if shown_by.keys() <= {"version"} else shown_by,
        unsubscribed_on=day("unsubscribed_on"),
        objected_on=day("objected_on"),
        tags=tuple(tag.strip()[:60] for tag in layout.cell(cells, "tags").split(",") if tag.strip()),
    )


def store(*, staged: StagedSupporters, now: datetime) -> None:
    """Store the rows, a batch after another, and say of each whether it told anything new."""
    totals = dict.fromkeys(
        ("people_added", "consents_recorded", "objections_recorded", "rows_without_evidence"), 0
    )
    wordings: dict[str, ConsentWording] = {}
    everyone: set[int] = set()
    for start in range(0, len(staged.rows), _BATCH):
        batch = staged.rows[start : start + _BATCH]
        recorded = record_people(
            rows=[row.person for row in batch], now=now, source=f"{_SOURCE} {staged.file_name}"[:120]
        )
        news = {place for place, one in enumerate(recorded) if one.is_changed or one.is_new}
        news |= _store_consents(staged, batch, recorded, wordings, totals, now)
        news |= _store_objections(batch, recorded, totals, now)
        news |= _store_tags(batch, recorded)
        totals["people_added"] += len({one.person_id for one in recorded if one.is_new} - everyone)
        totals["rows_without_evidence"] += sum(not row.has_evidence for row in batch)
        everyone |= {one.person_id for one in recorded}
        staged.sink.accept(len(news))
        staged.sink.unchanged(len(batch) - len(news))
        staged.progress.report(done=start + len(batch), total=len(staged.rows))
    blocked = suppressed_person_ids(person_ids=everyone, channel="email", purpose=Purpose.CAMPAIGN)
    staged.sink.detail(
        **totals,
        people=len(everyone),
        email_blocked_by_objection=len(blocked.definite),
        email_blocked_until_looked_at=len(blocked.doubtful),
    )


def _store_consents(
    staged: StagedSupporters,
    batch: Sequence[SupporterRow],
    recorded: Sequence[Recorded],
    wordings: dict[str, ConsentWording],
    totals: dict[str, int],
    now: datetime,
) -> set[int]:
    held = set(
        ConsentEvent.objects.filter(
            person__in={one.person_id for one in recorded}, is_given=True
        ).values_list("person_id", "channel", "purpose", "wording_id", "at")
    )
    fresh, news = [], set()
    for place, (row, one) in enumerate(zip(batch, recorded, strict=True)):
        if not row.has_evidence or row.consented_on is None:
            continue
        if row.wording not in wordings:
            wordings[row.wording] = wording_for(key="supporter list", text=row.wording, now=now)
        wording, at = wordings[row.wording], morning_of(row.consented_on)
        for channel in row.channels:
            for purpose in row.purposes:
                receipt = (one.person_id, channel, purpose, wording.pk, at)
                if receipt in held:
                    continue
                held.add(receipt)
                news.add(place)
                fresh.append(
                    ConsentRow(
                        person_id=one.person_id,
                        channel=channel,
                        purpose=purpose,
                        is_given=True,
                        wording=wording,
                        at=at,
                        evidence={
                            **row.shown_by,
                            "file": staged.file_name,
                            "sha256": staged.sha256,
                            "line": row.line,
                        },
                    )
                )
    record_consents(rows=fresh, source=_SOURCE)
    totals["consents_recorded"] += len(fresh)
    return news


def _store_objections(
    batch: Sequence[SupporterRow], recorded: Sequence[Recorded], totals: dict[str, int], now: datetime
) -> set[int]:
    wanted: dict[ObjectionRow, int] = {}
    for place, (row, one) in enumerate(zip(batch, recorded, strict=True)):
        for day, channel in ((row.unsubscribed_on, "email"), (row.objected_on, "")):
            if day is not None:
                at = min(evening_of(day), now)
                wanted.setdefault(ObjectionRow(at=at, person_id=one.person_id, channel=channel), place)
    if not wanted:
        return set()
    owners: dict[str, list[int]] = {}
    keys = PersonKey.objects.filter(person__in={row.person_id for row in wanted}).exclude(
        kind=KeyKind.NAME_VARIANT
    )
    for key_hash, person_id in keys.values_list("key_hash", "person_id"):
        owners.setdefault(key_hash, []).append(person_id)
    held = {
        (person_id, channel, uk_date(at))
        for key_hash, channel, at in Suppression.objects.filter(
            key_hash__in=owners, is_lifted=False, purpose=""
        ).values_list("key_hash", "channel", "at")
        for person_id in owners[key_hash]
    }
    fresh = {
        row: place
        for row, place in wanted.items()
        if (row.person_id, row.channel, uk_date(row.at)) not in held
    }
    record_objections(rows=fresh, source=_SOURCE)
    totals["objections_recorded"] += len(fresh)
    return set(fresh.values())


def _store_tags(batch: Sequence[SupporterRow], recorded: Sequence[Recorded]) -> set[int]:
    names = sorted({tag for row in batch for tag in row.tags})
    if not names:
        return set()
    Tag.objects.bulk_create([Tag(name=name) for name in names], ignore_conflicts=True)
    ids = dict(Tag.objects.filter(name__in=names).values_list("name", "pk"))
    through = Person.tags.through
    held = set(
        through._default_manager.filter(person__in={one.person_id for one in recorded}).values_list(
            "person_id", "tag_id"
        )
    )
    news, fresh = set(), []
    for place, (row, one) in enumerate(zip(batch, recorded, strict=True)):
        for tag in row.tags:
            if (one.person_id, ids[tag]) not in held:
                held.add((one.person_id, ids[tag]))
                fresh.append(through(person_id=one.person_id, tag_id=ids[tag]))
                news.add(place)
    through._default_manager.bulk_create(fresh, batch_size=_BATCH)
    return news
