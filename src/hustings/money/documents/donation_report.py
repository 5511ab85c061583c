"""A report of donations as CSV, spreadsheet or PDF: what the Electoral Commission's form asks for, line by line."""

import csv
import io
import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import typst
from openpyxl import Workbook
from openpyxl.styles import Font

_TEMPLATE = Path(__file__).parent / "donation_report.typ"

#: Column heading, and the key of a line's value.
COLUMNS = (
    ("Donor", "donor"),
    ("Status", "status"),
    ("Address", "address"),
    ("Postcode", "postcode"),
    ("Company number", "company_number"),
    ("Value", "value"),
    ("Received", "received_on"),
    ("How", "how"),
    ("What", "what"),
    ("Why it is reported", "why"),
    ("Sum of the year", "year"),
    ("Rule", "entry"),
)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def report_csv(*, lines: Sequence[dict[str, Any]]) -> str:
    """The lines as CSV; text that a spreadsheet would take for a formula gets an apostrophe before it."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow([heading for heading, _ in COLUMNS])
    for line in lines:
        writer.writerow([_plain(line[key]) for _, key in COLUMNS])
    return stream.getvalue()


def report_xlsx(*, lines: Sequence[dict[str, Any]], title: str, made_at: datetime) -> bytes:
    """The lines as a spreadsheet with the title above; the same lines at the same moment give the same cells."""
    book = Workbook()
    book.properties.created = book.properties.modified = made_at.replace(tzinfo=None)
    sheet = book.active
    assert sheet is not None
    sheet.title = "Donations"
    sheet.append([title])
    sheet.append([heading for heading, _ in COLUMNS])
    for cell in (*sheet[1], *sheet[2]):
        cell.font = Font(bold=True)
    for line in lines:
        sheet.append([_plain(line[key]) for _, key in COLUMNS])
    if not lines:
        sheet.append(["Nothing to report in this period."])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def report_pdf(*, lines: Sequence[dict[str, Any]], title: str, recipient: str, days: str, due: str) -> bytes:
    """The report as PDF, set by Typst with its own fonts. A report without lines says that nothing is to be reported."""
    content = {"title": title, "recipient": recipient, "days": days, "due": due, "lines": list(lines)}
    return bytes(typst.compile(_TEMPLATE.read_bytes(), sys_inputs={"content": json.dumps(content)}))


def _plain(value: object) -> str:
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
