"""Make a snapshot of one staged table: move its files into the archive, find its advertisers, and look for faults."""

import shutil
from datetime import datetime

from hustings.adwatch.models import Snapshot
from hustings.adwatch.rules.periods import Period
from hustings.adwatch.store.files import below_home, folder
from hustings.adwatch.store.staging import StagedTable
from hustings.adwatch.usecases.find_faults import find_faults
from hustings.adwatch.usecases.resolve_advertisers import resolve_advertisers
from hustings.platform.models import ImportRun


def take_snapshot(
    *,
    table: StagedTable,
    name: str,
    sha256: str,
    original: str,
    period: Period,
    run: ImportRun,
    now: datetime,
) -> Snapshot:
    """Keep the table for ever. Where single ads or weeks carry their own days, those are the period unless it was given."""
    first_on, last_on, said_by = period.first_on, period.last_on, period.said_by
    if table.first_on is not None and period.said_by != "given with the file":
        first_on, last_on, said_by = table.first_on, table.last_on, "the rows"
    to = folder("snapshots") / f"{sha256[:16]}-{table.layout.slug}"
    if to.exists():
        # Left by an import that was broken off before it was stored.
        shutil.rmtree(to)
    shutil.move(table.folder, to)
    snapshot = Snapshot.objects.create(
        platform=table.layout.platform,
        kind=table.layout.kind,
        layout=table.layout.slug,
        label=f"{name} ({table.layout.title})"[:200],
        run=run,
        sha256=sha256,
        original=original,
        folder=below_home(to),
        covers_from=first_on,
        covers_until=last_on,
        dates_said_by=said_by,
        taken_in_at=now,
        rows=table.rows,
        pages=table.pages,
        ads=table.ads,
        spend_low_pence=table.low_pence,
        spend_high_pence=None if table.open_rows else table.high_pence,
        open_rows=table.open_rows,
        currency=table.layout.currency,
    )
    if snapshot.kind not in {"places", "series"}:
        resolve_advertisers(snapshot=snapshot, now=now)
        find_faults(snapshot=snapshot, doubled=table.doubled, is_currency_said=table.layout.is_currency_said)
    return snapshot


def date_snapshot(*, snapshot: Snapshot, period: Period) -> Snapshot:
    """Say which days a snapshot covers, where its file did not or said it vaguely."""
    snapshot.covers_from, snapshot.covers_until = period.first_on, period.last_on
    snapshot.dates_said_by = period.said_by
    snapshot.save(update_fields=["covers_from", "covers_until", "dates_said_by"])
    return snapshot
