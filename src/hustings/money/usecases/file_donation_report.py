"""Note that a report of donations was sent, with its lines as they were sent; a nil report too."""

from datetime import datetime

from django.db import transaction

from hustings.accounts.access import Right
from hustings.accounts.models import User
from hustings.basics.clock import uk_date
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.money.access import require_in
from hustings.money.events import DonationReportFiled
from hustings.money.models import Campaign, ReportFiled
from hustings.money.queries.donation_reports import DueReport
from hustings.platform import audit
from hustings.platform.events import announce


class CannotFile(Refusal):
    """A report whose days are not over."""


@transaction.atomic
def file_donation_report(
    *, campaign: Campaign, report: DueReport, reference: str, by: User, now: datetime
) -> ReportFiled:
    """Keep the report as sent. Raises `CannotFile` before its last day is over."""
    require_in(user=by, right=Right.EDIT_MONEY, code=campaign.area_id, now=now)
    if uk_date(now) < report.period.until_on:
        raise CannotFile("period", gettext_noop("The days of this report are not over; more gifts may come."))
    filed = ReportFiled.objects.create(
        campaign=campaign,
        kind=report.period.kind,
        period_from=report.period.from_on,
        period_until=report.period.until_on,
        due_on=report.period.due_on,
        lines=[line.as_json() for line in report.lines],
        reference=reference.strip(),
        at=now,
        by=by,
    )
    audit.record(
        now=now,
        actor=by,
        verb="filed a report of donations",
        subject_type="money.ReportFiled",
        subject_id=filed.pk,
        area_code=campaign.area_id or "",
        lines=len(report.lines),
    )
    announce(DonationReportFiled(at=now, report_id=filed.pk))
    return filed
