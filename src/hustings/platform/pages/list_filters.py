"""The ways to narrow a desk list: by choice, by yes or no, by days."""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol

from django.db.models import DateTimeField, Model, Q, QuerySet
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from hustings.basics.clock import UK
from hustings.platform.words import day


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


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time.min, tzinfo=UK)
