"""A return as a spreadsheet: every line, and sums that the spreadsheet works out itself."""

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from hustings.money.rules.return_content import CATEGORY_WORDS
from hustings.platform.pages.listing import safe_in_spreadsheet

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_POUNDS = '"£"#,##0.00'
_BOLD = Font(bold=True)
_LINE_COLUMNS: Sequence[tuple[str, str, int]] = (
    ("number", "No.", 6),
    ("category", "Category", 26),
    ("what", "Purpose", 40),
    ("supplier_name", "Supplier", 28),
    ("supplier_address", "Address", 36),
    ("committed_on", "Incurred", 12),
    ("paid_on", "Paid on", 12),
    ("full_pence", "Full cost", 13),
    ("stated_pence", "Stated", 13),
    ("paid_pence", "Paid", 13),
    ("unpaid_pence", "Unpaid", 13),
    ("disputed_pence", "Disputed", 13),
    ("notional_pence", "Notional", 13),
    ("said", "How it was split", 44),
    ("assessment", "Honest assessment", 44),
    ("receipts", "Receipts", 12),
)
_WORDS = {**CATEGORY_WORDS, "personal": "Personal expenses"}


def spreadsheet(*, content: Mapping[str, Any]) -> bytes:
    """The return as an Excel file: summary, items, personal expenses, gifts. Totals are formulas over the lines."""
    book = Workbook()
    # The file says nothing of when it was made, so that the same return gives the same sheets.
    book.properties.created = book.properties.modified = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
    summary = book.active
    assert isinstance(summary, Worksheet)
    summary.title = "Summary"
    items = book.create_sheet("Items")
    last = _lines(items, content["lines"])
    personal = book.create_sheet("Personal expenses")
    _lines(personal, content["personal"])
    gifts = book.create_sheet("Gifts")
    _gifts(gifts, content["donations"])
    _summary(summary, content, last)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _summary(sheet: Worksheet, content: Mapping[str, Any], last: int) -> None:
    head = content["head"]
    sheet.append([head["title"]])
    sheet["A1"].font = Font(bold=True, size=14)
    for label, value in (
        ("Name", head["name"]),
        ("Electoral area", head["area_name"]),
        ("Polling day", _day(head["poll_on"])),
        ("Agent", head["agent_name"]),
        ("Electors", head["electorate"]),
        ("Version", content["version"]),
    ):
        sheet.append([label, safe_in_spreadsheet(value) if isinstance(value, str) else value])
    sheet.append([])
    _heading(sheet, ["Period", "Limit", "Spent", "Left", "How the limit was worked out", "Status"])
    for period in head["periods"]:
        spent = content["totals"]["by_period"][period["name"]] / 100
        limit = period["limit_pence"]
        row = sheet.max_row + 1
        sheet.append(
            [
                f"{period['name']}: {period['from']} to {period['until']}",
                None if limit is None else limit / 100,
                spent,
                None if limit is None else f"=B{row}-C{row}",
                safe_in_spreadsheet(period["formula"]),
                period["status"],
            ]
        )
        _as_pounds(sheet, row, (2, 3, 4))
    sheet.append([])
    _heading(sheet, ["Category", "Stated"])
    first = sheet.max_row + 1
    for words in CATEGORY_WORDS.values():
        row = sheet.max_row + 1
        sheet.append([words, f'=SUMIF(Items!B2:B{max(last, 2)},"{words}",Items!I2:I{max(last, 2)})'])
        _as_pounds(sheet, row, (2,))
    row = sheet.max_row + 1
    sheet.append(["Total", f"=SUM(B{first}:B{row - 1})"])
    sheet.cell(row, 1).font = _BOLD
    _as_pounds(sheet, row, (2,))
    for column, width in (("A", 44), ("B", 16), ("C", 14), ("D", 14), ("E", 50), ("F", 12)):
        sheet.column_dimensions[column].width = width


def _lines(sheet: Worksheet, lines: Sequence[Mapping[str, Any]]) -> int:
    """Write the lines and their sums; returns the row of the last line."""
    _heading(sheet, [label for _key, label, _width in _LINE_COLUMNS])
    for line in lines:
        sheet.append([_cell(key, line) for key, _label, _width in _LINE_COLUMNS])
        _as_pounds(sheet, sheet.max_row, tuple(range(8, 14)))
    last = sheet.max_row
    if lines:
        row = last + 1
        sheet.cell(row, 3, "Total").font = _BOLD
        for column in range(9, 14):
            letter = get_column_letter(column)
            sheet.cell(row, column, f"=SUM({letter}2:{letter}{last})").font = _BOLD
        _as_pounds(sheet, row, tuple(range(9, 14)))
    for index, (_key, _label, width) in enumerate(_LINE_COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.freeze_panes = "A2"
    return last


def _cell(key: str, line: Mapping[str, Any]) -> object:
    value = line[key]
    if key == "category":
        return _WORDS[value]
    if key.endswith("_pence"):
        return value / 100
    if key in {"committed_on", "paid_on"}:
        return _day(value)
    if key == "receipts":
        return ", ".join(paper["number"] for paper in value)
    return safe_in_spreadsheet(value) if isinstance(value, str) else value


def _gifts(sheet: Worksheet, donations: Sequence[Mapping[str, Any]]) -> None:
    _heading(sheet, ["From", "Address", "Nature", "Received", "Accepted", "Amount"])
    for one in donations:
        sheet.append(
            [
                safe_in_spreadsheet(one["donor"]),
                safe_in_spreadsheet(one["address"]),
                one["nature"],
                _day(one["received_on"]),
                _day(one["accepted_on"]),
                one["amount_pence"] / 100,
            ]
        )
        _as_pounds(sheet, sheet.max_row, (6,))
    for column, width in (("A", 32), ("B", 40), ("C", 16), ("D", 12), ("E", 12), ("F", 14)):
        sheet.column_dimensions[column].width = width


def _heading(sheet: Worksheet, labels: Sequence[str]) -> None:
    sheet.append(list(labels))
    for cell in sheet[sheet.max_row]:
        cell.font = _BOLD
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _as_pounds(sheet: Worksheet, row: int, columns: Sequence[int]) -> None:
    for column in columns:
        sheet.cell(row, column).number_format = _POUNDS


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
