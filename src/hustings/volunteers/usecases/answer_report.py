"""Take a report up, and answer it."""

from datetime import datetime

from django.db import transaction

from hustings.accounts.models import User
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.platform import audit
from hustings.volunteers.models import Report, ReportState
from hustings.volunteers.usecases.make_report import write_about_report


class NoAnswer(Refusal):
    """An answer without words."""


class AnsweredAlready(Refusal):
    """Somebody else has answered the report."""


def take_report(*, report: Report, by: User, now: datetime) -> Report:
    """Say that somebody looks at it now. Raises `AnsweredAlready`."""
    with transaction.atomic():
        held = _held(report)
        held.state, held.taken_at, held.taken_by = ReportState.TAKEN, now, by
        held.save(update_fields=["state", "taken_at", "taken_by"])
        _note(held, "took up", by, now)
    return held


def answer_report(*, report: Report, answer: str, by: User, now: datetime) -> Report:
    """Keep the answer and tell whoever reported where to read it. Raises `NoAnswer` or `AnsweredAlready`."""
    answer = answer.strip()
    if not answer:
        raise NoAnswer(
            "no_answer",
            gettext_noop("Write what was found and what was done, in words for whoever reported it."),
        )
    with transaction.atomic():
        held = _held(report)
        held.state, held.answered_at, held.answered_by, held.answer = ReportState.ANSWERED, now, by, answer
        held.save(update_fields=["state", "answered_at", "answered_by", "answer"])
        _note(held, "answered", by, now)
        if held.reply_to:
            write_about_report(template="report_answered", report=held, now=now)
    return held


def _held(report: Report) -> Report:
    held = Report.objects.select_for_update().get(pk=report.pk)
    if held.state == ReportState.ANSWERED:
        raise AnsweredAlready("answered", gettext_noop("Somebody has answered this report in the meantime."))
    return held


def _note(report: Report, verb: str, by: User, now: datetime) -> None:
    audit.record(
        now=now,
        actor=by,
        verb=verb,
        subject_type="volunteers.Report",
        subject_id=report.pk,
        area_code=report.area_id or "",
    )
