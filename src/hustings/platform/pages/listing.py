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

import csv
import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol

from django.core.paginator import Page, Paginator
from django.db.models import DateTimeField, Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from hustings.basics.clock import UK, clock, uk_date
from hustings.platform.pages.parts import Action, Badge, Callout, Empty
from hustings.platform.words import day, written

#: A spreadsheet runs a cell that begins with one of these.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # fmt: skip
_PARAMETERS = {"q", "sort", "page", "export"}

Value = str | Callable[[Any], object]


class BadListing(Exception):
    """A list was put together wrongly: a name used twice or an order that no column offers."""


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


class Filter(Protocol):
    """One way to narrow a list, drawn as one or more form fields."""

    @property
    def key(self) -> str: ...

    @property
    def template(self) -> str: ...

    def names(self) -> tuple[str, ...]:
        """The parameters of the address that belong to it."""
        ...

    def apply(self, rows: QuerySet[Any], chosen: Mapping[str, str]) -> QuerySet[Any]:
        """Narrow the rows; a value that makes no sense changes nothing."""
        ...

    def said(self, chosen: Mapping[str, str]) -> str:
        """What it does now, in words; empty where it does nothing."""
        ...


@dataclass(frozen=True, kw_only=True)
class ChoiceFilter:
    """Pick one of several values. `field` is compared with the value, unless `narrow` says how to apply it."""

    key: str
    label: str
    choices: Sequence[tuple[str, str]]
    field: str = ""
    narrow: Callable[[QuerySet[Any], str], QuerySet[Any]] | None = None
    any_label: str = ""
    template: str = dataclasses.field(default="desk/parts/filter_choice.html", init=False)

    def names(self) -> tuple[str, ...]:
        """The one parameter."""
        return (self.key,)

    def apply(self, rows: QuerySet[Any], chosen: Mapping[str, str]) -> QuerySet[Any]:
        """Narrow by the chosen value; values that are not offered are ignored."""
        value = chosen.get(self.key, "")
        if not self._label_of(value):
            return rows
        return self.narrow(rows, value) if self.narrow else rows.filter(**{self.field: value})

    def said(self, chosen: Mapping[str, str]) -> str:
        """The label and the chosen value's own label."""
        label = self._label_of(chosen.get(self.key, ""))
        return f"{self.label}: {label}" if label else ""

    def _label_of(self, value: str) -> str:
        return next((str(label) for known, label in self.choices if str(known) == value and value), "")


@dataclass(frozen=True, kw_only=True)
class YesNoFilter:
    """Rows for which a condition holds, or does not."""

    key: str
    label: str
    yes: Q
    template: str = dataclasses.field(default="desk/parts/filter_choice.html", init=False)

    @property
    def choices(self) -> Sequence[tuple[str, str]]:
        """Yes and no."""
        return (("yes", _("Yes")), ("no", _("No")))

    def names(self) -> tuple[str, ...]:
        """The one parameter."""
        return (self.key,)

    def apply(self, rows: QuerySet[Any], chosen: Mapping[str, str]) -> QuerySet[Any]:
        """Narrow to rows that fulfil the condition, or to the others."""
        value = chosen.get(self.key, "")
        if value == "yes":
            return rows.filter(self.yes)
        return rows.exclude(self.yes) if value == "no" else rows

    def said(self, chosen: Mapping[str, str]) -> str:
        """The label with yes or no."""
        label = dict(self.choices).get(chosen.get(self.key, ""), "")
        return f"{self.label}: {label}" if label else ""


@dataclass(frozen=True, kw_only=True)
class DateFilter:
    """Rows whose date or moment lies between two days, both included, by the clock of the United Kingdom."""

    key: str
    label: str
    field: str
    is_moment: bool | None = None
    template: str = dataclasses.field(default="desk/parts/filter_date.html", init=False)

    def names(self) -> tuple[str, ...]:
        """From and until."""
        return (f"{self.key}_from", f"{self.key}_until")

    def apply(self, rows: QuerySet[Any], chosen: Mapping[str, str]) -> QuerySet[Any]:
        """Narrow to the days between; a half-open span of moments where the column holds moments."""
        first, last = self._days(chosen)
        holds_moments = self._holds_moments(rows) if self.is_moment is None else self.is_moment
        if first:
            rows = rows.filter(**{f"{self.field}__gte": _midnight(first) if holds_moments else first})
        if last:
            after = last + timedelta(days=1)
            rows = rows.filter(**{f"{self.field}__lt": _midnight(after) if holds_moments else after})
        return rows

    def said(self, chosen: Mapping[str, str]) -> str:
        """The label with its days."""
        first, last = self._days(chosen)
        if first and last:
            return _("%(label)s: %(first)s to %(last)s") % {
                "label": self.label,
                "first": day(first),
                "last": day(last),
            }
        if first:
            return _("%(label)s: from %(first)s") % {"label": self.label, "first": day(first)}
        if last:
            return _("%(label)s: until %(last)s") % {"label": self.label, "last": day(last)}
        return ""

    def _days(self, chosen: Mapping[str, str]) -> tuple[date | None, date | None]:
        first, last = self.names()
        return _day(chosen.get(first, "")), _day(chosen.get(last, ""))

    def _holds_moments(self, rows: QuerySet[Any]) -> bool:
        model: type[Model] | None = rows.model
        found: Any = None
        for part in self.field.split("__"):
            if model is None or part in rows.query.annotations:
                return isinstance(rows.query.annotations.get(part), DateTimeField)
            found = model._meta.get_field(part)
            model = found.related_model
        return isinstance(found, DateTimeField)


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
    value: Any = _value(column.value, row)
    badges: tuple[Badge, ...] = ()
    if isinstance(value, Badge):
        value, badges = "", (value,)
    elif isinstance(value, list | tuple) and value and all(isinstance(item, Badge) for item in value):
        badges, value = tuple(item for item in value if isinstance(item, Badge)), ""
    url = column.link(row) if column.link else ""
    return Cell(column=column, text=written(value), url=url or "", badges=badges)


def _value(value: Value, row: Any) -> object:
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


def _csv_response(listing: Listing, rows: QuerySet[Any]) -> StreamingHttpResponse:
    assert listing.export is not None
    name = f"{listing.export.file_name}-{clock().today_in_uk():%Y-%m-%d}.csv"
    return StreamingHttpResponse(
        csv_lines(columns=listing.columns, rows=rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


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
        yield writer.writerow([_plain(_value(column.export or column.value, row)) for column in shown])


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


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time.min, tzinfo=UK)


def day_of(moment: datetime) -> date:
    """The day of a moment in the United Kingdom, for columns that show days only."""
    return uk_date(moment)
