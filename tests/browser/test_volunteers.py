"""Bob finds his seat, joins a group, finishes a course, signs up for a session and shares a car, on a phone.

And every page of volunteers looked at on a phone's and a desktop's width, and before axe.
"""

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, expect

from hustings.people.usecases.record_person import record_person
from hustings.people.usecases.verify_contact_point import verify_contact_point
from hustings.places.models import Area
from hustings.places.postcode_file import Located, PostcodeStatus
from hustings.postroom.models import Message
from hustings.volunteers.models import (
    Booking,
    Completion,
    Course,
    Event,
    Group,
    LinkRelease,
    Report,
    Volunteer,
)
from hustings.volunteers.queries.conduct import subject_of
from hustings.volunteers.usecases.accept_conduct import accept_conduct
from hustings.volunteers.usecases.add_course_picture import add_course_picture
from hustings.volunteers.usecases.book_shift import book_shift
from hustings.volunteers.usecases.enrol_volunteer import enrol_volunteer
from hustings.volunteers.usecases.load_shipped_courses import load_shipped_courses
from hustings.volunteers.usecases.make_report import make_report
from hustings.volunteers.usecases.propose_shifts import propose_shifts
from hustings.volunteers.usecases.publish_conduct_rules import publish_shipped_rules
from hustings.volunteers.usecases.save_group import open_group, save_group
from hustings.volunteers.usecases.share_car import share_car
from hustings.website.campaign_map import queries as map_queries
from tests.actions.conftest import postcodes
from tests.browser.screenshots import keep
from tests.browser.seeing import barriers, browser, inside
from tests.cast import Cast
from tests.conftest import NOW
from tests.volunteers.conftest import let_in
from tests.volunteers.events import STARTS, make_event, make_shift
from tests.website.campaign_map.conftest import seats

