"""A canvass in a real browser: the desk at both widths, and Vera's round on a small phone, without scripts."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from hustings.accounts.models import Organisation, OrganisationKind
from hustings.contacts.models import Contact, Intention, Issue
from hustings.outreach.doorsteps.models import Round
from hustings.outreach.doorsteps.usecases.give_round import give_round
from hustings.people.models import Person
from hustings.volunteers.pages.way_in import SESSION_KEY
from tests.browser.screenshots import keep
from tests.browser.seeing import DESKTOP, PHONE, browser, faults_of, go, inside
from tests.cast import Cast
from tests.conftest import NOW
from tests.outreach.doorsteps.barset import make_walker, make_ward, opened
from tests.outreach.doorsteps.pages.test_pages import phone_of

__all__ = ["browser"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(240)]

SMALL = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}


def looked_at(page: Page, name: str) -> None:
    """No barrier, nothing wider than the screen, and a picture."""
    width = page.evaluate("document.documentElement.clientWidth")
    assert faults_of(page, width=width) == {}, name
    keep(page, f"rounds-{name}")


def test_the_desk_at_both_widths(
    cast: Cast, browser: Browser, live_server: Any, settings: Any, tmp_path: Path
) -> None:
    settings.HUSTINGS_HOME = tmp_path
    make_ward(cast=cast, now=NOW)
    canvass = opened(cast=cast, now=NOW, doors_a_round=3, words="Good evening. May I ask about buses?")
    one = canvass.rounds.order_by("number")[0]
    walker = make_walker(cast=cast, now=NOW)
    give_round(round=one, volunteer=walker, walk_on=NOW.date(), by=cast.alice, now=NOW)
    for width in (PHONE, DESKTOP):
        window = inside(browser, live_server.url, cast.alice, viewport={"width": width, "height": 900})
        page = window.new_page()
        for name, path in (
            ("list", ""),
            ("new", "new/"),
            ("canvass", f"{canvass.pk}/"),
            ("close", f"{canvass.pk}/close/"),
            ("round", f"round/{one.pk}/"),
            ("key", f"round/{one.pk}/key/"),
            ("find", "key/"),
        ):
            page.goto(f"{live_server.url}/desk/rounds/{path}")
            looked_at(page, f"desk-{name}-{width}")
        window.close()


def test_vera_walks_her_round_without_scripts(
    cast: Cast, browser: Browser, live_server: Any, settings: Any, tmp_path: Path
) -> None:
    settings.HUSTINGS_HOME = tmp_path
    Organisation.objects.update(kind=OrganisationKind.NON_PARTY)
    make_ward(cast=cast, now=NOW)
    buses = Issue.objects.create(name="Buses")
    canvass = opened(cast=cast, now=NOW, words="Good evening. May I ask about buses?", issues=[buses])
    one: Round = canvass.rounds.get()
    vera = make_walker(cast=cast, now=NOW)
    give_round(round=one, volunteer=vera, walk_on=NOW.date(), by=cast.alice, now=NOW)
    window = browser.new_context(locale="en-GB", java_script_enabled=False, **SMALL)
    cookie = phone_of(vera).cookies["sessionid"].value
    assert SESSION_KEY
    window.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page = window.new_page()
    page.goto(f"{live_server.url}/volunteer/rounds/")
    go(page, page.get_by_role("link", name="Buses at the door"))
    go(page, page.get_by_role("link", name="Mill Lane"))
    alma = page.locator("li[id^=d]", has_text="Alma Grantly")
    go(page, alma.get_by_role("button", name="No answer, leaflet left"))
    expect(page.locator("li[id^=d]", has_text="Alma Grantly")).to_contain_text("leaflet left")
    dan = page.locator("li[id^=d]", has_text="Dan Harding")
    go(page, dan.get_by_role("link", name="Spoke"))
    page.get_by_label("Undecided").check()
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(0)
    page.get_by_label("Do you agree that Barset Together keeps what you tell me").check()
    page.get_by_label("May Barset Together email you").check()
    page.get_by_label("Their email address").fill("dan at home")
    go(page, page.get_by_role("button", name="Record it"))
    expect(page.get_by_label("May Barset Together email you")).to_be_checked()
    expect(page.get_by_label("Their email address")).to_have_value("dan at home")
    page.get_by_label("Their email address").fill("dan@barset.example")
    go(page, page.get_by_role("button", name="Record it"))
    assert Intention.objects.get().person == Person.objects.get(family_name="Harding")
    expect(page.locator("li[id^=d]", has_text="Dan Harding")).to_contain_text("spoke")
    cora = page.locator("li[id^=d]", has_text="Cora Harding")
    go(page, cora.get_by_role("button", name="Please do not come again"))
    expect(page.get_by_text("Cora Harding")).to_have_count(0)
    assert Contact.objects.count() == 3
    window.close()
    seen = browser.new_context(locale="en-GB", **SMALL)
    seen.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page = seen.new_page()
    door = one.doors.filter(outcome="").order_by("line")[0]
    for name, path in (
        ("mine", ""),
        ("round", f"{one.pk}/"),
        ("street", f"{one.pk}/1/"),
        ("door", f"{one.pk}/door/{door.pk}/"),
    ):
        page.goto(f"{live_server.url}/volunteer/rounds/{path}")
        looked_at(page, f"phone-{name}")
    # At the narrowest there is, a form that was refused.
    page.set_viewport_size({"width": 320, "height": 640})
    page.get_by_label("May Barset Together text you").check()
    go(page, page.get_by_role("button", name="Record it"))
    looked_at(page, "phone-door-refused")
    seen.close()
