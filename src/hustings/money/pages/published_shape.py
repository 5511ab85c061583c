"""The shape that lists of other people's money and of the files they came in share, and their columns as data."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from hustings.platform.pages.listing import ChoiceFilter, Column, Export, Filter, Listing, Value
from hustings.platform.pages.parts import Action, Empty
from hustings.platform.words import pounds


def words(
    key: str,
    label: str,
    field: str = "",
    *,
    shown: Callable[[Any], object] | None = None,
    page: str = "",
    is_minor: bool = False,
) -> Column:
    """A column that sorts by a field, by default its key; `shown` draws it otherwise, `page` names the page it leads to."""
    field = field or key
    value: Value = shown or field
    return Column(
        key=key,
        label=label,
        value=value,
        export=field if shown else None,
        link=(lambda row: reverse(f"money_desk:{page}", args=[row.pk])) if page else None,
        sort=(field,),
        is_minor=is_minor,
    )


def amount(key: str, label: str, field: str) -> Column:
    """A column of pence: pounds on the screen, pence in the file."""
    return Column(
        key=key,
        label=label,
        value=lambda row: pounds(getattr(row, field)),
        export=field,
        sort=(field,),
        is_number=True,
    )


def count(key: str, label: str) -> Column:
    """A column of a number that is a field of the row."""
    return Column(key=key, label=label, value=key, sort=(key,), is_number=True)


def in_file(key: str, label: str, field: str = "") -> Column:
    """A column that stands in the file alone."""
    return Column(key=key, label=label, value=field or key, is_export_only=True)


def choices(rows: QuerySet[Any], field: str, label: str, *, key: str = "", order: str = "") -> ChoiceFilter:
    """The values that the rows have in a field, as a filter."""
    values = rows.order_by(order or field).values_list(field, flat=True).distinct()
    return ChoiceFilter(
        key=key or field, label=label, choices=[(str(one), str(one)) for one in values if one], field=field
    )


def imports_action() -> Action:
    """The way to the files that were brought in."""
    return Action(label=_("Files brought in"), url=reverse("money_desk:imports"), icon="upload")


def brought_in(
    *,
    rows: QuerySet[Any],
    title: str,
    intro: str,
    columns: tuple[Column, ...],
    search: tuple[str, ...],
    filters: tuple[Filter, ...],
    order: str,
    how: str,
    file_name: str,
    icon: str = "view",
    actions: tuple[Action, ...] = (),
) -> Listing:
    """A list of what files brought in; `how` says how to bring some in where there is nothing yet."""
    return Listing(
        title=title,
        icon=icon,
        intro=intro,
        rows=rows,
        columns=columns,
        search=search,
        filters=filters,
        order=order,
        empty=Empty(title=_("Nothing was brought in yet"), text=how),
        actions=actions,
        export=Export(file_name=file_name),
    )
