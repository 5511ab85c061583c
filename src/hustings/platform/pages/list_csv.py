"""A desk list as CSV: every row, in the plain forms that programs read, and nothing that a spreadsheet would run."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hustings.basics.clock import UK
from hustings.platform.pages.list_columns import Column, value_of
from hustings.platform.pages.parts import Badge

#: A spreadsheet runs a cell that begins with one of these.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # fmt: skip


class _Line:
    def write(self, text: str) -> str:
        return text


def csv_lines(*, columns: Sequence[Column], rows: QuerySet[Any] | Iterable[Any]) -> Iterator[str]:
    """The rows as CSV, line by line, with a heading and a byte order mark by which spreadsheets know the encoding."""
    shown = [column for column in columns if not column.is_screen_only]
    writer = csv.writer(_Line())
    yield "\ufeff" + writer.writerow([safe_in_spreadsheet(column.label) for column in shown])
    iterator = rows.iterator(chunk_size=2000) if isinstance(rows, QuerySet) else iter(rows)
    for row in iterator:
        yield writer.writerow([_plain(value_of(column.export or column.value, row)) for column in shown])


def _plain(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, int | float):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UK).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Badge):
        return safe_in_spreadsheet(value.text)
    if isinstance(value, list | tuple):
        return safe_in_spreadsheet("; ".join(str(_plain(item)) for item in value))
    return safe_in_spreadsheet(str(value))


def safe_in_spreadsheet(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe goes before what would start one."""
    text = str(text)
    return (
        f"'{text}"
        if text.lstrip(" ").startswith(_FORMULA_STARTS) or text.startswith(_FORMULA_STARTS)
        else text
    )
