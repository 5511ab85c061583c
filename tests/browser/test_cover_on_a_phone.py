"""A journey in a real browser at a phone's width: a custody suite goes active and is covered until it is quiet.

Alice, in the back office with her phone, makes the suite active; Vera taps the link she was sent and comes, gives a shift back
and leaves a note; somebody is rung; a case is opened and looked after; and when it is quiet again, Vera is thanked. Every page
is put before axe and kept as a picture.
"""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from hustings.basics.clock import clock_set_to
from hustings.places.models import Area
from hustings.postroom.models import Message
from hustings.support.models import Case, CoverPeriod
from hustings.volunteers.pages.way_in import SESSION_KEY
from tests.browser.screenshots import keep
from tests.browser.seeing import browser, faults_of, go, inside
from tests.cast import Cast
from tests.conftest import NOW
from tests.support.cover import LAT, LON, make_course, make_venue, make_volunteer

__all__ = ["browser"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(240)]

PHONE = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}


def looked_at(page: Page, name: str) -> None:
    """No barrier, nothing wider than the screen, and a picture."""
    width = page.evaluate("document.documentElement.clientWidth")
    assert faults_of(page, width=width) == {}, name
    keep(page, f"support-{name}")


def test_a_custody_suite_goes_active_and_is_covered_until_it_is_quiet(
    cast: Cast, browser: Browser, live_server: Any, settings: Any, tmp_path: Path
) -> None:
    settings.HUSTINGS_HOME = tmp_path
    settings.HUSTINGS_ADDRESS = live_server.url
    Area.objects.filter(pk=cast.east.pk).update(lat=LAT, lon=LON)
    course = make_course()
    vera, _second, third = (make_volunteer(n, km=n, area=cast.east, course=course) for n in (1, 2, 3))
    venue = make_venue(area=cast.east)
    make_venue(area=cast.east, name="Barchester Police Station", reference="2")
    office = inside(browser, live_server.url, cast.alice, **PHONE)
    page = office.new_page()

    page.goto(f"{live_server.url}/desk/support/places/")
    looked_at(page, "places")
    go(page, page.get_by_role("link", name=venue.name))
    looked_at(page, "place-quiet")
    go(page, page.get_by_role("link", name="Make it active"))
    page.get_by_label("Why are people needed there?").fill("Friends of people held here wait outside")
    page.get_by_label("People wanted in each hour").fill("1")
    page.get_by_label("Where do they meet?").fill("The bench opposite the main door")
    page.get_by_label("Training they need").select_option(course.slug)
    looked_at(page, "activate")
    go(page, page.get_by_role("button", name="Make it active"))
    page.get_by_text("one person is missing").first.wait_for()
    looked_at(page, "rota-with-gaps")
    period = CoverPeriod.objects.get()
    assert period.asks.count() == 3

    # Vera gets her message, and answers with a tap.
    link = Message.objects.filter(person=vera.person).get().fields["answer_url"]
    phone = browser.new_context(**PHONE, java_script_enabled=False)
    mine = phone.new_page()
    mine.goto(link)
    expect(mine.get_by_role("button", name="Not today")).to_have_count(1)
    scripted = browser.new_context(**PHONE)
    mine = scripted.new_page()
    mine.goto(link)
    looked_at(mine, "answer")
    for left in range(6, 0, -1):
        buttons = mine.get_by_role("button", name=re.compile("^I can do"))
        expect(buttons).to_have_count(left)
        go(mine, buttons.first)
    mine.get_by_role("heading", name="You come. Thank you").first.wait_for()
    looked_at(mine, "answered")
    go(mine, mine.get_by_role("button", name=re.compile("^I cannot do")).last)

    # The office sees the gap again, and rings somebody.
    page.goto(f"{live_server.url}/desk/support/cover/{period.pk}/")
    page.get_by_text("one person is missing").first.wait_for()
    go(page, page.get_by_role("link", name="Ring people"))
    looked_at(page, "ring-people")
    page.get_by_role("row").filter(has_text=str(third)).get_by_role("link", name="What they said").click()
    page.get_by_role("radio").first.check()
    looked_at(page, "what-they-said")
    go(page, page.get_by_role("button", name="Write it down"))
    page.goto(f"{live_server.url}/desk/support/cover/{period.pk}/tree/")
    looked_at(page, "phone-tree")
    page.goto(f"{live_server.url}/desk/support/cover/{period.pk}/")
    page.get_by_text("Everybody who is wanted is there, or comes.").first.wait_for()
    page.get_by_label("For those who come next").fill("The side door is open; the kettle is on.")
    go(page, page.get_by_role("button", name="Leave the note"))
    looked_at(page, "rota-covered")

    # Vera looks at her shifts on her own page.
    session = signed_in_volunteer(vera)
    scripted.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    mine.goto(f"{live_server.url}/volunteer/cover/")
    mine.get_by_text("The side door is open").first.wait_for()
    looked_at(mine, "my-cover")
    mine.goto(f"{live_server.url}/volunteer/check-in/")
    looked_at(mine, "check-in")
    mine.get_by_label("Where do you go?").fill("Mill Lane, odd numbers")
    go(mine, mine.get_by_role("button", name="I go now"))
    looked_at(mine, "checked-in")
    go(mine, mine.get_by_role("button", name="I am back"))
    mine.get_by_text("Where you were is forgotten").first.wait_for()

    # Somebody rings: a case is opened, and looked after.
    page.goto(f"{live_server.url}/desk/support/cases/open/")
    page.get_by_label("What do they want to be called?").fill("Fay")
    page.get_by_label("What do they need?").fill("Arrested for something; needs insulin at six")
    page.get_by_label("What is done next?").fill("Ring the desk, and ask for a nurse")
    go(page, page.get_by_role("button", name="Open the case"))
    page.get_by_text("I have read it again").first.wait_for()
    looked_at(page, "case-flagged")
    page.get_by_label("What do they need?").fill("Needs insulin at six")
    go(page, page.get_by_role("button", name="Open the case"))
    page.get_by_role("link", name="Call 999").first.wait_for()
    looked_at(page, "case")
    page.goto(f"{live_server.url}/desk/support/cases/")
    looked_at(page, "cases")
    charlie = inside(browser, live_server.url, cast.charlie, **PHONE).new_page()
    answer = charlie.goto(f"{live_server.url}/desk/support/cases/{Case.objects.get().pk}/")
    assert answer is not None
    assert answer.status == 404

    # It is quiet again.
    page.goto(f"{live_server.url}/desk/support/cover/{period.pk}/")
    go(page, page.get_by_role("link", name="It is quiet again"))
    looked_at(page, "close")
    go(page, page.get_by_role("button", name="It is quiet again"))
    page.get_by_text("2 people are thanked").first.wait_for()
    looked_at(page, "quiet-again")
    assert Message.objects.filter(template="support/thanks").count() == 2
    mine.goto(link)
    mine.get_by_text("nobody is needed any more").first.wait_for()
    period.refresh_from_db()
    assert not period.is_open

    # Alice's step for Fay is long overdue: the agent sees a number, on a desktop and a phone, and takes the case over.
    case = Case.objects.get()
    with clock_set_to(NOW + timedelta(hours=2)):
        wide = inside(
            browser, live_server.url, cast.agent, viewport={"width": 1280, "height": 900}
        ).new_page()
        officer = inside(browser, live_server.url, cast.agent, **PHONE).new_page()
        for place, seen in (("wide-", wide), ("", officer)):
            seen.goto(f"{live_server.url}/desk/support/cases/left-alone/")
            assert "Fay" not in seen.inner_text("main")
            looked_at(seen, f"{place}left-alone")
            go(seen, seen.get_by_role("link", name=f"Case {case.pk}"))
            looked_at(seen, f"{place}take-over")
        officer.get_by_label("Why do you take it over?").fill("Nobody answers since noon")
        go(officer, officer.get_by_role("button", name="Take it over"))
        officer.get_by_text("You are on the team now").first.wait_for()
        looked_at(officer, "taken-over")

    # The same pages on a desktop.
    wide = inside(browser, live_server.url, cast.alice, viewport={"width": 1280, "height": 900}).new_page()
    for name, path in (
        ("wide-places", "places/"), ("wide-cover", "cover/"), ("wide-rota", f"cover/{period.pk}/"),
        ("wide-settings", "cover/settings/"), ("wide-case", f"cases/{Case.objects.get().pk}/"),
        ("wide-open-case", "cases/open/"),
    ):  # fmt: skip
        wide.goto(f"{live_server.url}/desk/support/{path}")
        looked_at(wide, name)


def signed_in_volunteer(volunteer: Any) -> str:
    """The session of a browser in which this volunteer came in."""
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(volunteer.public_id)
    session.create()
    return str(session.session_key)
