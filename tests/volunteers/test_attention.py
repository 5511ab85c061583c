"""What the desk's home says about volunteers, each to whom it concerns."""

from datetime import timedelta

import pytest

from hustings.accounts.access import Right, Scope, scope_of
from hustings.basics.clock import uk_date
from hustings.volunteers.models import Event, Group, Volunteer
from hustings.volunteers.queries import attention
from hustings.volunteers.queries.conduct import Subject
from hustings.volunteers.usecases.book_shift import book_shift
from hustings.volunteers.usecases.make_report import make_report
from hustings.volunteers.usecases.save_group import add_overflow, open_group, save_group
from tests.cast import Cast
from tests.conftest import NOW
from tests.volunteers.events import STARTS, make_event
from tests.volunteers.pages.test_groups import LINK, OTHER

pytestmark = pytest.mark.usefixtures("cast", "postcodes")


def scopes(cast: Cast) -> tuple[Scope, Scope]:
    """Alice's and Charlie's."""
    alice, charlie = (
        scope_of(user=user, right=Right.EDIT_VOLUNTEERS, on=uk_date(NOW))
        for user in (cast.alice, cast.charlie)
    )
    return alice, charlie


def test_reports_wait_for_an_answer(cast: Cast) -> None:
    alice, charlie = scopes(cast)
    make_report(kind="danger", details="Ice.", subject=Subject(area_code=cast.east.code), now=NOW)
    (told,) = attention.reports(scope=alice, now=NOW)
    assert (told.count, told.urgency.name) == (1, "OVERDUE")
    assert attention.reports(scope=charlie, now=NOW) == []


def test_a_group_that_fills_up_wants_a_spare_one(cast: Cast) -> None:
    alice, charlie = scopes(cast)
    group = save_group(
        group=Group(name="East", kind="whatsapp", area=cast.east, capacity=4), link=LINK, by=None, now=NOW
    )
    open_group(group=group, by=None, now=NOW)
    (told,) = attention.full_groups(scope=alice, now=NOW)
    assert told.url == f"/desk/volunteers/groups/{group.pk}/"
    assert attention.full_groups(scope=charlie, now=NOW) == []
    add_overflow(group=group, link=OTHER, by=None, now=NOW)
    assert attention.full_groups(scope=alice, now=NOW) == []


def test_an_event_with_few_people_is_told_three_days_before(
    cast: Cast, bob: Volunteer, cleo: Volunteer
) -> None:
    alice, charlie = scopes(cast)
    event: Event = make_event(area=cast.east, by=cast.alice, capacity=3)
    assert attention.thin_events(scope=alice, now=NOW) == []
    soon = STARTS - timedelta(days=2)
    (told,) = attention.thin_events(scope=alice, now=soon)
    assert told.url == f"/desk/volunteers/events/{event.pk}/"
    assert attention.thin_events(scope=charlie, now=soon) == []
    for one in (bob, cleo):
        book_shift(volunteer=one, shift=event.shifts.get(), now=NOW)
    assert attention.thin_events(scope=alice, now=soon) == []
