"""Record what the law makes public of our money: finished returns of spending, and reports of donations as they were sent."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from hustings.money.models import ReportFiled, Return
from hustings.money.queries import public_return
from hustings.openness.models import Entry, EntryKind, Seal
from hustings.openness.usecases.record_entry import Draft, record_entry
from hustings.openness.usecases.record_material import moment
from hustings.places.models import Area

#: What a report to the Commission holds of a donor that nobody publishes of a private person.
_PRIVATE = frozenset({"address", "postcode", "gift"})


@transaction.atomic
def record_return(*, return_id: int, now: datetime) -> Entry:
    """Add the entry of a finished return, in its public version; once, however often it is asked.

    A later version that corrects an earlier one points to it. Totals are exact: this is the one place where the law itself has
    the cost published.
    """
    found = public_return(return_id=return_id)
    before = (
        Entry.objects.filter(
            kind=EntryKind.EXPENSES,
            source__in=[f"return:{pk}" for pk in _versions_before(return_id)],
        )
        .order_by("number")
        .last()
    )
    area = Area.objects.filter(code=found.area_code).first()
    content = dict(found.content)
    return record_entry(
        kind=EntryKind.EXPENSES,
        source=f"return:{return_id}",
        title=_title(found.name, found.area_name),
        area=area,
        concerns=before,
        places=[(area, None)] if area else [],
        now=now,
        documents=[
            Draft.of_facts(
                name="facts",
                seal=Seal.OPEN,
                facts={
                    "title": _title(found.name, found.area_name),
                    "name": found.name,
                    "area": {"code": found.area_code or "", "name": found.area_name},
                    "version": found.version,
                    "total_pence": found.total_pence,
                    "return_sha256": found.sha256,
                    "finished_at": moment(found.frozen_at),
                },
            ),
            Draft(name="return", seal=Seal.OPEN, content=_plain(content)),
        ],
    )


def _versions_before(return_id: int) -> list[int]:
    this = Return.objects.get(pk=return_id)
    earlier = Return.objects.filter(campaign=this.campaign_id, version__lt=this.version)
    return list(earlier.values_list("pk", flat=True))


def _title(name: str, area: str) -> str:
    return f"{name}: return of spending, {area}"[:200]


@transaction.atomic
def record_donation_report(*, report_id: int, now: datetime) -> Entry:
    """Add the entry of a report of donations, without the addresses of private donors; once, however often it is asked."""
    report = ReportFiled.objects.select_related("campaign", "campaign__area").get(pk=report_id)
    campaign = report.campaign
    lines = [_shown(line) for line in report.lines]
    total = sum(int(line.get("value_pence", 0)) for line in report.lines)
    title = f"{campaign.name}: donations from {report.period_from:%d.%m.%Y}"[:200]
    return record_entry(
        kind=EntryKind.DONATIONS,
        source=f"donations:{report_id}",
        title=title,
        area=campaign.area,
        places=[(campaign.area, None)] if campaign.area else [],
        now=now,
        documents=[
            Draft.of_facts(
                name="facts",
                seal=Seal.OPEN,
                facts={
                    "title": title,
                    "name": campaign.name,
                    "area": {"code": campaign.area_id or "", "name": campaign.area_name},
                    "report": report.kind,
                    "period_from": report.period_from.isoformat(),
                    "period_until": report.period_until.isoformat(),
                    "donations": len(lines),
                    "total_pence": total,
                },
            ),
            Draft(name="report", seal=Seal.OPEN, content=_plain(lines)),
        ],
    )


def _shown(line: Mapping[str, Any]) -> dict[str, Any]:
    """A line as the registers of the Commission publish it: the donor's name, not a private address."""
    is_company = bool(line.get("company_number"))
    return {
        key: value for key, value in line.items() if key not in _PRIVATE or (is_company and key != "gift")
    }


def _plain(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str).encode()
