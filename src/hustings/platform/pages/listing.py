"""The desk list: search, filters, sorting, pages, CSV of what is shown, and a line on what the list leaves out.

A complete example:

    @needs(Right.SEE_PEOPLE)
    def people_list(request: DeskRequest) -> HttpResponseBase:
        return list_page(
            request,
            Listing(
                title=_("People"),
                icon="user",
                rows=people_for(scope=request.scope).select_related("ward"),      # always from access.py
                columns=(
                    Column(key="name", label=_("Name"), value=str, link=lambda p: reverse("people_desk:person", args=[p.pk]),
                           sort=("family_name", "given_name")),
                    Column(key="ward", label=_("Ward"), value="ward.name", sort=("ward__name",)),
                    Column(key="contacted", label=_("Last contact"), value="last_contacted_at", sort=("last_contacted_at",)),
                    Column(key="signatures", label=_("Signatures"), value="signature_count", is_number=True,
                           sort=("signature_count",)),
                ),
                search=("given_name", "family_name", "contact_points__canonical"),
                filters=(
                    ChoiceFilter(key="ward", label=_("Ward"), choices=area_choices(scope=request.scope), field="ward"),
                    DateFilter(key="contacted", label=_("Last contact"), field="last_contacted_at"),
                    YesNoFilter(key="email", label=_("May be emailed"), yes=Q(...)),
                ),
                order="name",                                                      # or "-contacted"
                left_out=_("People who asked to be erased are not shown: nothing of theirs is kept."),
                empty=Empty(title=_("Nobody yet"), text=_("Import a list or open a petition."), actions=(...)),
                actions=(Action(label=_("Add a person"), url=..., icon="plus", is_primary=True),),
                export=Export(file_name="people", is_allowed=may(request, Right.EXPORT_PEOPLE), note=note_export),
            ),
        )

`Column.value` is a dotted attribute path or a function of the row; numbers, dates and yes/no are written as people write
them, a `Badge` as a coloured word. In CSV, dates are ISO 8601, numbers plain, and text that a spreadsheet would take for
a formula gets an apostrophe before it. Rows are streamed from the database, all that match, not the page alone.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hustings.basics.clock import clock
from hustings.platform.pages.list_columns import Column, Value, value_of
from hustings.platform.pages.list_csv import csv_lines, safe_in_spreadsheet
from hustings.platform.pages.list_filters import ChoiceFilter, DateFilter, Filter, YesNoFilter
from hustings.platform.pages.parts import Action, Badge, Callout, Empty
from hustings.platform.words import written

#: All that a page needs to describe its list, behind one door.
__all__ = [
    "BadListing",
    "Cell",
    "ChoiceFilter",
    "Column",
    "DateFilter",
    "Export",
    "Filter",
    "Heading",
    "Listing",
    "Value",
    "YesNoFilter",
    "csv_lines",
    "list_page",
    "numbered_pages",
    "safe_in_spreadsheet",
]

_PARAMETERS = {"q", "sort", "page", "export"}


class BadListing(Exception):
    """A list was put together wrongly: a name used twice or an order that no column offers."""


@dataclass(frozen=True, kw_only=True)
class Export:
    """CSV of every row that the search and filters leave. `note` is told the filters in words before the first row goes out."""

    file_name: str
    is_allowed: bool = True
    note: Callable[[str], object] | None = None


@dataclass(frozen=True, kw_only=True)
class Listing:
    """Everything about one list. `rows` is already narrowed to what the login may see."""

    title: str
    rows: QuerySet[Any]
    columns: Sequence[Column]
    icon: str = "list-ul"
    intro: str = ""
    search: tuple[str, ...] = ()
    search_label: str = ""
    narrow_by_search: Callable[[QuerySet[Any], str], QuerySet[Any]] | None = None
    filters: Sequence[Filter] = ()
    order: str = ""
    left_out: str = ""
    empty: Empty | None = None
    actions: tuple[Action, ...] = ()
    callouts: tuple[Callout, ...] = ()
    export: Export | None = None
    page_size: int = 50
    back: Action | None = None

    @property
    def has_search(self) -> bool:
        """Whether words can be looked for."""
        return bool(self.search) or self.narrow_by_search is not None

    def __post_init__(self) -> None:
        keys = [column.key for column in self.columns]
        names = [name for each in self.filters for name in each.names()]
        if len(set(keys)) < len(keys) or len(set(names)) < len(names) or _PARAMETERS & set(names):
            raise BadListing(
                "Columns and filters need names of their own, and q, sort, page and export are taken."
            )
        if self.order and not any(
            column.key == self.order.lstrip("-") and column.sort for column in self.columns
        ):
            raise BadListing(f"No column can be sorted by “{self.order}”.")


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One value as the page shows it."""

    column: Column
    text: str
    url: str
    badges: tuple[Badge, ...]


@dataclass(frozen=True, kw_only=True)
class Heading:
    """One column's head, with the address that sorts by it."""

    column: Column
    url: str
    direction: str


