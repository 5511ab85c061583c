"""Bring in the courses that come with Hustings, where an installation does not have them yet."""

from datetime import datetime
from pathlib import Path

from hustings.volunteers.models import Course
from hustings.volunteers.usecases.load_course import load_course

SHIPPED = Path(__file__).resolve().parents[1] / "rules" / "courses"

#: The courses that other parts of Hustings ask for by name.
CANVASSING, POLLING_DAY, DISTRESS = "canvassing", "polling-day", "distress"


def load_shipped_courses(*, now: datetime, is_renewed: bool = False) -> list[Course]:
    """Make those courses that are not there; with `is_renewed`, put the shipped text in place of whatever is there.

    What somebody has changed on the desk is their own and stays, unless renewing was asked for. Returns what was made or renewed.
    """
    made = []
    for path in sorted(SHIPPED.glob("*.md")):
        if is_renewed or not Course.objects.filter(slug=path.stem).exists():
            made.append(load_course(text=path.read_text(encoding="utf-8"), slug=path.stem, now=now))
    return made
