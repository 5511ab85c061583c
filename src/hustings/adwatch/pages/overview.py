"""The archive at a glance: who spent how much, as intervals, with picture, table, sources, cautions, and a line to cite."""

import csv
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hustings.accounts.access import Right
from hustings.accounts.models import Organisation
from hustings.accounts.pages.guard import DeskRequest, may, needs
from hustings.adwatch.access import need_whole, snapshots_for
from hustings.adwatch.models import Code, Snapshot
from hustings.adwatch.pages.report_form import Asked, ask_report
from hustings.adwatch.pictures import interval_bars, week_bands
from hustings.adwatch.queries.as_json import impressions, report_as_json
from hustings.adwatch.queries.faults import spend_words
from hustings.adwatch.queries.report import Report, Row, total_of
from hustings.basics.clock import clock
from hustings.platform.pages.listing import numbered_pages, safe_in_spreadsheet
from hustings.platform.pages.parts import Action, Callout, Empty, Tile
from hustings.platform.words import day, number, pounds

#: Rows on a page; all of them are in the downloads.
SHOWN = 50
IN_PICTURE = 15


@needs(Right.SEE_ADS)
@require_safe
def overview(request: DeskRequest) -> HttpResponseBase:
    """The report page, and the same as CSV or JSON."""
    need_whole(scope=request.scope)
    if not snapshots_for(scope=request.scope).exists():
        return render(request, "adwatch/overview.html", _nothing_yet(request))
    asked = ask_report(query=request.GET)
    wanted = request.GET.get("export", "")
    if wanted == "csv":
        return _csv(asked)
    if wanted == "json":
        return JsonResponse(
            report_as_json(report=asked.report), json_dumps_params={"ensure_ascii": False, "indent": 1}
        )
    return render(request, "adwatch/overview.html", _context(request, asked))


def _nothing_yet(request: DeskRequest) -> dict[str, Any]:
    return {
        "title": _("Other people’s ads"),
        "icon": "view",
        "empty": Empty(
            title=_("No archive was taken in yet"),
            text=_("Bring in a report of the Meta Ad Library, pages of its API, or Google’s bundle."),
            actions=(
                Action(
                    label=_("Bring in a file"),
                    url=reverse("adwatch_desk:import"),
                    icon="upload",
                    is_primary=True,
                    is_allowed=may(request, Right.CODE_ADS),
                ),
            ),
        ),
    }


def name_of(row: Row) -> str:
    """What a line is about, in words."""
    about = row.about
    if "week" in about:
        return _("week of %(day)s") % {"day": about["week"]}
    if "page" in about:
        return str(about["page"])
    if "entity" in about:
        return str(about["entity"])
    return str(about.get("party") or about.get("platform") or "")


def seen_words(row: Row | Report) -> str:
    """How often ads were shown, as an interval in words; what the archive leaves out is said."""
    if row.shown is None:
        return _("not said")
    low, high = number(row.shown.low), number(row.shown.high)
    words = _("at least %(low)s") % {"low": low}
    if row.shown.high is not None:
        words = low if row.shown.is_exact else _("%(low)s to %(high)s") % {"low": low, "high": high}
    return _("%(words)s, and %(ads)s ads of which it is not said") % {
        "words": words, "ads": number(row.untold)
    } if row.untold else words  # fmt: skip


def lines_of(asked: Asked, *, most: int, begin: int = 0) -> list[dict[str, Any]]:
    """Rows as the table shows them, from one place on."""
    codes = {str(value): str(label) for value, label in Code.choices}
    return [
        {
            "place": place,
            "name": name_of(row),
            "url": reverse("adwatch_desk:entity", args=[row.about["entity_id"]])
            if row.about.get("entity_id")
            else "",
            "disclaimer": row.about.get("disclaimer", ""),
            "code": codes.get(str(row.about.get("code", "")), ""),
            "is_suggested": bool(row.about.get("code_is_suggested")),
            "ads": row.ads,
            "low": pounds(row.spend.low),
            "high": pounds(row.spend.high) if row.spend.high is not None else _("no top"),
            "seen": seen_words(row),
        }
        for place, row in enumerate(asked.rows[begin : begin + most], begin + 1)
    ]


