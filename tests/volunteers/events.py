"""Events as tests need them."""

from datetime import timedelta
from typing import Any

from hustings.accounts.models import User
from hustings.places.models import Area
from hustings.volunteers.models import Event, Shift
from hustings.volunteers.usecases.open_event import open_event
from hustings.volunteers.usecases.save_event import save_event, save_shift
from tests.conftest import NOW

#: A Saturday morning, five days after `NOW`: ten o'clock in summer time.
STARTS = NOW.replace(day=4, month=4, hour=9)


def make_event(*, area: Area, by: User, capacity: int = 2, is_open: bool = True, **changes: Any) -> Event:
    """A canvass session of two hours with one shift."""
    event = save_event(
        event=Event(
            **{
                "kind": "canvass",
                "title": "Canvass in Canal Street",
                "area": area,
                "place": "By the footbridge",
                "postcode": "ZZ1 1AA",
                "starts_at": STARTS,
                "ends_at": STARTS + timedelta(hours=2),
                "access": "Level; toilets in the library.",
                "bring": "Water.",
                **changes,
            }
        ),
        by=by,
        now=NOW,
    )
    make_shift(event=event, capacity=capacity)
    return open_event(event=event, by=by, now=NOW) if is_open else event


def make_shift(*, event: Event, capacity: int = 2, task: str = "canvasser", **changes: Any) -> Shift:
    """A shift as long as its event."""
    shift = Shift(
        **{
            "event": event,
            "task": task,
            "starts_at": event.starts_at,
            "ends_at": event.ends_at,
            "capacity": capacity,
            **changes,
        }
    )
    return save_shift(shift=shift, now=NOW)
