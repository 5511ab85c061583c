"""Where are we neglecting people? One row a ward, the most neglected first."""

import csv
from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.basics.clock import clock
from hustings.contacts.queries import WardReach, contact_rate_by_ward
from hustings.platform.pages.parts import Tile
from hustings.platform.words import percent

SPANS = (30, 90, 180, 365)
USUAL_SPAN = 90


@needs(Right.SEE_CONTACTS)
@require_safe
def neglect(request: DeskRequest) -> HttpResponse:
    """A page, or with `?format=csv` a file, of people and how far they were reached, by ward."""
    days = _days(request.GET.get("days", ""))
    wards = contact_rate_by_ward(since=clock().now() - timedelta(days=days), scope=request.scope)
    if request.GET.get("format") == "csv":
        return _as_csv(wards, days)
    return render(
        request,
        "contacts/neglect.html",
        {
            "title": _("Where are we neglecting people?"),
            "icon": "view",
            "wards": wards,
            "days": days,
            "spans": SPANS,
            "tiles": _tiles(wards, days),
            "is_everything": request.scope.is_everything,
        },
    )


def _tiles(wards: list[WardReach], days: int) -> list[Tile]:
    people, contacted = sum(ward.people for ward in wards), sum(ward.contacted for ward in wards)
    never, reachable = sum(ward.never for ward in wards), sum(ward.reachable for ward in wards)
    share = percent(contacted / people if people else 0)
    tiles = [
        Tile(label=_("people"), value=people),
        Tile(
            label=_("contacted in the last %(days)s days") % {"days": days},
            value=contacted,
            note=_("%(share)s of all") % {"share": share},
        ),
        Tile(label=_("never contacted"), value=never, tone="warn" if never else "good"),
        Tile(
            label=_("reachable"),
            value=reachable,
            note=_("may be emailed, texted or telephoned about campaigns"),
        ),
    ]
    if met := sum(ward.electors_met for ward in wards):
        tiles.append(
            Tile(
                label=_("electors met at the door"),
                value=met,
                note=_("known from the register alone, beside the people"),
            )
        )
    return tiles


def _days(given: str) -> int:
    return int(given) if given.isdecimal() and int(given) in SPANS else USUAL_SPAN


def _as_csv(wards: list[WardReach], days: int) -> HttpResponse:
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="neglect-by-ward.csv"'
    writer = csv.writer(answer)
    writer.writerow(
        [
            "ward_code",
            "ward",
            "people",
            "reachable",
            f"contacted_in_{days}_days",
            "never_contacted",
            "contact_rate",
            "electors_met_at_the_door",
        ]
    )
    for ward in wards:
        writer.writerow(
            [
                ward.code,
                ward.name,
                ward.people,
                ward.reachable,
                ward.contacted,
                ward.never,
                f"{ward.contact_rate:.3f}",
                ward.electors_met,
            ]
        )
    return answer