def list_page(
    request: HttpRequest, listing: Listing, *, template: str = "desk/list.html", **context: object
) -> HttpResponseBase:
    """Answer with the list as a page, or, where the address says `export=csv`, as CSV of every row that matches."""
    chosen = {name: str(value).strip() for name, value in request.GET.items()}
    rows = _narrowed(listing, chosen)
    said = [words for each in listing.filters if (words := each.said(chosen))]
    if query := chosen.get("q", ""):
        said.insert(0, _("containing “%(words)s”") % {"words": query})
    order = _order(listing, chosen)
    rows = _sorted(listing, rows, order)
    if chosen.get("export") == "csv" and listing.export is not None:
        if not listing.export.is_allowed:
            return HttpResponse(
                _("You may see this list but not take it away as a file. Ask your data officer."),
                status=403,
                content_type="text/plain; charset=utf-8",
            )
        if listing.export.note:
            listing.export.note("; ".join(said))
        return _csv_response(listing, rows)
    page = Paginator(rows, listing.page_size).get_page(chosen.get("page"))
    return render(
        request,
        template,
        {
            "title": listing.title,
            "icon": listing.icon,
            "listing": listing,
            "page": page,
            "total": page.paginator.count,
            "headings": _headings(listing, request, order),
            "lines": [_cells(listing, row) for row in page.object_list],
            "chosen": chosen,
            "said": said,
            "is_narrowed": bool(said),
            "narrowed_by_filter": len(said) > bool(query),
            "pages": numbered_pages(page=page, request=request),
            "export_url": _address(request, export="csv", page=None),
            "clear_url": request.path,
            **context,
        },
    )


def _narrowed(listing: Listing, chosen: Mapping[str, str]) -> QuerySet[Any]:
    rows = listing.rows
    for each in listing.filters:
        rows = each.apply(rows, chosen)
    query = chosen.get("q", "")
    if query and listing.narrow_by_search:
        return listing.narrow_by_search(rows, query)
    if query and listing.search:
        for word in query.replace("\x00", "").split():
            condition = Q()
            for lookup in listing.search:
                condition |= Q(**{f"{lookup}__icontains": word})
            rows = rows.filter(condition)
        if any("__" in lookup for lookup in listing.search):
            rows = rows.distinct()
    return rows


def _order(listing: Listing, chosen: Mapping[str, str]) -> str:
    wanted = chosen.get("sort", "")
    sortable = {column.key for column in listing.columns if column.sort}
    return wanted if wanted.lstrip("-") in sortable else listing.order


def _sorted(listing: Listing, rows: QuerySet[Any], order: str) -> QuerySet[Any]:
    if not order:
        return rows if rows.ordered else rows.order_by("pk")
    is_falling = order.startswith("-")
    column = next(column for column in listing.columns if column.key == order.lstrip("-"))
    names = [_turned(name) if is_falling else name for name in column.sort]
    return rows.order_by(*names, "-pk" if is_falling else "pk")


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _headings(listing: Listing, request: HttpRequest, order: str) -> list[Heading]:
    headings = []
    for column in listing.columns:
        if column.is_export_only:
            continue
        direction = ""
        if order.lstrip("-") == column.key:
            direction = "descending" if order.startswith("-") else "ascending"
        wanted = f"-{column.key}" if direction == "ascending" else column.key
        url = _address(request, sort=wanted, page=None) if column.sort else ""
        headings.append(Heading(column=column, url=url, direction=direction))
    return headings


def _cells(listing: Listing, row: Any) -> list[Cell]:
    return [_cell(column, row) for column in listing.columns if not column.is_export_only]


def _cell(column: Column, row: Any) -> Cell:
    value: Any = value_of(column.value, row)
    badges: tuple[Badge, ...] = ()
    if isinstance(value, Badge):
        value, badges = "", (value,)
    elif isinstance(value, list | tuple) and value and all(isinstance(item, Badge) for item in value):
        badges, value = tuple(item for item in value if isinstance(item, Badge)), ""
    url = column.link(row) if column.link else ""
    return Cell(column=column, text=written(value), url=url or "", badges=badges)


def _csv_response(listing: Listing, rows: QuerySet[Any]) -> StreamingHttpResponse:
    assert listing.export is not None
    name = f"{listing.export.file_name}-{clock().today_in_uk():%Y-%m-%d}.csv"
    return StreamingHttpResponse(
        csv_lines(columns=listing.columns, rows=rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _address(request: HttpRequest, **changes: str | None) -> str:
    parameters = request.GET.copy()
    for name, value in changes.items():
        if value is None:
            parameters.pop(name, None)
        else:
            parameters[name] = value
    text = parameters.urlencode()
    return f"{request.path}?{text}" if text else request.path


def numbered_pages(*, page: Page[Any], request: HttpRequest) -> list[dict[str, object]]:
    """Numbered links with gaps, for the foot of a list (`desk/parts/pages.html`)."""
    if page.paginator.num_pages < 2:
        return []
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return [
        {
            "number": number,
            "url": _address(request, page=str(number)) if isinstance(number, int) else "",
            "is_current": number == page.number,
        }
        for number in numbers
    ]
