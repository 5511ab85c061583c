"""Half-open spans of dates: the first day belongs to the span, the last one named does not."""

from dataclasses import dataclass
from datetime import date


class EmptySpan(ValueError):
    """A span must hold at least one day."""


@dataclass(frozen=True, slots=True)
class DateSpan:
    """The days from `valid_from` up to, but not on, `valid_until`; `None` means without beginning or end.

    Half-open, so that two spans that follow each other share a date and leave no day between them.
    """

    valid_from: date | None = None
    valid_until: date | None = None

    def __post_init__(self) -> None:
        if (
            self.valid_from is not None
            and self.valid_until is not None
            and self.valid_from >= self.valid_until
        ):
            raise EmptySpan(
                f"A span from {self.valid_from} until {self.valid_until} holds no day: "
                "the end is exclusive and must be later than the beginning."
            )

    def contains(self, on: date) -> bool:
        """Say whether the day belongs to the span."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_until is None or on < self.valid_until
        )

    def overlaps(self, other: "DateSpan") -> bool:
        """Say whether some day belongs to both spans."""
        return _starts_before_end(self, other) and _starts_before_end(other, self)

    def meets(self, other: "DateSpan") -> bool:
        """Say whether `other` begins on the very day this span ends."""
        return self.valid_until is not None and self.valid_until == other.valid_from

    @property
    def is_open(self) -> bool:
        """Say whether the span has no end yet."""
        return self.valid_until is None

    def __str__(self) -> str:
        start = self.valid_from.isoformat() if self.valid_from else "the beginning"
        return f"{start} until {self.valid_until.isoformat() if self.valid_until else 'further notice'}"


def _starts_before_end(one: DateSpan, other: DateSpan) -> bool:
    return one.valid_from is None or other.valid_until is None or one.valid_from < other.valid_until
