"""The columns of a desk list, and what a row has in one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Value = str | Callable[[Any], object]


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column. `sort` names the database columns to order by; without it the column cannot be sorted.

    `export` is the value in CSV where it differs from the one shown; `is_export_only` and `is_screen_only` limit a column
    to one of the two; `is_minor` columns go first when the page is narrow.
    """

    key: str
    label: str
    value: Value
    link: Callable[[Any], str | None] | None = None
    sort: tuple[str, ...] = ()
    is_number: bool = False
    is_minor: bool = False
    is_export_only: bool = False
    is_screen_only: bool = False
    export: Value | None = None


def value_of(value: Value, row: Any) -> object:
    if callable(value):
        return value(row)
    found: Any = row
    for part in value.split("."):
        found = found.get(part) if isinstance(found, Mapping) else getattr(found, part)
        if found is None:
            return None
        if callable(found) and not isinstance(found, type):
            found = found()
    return found