def picture_of(asked: Asked) -> str:
    """The picture of a report: weeks along, or the largest lines below each other."""
    if not asked.rows:
        return ""
    if asked.by == "week":
        return week_bands(rows=asked.rows, title=_("Spend by week, from the least to the most"))
    return interval_bars(
        lines=[(name_of(row), row.spend) for row in asked.rows[:IN_PICTURE]],
        title=_("Spend: dark is certain, light is possible"),
    )


def citation(asked: Asked) -> str:
    """A line for a footnote: who worked it out, from which files with which hashes, when."""
    organisation = Organisation.objects.first()
    known = Snapshot.objects.in_bulk([one.id for one in asked.report.choice.chosen])
    files = "; ".join(f"{one.label}, SHA-256 {known[one.id].sha256}" for one in asked.report.choice.chosen)
    return _(
        "%(who)s: spending on political advertising as intervals, worked out with Hustings on %(day)s from %(files)s."
    ) % {
        "who": organisation.name if organisation else _("This office"),
        "day": day(clock().today_in_uk()),
        "files": files or _("no snapshot"),
    }


def _context(request: DeskRequest, asked: Asked) -> dict[str, Any]:
    report = asked.report
    spend = total_of(rows=asked.rows) if asked.code else report.spend
    ads = sum(row.ads for row in asked.rows) if asked.code else report.ads
    query = request.GET.copy()
    query.pop("export", None)
    query.pop("page", None)
    address = query.urlencode()
    page = Paginator(asked.rows, SHOWN).get_page(request.GET.get("page"))
    return {
        "title": _("Other people’s ads"),
        "icon": "view",
        "actions": (
            Action(
                label=_("Bring in a file"),
                url=reverse("adwatch_desk:import"),
                icon="upload",
                is_allowed=may(request, Right.CODE_ADS),
            ),
            Action(
                label=_("Print as a study"), url=f"{reverse('adwatch_desk:study')}?{address}", icon="doc-full"
            ),
            Action(label=_("Who saw them"), url=reverse("adwatch_desk:targeting"), icon="group"),
        ),
        "asked": asked,
        "report": report,
        "tiles": [
            Tile(label=_("spent"), value=spend_words(spend.low, spend.high), note=_("least to most")),
            Tile(label=_("ads"), value=ads),
            *(
                ()
                if asked.code or report.shown is None
                else (Tile(label=_("times seen"), value=seen_words(report), note=_("least to most")),)
            ),
            Tile(label=_("lines"), value=len(asked.rows)),
            *(
                ()
                if asked.code
                else (
                    Tile(
                        label=one.method,
                        value=_("about %(value)s") % {"value": pounds(one.value)},
                        note=spend_words(one.interval.low, one.interval.high),
                    )
                    for one in report.estimates
                )
            ),
        ],
        "lines": lines_of(asked, most=SHOWN, begin=max(0, page.start_index() - 1)),
        "has_seen": report.shown is not None,
        "page": page,
        "pages": numbered_pages(page=page, request=request),
        "picture": picture_of(asked),
        "export_url": f"?{address}{'&' if address else ''}export=",
        "is_by_entity": asked.by == "entity",
        "is_by_page": asked.by == "page",
        "chosen": [
            {"label": one.label, "url": reverse("adwatch_desk:snapshot", args=[one.id])}
            for one in report.choice.chosen
        ],
        "cautions": [
            Callout(text="\n".join(report.cautions), title=_("Before you use these figures"), tone="warn")
        ]
        if report.cautions
        else [],
        "citation": citation(asked),
        "number_of_left_out": number(len(report.choice.left_out)),
    }


def _csv(asked: Asked) -> HttpResponse:
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="ad-spending.csv"'
    writer = csv.writer(answer)
    names = list(asked.rows[0].about) if asked.rows else ["page_id", "page", "disclaimer"]
    writer.writerow(
        [
            *names,
            "ads",
            "spend_low_pence",
            "spend_high_pence",
            "impressions_low",
            "impressions_high",
            "ads_without_impressions",
            "rests_on",
        ]
    )
    rests_on = " | ".join(one.label for one in asked.report.choice.chosen)
    for row in asked.rows:
        cells = [row.about.get(name, "") for name in names]
        writer.writerow(
            [
                *(safe_in_spreadsheet(cell) if isinstance(cell, str) else cell for cell in cells),
                *(row.ads, row.spend.low, row.spend.high, *impressions(row.shown, row.untold).values()),
                safe_in_spreadsheet(rests_on),
            ]
        )
    return answer
