"""Lists of people who must not be contacted: objections kept elsewhere, unsubscribes exported from a mail provider.

Nobody is made by such a list. Each row becomes an objection that holds on every key the row can give: email, phones, name
and address. People who come in later are found by it just as those on file already.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from hustings.basics.clock import uk_date
from hustings.people.importers.cells import (
    Layout,
    channel_of,
    day_of,
    evening_of,
    layout_of,
    purposes_of,
)
from hustings.people.importers.person_cells import person_in
from hustings.people.models import Suppression
from hustings.people.queries.suppression import suppressed_person_ids
from hustings.people.rules.keys import Key, KeyKind, Side, email_key, name_address_keys, phone_key
from hustings.people.usecases.record_objections import ObjectionRow, record_objections
from hustings.platform.importing.importer import DatasetCard, ImportRefused, Options, RowRejected, Sink
from hustings.platform.importing.source import SourceFile
from hustings.platform.models import ImportRun
from hustings.platform.progress import Progress

_BATCH = 900


@dataclass(frozen=True, slots=True)
class SuppressionRow:
    """One objection that was read and found good; `on` is None where the list tells no day."""

    keys: frozenset[Key]
    channel: str
    purpose: str
    on: date | None


@dataclass(slots=True)
class StagedSuppressions:
    """The good rows of a file, waiting, and where to say what becomes of them."""

    rows: list[SuppressionRow]
    sink: Sink
    progress: Progress
    source: str


class Suppressions:
    """Reads a spreadsheet or CSV of objections."""

    slug = "suppressions"
    card = DatasetCard(
        title="Suppression list",
        publisher="the organisation itself, or its former mail provider",
        licence="personal data; only keyed hashes of it stay here",
        what=(
            "People who must not be contacted, by email, phone, or name with address and postcode. Further columns: "
            "Objected on (or Unsubscribed on), Channel (email, text, phone, post, door or all), Purpose. Options: "
            "channel=email for a list that says no channel."
        ),
        columns=("Email or Phone or Surname with Postcode", "Objected on or Unsubscribed on or Channel"),
    )

    def recognises(self, *, source: SourceFile) -> bool:
        """A heading that names people and objections, and no consent."""
        layout = layout_of(source.header)
        is_of_people = any(name in layout for name in ("email", "phone", "mobile", "family_name", "name"))
        is_of_objections = any(
            name in layout for name in ("objected_on", "unsubscribed_on", "reason", "channel")
        )
        return is_of_people and is_of_objections and "consented_on" not in layout and "wording" not in layout

    def stage(
        self, *, source: SourceFile, run: ImportRun, options: Options, sink: Sink, progress: Progress
    ) -> StagedSuppressions:
        """Read and check every row; a dry run also stores them, counts, and takes everything back."""
        layout, today, rows = layout_of(source.header), uk_date(run.started_at), []
        try:
            channel = channel_of(str(options.values.get("channel", "")))
        except RowRejected as problem:
            raise ImportRefused(str(problem)) from problem
        if not channel and "unsubscribed_on" in layout and "objected_on" not in layout:
            # Who unsubscribed from emails said nothing about letters.
            channel = "email"
        for line, cells in source.rows():
            if not any(cell.strip() for cell in cells):
                continue
            try:
                rows.append(read_row(cells=cells, layout=layout, today=today, channel=channel))
            except RowRejected as problem:
                sink.reject(line=line, reason=str(problem), row=dict(zip(source.header, cells, strict=False)))
        staged = StagedSuppressions(rows, sink, progress, f"suppression list {source.name}"[:120])
        if options.is_dry_run:
            with transaction.atomic():
                store(staged=staged, now=run.started_at)
                transaction.set_rollback(True)
        return staged

    def activate(self, *, staged: StagedSuppressions, run: ImportRun, options: Options) -> None:
        """Add the objections that are not there yet."""
        store(staged=staged, now=run.started_at)

    def discard(self, *, staged: StagedSuppressions | None) -> None:
        """Nothing lies anywhere but in memory."""


def read_row(*, cells: Sequence[str], layout: Layout, today: date, channel: str) -> SuppressionRow:
    """Read one row, or raise `RowRejected` with the reason."""
    person = person_in(cells=cells, layout=layout)
    secret = settings.HUSTINGS_SUPPRESSION_KEY
    keys = {
        *([email_key(secret=secret, canonical=person.email.canonical)] if person.email else []),
        *(phone_key(secret=secret, e164=number.e164) for number in person.phones),
        *name_address_keys(
            secret=secret,
            given_name=person.given_name,
            family_name=person.family_name,
            address_line=person.address_line,
            postcode=person.postcode,
            side=Side.OBJECTION,
        ),
    }
    if not keys:
        raise RowRejected(
            "This row has nothing to be found by. Add an email, a phone number, or the name with house and postcode."
        )
    purposes = purposes_of(layout.cell(cells, "purposes"))
    if len(purposes) > 1:
        raise RowRejected("Write one purpose a row, or none for all marketing.")
    column = "objected_on" if "objected_on" in layout else "unsubscribed_on"
    said = layout.cell(cells, column)
    return SuppressionRow(
        keys=frozenset(keys),
        channel=channel_of(layout.cell(cells, "channel")) if layout.cell(cells, "channel") else channel,
        purpose=purposes[0] if purposes else "",
        on=day_of(said, column=column.replace("_", " "), today=today) if said else None,
    )


def store(*, staged: StagedSuppressions, now: datetime) -> None:
    """Add each objection unless it, or a later one like it, is there: an old list does not undo a later change of mind."""
    added = 0
    for start in range(0, len(staged.rows), _BATCH):
        batch = staged.rows[start : start + _BATCH]
        held = _held(batch)
        fresh = []
        for row in batch:
            if _is_known(row, held, staged.source):
                continue
            fresh.append(row)
            for key in row.keys:
                held.setdefault((key.key_hash, row.channel, row.purpose), []).append((row.on, staged.source))
        record_objections(
            rows=[
                ObjectionRow(
                    at=now if row.on is None else min(evening_of(row.on), now),
                    keys=row.keys,
                    channel=row.channel,
                    purpose=row.purpose,
                )
                for row in fresh
            ],
            source=staged.source,
        )
        added += len(fresh)
        staged.sink.accept(len(fresh))
        staged.sink.unchanged(len(batch) - len(fresh))
        staged.progress.report(done=start + len(batch), total=len(staged.rows))
    blocked = suppressed_person_ids(person_ids=None, channel="email", purpose="campaign")
    staged.sink.detail(
        objections_recorded=added,
        people_blocked_from_email=len(blocked.definite),
        people_to_be_looked_at=len(blocked.doubtful),
    )


_Held = dict[tuple[str, str, str], list[tuple[date | None, str]]]


def _held(batch: Sequence[SuppressionRow]) -> _Held:
    """What is on file by key, channel and purpose: the day and the source of each objection, lifted since or not."""
    hashes = sorted({key.key_hash for row in batch for key in row.keys})
    held: _Held = {}
    for start in range(0, len(hashes), _BATCH):
        rows = Suppression.objects.filter(key_hash__in=hashes[start : start + _BATCH], is_lifted=False)
        for key_hash, channel, purpose, at, source in rows.values_list(
            "key_hash", "channel", "purpose", "at", "source"
        ):
            held.setdefault((key_hash, channel, purpose), []).append((uk_date(at), source))
    return held


def _is_known(row: SuppressionRow, held: _Held, source: str) -> bool:
    """Whether every sure key of the row (or every key, where none is sure) carries this objection already."""
    sure = [key for key in row.keys if key.kind is not KeyKind.NAME_VARIANT] or list(row.keys)
    return all(
        any(
            (row.on is not None and on is not None and on >= row.on) or (row.on is None and said == source)
            for on, said in held.get((key.key_hash, row.channel, row.purpose), ())
        )
        for key in sure
    )
