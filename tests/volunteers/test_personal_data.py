"""What a volunteer is told, what erasing leaves, and what two rows of one person become."""

import pytest

from hustings.volunteers.models import Membership, Report, Volunteer
from hustings.volunteers.personal_data import SOCKET
from hustings.volunteers.queries.conduct import Subject
from hustings.volunteers.usecases.accept_conduct import accept_conduct
from hustings.volunteers.usecases.book_shift import book_shift
from hustings.volunteers.usecases.join_group import join_group
from hustings.volunteers.usecases.load_course import load_course
from hustings.volunteers.usecases.make_report import make_report
from hustings.volunteers.usecases.publish_conduct_rules import publish_shipped_rules
from hustings.volunteers.usecases.record_completion import record_completion
from hustings.volunteers.usecases.save_group import open_group, save_group
from hustings.volunteers.usecases.share_car import share_car
from tests.cast import Cast
from tests.conftest import NOW
from tests.volunteers.conftest import Enrol
from tests.volunteers.events import make_event
from tests.volunteers.pages.test_groups import LINK
from tests.volunteers.pages.test_training import TEXT

pytestmark = pytest.mark.usefixtures("cast", "postcodes")


@pytest.fixture
def busy(cast: Cast, bob: Volunteer) -> Volunteer:
    """Bob with one of everything."""
    from hustings.volunteers.models import Group

    rules = publish_shipped_rules(now=NOW)
    accept_conduct(volunteer=bob, version=rules.version, now=NOW)
    group = save_group(
        group=Group(name="East", kind="whatsapp", area=cast.east, capacity=50), link=LINK, by=None, now=NOW
    )
    open_group(group=group, by=None, now=NOW)
    join_group(volunteer=bob, group=group, now=NOW)
    record_completion(volunteer=bob, course=load_course(text=TEXT, slug="door", now=NOW), by=None, now=NOW)
    event = make_event(area=cast.east, by=cast.alice)
    book_shift(volunteer=bob, shift=event.shifts.get(), now=NOW)
    share_car(volunteer=bob, event=event, side="offers", outward="ZZ1", seats=2, note="A dog.", now=NOW)
    make_report(
        kind="wrong",
        details="It rained.",
        subject=Subject(),
        reporter=bob,
        reply_to="bob@barset.example",
        now=NOW,
    )
    return bob


def test_export_names_everything_that_is_held(busy: Volunteer) -> None:
    exported = SOCKET.export(person_id=busy.person_id)
    assert {heading: len(rows) for heading, rows in exported.items()} == {
        "What you told us as a volunteer": 1,
        "Shifts": 1,
        "Groups": 1,
        "Courses": 1,
        "Beds you offered": 0,
        "Beds you asked for": 0,
        "Stays": 0,
        "Hosting: references and emergency contact": 0,
        "Car shares": 1,
        "Reports you made": 1,
    }
    assert exported["Reports you made"][0]["words"] == "It rained."
    assert SOCKET.export(person_id=0) == {}


def test_erasing_empties_the_volunteer(busy: Volunteer) -> None:
    assert SOCKET.erase(person_id=busy.person_id, now=NOW) > 0
    busy.refresh_from_db()
    assert (busy.postcode, busy.area, busy.latitude, busy.left_at) == ("", None, None, NOW)
    assert busy.car_shares.get().note == ""
    report = Report.objects.get()
    assert (report.reporter, report.reply_to) == (None, "")
    assert not Membership.objects.filter(left_at=None).exists()
    assert busy.bookings.get().state == "cancelled"


def test_merging_leaves_one_volunteer_with_both_pasts(busy: Volunteer, enrol: Enrol) -> None:
    twin = enrol("Rob")
    accept_conduct(volunteer=twin, version=1, now=NOW)
    moved = SOCKET.merge(kept_id=twin.person_id, merged_id=busy.person_id, now=NOW)
    assert twin.bookings.count() == twin.memberships.count() == twin.completions.count() == 1
    assert twin.reports.count() == 1
    assert twin.acceptances.count() == 1
    busy.refresh_from_db()
    assert busy.left_at == NOW
    SOCKET.unmerge(kept_id=twin.person_id, merged_id=busy.person_id, moved=moved)
    busy.refresh_from_db()
    assert busy.left_at is None
    assert busy.bookings.count() == busy.memberships.count() == busy.reports.count() == 1
    assert twin.bookings.count() == 0


def test_merging_into_somebody_who_does_not_help_moves_the_row(busy: Volunteer, cast: Cast) -> None:
    from hustings.people.usecases.record_person import record_person

    other = record_person(source="test", now=NOW, given_name="Rob", email="rob@barset.example")
    moved = SOCKET.merge(kept_id=other.pk, merged_id=busy.person_id, now=NOW)
    assert Volunteer.objects.get(person=other) == busy
    SOCKET.unmerge(kept_id=other.pk, merged_id=busy.person_id, moved=moved)
    assert Volunteer.objects.get(person=busy.person_id) == busy
