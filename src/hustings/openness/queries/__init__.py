"""What pages and other apps ask of the public record."""

from hustings.openness.queries.attention import attention
from hustings.openness.queries.entries import (
    DocumentView,
    EntryView,
    months_of_record,
    public_entries,
    view_of,
    wards_of_record,
)
from hustings.openness.queries.table import COLUMNS, rows_of_record

__all__ = [
    "COLUMNS",
    "DocumentView",
    "EntryView",
    "attention",
    "months_of_record",
    "public_entries",
    "rows_of_record",
    "view_of",
    "wards_of_record",
]
