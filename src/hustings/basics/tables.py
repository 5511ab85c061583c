"""Dated rule tables: the law's figures as data, each with the days it holds and where it was read.

A table is one TOML file:

    [table]
    key = "candidate_limits"
    title = "What a candidate may spend"
    unit = "pence"
    columns = ["election", "nation"]    # left out: one column, "key"
    checked_on = 2026-11-23             # an entry may give its own

    [[entry]]
    key = { election = "local", nation = "england" }    # or a plain string where there is one column
    value = { fixed = 96000, per_elector = 8.0 }        # or one plain value
    valid_from = 2024-01-01             # left out: as far back as the table goes
    valid_until = 2031-01-01            # exclusive; left out: until further notice
    source = "Electoral Commission, local elections England: how much can you spend"
    status = "sourced"                  # sourced | known | derived | uncertain
    note = "Confirmed for 1 May 2025 and 7 May 2026."

    [[gap]]                             # days on which the law says nothing, said openly
    key = "…"
    valid_from = 2019-01-01
    valid_until = 2023-05-04
    reason = "No rule before the Elections Act 2022."

Loading refuses what would later mislead: two entries for one day, days without entry between two entries, a
missing source, a status that is not one, a field it does not know. Nothing here asks for today's date.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

from hustings.basics.entries import Entry, Key, Status, TableFault, WrongValue
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.basics.spans import DateSpan, EmptySpan

__all__ = [
    "Entry",
    "Key",
    "NoRuleInForce",
    "RuleTable",
    "Status",
    "TableFault",
    "WrongValue",
    "load_table",
    "parse_table",
]


class BadTable(TableFault):
    """The file is not laid out as a rule table."""


class MissingSource(TableFault):
    """An entry does not say where its figure was read."""


class UnknownStatus(TableFault):
    """An entry's status is none of sourced, known, derived and uncertain."""


class OverlappingEntries(TableFault):
    """Two entries of one key hold on the same day."""


class UndeclaredGap(TableFault):
    """Between two entries of one key lie days without a rule that no `[[gap]]` declares."""


class NoRuleInForce(Refusal):
    """The table has no entry for this key on this day."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Days on which a key has no rule, with the reason why not."""

    key: Key
    span: DateSpan
    reason: str