__all__ = ["browser", "postcodes", "seats"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# A busy machine answers late; what is wrong stays wrong.
expect.set_options(timeout=30_000)

LINK = "https://chat.whatsapp.com/ABCDEFGHIJKLMNOPQRSTUV"


@pytest.fixture
def map_postcodes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The map knows where ZZ1 1AA is: in Barset Abbey."""

    def locate(*, postcode: str) -> Located:
        return Located("ZZ1 1AA", PostcodeStatus.LIVE, 53.0, -1.5)

    monkeypatch.setattr(map_queries, "locate", locate)
    monkeypatch.setattr(map_queries, "outward_middle", lambda *, outward: (53.0, -1.5))


@pytest.fixture
def courses(cast: Cast) -> list[Course]:
    """The three courses and the conduct rules."""
    publish_shipped_rules(now=NOW)
    return load_shipped_courses(now=NOW)


@pytest.fixture
def canvass(cast: Cast, seats: list[Area], courses: list[Course], postcodes: None) -> Event:
    """A session in Barset Abbey that asks for the course on canvassing."""
    event = make_event(area=seats[0], by=cast.agent, capacity=4)
    event.required_course = Course.objects.get(slug="canvassing")
    event.save()
    return event


@pytest.fixture
def group(cast: Cast, seats: list[Area], courses: list[Course]) -> Group:
    """A group of Barset Abbey that asks for the same."""
    made = save_group(
        group=Group(
            name="Barset Abbey canvassers", kind="whatsapp", area=seats[0], capacity=50,
            required_course=Course.objects.get(slug="canvassing"), summary="Who comes on Saturday.",
        ),
        link=LINK, by=cast.agent, now=NOW,
    )  # fmt: skip
    return open_group(group=made, by=cast.agent, now=NOW)


def make_volunteer(name: str) -> Volunteer:
    """Somebody who helps and accepted the rules."""
    email = f"{name.lower()}@barset.example"
    person = record_person(
        source="test", now=NOW, given_name=name, family_name="Tester", email=email, postcode="ZZ1 1AA",
        phone="07700 900123",
    )  # fmt: skip
    verify_contact_point(person=person, kind="email", canonical=email, now=NOW)
    volunteer = enrol_volunteer(person=person, now=NOW, is_adult=True)
    accept_conduct(volunteer=volunteer, version=publish_shipped_rules(now=NOW).version, now=NOW)
    return volunteer


def mailed_link(server: str) -> str:
    """The address in the last message, on the test's own server."""
    fields = Message.objects.order_by("-pk")[0].fields
    (link,) = [str(value) for name, value in fields.items() if name.endswith("_url")]
    return re.sub(r"^https?://[^/]+", server, link)


def take_course(page: Page, course: Course, server: str) -> None:
    """Read every lesson and answer its quiz as somebody would who listened."""
    for lesson in course.lessons.order_by("number"):
        page.goto(f"{server}/training/{course.slug}/{lesson.number}/")
        expect(page.locator("h1")).to_have_text(lesson.title)
        for number, question in enumerate(lesson.questions):
            for place, answer in enumerate(question["answers"]):
                if answer["is_right"]:
                    page.locator(f'input[name="q{number}"][value="{place}"]').check()
        page.get_by_role("button", name="See how I did").click()


def test_bob_helps(
    cast: Cast,
    seats: list[Area],
    canvass: Event,
    group: Group,
    map_postcodes: None,
    live_server: Any,
    browser: Browser,
) -> None:
    """The whole way, at 390 px: every step by pressing what the page offers."""
    server = live_server.url
    context = inside(
        browser, server, None, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.set_default_timeout(120_000)

    # He finds his seat.
    page.goto(f"{server}/map/")
    page.fill('input[name="postcode"]', "ZZ1 1AA")
    page.locator('form:has(input[name="postcode"]) button').first.click()
    expect(page.get_by_text("Barset Abbey").first).to_be_visible()
    keep(page, "journey-1-seat")
    page.get_by_role("link", name="Canvass in Canal Street").first.click()
    expect(page.locator("h1")).to_have_text("Canvass in Canal Street")
    keep(page, "journey-2-event")

    # He offers to help, and signs up in the same form; the course is still to do.
    page.fill('input[name="given_name"]', "Bob")
    page.fill('input[name="family_name"]', "Harding")
    page.fill('input[name="email"]', "bob.harding@barset.example")
    page.fill('input[name="postcode"]', "ZZ1 1AA")
    page.fill('input[name="phone"]', "07700 900142")
    page.check('input[name="is_adult"]')
    page.locator("main form.panel button").click()
    expect(page.locator("h1")).to_have_text("Now look at your email")
    page.goto(mailed_link(server))
    page.get_by_role("button", name="Yes, I want to help").click()
    expect(page.locator("h1")).to_have_text("Hello Bob")
    expect(
        page.get_by_text("finish the course “Canvassing, and data protection at the door”")
    ).to_be_visible()
    keep(page, "journey-3-own-page")

    # He accepts the rules, and finishes the course.
    page.get_by_role("link", name="Read and accept the conduct rules").click()
    page.get_by_role("button", name="I accept these rules").click()
    course = Course.objects.get(slug="canvassing")
    take_course(page, course, server)
    expect(page.get_by_text("You have finished this course")).to_be_visible()
    keep(page, "journey-4-course")
    assert Completion.objects.get().course == course

    # He joins the group and gets the link.
    page.goto(f"{server}/groups/")
    page.get_by_role("link", name="Barset Abbey canvassers").click()
    page.get_by_role("button", name="Join this group").click()
    assert LINK not in page.content()
    page.get_by_role("button", name="Show me the invite link").click()
    expect(page.get_by_role("link", name="Join on WhatsApp")).to_have_attribute("href", LINK)
    keep(page, "journey-5-link")
    assert LinkRelease.objects.get().opened_at == NOW

    # He signs up for the session.
    page.goto(f"{server}/events/")
    page.get_by_role("link", name="Canvass in Canal Street").click()
    page.get_by_role("button", name="Sign me up").click()
    expect(page.get_by_text("You are booked.", exact=False).first).to_be_visible()
    assert Booking.objects.get().state == "booked"

    # And shares a car with Cleo, who wants a seat.
    cleo = make_volunteer("Cleo")
    Completion.objects.create(volunteer=cleo, course=course, completed_at=NOW)
    book_shift(volunteer=cleo, shift=canvass.shifts.get(), now=NOW)
    share_car(volunteer=cleo, event=canvass, side="wants", outward="ZZ1", seats=1, note="", now=NOW)
    page.get_by_role("link", name="Share a car").click()
    page.check('input[name="side"][value="offers"]')
    page.fill('input[name="seats"]', "3")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Somebody from ZZ1 would like 1 seat.")).to_be_visible()
    page.get_by_role("button", name="Yes", exact=True).click()
    riders = let_in(cleo)
    lift = cleo.car_shares.get().lifts_taken.get()
    riders.post(f"/volunteer/lifts/{lift.pk}/", {"answer": "yes"})
    page.goto(f"{server}/volunteer/")
    expect(page.get_by_text("You take Cleo Tester")).to_be_visible()
    keep(page, "journey-6-shared-car")
    context.close()


def _with_a_picture(*, course: Course, cast: Cast) -> None:
    """A picture, wider than any phone, at the head of the course's second lesson."""
    drawn = Image.new("RGB", (1600, 900), "#d8e6e2")
    ImageDraw.Draw(drawn).rectangle((600, 300, 1000, 900), fill="#0b5c4a")
    file = io.BytesIO()
    drawn.save(file, "PNG")
    picture = add_course_picture(
        course=course, content=file.getvalue(), name="front-door", by=cast.agent, now=NOW,
        alt="A front door with a gate that stands open, seen from the pavement",
    )  # fmt: skip
    lesson = course.lessons.get(number=2)
    lesson.body = f"{picture.markdown}\n\n{lesson.body}"
    lesson.save()


@pytest.fixture
def full(cast: Cast, canvass: Event, group: Group) -> Volunteer:
    """Something on every page: Ann, who is booked, asked, in a group, and has a car."""
    ann, cleo = make_volunteer("Ann"), make_volunteer("Cleo")
    course = Course.objects.get(slug="canvassing")
    for one in (ann, cleo):
        Completion.objects.create(volunteer=one, course=course, completed_at=NOW)
        book_shift(volunteer=one, shift=canvass.shifts.get(), now=NOW)
    from hustings.volunteers.usecases.join_group import join_group

    join_group(volunteer=ann, group=group, now=NOW)
    share_car(
        volunteer=cleo,
        event=canvass,
        side="wants",
        outward="ZZ1",
        seats=1,
        note="A folding wheelchair.",
        now=NOW,
    )
    share_car(volunteer=ann, event=canvass, side="offers", outward="ZZ1", seats=2, note="", now=NOW)
    stall = make_event(
        area=cast.east, by=cast.agent, title="Stall on the quay", kind="stall", starts_at=STARTS + timedelta(days=1),
        ends_at=STARTS + timedelta(days=1, hours=3),
    )  # fmt: skip
    make_shift(event=stall, task="steward")
    propose_shifts(event=stall, among=Volunteer.objects.filter(pk=ann.pk), by=cast.agent, now=NOW)
    _with_a_picture(course=Course.objects.get(slug="canvassing"), cast=cast)
    make_report(kind="danger", details="A dog without a lead.", subject=subject_of(path="/events/"), now=NOW)
    return ann


def volunteer_pages(event: Event, group: Group) -> tuple[dict[str, str], dict[str, str]]:
    """Public pages, and those of a volunteer."""
    public = {
        "events": "/events/", "event": f"/events/{event.slug}/", "groups": "/groups/", "group": f"/groups/{group.slug}/",
        "training": "/training/", "course": "/training/canvassing/", "lesson": "/training/canvassing/2/",
        "whole-course": "/training/distress/whole/", "join": "/volunteer/join/", "way-in": "/volunteer/way-in/",
        "conduct": "/conduct/", "report": "/report/",
    }  # fmt: skip
    own = {
        "own-page": "/volunteer/", "limits": "/volunteer/limits/", "own-event": f"/events/{event.slug}/",
        "own-group": f"/groups/{group.slug}/", "own-car": f"/volunteer/cars/{event.slug}/", "own-stop": "/volunteer/stop/",
        "own-lesson": "/training/canvassing/1/", "own-conduct": "/conduct/",
    }  # fmt: skip
    return public, own


@pytest.mark.parametrize("width", [320, 1280])
def test_pages_of_volunteers(
    width: int, full: Volunteer, canvass: Event, group: Group, live_server: Any, browser: Browser
) -> None:
    """Nothing scrolls sideways, nothing is refused by the policy, no known barrier."""
    public, own = volunteer_pages(canvass, group)
    context = inside(browser, live_server.url, None)
    assert barriers(context, live_server.url, public, width=width) == {}
    cookie = let_in(full).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    assert barriers(context, live_server.url, own, width=width) == {}
    context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_desk_pages_of_volunteers(
    width: int, full: Volunteer, cast: Cast, canvass: Event, group: Group, live_server: Any, browser: Browser
) -> None:
    """The same for staff."""
    desk, event, report = "/desk/volunteers/", canvass.pk, Report.objects.get().pk
    course = Course.objects.get(slug="canvassing").pk
    pages = {
        "desk-volunteers": desk, "desk-volunteer": f"{desk}{full.pk}/", "desk-events": f"{desk}events/",
        "desk-event": f"{desk}events/{event}/", "desk-event-form": f"{desk}events/{event}/edit/",
        "desk-bookings": f"{desk}events/{event}/bookings/", "desk-rota": f"{desk}events/{event}/rota/",
        "desk-attendance": f"{desk}events/{event}/attendance/", "desk-groups": f"{desk}groups/",
        "desk-group": f"{desk}groups/{group.pk}/", "desk-group-form": f"{desk}groups/new/",
        "desk-courses": f"{desk}courses/", "desk-reports": f"{desk}reports/", "desk-report": f"{desk}reports/{report}/",
        "desk-conduct": f"{desk}conduct/", "desk-pictures": f"{desk}courses/{course}/pictures/",
    }  # fmt: skip
    context = inside(browser, live_server.url, cast.agent)
    assert barriers(context, live_server.url, pages, width=width) == {}
    context.close()


def test_a_course_opens_without_a_connection(
    courses: list[Course], browser: Browser, client: Client, tmp_path: Any
) -> None:
    """The downloaded file needs nothing from anywhere."""
    kept = tmp_path / "course.html"
    kept.write_bytes(client.get("/training/distress/whole/?download=1").content)
    context = browser.new_context(offline=True, viewport={"width": 320, "height": 700})
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(kept.as_uri())
    assert page.inner_text("h1") == "Supporting a person in distress"
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert [url for url in asked if not url.startswith("file:")] == []
    keep(page, "course-offline-320")
    context.close()
