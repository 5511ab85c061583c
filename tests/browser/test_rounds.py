"""A canvass in a real browser: the desk at both widths, and Vera's round on a small phone, without scripts."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from hustings.accounts.models import Organisation, OrganisationKind
from hustings.basics.clock import clock_set_to
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
    page.get_by_role("button", name="Record it").click()
    expect(page.locator("#kept .bad")).to_contain_text("mobile")
    looked_at(page, "phone-door-refused")
    # The form as it is sent where no script runs.
    with page.expect_navigation():
        page.evaluate("document.querySelector('form[data-door]').submit()")
    expect(page.get_by_role("alert")).to_contain_text("not recorded yet")
    looked_at(page, "phone-door-refused-form")
    seen.close()


HOUR = 3_600
ALL_SENT = "kept.all('lines').then((all) => all.every((line) => line.state === 'sent'))"
NO_COPIES = "caches.keys().then((names) => !names.some((name) => name.startsWith('own-')))"


def until(page: Page, promise: str) -> None:
    """Wait in the page until a promise brings something true; the test's own time limit ends it."""
    page.evaluate(
        f"async () => {{ while (!await {promise}) await new Promise((go) => setTimeout(go, 50)); }}"
    )


def copies_in(page: Page) -> list[str]:
    """The stores of copies that the phone has."""
    names: list[str] = page.evaluate("caches.keys()")
    return [name for name in names if name.startswith("own-")]


def test_vera_walks_on_when_the_line_is_down(
    cast: Cast, browser: Browser, live_server: Any, settings: Any, tmp_path: Path
) -> None:
    settings.HUSTINGS_HOME = tmp_path
    make_ward(cast=cast, now=NOW)
    canvass = opened(cast=cast, now=NOW, words="Good evening. May I ask about buses?")
    one: Round = canvass.rounds.get()
    vera = make_walker(cast=cast, now=NOW)
    give_round(round=one, volunteer=vera, walk_on=NOW.date(), by=cast.alice, now=NOW)
    window = browser.new_context(locale="en-GB", **SMALL)
    cookie = phone_of(vera).cookies["sessionid"].value
    window.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    # Background Sync would send by the worker's clock, which no test can set; on a phone the two are one.
    window.add_init_script("delete ServiceWorkerRegistration.prototype.sync")
    page = window.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    start = page.evaluate("Date.now()") / 1000
    page.goto(f"{live_server.url}/volunteer/rounds/{one.pk}/")
    expect(page.locator("#kept")).to_contain_text("you can go on without signal")
    page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    looked_at(page, "kept")

    # An hour later there is no line: streets, doors and the form are there all the same.
    window.set_offline(True)
    page.clock.set_fixed_time(start + HOUR)
    go(page, page.get_by_role("link", name="Mill Lane"))
    alma = page.locator("li[id^=d]", has_text="Alma Grantly")
    alma.get_by_role("button", name="No answer", exact=True).click()
    expect(alma).to_contain_text("no answer (not sent yet)")
    page.clock.set_fixed_time(start + HOUR + HOUR // 2)
    go(page, alma.get_by_role("link", name="Spoke"))
    page.get_by_label("Undecided").check()
    go(page, page.get_by_role("button", name="Record it"))
    expect(page.locator("#kept")).to_contain_text("2 answers wait to be sent")
    expect(page.locator("li[id^=d]", has_text="Alma Grantly")).to_contain_text("spoke (not sent yet)")
    dan = page.locator("li[id^=d]", has_text="Dan Harding")
    dan.get_by_role("button", name="Please do not come again").click()
    expect(page.get_by_text("Dan Harding")).to_have_count(0)
    looked_at(page, "offline")
    page.get_by_text("3 answers wait to be sent").click()
    looked_at(page, "waiting")
    page.goto(f"{live_server.url}/volunteer/rounds/{one.pk}/9/")
    expect(page.get_by_role("heading", name="No signal")).to_be_visible()
    assert not Contact.objects.exists()

    # The line is back, but the first answer of the server is lost: it is asked once more.
    page.goto(f"{live_server.url}/volunteer/rounds/{one.pk}/1/")
    expect(page.locator("#kept")).to_contain_text("3 answers wait to be sent")
    lost: list[str] = []

    def lose(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().text())
            route.abort()
        else:
            route.continue_()

    window.route("**/volunteer/rounds/send/", lose)
    with clock_set_to(NOW + timedelta(hours=2)):
        page.clock.set_fixed_time(start + 2 * HOUR)
        with window.expect_event("requestfailed", lambda asked: asked.method == "POST"):
            window.set_offline(False)
        page.reload()
        until(page, ALL_SENT)
    assert '"is_taken": true' in lost[0]
    assert [(contact.outcome, contact.at) for contact in Contact.objects.order_by("at", "pk")] == [
        ("no_answer", NOW + timedelta(hours=1)),
        ("spoke", NOW + timedelta(hours=1, minutes=30)),
        ("objected", NOW + timedelta(hours=1, minutes=30)),
    ]
    expect(page.locator("li[id^=d]", has_text="Alma Grantly")).to_contain_text("spoke")

    # After its time a copy is gone.
    page.clock.set_fixed_time(start + 60 * HOUR)
    page.goto(f"{live_server.url}/volunteer/rounds/")
    until(page, NO_COPIES)

    # Signed out meanwhile: copies end, the answer waits, and is sent by nobody but Vera.
    page.clock.set_fixed_time(start)
    page.goto(f"{live_server.url}/volunteer/rounds/{one.pk}/")
    expect(page.locator("#kept")).to_contain_text("you can go on without signal")
    page.goto(f"{live_server.url}/volunteer/rounds/{one.pk}/1/")
    window.set_offline(True)
    bertie = page.locator("li[id^=d]", has_text="Bertie Grantly")
    bertie.get_by_role("button", name="Not there any more").click()
    expect(bertie).to_contain_text("not sent yet")
    window.clear_cookies()
    window.set_offline(False)
    expect(page.get_by_role("link", name="Sign in to send")).to_be_visible()
    until(page, NO_COPIES)
    looked_at(page, "signed-out")
    walt = phone_of(make_walker(cast=cast, now=NOW, name="Walt")).cookies["sessionid"].value
    window.add_cookies([{"name": "sessionid", "value": walt, "url": live_server.url}])
    page.goto(f"{live_server.url}/volunteer/rounds/")
    expect(page.locator("#kept")).to_contain_text("Somebody else’s answer waits on this phone")
    assert Contact.objects.count() == 3
    window.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page.goto(f"{live_server.url}/volunteer/rounds/{one.pk}/")
    until(page, ALL_SENT)
    assert Contact.objects.count() == 4

    # A phone that has no room left sends the form as one without scripts does.
    page.goto(f"{live_server.url}/volunteer/rounds/{one.pk}/1/")
    page.evaluate("() => { kept.put = () => Promise.reject(new Error('full')); }")
    go(page, page.get_by_role("button", name="No answer", exact=True).first)
    assert Contact.objects.count() == 5
    page.goto(f"{live_server.url}/volunteer/rounds/{one.pk}/")

    # Leaving the browser ends them too.
    expect(page.locator("#kept")).to_contain_text("you can go on without signal")
    page.goto(f"{live_server.url}/volunteer/")
    go(page, page.get_by_role("button", name="Leave this browser"))
    assert copies_in(page) == []
    window.set_offline(True)
    page.goto(f"{live_server.url}/volunteer/rounds/{one.pk}/1/")
    expect(page.get_by_role("heading", name="No signal")).to_be_visible()
    assert [text for text in said if "Content Security Policy" in text] == []
    window.close()