@dataclass(frozen=True, slots=True)
class RuleTable:
    """Every entry of one table, in order of key and date."""

    key: str
    title: str
    unit: str
    columns: tuple[str, ...]
    entries: tuple[Entry, ...]
    gaps: tuple[Gap, ...] = ()
    _by_key: Mapping[Key, tuple[Entry, ...]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def keys(self) -> tuple[Key, ...]:
        """Every key the table knows, in order."""
        return tuple(self._by_key)

    def entry(self, *, on: date, **key: str) -> Entry:
        """The entry in force for this key on this day, or `NoRuleInForce`.

        The key is given by the table's columns: `table.entry(on=poll, election="local", nation="england")`.
        """
        wanted = self._key(key)
        for entry in self._by_key.get(wanted, ()):
            if entry.span.contains(on):
                return entry
        reason = next((gap.reason for gap in self.gaps if gap.key == wanted and gap.span.contains(on)), "")
        raise NoRuleInForce(
            "no_rule",
            gettext_noop("The table “{table}” has no rule for {key} on {on}. {reason}"),
            table=self.title,
            key=", ".join(wanted),
            on=on.isoformat(),
            reason=reason,
        )

    def history(self, **key: str) -> tuple[Entry, ...]:
        """Every entry this key ever had, oldest first; empty for an unknown key."""
        return self._by_key.get(self._key(key), ())

    def by_id(self, entry_id: str) -> Entry:
        """The entry a stored result names; `KeyError` where the table has lost it."""
        for entry in self.entries:
            if entry.id == entry_id:
                return entry
        raise KeyError(entry_id)

    def _key(self, given: Mapping[str, str]) -> Key:
        if set(given) != set(self.columns):
            raise TypeError(
                f"The table {self.key} is asked by {', '.join(self.columns)}; "
                f"got {', '.join(given) or 'nothing'}."
            )
        return tuple(str(given[column]) for column in self.columns)


@dataclass(frozen=True, slots=True)
class _Head:
    key: str
    title: str
    unit: str
    columns: tuple[str, ...]
    checked_on: date | None


_TABLE_FIELDS = {"key", "title", "unit", "columns", "checked_on", "note"}
_ENTRY_FIELDS = {"id", "key", "value", "valid_from", "valid_until", "source", "status", "note", "checked_on"}
_GAP_FIELDS = {"key", "valid_from", "valid_until", "reason"}


def load_table(path: Path) -> RuleTable:
    """Read a rule table from a TOML file, or raise the `TableFault` that tells what is wrong and where."""
    return parse_table(path.read_text(encoding="utf-8"), name=path.name)


def parse_table(text: str, *, name: str) -> RuleTable:
    """Read a rule table from TOML text; `name` stands for the file in messages."""
    try:
        document = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as fault:
        raise BadTable(f"{name} is not TOML: {fault}") from fault
    _only(document, {"table", "entry", "gap"}, name)
    head = _head(document.get("table"), name)
    entries = [
        _entry(raw, f"{name} [[entry]] number {number}", head)
        for number, raw in enumerate(document.get("entry", []), 1)
    ]
    if not entries:
        raise BadTable(f"{name} has no [[entry]].")
    gaps = tuple(
        _gap(raw, f"{name} [[gap]] number {number}", head)
        for number, raw in enumerate(document.get("gap", []), 1)
    )
    entries.sort(key=lambda entry: (entry.key, entry.span.valid_from or date.min))
    by_key: dict[Key, tuple[Entry, ...]] = {}
    for entry in entries:
        by_key[entry.key] = (*by_key.get(entry.key, ()), entry)
    for key, history in by_key.items():
        _check_history(name, history, [gap.span for gap in gaps if gap.key == key])
    _check_ids(name, entries)
    return RuleTable(
        key=head.key,
        title=head.title,
        unit=head.unit,
        columns=head.columns,
        entries=tuple(entries),
        gaps=gaps,
        _by_key=MappingProxyType(by_key),
    )


def _head(raw: object, name: str) -> _Head:
    if not isinstance(raw, dict):
        raise BadTable(f"{name} has no [table].")
    where = f"{name} [table]"
    _only(raw, _TABLE_FIELDS, where)
    columns = raw.get("columns", ["key"])
    if not isinstance(columns, list) or not columns or not all(isinstance(item, str) for item in columns):
        raise BadTable(f"{where}: columns is {columns!r}; write a list of names.")
    return _Head(
        key=_words(raw, "key", where),
        title=_words(raw, "title", where),
        unit=str(raw.get("unit", "")),
        columns=tuple(columns),
        checked_on=_day(raw, "checked_on", where),
    )


def _entry(raw: Mapping[str, object], where: str, head: _Head) -> Entry:
    key = _key_of(raw, head.columns, where)
    where = f"{where} ({', '.join(key)})"
    _only(raw, _ENTRY_FIELDS, where)
    source = raw.get("source")
    if not isinstance(source, str) or not source.strip():
        raise MissingSource(f"{where} has no source: say where the figure was read.")
    status = raw.get("status")
    if status not in set(Status):
        allowed = ", ".join(Status)
        raise UnknownStatus(f"{where} has the status {status!r}; it must be one of {allowed}.")
    if "value" not in raw:
        raise BadTable(f"{where} has no value.")
    checked = _day(raw, "checked_on", where) or head.checked_on
    if checked is None:
        raise BadTable(f"{where} has no checked_on, and neither has the table.")
    span = _span(raw, where)
    value = raw["value"]
    values = value if isinstance(value, dict) else {"value": value}
    return Entry(
        id=str(raw.get("id") or f"{head.key}/{'/'.join(key)}/{span.valid_from or 'start'}"),
        key=key,
        values=MappingProxyType({str(name): _frozen(item) for name, item in values.items()}),
        span=span,
        source=source.strip(),
        status=Status(str(status)),
        checked_on=checked,
        note=str(raw.get("note", "")),
        title=head.title,
    )


def _gap(raw: Mapping[str, object], where: str, head: _Head) -> Gap:
    _only(raw, _GAP_FIELDS, where)
    return Gap(
        key=_key_of(raw, head.columns, where), span=_span(raw, where), reason=_words(raw, "reason", where)
    )


def _check_history(name: str, history: tuple[Entry, ...], declared: list[DateSpan]) -> None:
    for one, following in pairwise(history):
        if one.span.overlaps(following.span):
            raise OverlappingEntries(
                f"{name}: {one.id} ({one.span}) and {following.id} ({following.span}) overlap."
            )
        if not one.span.meets(following.span) and (
            DateSpan(one.span.valid_until, following.span.valid_from) not in declared
        ):
            raise UndeclaredGap(
                f"{name}: between {one.id} and {following.id} there is no rule from {one.span.valid_until} "
                f"until {following.span.valid_from}. "
                "Close the gap, or declare it as a [[gap]] with its reason."
            )
    for entry in history:
        for gap in declared:
            if entry.span.overlaps(gap):
                raise OverlappingEntries(
                    f"{name}: {entry.id} ({entry.span}) overlaps the declared gap {gap}."
                )


def _check_ids(name: str, entries: list[Entry]) -> None:
    seen: set[str] = set()
    for entry in entries:
        if entry.id in seen:
            raise BadTable(f"{name}: two entries are called {entry.id}.")
        seen.add(entry.id)


def _key_of(raw: Mapping[str, object], columns: tuple[str, ...], where: str) -> Key:
    key = raw.get("key")
    parts = {columns[0]: key} if isinstance(key, str) and len(columns) == 1 else key
    if not isinstance(parts, dict) or set(parts) != set(columns):
        raise BadTable(f"{where} needs a key with {', '.join(columns)}; it has {key!r}.")
    if not all(isinstance(part, str) and part for part in parts.values()):
        raise BadTable(f"{where} has a key with an empty part or one that is not text: {key!r}.")
    return tuple(str(parts[column]) for column in columns)


def _span(raw: Mapping[str, object], where: str) -> DateSpan:
    try:
        return DateSpan(_day(raw, "valid_from", where), _day(raw, "valid_until", where))
    except EmptySpan as fault:
        raise BadTable(f"{where}: {fault}") from fault


def _day(raw: Mapping[str, object], name: str, where: str) -> date | None:
    found = raw.get(name)
    if found is None:
        return None
    if isinstance(found, datetime) or not isinstance(found, date):
        raise BadTable(f"{where}: {name} is {found!r}; write a date without quotes, like 2024-01-01.")
    return found


def _words(raw: Mapping[str, object], name: str, where: str) -> str:
    found = raw.get(name)
    if not isinstance(found, str) or not found.strip():
        raise BadTable(f"{where} has no {name}.")
    return found


def _only(raw: Mapping[str, object], known: set[str], where: str) -> None:
    if unknown := sorted(set(raw) - known):
        raise BadTable(f"{where} has fields that are not known: {', '.join(unknown)}.")


def _frozen(value: object) -> object:
    if isinstance(value, list):
        return tuple(_frozen(item) for item in value)
    if isinstance(value, dict):
        return MappingProxyType({str(name): _frozen(item) for name, item in value.items()})
    return value
