"""One thing that needs somebody's attention on the desk."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum


class Urgency(IntEnum):
    """How soon something wants doing; the desk's home sorts by it."""

    OVERDUE = 0
    TODAY = 1
    SOON = 2
    WHENEVER = 3


@dataclass(frozen=True, kw_only=True)
class Attention:
    """One thing to do: a whole sentence, where to do it, how many, and how soon.

    `action` is the button's words ("Decide 12 matches"); `due_on` is set where law or a promise gives a day.
    """

    text: str
    url: str
    action: str
    urgency: Urgency = Urgency.WHENEVER
    count: int = 0
    due_on: date | None = None
    why: str = ""
