"""Facts about volunteers that others may react to."""

from dataclasses import dataclass

from hustings.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class VolunteerJoined(Event):
    """Somebody confirmed that they want to help."""

    volunteer_id: int


@dataclass(frozen=True, kw_only=True)
class VolunteerLeft(Event):
    """A volunteer left: whatever they had promised was given back."""

    volunteer_id: int


@dataclass(frozen=True, kw_only=True)
class WayInAsked(Event):
    """Somebody asked for a link to a volunteer's page; the ids are empty for an address that nobody has."""

    volunteer_ids: tuple[int, ...]
    email: str
    leads_to: str


@dataclass(frozen=True, kw_only=True)
class CourseFinished(Event):
    """A volunteer finished a course."""

    volunteer_id: int
    course_id: int


@dataclass(frozen=True, kw_only=True)
class ReportMade(Event):
    """Somebody reported something."""

    report_id: int
