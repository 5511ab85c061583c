"""Volunteers, conduct, training, groups, events: one module each."""

from hustings.volunteers.models.conduct import (
    ConductAcceptance,
    ConductRules,
    Report,
    ReportKind,
    ReportState,
)
from hustings.volunteers.models.events import (
    STANDING,
    Booking,
    BookingState,
    CarShare,
    CarSide,
    Event,
    EventKind,
    EventState,
    Food,
    Lift,
    Shift,
    TaskKind,
)
from hustings.volunteers.models.groups import (
    Group,
    GroupKind,
    GroupState,
    LinkRelease,
    Membership,
    ReleasePurpose,
)
from hustings.volunteers.models.training import Completion, Course, Lesson, LessonDone
from hustings.volunteers.models.volunteer import Joining, Volunteer, WayIn

__all__ = [
    "STANDING",
    "Booking",
    "BookingState",
    "CarShare",
    "CarSide",
    "Completion",
    "ConductAcceptance",
    "ConductRules",
    "Course",
    "Event",
    "EventKind",
    "EventState",
    "Food",
    "Group",
    "GroupKind",
    "GroupState",
    "Joining",
    "Lesson",
    "LessonDone",
    "Lift",
    "LinkRelease",
    "Membership",
    "ReleasePurpose",
    "Report",
    "ReportKind",
    "ReportState",
    "Shift",
    "TaskKind",
    "Volunteer",
    "WayIn",
]
