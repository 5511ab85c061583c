"""The evidence behind a finding, packed for the regulator: figures, rows, hashes, registers, coding, steps, in plain words."""

import csv
import io
import json
import zipfile
from datetime import datetime
from typing import Any

from hustings.adwatch.models import (
    Advertiser,
    CampaignerFinding,
    Coding,
    EntityMove,
    RegisterLink,
    Snapshot,
)
from hustings.adwatch.queries.faults import spend_words
from hustings.adwatch.store.files import archive_query, home_path, quoted
from hustings.platform.words import day, pounds

#: Originals up to this size go into the pack whole; of larger ones the hash and the rows in question.
LARGEST_ORIGINAL = 10 * 2**20
_COLUMNS = (
    *("snapshot", "row", "page_id", "page", "disclaimer", "ad_id", "ads", "first_on", "last_on"),
    *("spend_low_pence", "spend_high_pence", "currency", "url"),
)


def evidence_pack(*, finding: CampaignerFinding, organisation: str, now: datetime) -> bytes:
    """A zip: README.txt, finding.json, rows.csv, registers.csv, coding.csv, steps.csv, and the originals where small."""
    out = io.BytesIO()
    snapshots = list(Snapshot.objects.filter(pk__in=[one["id"] for one in finding.basis]).order_by("pk"))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("README.txt", evidence_text(finding=finding, organisation=organisation, now=now))
        pack.writestr(
            "finding.json", json.dumps(finding_facts(finding=finding), ensure_ascii=False, indent=1)
        )
        pack.writestr("rows.csv", _table(_COLUMNS, _rows(finding, snapshots)))
        pack.writestr(
            "registers.csv",
            _table(
                (
                    "register",
                    "number",
                    "name",
                    "status",
                    "registered_on",
                    "method",
                    "evidence",
                    "rejected_because",
                ),
                [
                    (
                        *(link.register, link.number, link.name, link.status, link.registered_on or ""),
                        *(link.method, link.evidence, link.rejected_reason),
                    )
                    for link in RegisterLink.objects.filter(entity=finding.entity)
                ],
            ),
        )
        pack.writestr("coding.csv", _table(("at", "coder", "code", "note"), _codings(finding)))
        pack.writestr(
            "steps.csv",
            _table(
                ("at", "step", "by", "words"),
                [
                    (
                        step.at.isoformat(),
                        step.kind,
                        step.signed or (step.by.get_full_name() if step.by else ""),
                        step.words,
                    )
                    for step in finding.steps.select_related("by")
                ],
            ),
        )
        for one in snapshots:
            path = home_path(one.original)
            if path.exists() and path.stat().st_size <= LARGEST_ORIGINAL:
                pack.write(path, f"originals/{path.name}")
    return out.getvalue()


def finding_facts(*, finding: CampaignerFinding) -> dict[str, Any]:
    """Everything the finding states, as plain values."""
    return {
        "entity": finding.entity.name,
        "statement": "no registration found",
        "poll_on": finding.poll_on.isoformat(),
        "period": [finding.period_from.isoformat(), finding.period_until.isoformat()],
        "spend_low_pence": finding.spend_low_pence,
        "spend_high_pence": finding.spend_high_pence,
        "threshold_pence": finding.threshold_pence,
        "reading": finding.reading,
        "threshold_entries": finding.entries,
        "snapshots": finding.basis,
        "registers_searched": finding.registers,
        "cautions": finding.cautions,
        "state": finding.state,
        "drawn_up_at": finding.drawn_up_at.isoformat(),
    }


def evidence_text(*, finding: CampaignerFinding, organisation: str, now: datetime) -> str:
    """The finding in plain words, for whoever opens the pack first."""
    lines = [
        f"{finding.entity.name}: no registration found",
        "",
        f"Put together by {organisation} on {day(now)}.",
        "",
        f"Poll: {day(finding.poll_on)}. Regulated period: {day(finding.period_from)} to {day(finding.period_until)}.",
        f"Spending that the archives show in these days: {spend_words(finding.spend_low_pence, finding.spend_high_pence)}.",
        f"Threshold: {pounds(finding.threshold_pence)} (table entry {', '.join(finding.entries)}).",
        "The lower end of the spending lies above the threshold."
        if finding.reading == "above"
        else "Only the upper end of the spending lies above the threshold, so it may not have been reached.",
        "",
        "Registers searched:",
        *(
            f"- {one['file']}, newest entry {one['newest_entry_on']}, SHA-256 {one['sha256']}"
            for one in finding.registers
        ),
        "",
        "Archives the figures rest on:",
        *(f"- {one['label']}, SHA-256 {one['sha256']}" for one in finding.basis),
        "",
        "What to bear in mind:",
        *(f"- {one}" for one in finding.cautions),
        "",
        "“No registration found” says what we found, not that there was a duty to register or that any rule was broken.",
        "",
        "Files: finding.json (every figure), rows.csv (the rows of the archives), registers.csv (entries under this name, also",
        "rejected ones), coding.csv (who coded the campaigner as what), steps.csv (review, invitation, replies), originals/.",
    ]
    return "\n".join(lines) + "\n"


def _table(columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()


def _rows(finding: CampaignerFinding, snapshots: list[Snapshot]) -> list[tuple[Any, ...]]:
    keys = set(
        Advertiser.objects.filter(entity=finding.entity).values_list("platform", "page_id", "disclaimer")
    )
    found: list[tuple[Any, ...]] = []
    for one in snapshots:
        base = home_path(one.folder)
        wanted = [
            (page_id, disclaimer)
            for platform, page_id, disclaimer in sorted(keys)
            if platform == one.platform
        ]
        if not wanted:
            continue
        pairs = ", ".join(f"({quoted(page_id)}, {quoted(disclaimer)})" for page_id, disclaimer in wanted)
        with archive_query() as connection:
            rows = connection.execute(
                "SELECT row_no, page_id, page, disclaimer, ad_id, r.ads, first_on, last_on, low, high, currency, url "
                f"FROM read_parquet({quoted(str(base / 'rows.parquet'))}) r "
                f"JOIN read_parquet({quoted(str(base / 'pages.parquet'))}) p USING (page_key) "
                f"WHERE (page_id, disclaimer) IN ({pairs}) ORDER BY row_no"
            ).fetchall()
        found += [(one.pk, *row) for row in rows]
    return found


def _codings(finding: CampaignerFinding) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = [
        (one.coded_at.isoformat(), one.coder.get_full_name() or one.coder.email, one.code, one.note)
        for one in Coding.objects.filter(entity=finding.entity).select_related("coder")
    ]
    rows += [
        (
            one.decided_at.isoformat(),
            one.decided_by.get_full_name() or one.decided_by.email,
            one.code,
            one.reason,
        )
        for one in finding.entity.adjudications.select_related("decided_by")
    ]
    rows += [
        (
            one.moved_at.isoformat(),
            one.moved_by.get_full_name() if one.moved_by else "",
            "moved here",
            one.reason,
        )
        for one in EntityMove.objects.filter(now=finding.entity).select_related("moved_by")
    ]
    return sorted(rows)
