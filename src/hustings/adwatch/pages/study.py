"""The report in the manner of a published study: for print from the browser, and as PDF."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hustings.accounts.access import Right
from hustings.accounts.models import Organisation
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.adwatch.access import need_whole
from hustings.adwatch.documents.study import StudyText, study_pdf
from hustings.adwatch.models import ArchiveFault, Code, Snapshot
from hustings.adwatch.pages.overview import citation, lines_of, picture_of, seen_words
from hustings.adwatch.pages.report_form import Asked, ask_report
from hustings.adwatch.pictures import interval_bars
from hustings.adwatch.queries.faults import spend_words
from hustings.adwatch.queries.report import Row
from hustings.adwatch.rules.intervals import Interval, total
from hustings.basics.clock import clock
from hustings.platform.pages.parts import Action
from hustings.platform.words import day, number, pounds

IN_TABLE = 30


@needs(Right.SEE_ADS)
@require_safe
def study(request: DeskRequest) -> HttpResponseBase:
    """A printable study of the report that the address asks for; `export=pdf` gives the PDF."""
    need_whole(scope=request.scope)
    asked = ask_report(query=request.GET)
    parts = _parts(asked)
    if request.GET.get("export") == "pdf":
        answer = HttpResponse(study_pdf(text=_text(asked, parts)), content_type="application/pdf")
        answer["Content-Disposition"] = 'attachment; filename="ad-spending.pdf"'
        return answer
    query = request.GET.copy()
    query.pop("export", None)
    return render(
        request,
        "adwatch/study.html",
        {
            **parts,
            "title": _("Spending on political advertising"),
            "icon": "doc-full",
            "back": Action(
                label=_("Other people’s ads"), url=f"{reverse('adwatch_desk:overview')}?{query.urlencode()}"
            ),
            "actions": (
                Action(
                    label=_("As PDF"),
                    url=f"{reverse('adwatch_desk:study')}?{query.urlencode()}{'&' if query else ''}export=pdf",
                    icon="download",
                    is_primary=True,
                ),
            ),
            "is_by_entity": asked.by == "entity",
            "is_by_page": asked.by == "page",
            "is_printed": True,
        },
    )


def _parts(asked: Asked) -> dict[str, Any]:
    report = asked.report
    organisation = Organisation.objects.first()
    snapshots = list(Snapshot.objects.filter(pk__in=[one.id for one in report.choice.chosen]).order_by("pk"))
    faults = list(
        ArchiveFault.objects.filter(snapshot__in=snapshots)
        .exclude(severity="note")
        .order_by("severity", "-snapshot", "id")
    )
    spend = total(parts=(row.spend for row in asked.rows)) if asked.code else report.spend
    ads = sum(row.ads for row in asked.rows) if asked.code else report.ads
    kinds = _kinds(asked.rows) if asked.by == "entity" else []
    return {
        "who": organisation.name if organisation else "",
        "made_on": day(clock().today_in_uk()),
        "days": _days(asked, snapshots),
        "spend": spend_words(spend.low, spend.high),
        "ads": number(ads),
        "number_of_lines": number(len(asked.rows)),
        "estimates": [] if asked.code else report.estimates,
        "picture": picture_of(asked),
        "lines": lines_of(asked, most=IN_TABLE),
        "has_seen": report.shown is not None,
        "seen": "" if report.shown is None or asked.code else seen_words(report),
        "kinds": kinds,
        "kinds_picture": interval_bars(
            lines=[(one["name"], one["interval"]) for one in kinds],
            title=_("Spend by kind of advertiser: dark is certain, light is possible"),
        )
        if kinds
        else "",
        "cautions": report.cautions,
        "faults": faults[:25],
        "number_of_faults": len(faults),
        "snapshots": snapshots,
        "left_out": report.choice.left_out,
        "citation": citation(asked),
        "suggested": sum(1 for row in asked.rows if row.about.get("code_is_suggested")),
    }


def _days(asked: Asked, snapshots: list[Snapshot]) -> str:
    first = asked.report.first_on or min(
        (one.covers_from for one in snapshots if one.covers_from), default=None
    )
    last = asked.report.last_on or max(
        (one.covers_until for one in snapshots if one.covers_until), default=None
    )
    return f"{day(first) or '…'} – {day(last) or '…'}"


def _kinds(rows: tuple[Row, ...]) -> list[dict[str, Any]]:
    labels = {str(value): str(label) for value, label in Code.choices}
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(str(row.about.get("code") or ""), []).append(row)
    sums: list[tuple[str, Interval, int, int]] = [
        (
            labels.get(code, _("not coded")),
            total(parts=(row.spend for row in some)),
            len(some),
            sum(row.ads for row in some),
        )
        for code, some in found.items()
    ]
    return [
        {
            "name": name,
            "interval": spend,
            "low": pounds(spend.low),
            "high": pounds(spend.high) if spend.high is not None else _("no top"),
            "advertisers": advertisers,
            "ads": ads,
        }
        for name, spend, advertisers, ads in sorted(sums, key=lambda one: -one[1].low)
    ]


def _text(asked: Asked, parts: dict[str, Any]) -> StudyText:
    summary = _("%(ads)s ads of %(lines)s advertisers; %(spend)s spent.") % {
        "ads": parts["ads"],
        "lines": parts["number_of_lines"],
        "spend": parts["spend"],
    }
    estimates = [
        _("About %(value)s by the method “%(method)s”, within %(interval)s.")
        % {
            "value": pounds(one.value),
            "method": one.method,
            "interval": spend_words(one.interval.low, one.interval.high),
        }
        for one in parts["estimates"]
    ]
    return StudyText(
        title=_("Spending on political advertising"),
        subtitle=f"{parts['who']} · {parts['days']} · {parts['made_on']}",
        summary=(summary, *estimates),
        pictures=tuple(one for one in (parts["kinds_picture"], parts["picture"]) if one),
        kinds=tuple(
            (one["name"], one["low"], one["high"], number(one["advertisers"])) for one in parts["kinds"]
        ),
        lines=tuple(
            (one["name"], one["code"] or one["disclaimer"], one["low"], one["high"], number(one["ads"]))
            for one in parts["lines"]
        ),
        cautions=tuple(parts["cautions"]),
        faults=tuple(one.sentence for one in parts["faults"]),
        sources=tuple(f"{one.label}, SHA-256 {one.sha256}" for one in parts["snapshots"]),
        left_out=tuple(f"{one.source.label}: {one.reason}" for one in parts["left_out"]),
        citation=parts["citation"],
    )
