"""Hold a map against the results: this installation's own, or a file from anywhere."""

import json
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from hustings.basics.refusals import Refusal, gettext_noop
from hustings.elections.queries.closeness import closeness_of_seats
from hustings.elections.rules.need import Cover, shortage_points
from hustings.platform.importing.source import SourceFile
from hustings.website.campaign_map.queries import answer, board, covers
from hustings.website.campaign_map.rules.audit import Finding, audit_map


class NotAMap(Refusal):
    """The file does not hold a list of seats."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What came of it: how many seats the results have, how many the map ranks and leaves out, and every fault."""

    seats: int
    ranked: int
    left_out: int
    findings: tuple[Finding, ...]


def audit_seats(*, key: str, party: str, file: Path | None = None) -> Audit:
    """Compare a map with the results of a board; without a file, the map that this installation shows.

    Every point is worked out again from the results. A file is CSV (a column `code`, in the map's order; `left_out` where a
    seat is left out; `volunteers` and `target` where it counts them) or JSON as `seats.json`. Raises `NothingOnTheMap`,
    `NoSuchParty`, `NotAMap` and `UnreadableFile`.
    """
    shown = board(key=key)
    seats = closeness_of_seats(election_ids=shown.election_ids, party=party)
    if file is None:
        ranking = answer(board=shown, party=party).ranking
        listed = [need.seat.code for need in ranking.ranked]
        left_out = {seat.code: seat.left_out for seat in ranking.left_out}
        counted = covers(codes=[seat.code for seat in seats])
    else:
        listed, left_out, counted = _read(file)
    extra = {code: shortage_points(cover=cover) for code, cover in counted.items()}
    findings = audit_map(seats=seats, listed=listed, left_out=left_out, other_points=extra)
    return Audit(seats=len(seats), ranked=len(listed), left_out=len(left_out), findings=findings)


def _read(file: Path) -> tuple[list[str], dict[str, str], dict[str, Cover]]:
    rows = _json_rows(file) if file.suffix.lower() == ".json" else _csv_rows(file)
    listed: list[str] = []
    left_out: dict[str, str] = {}
    counted: dict[str, Cover] = {}
    for row in rows:
        code = str(row.get("code") or "").strip()
        if not code:
            continue
        if str(row.get("left_out") or "").strip():
            left_out[code] = str(row["left_out"])
            continue
        listed.append(code)
        target, volunteers = _whole(row.get("target")), _whole(row.get("volunteers"))
        if target:
            counted[code] = Cover(volunteers=volunteers, target=target)
    return listed, left_out, counted


def _csv_rows(file: Path) -> list[dict[str, Any]]:
    source = SourceFile(file)
    if not source.has_columns("code"):
        raise NotAMap(
            "not_a_map",
            gettext_noop("{file} has no column “code”. Give the seats' official codes in the map's order."),
            file=source.name,
        )
    return [{name.casefold(): value for name, value in row.items()} for _line, row in source.records()]


def _json_rows(file: Path) -> list[dict[str, Any]]:
    try:
        with SourceFile(file).open_text() as text:
            document = json.load(text)
    except ValueError as fault:
        raise NotAMap(
            "not_a_map", gettext_noop("{file} is not JSON: {fault}."), file=file.name, fault=fault
        ) from fault
    rows = document.get("seats") if isinstance(document, dict) else document
    if not isinstance(rows, list):
        raise NotAMap("not_a_map", gettext_noop("{file} has no list of seats."), file=file.name)
    return [row if isinstance(row, dict) else {"code": row} for row in rows]


def _whole(value: Any) -> int:
    try:
        return max(0, int(Fraction(str(value or 0))))
    except ValueError:
        return 0
