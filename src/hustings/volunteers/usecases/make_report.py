"""Somebody reports something."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from hustings.accounts.models import Organisation
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.people.models import Purpose
from hustings.platform.events import announce
from hustings.postroom.usecases.queue_message import queue_message
from hustings.volunteers.events import ReportMade
from hustings.volunteers.models import Report, Volunteer
from hustings.volunteers.queries.conduct import Subject

_LONGEST = 10_000


class NothingReported(Refusal):
    """A report without words, or with far too many."""


def make_report(
    *,
    kind: str,
    details: str,
    subject: Subject,
    now: datetime,
    reporter: Volunteer | None = None,
    reply_to: str = "",
) -> Report:
    """Keep the report for the desk of its place, and write to `reply_to` (a checked address, or nothing) that it arrived.

    A report on something that belongs to no place goes to the whole organisation; one that a volunteer makes there goes to
    their ward. Raises `NothingReported`.
    """
    details = details.strip()
    if not details:
        raise NothingReported(
            "nothing_reported", gettext_noop("Say in a sentence or two what happened, where and when.")
        )
    if len(details) > _LONGEST:
        raise NothingReported(
            "too_long",
            gettext_noop(
                "That is more than {most} letters. Say the most important; we will ask for the rest."
            ),
            most=_LONGEST,
        )
    area_code = subject.area_code
    if area_code is None and subject.key in {"", "page"} and reporter is not None:
        area_code = reporter.area_id
    with transaction.atomic():
        report = Report.objects.create(
            kind=kind,
            subject=subject.key,
            subject_label=subject.label,
            subject_url=subject.url,
            area_id=area_code,
            details=details,
            reporter=reporter,
            reply_to=reply_to,
            at=now,
        )
        if reply_to:
            write_about_report(template="report_received", report=report, now=now)
        announce(ReportMade(at=now, report_id=report.pk))
    return report


def report_url(*, report: Report) -> str:
    """The address at which whoever reported sees where it stands; its secret is the report's public id."""
    return f"{settings.HUSTINGS_ADDRESS}/report/{report.public_id}/"


def write_about_report(*, template: str, report: Report, now: datetime) -> None:
    """Queue a message about a report to whoever made it. It holds a link alone, as a mailbox may be read by others."""
    organisation = Organisation.objects.first()
    person = report.reporter.person if report.reporter else None
    queue_message(
        template=f"volunteers/{template}",
        address=report.reply_to,
        fields={
            "to_name": "",
            "organisation_name": organisation.name if organisation else "",
            "report_url": report_url(report=report),
        },
        purpose=Purpose.SERVICE,
        now=now,
        person=person,
        language=person.language if person else "en-gb",
    )
