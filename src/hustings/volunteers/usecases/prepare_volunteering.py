"""Bring in what comes with Hustings: the conduct rules and the courses, where an installation has none yet."""

from datetime import datetime

from hustings.volunteers.usecases.load_shipped_courses import load_shipped_courses
from hustings.volunteers.usecases.publish_conduct_rules import publish_shipped_rules


def prepare_volunteering(*, now: datetime) -> None:
    """Safe to run again: what is there stays as it is."""
    publish_shipped_rules(now=now)
    load_shipped_courses(now=now)
