"""Desk pages of the reports of donations that are due, each as a page, CSV, spreadsheet and PDF, and their filing."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, may, needs
from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.money.access import campaign_for
from hustings.money.documents.donation_report import report_csv, report_pdf, report_xlsx
from hustings.money.models import Campaign, ReportKind
from hustings.money.pages.gift_forms import FiledForm
from hustings.money.queries.donation_reports import DueReport, due_reports, owes_reports
from hustings.money.usecases.file_donation_report import file_donation_report
from hustings.platform.pages.parts import Action, Badge, Callout, Fact
from hustings.platform.words import day

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


@needs(Right.SEE_MONEY)
@require_safe
def report_list(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Every report of a campaign until today, newest first."""
    campaign = campaign_for(scope=request.scope, pk=pk)
    today = clock().today_in_uk()
    callouts = []
    if not owes_reports(campaign=campaign):
        callouts.append(
            Callout(
                text=_(
                    "A candidate sends no quarterly or weekly reports: accepted donations above the floor stand in the "
                    "return. Parties "
                    "and non-party campaigners report."
                )
            )
        )
    return render(
        request,
        "money/reports.html",
        {
            "title": _("Reports of donations"),
            "icon": "calendar",
            "subtitle": str(campaign),
            "back": Action(label=_("Gifts"), url=reverse("money_desk:gifts")),
            "callouts": callouts,
            "reports": [
                (
                    report,
                    ReportKind(report.period.kind).label,
                    _badge(report, today),
                    reverse(
                        "money_desk:donation_report",
                        args=[campaign.pk, report.period.kind, report.period.from_on.isoformat()],
                    ),
                )
                for report in due_reports(campaign=campaign, today=today)
            ],
        },
    )


@needs(Right.SEE_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def report_page(request: DeskRequest, pk: int, kind: str, start: str) -> HttpResponseBase:
    """One report with its lines; once its days are over it can be noted as filed."""
    campaign = campaign_for(scope=request.scope, pk=pk)
    report = _report(campaign, kind, start)
    today = clock().today_in_uk()
    may_file = may(request, Right.EDIT_MONEY) and report.filed is None and report.is_over(today=today)
    form = FiledForm(request.POST or None) if may_file else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            file_donation_report(
                campaign=campaign,
                report=report,
                reference=form.cleaned_data["reference"],
                by=request.user,
                now=clock().now(),
            )
        except Refusal as refusal:
            form.add_error(None, refusal.told(_))
        else:
            messages.success(request, _("Noted as filed, with its lines as they are now."))
            return redirect("money_desk:donation_reports", pk=pk)
    layouts = (("pdf", _("PDF")), ("xlsx", _("Spreadsheet")), ("csv", _("CSV")))
    return render(
        request,
        "money/report.html",
        {
            "title": _title(report),
            "icon": "calendar",
            "subtitle": str(campaign),
            "back": Action(
                label=_("Reports of donations"), url=reverse("money_desk:donation_reports", args=[pk])
            ),
            "badge": _badge(report, today),
            "actions": [
                Action(
                    label=label,
                    url=reverse("money_desk:donation_report_file", args=[pk, kind, start, layout]),
                    icon="download",
                )
                for layout, label in layouts
            ],
            "callouts": _callouts(report, today),
            "facts": [
                Fact(label=_("Days"), value=_days(report)),
                Fact(label=_("Due"), value=report.period.due_on),
                Fact(label=_("Rules"), value=", ".join(entry.id for entry in report.period.entries)),
                Fact(label=_("Filed"), value=report.filed.at if report.filed else _("not yet")),
            ],
            "lines": [line.as_json() for line in report.lines],
            "form": form,
            "submit_label": _("Note it as filed"),
            "cancel_url": reverse("money_desk:donation_reports", args=[pk]),
        },
        status=422 if form is not None and form.is_bound else 200,
    )


@needs(Right.SEE_MONEY)
@require_safe
def report_file(request: DeskRequest, pk: int, kind: str, start: str, layout: str) -> HttpResponseBase:
    """The report as a file."""
    campaign = campaign_for(scope=request.scope, pk=pk)
    report = _report(campaign, kind, start)
    if layout not in _TYPES:
        raise Http404
    lines = [line.as_json() for line in report.lines]
    content: str | bytes
    if layout == "csv":
        content = report_csv(lines=lines)
    elif layout == "xlsx":
        content = report_xlsx(lines=lines, title=_title(report), made_at=clock().now())
    else:
        content = report_pdf(
            lines=lines,
            title=_title(report),
            recipient=str(campaign),
            days=_days(report),
            due=day(report.period.due_on),
        )
    response = HttpResponse(content, content_type=_TYPES[layout])
    response["Content-Disposition"] = (
        f'attachment; filename="donations-{kind}-{report.period.from_on}.{layout}"'
    )
    return response


def _report(campaign: Campaign, kind: str, start: str) -> DueReport:
    try:
        from_on = date.fromisoformat(start)
    except ValueError as problem:
        raise Http404 from problem
    for report in due_reports(campaign=campaign, today=clock().today_in_uk()):
        if report.period.kind == kind and report.period.from_on == from_on:
            return report
    raise Http404


def _title(report: DueReport) -> str:
    if report.period.kind == "weekly":
        return _("Weekly report of donations from %(day)s") % {"day": day(report.period.from_on)}
    quarter = (report.period.from_on.month + 2) // 3
    return _("Report of donations, quarter %(quarter)d of %(year)d") % {
        "quarter": quarter,
        "year": report.period.from_on.year,
    }


def _days(report: DueReport) -> str:
    return _("%(first)s to %(last)s") % {
        "first": day(report.period.from_on),
        "last": day(report.period.last_on),
    }


def _badge(report: DueReport, today: date) -> Badge:
    if report.filed is not None:
        return Badge(text=_("filed"), tone="good")
    if not report.is_over(today=today):
        return Badge(text=_("still running"), tone="plain")
    if not report.is_needed:
        return Badge(text=_("nothing to send"), tone="plain")
    if report.is_overdue(today=today):
        return Badge(text=_("overdue"), tone="bad")
    return Badge(text=_("to send"), tone="warn")


def _callouts(report: DueReport, today: date) -> list[Callout]:
    callouts = []
    if report.is_overdue(today=today):
        callouts.append(
            Callout(
                text=_("It was due on %(day)s. Send it now.") % {"day": day(report.period.due_on)}, tone="bad"
            )
        )
    if not report.lines:
        text = (
            _("There is nothing to report. A nil report must be sent all the same.")
            if report.period.needs_nil
            else _("There is nothing to report, and no nil report is needed.")
        )
        callouts.append(Callout(text=text))
    for warning in dict.fromkeys(entry.warning for entry in report.period.entries if entry.warning):
        callouts.append(Callout(text=warning, tone="warn"))
    return callouts
