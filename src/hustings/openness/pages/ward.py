"""The page of a ward: what was sent here, by whom, to how many, at what cost, in plain words and one small picture."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from hustings.basics.clock import clock
from hustings.openness.pages.record import shown
from hustings.openness.pages.words import band_of_cost, band_of_people, channel_words
from hustings.openness.queries.log import log_state
from hustings.openness.queries.ward import Reach, WardSummary, ward_summary
from hustings.places.models import Area
from hustings.platform.words import number

_WIDTH, _LINE, _LEFT = 380, 28, 84
_CHANNELS = ("email", "leaflet", "advert", "call", "sms", "post", "door")


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One piece of a month's line: where it begins, how long it is, and what it stands for."""

    x: float
    width: float
    channel: str
    count: int


@dataclass(frozen=True, kw_only=True)
class MonthLine:
    """One line of the picture."""

    month: date
    y: int
    bars: tuple[Bar, ...]
    total: int
    end: float


@require_safe
def ward_page(request: HttpRequest, code: str) -> HttpResponse:
    """Sum up what reached a ward, then list it."""
    ward = Area.objects.filter(code=code).first()
    if ward is None:
        raise Http404
    on = clock().today_in_uk()
    summary = ward_summary(code=code, on=on)
    return render(
        request,
        "openness/ward.html",
        {
            "ward": ward,
            "summary": summary,
            "log": log_state(),
            "sentence": _sentence(summary),
            "people": band_of_people({"at_least": summary.people[0], "at_most": summary.people[1]}),
            "cost": band_of_cost({"at_least": summary.cost[0], "at_most": summary.cost[1]})
            if summary.cost[1]
            else "",
            "lines": _lines(summary),
            "height": len(summary.months) * _LINE + 8,
            "legend": [(name, channel_words(name)) for name in _CHANNELS if name in summary.by_channel],
            "rows": [_row(one) for one in summary.reaches],
            "left": _LEFT,
            "width": _WIDTH,
        },
    )


def _sentence(summary: WardSummary) -> str:
    """How often, by which ways: “2 emails and 1 leaflet round”."""
    counted = {
        "email": lambda n: ngettext("%(n)d mailing by email", "%(n)d mailings by email", n),
        "leaflet": lambda n: ngettext("%(n)d leaflet round", "%(n)d leaflet rounds", n),
        "advert": lambda n: ngettext("%(n)d advertisement", "%(n)d advertisements", n),
        "call": lambda n: ngettext("%(n)d round of calls", "%(n)d rounds of calls", n),
    }
    parts = [
        counted[channel](count) % {"n": count} if channel in counted else f"{count} {channel_words(channel)}"
        for channel, count in sorted(summary.by_channel.items(), key=lambda one: -one[1])
    ]
    if len(parts) > 1:
        return _("%(first)s and %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}
    return parts[0] if parts else ""


def _lines(summary: WardSummary) -> list[MonthLine]:
    most = max((sum(counts.values()) for _month, counts in summary.months), default=1)
    unit = (_WIDTH - _LEFT - 34) / max(most, 1)
    lines = []
    for place, (month, counts) in enumerate(summary.months):
        x, bars = float(_LEFT), []
        for channel in (*_CHANNELS, *sorted(set(counts) - set(_CHANNELS))):
            if count := counts.get(channel, 0):
                bars.append(Bar(x=round(x, 1), width=round(count * unit, 1), channel=channel, count=count))
                x += count * unit
        lines.append(
            MonthLine(
                month=month,
                y=place * _LINE + 4,
                bars=tuple(bars),
                total=sum(counts.values()),
                end=round(x + 6, 1),
            )
        )
    return lines


def _row(one: Reach) -> dict[str, Any]:
    said = shown(one.view)
    people = ""
    if one.people:
        low, high = one.people
        people = (
            _("fewer than 10")
            if high < 10
            else _("%(low)s to %(high)s") % {"low": number(low), "high": number(high)}
        )
    return {**said, "day": one.day, "ward_people": people, "how": channel_words(one.channel)}
