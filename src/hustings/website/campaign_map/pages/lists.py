"""Every seat with its figures, as pages, CSV and JSON; the rule in words; and what another installation may read."""

import csv
from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from hustings.accounts.models import Organisation
from hustings.elections.rules.need import WEIGHTS, Need
from hustings.platform.pages.listing import safe_in_spreadsheet
from hustings.website.campaign_map import queries
from hustings.website.campaign_map.pages.reasons import line_of, reason

_A_PAGE = 50
_COLUMNS = (
    "rank", "code", "name", "first", "second", "standing", "votes", "percent", "volunteers", "target",
    "closeness_points", "shortage_points", "points", "reason", "left_out",
)  # fmt: skip


@require_safe
def whole_list(request: HttpRequest, key: str) -> HttpResponse:
    """Every seat of a board in order, with the points of each part; those left out stand below with their reasons."""
    answer = _answer(key)
    page = Paginator(answer.ranking.ranked, _A_PAGE).get_page(request.GET.get("page"))
    context = {
        "answer": answer,
        "board": answer.board,
        "page": page,
        "lines": [line_of(need=need, party=answer.party) for need in page.object_list],
        "left_out": answer.ranking.left_out,
        "others": [board for board in queries.all_boards() if board.key != key],
        "weights": WEIGHTS,
    }
    return render(request, "website/map/list.html", context)


@require_safe
def rule(request: HttpRequest) -> HttpResponse:
    """The rule in words, with the first seats worked out as an example."""
    boards = queries.boards_on_map()
    answer = queries.answer(board=boards[0], party=queries.party_on_map()) if boards else None
    context = {
        "weights": WEIGHTS,
        "km_a_point": f"{float(1 / WEIGHTS.per_km):g}",
        "shortage": f"{float(WEIGHTS.per_shortage):g}",
        "answer": answer,
        "lines": [line_of(need=need, party=answer.party) for need in answer.first[:5]] if answer else [],
        "boards": queries.all_boards(),
    }
    return render(request, "website/map/rule.html", context)


@require_safe
def whole_csv(request: HttpRequest, key: str) -> HttpResponseBase:
    """The same as CSV: what `hustings seats audit --map` reads."""
    answer = _answer(key)
    return StreamingHttpResponse(
        _csv(answer),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="map-{key}.csv"'},
    )


@require_safe
def whole_json(request: HttpRequest, key: str) -> HttpResponse:
    """The same as JSON."""
    answer = _answer(key)
    return JsonResponse(
        {
            "election": key,
            "title": answer.board.title,
            "party": answer.party or None,
            "seats": list(_rows(answer)),
        },
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )


@require_safe
def needs_feed(request: HttpRequest) -> HttpResponse:
    """How many people this installation wants where it has set a target: the feed that others may read (docs/feeds.md)."""
    found = []
    for board in queries.boards_on_map():
        answer = queries.answer(board=board, party=queries.party_on_map())
        for need in answer.ranking.ranked:
            if need.cover is None:
                continue
            found.append(
                {
                    "code": need.seat.code,
                    "name": need.seat.name,
                    "wanted": max(0, need.cover.target - need.cover.volunteers),
                    "target": need.cover.target,
                    "url": request.build_absolute_uri(reverse("campaign_map:seat", args=[need.seat.code])),
                }
            )
    organisation = Organisation.objects.first()
    return JsonResponse(
        {
            "version": "hustings-feed-1",
            "name": organisation.name if organisation else "",
            "needs": found,
            "events": [],
        },
        json_dumps_params={"ensure_ascii": False, "indent": 1},
        headers={"Access-Control-Allow-Origin": "*"},
    )


def _answer(key: str) -> queries.Answer:
    try:
        return queries.answer(board=queries.board(key=key), party=queries.party_on_map())
    except queries.NothingOnTheMap as problem:
        raise Http404 from problem


def _rows(answer: queries.Answer) -> Iterator[dict[str, Any]]:
    for need in answer.ranking.ranked:
        yield _row(need, answer.party)
    for seat in answer.ranking.left_out:
        yield {
            "rank": None, "code": seat.code, "name": seat.name, "first": seat.first, "second": seat.second,
            "standing": seat.standing.value, "votes": seat.votes, "percent": _rounded(seat.percent), "volunteers": None,
            "target": None, "closeness_points": None, "shortage_points": None, "points": None, "reason": "",
            "left_out": seat.left_out,
        }  # fmt: skip


def _row(need: Need, party: str) -> dict[str, Any]:
    seat = need.seat
    return {
        "rank": need.rank,
        "code": seat.code,
        "name": seat.name,
        "first": seat.first,
        "second": seat.second,
        "standing": seat.standing.value,
        "votes": seat.votes,
        "percent": _rounded(seat.percent),
        "volunteers": need.cover.volunteers if need.cover else None,
        "target": need.cover.target if need.cover else None,
        "closeness_points": _rounded(need.closeness_points),
        "shortage_points": _rounded(need.shortage_points),
        "points": _rounded(need.points),
        "reason": reason(need=need, party=party),
        "left_out": "",
    }


def _rounded(value: Any) -> float | None:
    return None if value is None else round(float(value), 6)


class _Line:
    def write(self, text: str) -> str:
        return text


def _csv(answer: queries.Answer) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield writer.writerow(_COLUMNS)
    for row in _rows(answer):
        yield writer.writerow(
            [
                safe_in_spreadsheet(value) if isinstance(value, str) else "" if value is None else value
                for value in (row[name] for name in _COLUMNS)
            ]
        )
