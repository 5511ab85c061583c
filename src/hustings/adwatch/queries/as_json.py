"""Reports as plain values for JSON: the shapes that `--json` prints and pages offer for download."""

from collections.abc import Sequence
from typing import Any

from hustings.adwatch.models import ArchiveFault, Snapshot
from hustings.adwatch.queries.comparing import Changes
from hustings.adwatch.queries.periods_compared import Compared
from hustings.adwatch.queries.report import Report
from hustings.adwatch.rules.intervals import Interval


def spend(interval: Interval, *, before: str = "spend") -> dict[str, int | None]:
    """The two ends of an interval in pence; the upper one is null where the band is open."""
    return {f"{before}_low_pence": interval.low, f"{before}_high_pence": interval.high}


def impressions(shown: Interval | None, untold: int) -> dict[str, int | None]:
    """The two ends of the impressions, null where the archive says nothing, and the ads for which it does not."""
    return {
        "impressions_low": None if shown is None else shown.low,
        "impressions_high": None if shown is None else shown.high,
        "ads_without_impressions": untold,
    }


def report_as_json(
    *,
    report: Report,
    compared: Sequence[Compared] | None = None,
    other: Report | None = None,
    most: int | None = None,
) -> dict[str, Any]:
    """`{totals: {ads, spend_low_pence, spend_high_pence}, rows: [{page_id, page, disclaimer, ads, …}], …}`; with a second
    period, `against` holds its totals and every row of either period.
    """
    said: dict[str, Any] = {
        "totals": {"ads": report.ads, **spend(report.spend), **impressions(report.shown, report.untold)},
        "rows": [
            {**row.about, "ads": row.ads, **spend(row.spend), **impressions(row.shown, row.untold)}
            for row in report.rows[:most]
        ],
        "by": report.by,
        "from": report.first_on.isoformat() if report.first_on else None,
        "to": report.last_on.isoformat() if report.last_on else None,
        "estimates": [
            {"pence": one.value, "method": one.method, **spend(one.interval)} for one in report.estimates
        ],
        "snapshots": [{"id": one.id, "label": one.label, "kind": one.kind} for one in report.choice.chosen],
        "left_out": [
            {"id": one.source.id, "label": one.source.label, "reason": one.reason}
            for one in report.choice.left_out
        ],
        "cautions": list(report.cautions),
    }
    if compared is not None and other is not None:
        said["against"] = {
            "from": other.first_on.isoformat() if other.first_on else None,
            "to": other.last_on.isoformat() if other.last_on else None,
            "totals": {"ads": other.ads, **spend(other.spend), **impressions(other.shown, other.untold)},
            "rows": [
                {**one.about, **spend(one.now), **spend(one.then, before="then"), "change": one.change}
                for one in compared[:most]
            ],
        }
    return said


def snapshot_as_json(*, snapshot: Snapshot) -> dict[str, Any]:
    """One snapshot with its file, hash, days and sums."""
    return {
        "id": snapshot.pk,
        "label": snapshot.label,
        "platform": snapshot.platform,
        "kind": snapshot.kind,
        "layout": snapshot.layout,
        "sha256": snapshot.sha256,
        "original": snapshot.original,
        "covers_from": snapshot.covers_from.isoformat() if snapshot.covers_from else None,
        "covers_until": snapshot.covers_until.isoformat() if snapshot.covers_until else None,
        "dates_said_by": snapshot.dates_said_by,
        "taken_in_at": snapshot.taken_in_at.isoformat(),
        "rows": snapshot.rows,
        "pages": snapshot.pages,
        "ads": snapshot.ads,
        "spend_low_pence": snapshot.spend_low_pence,
        "spend_high_pence": snapshot.spend_high_pence,
    }


def fault_as_json(*, fault: ArchiveFault) -> dict[str, Any]:
    """One fault with its evidence."""
    return {
        "snapshot": fault.snapshot_id,
        "against": fault.against_id,
        "kind": fault.kind,
        "severity": fault.severity,
        "subject": fault.subject,
        "sentence": fault.sentence,
        "evidence": fault.evidence,
    }


def changes_as_json(*, changes: Changes) -> dict[str, Any]:
    """Two snapshots compared."""
    return {
        "older": changes.older.pk,
        "newer": changes.newer.pk,
        "is_comparable": changes.is_comparable,
        "why_not": changes.why_not,
        "before": changes.before,
        "now": changes.now,
        "gone": changes.gone,
        "came": changes.came,
        "gone_low_pence": changes.gone_low_pence,
        "gone_high_pence": changes.gone_high_pence,
        "pages": [
            {
                "page_id": page.page_id,
                "page": page.page,
                "disclaimer": page.disclaimer,
                "ads_before": page.ads_before,
                "ads_now": page.ads_now,
                "gone": page.gone,
                "low_before_pence": page.low_before,
                "high_before_pence": page.high_before,
                "low_now_pence": page.low_now,
                "high_now_pence": page.high_now,
            }
            for page in changes.pages
        ],
    }
