"""One entry of a dated rule table: a figure of the law, its days, its source, how far to rely on it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from hustings.basics.refusals import gettext_noop
from hustings.basics.spans import DateSpan

Key = tuple[str, ...]


class Status(StrEnum):
    """How far an entry may be relied on."""

    SOURCED = "sourced"
    KNOWN = "known"
    DERIVED = "derived"
    UNCERTAIN = "uncertain"


class TableFault(ValueError):
    """A rule table cannot be used; the message names the file and the entry."""


class WrongValue(TableFault):
    """An entry's value is not of the kind that was asked for."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure of the law with the days on which it holds.

    `id` stays the same when the entry is closed or its figure corrected, so a stored result can name the
    entry that made it.
    """

    id: str
    key: Key
    values: Mapping[str, object]
    span: DateSpan
    source: str
    status: Status
    checked_on: date
    note: str = ""
    title: str = ""

    @property
    def is_confirmed(self) -> bool:
        """Say whether the figure was read in a source or reckoned from figures that were."""
        return self.status in {Status.SOURCED, Status.DERIVED}

    @property
    def warning(self) -> str:
        """A sentence to show beside an unconfirmed figure; empty for a confirmed one."""
        return self.warned(str)

    def warned(self, translate: Callable[[str], str]) -> str:
        """The warning in the language that `translate` speaks."""
        if self.is_confirmed:
            return ""
        return translate(_WARNINGS[self.status]).format(title=self.title)

    @property
    def value(self) -> object:
        """The entry's single value."""
        return self.raw("value")

    def raw(self, name: str) -> object:
        """One of the entry's values, whatever its kind."""
        try:
            return self.values[name]
        except KeyError:
            raise WrongValue(f"{self.id} has no value “{name}”; it has {', '.join(self.values)}.") from None

    def integer(self, name: str = "value") -> int:
        """A value that is a whole number."""
        found = self.raw(name)
        if isinstance(found, bool) or not isinstance(found, int):
            raise WrongValue(f"{self.id}: “{name}” is {found!r}, not a whole number.")
        return found

    def decimal(self, name: str = "value") -> Decimal:
        """A value that is a number, exact."""
        found = self.raw(name)
        if isinstance(found, bool) or not isinstance(found, int | Decimal):
            raise WrongValue(f"{self.id}: “{name}” is {found!r}, not a number.")
        return Decimal(found)

    def text(self, name: str = "value") -> str:
        """A value that is text."""
        found = self.raw(name)
        if not isinstance(found, str):
            raise WrongValue(f"{self.id}: “{name}” is {found!r}, not text.")
        return found

    def flag(self, name: str = "value") -> bool:
        """A value that is true or false."""
        found = self.raw(name)
        if not isinstance(found, bool):
            raise WrongValue(f"{self.id}: “{name}” is {found!r}, neither true nor false.")
        return found

    def texts(self, name: str = "value") -> tuple[str, ...]:
        """A value that is a list of texts."""
        found = self.raw(name)
        if not isinstance(found, tuple) or not all(isinstance(item, str) for item in found):
            raise WrongValue(f"{self.id}: “{name}” is {found!r}, not a list of texts.")
        return tuple(str(item) for item in found)


_WARNINGS = {
    Status.KNOWN: gettext_noop(
        "This rests on general knowledge and was not read in a source ({title}). "
        "Check it before you rely on it."
    ),
    Status.UNCERTAIN: gettext_noop(
        "This is uncertain: sources are missing or differ ({title}). "
        "Ask the returning officer or the regulator."
    ),
}
