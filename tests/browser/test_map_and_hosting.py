"""The map and hosting in a real browser on a phone: Bob finds his seat; a traveller and a host are matched and check in."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from hustings.basics.clock import clock_set_to
from hustings.places.models import Area
from hustings.volunteers.hosting.usecases.propose_stays import propose_stays
from hustings.volunteers.models import HostingDetails, Stay, Volunteer
from hustings.volunteers.pages.way_in import SESSION_KEY
from hustings.website.campaign_map.models import Neighbour
from tests.browser.screenshots import keep
from tests.browser.seeing import barriers, browser, faults_of, go, inside
from tests.cast import Cast
from tests.conftest import NOW
from tests.volunteers.conftest import enrol, let_in, postcodes
from tests.volunteers.hosting.conftest import FIRST, places
from tests.website.campaign_map.conftest import KEY, seats
from tests.website.campaign_map.conftest import postcodes as map_postcodes

__all__ = ["browser", "enrol", "map_postcodes", "places", "postcodes", "seats"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = 360


def _window(browser: Browser, server: str, volunteer: Volunteer | None, **options: Any) -> Page:
    context = inside(browser, server, None, viewport={"width": PHONE, "height": 740}, **options)
    if volunteer is not None:
        cookie = let_in(volunteer).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": server}])
    assert SESSION_KEY
    return context.new_page()


def test_bob_finds_his_seat_without_a_script(seats: list[Area], live_server: Any, browser: Browser) -> None:
    """A postcode, the list with reasons, the picture, the seat's own page, and the rule; no cookie at the end."""
    page = _window(browser, live_server.url, None, java_script_enabled=False)
    page.goto(f"{live_server.url}/map/")
    page.fill("input[name=postcode]", "ZZ1 1AA")
    page.click("text=Show who needs me")
    assert page.locator("ol.need li h3").first.inner_text() == "Barset Abbey"
    keep(page, "map-answer-360")
    page.click("ol.need h3 a >> nth=0")
    assert page.inner_text("h1") == "Barset Abbey"
    keep(page, "map-seat-360")
    page.click("text=The rule")
    assert "fewest come first" in page.content()
    assert page.context.cookies() == []
    page.context.close()


def test_the_map_moves_where_scripts_run(seats: list[Area], live_server: Any, browser: Browser) -> None:
    """Leaflet comes when it is asked for and draws every outline; a location takes the place of a postcode."""
    page = _window(
        browser,
        live_server.url,
        None,
        geolocation={"latitude": 54.0, "longitude": -1.5},
        permissions=["geolocation"],
    )
    page.goto(f"{live_server.url}/map/")
    page.click("text=Open the map")
    page.wait_for_selector(".leaflet-place path")
    assert page.locator(".leaflet-place path").count() == len(seats)
    page.click("text=Use my location")
    page.wait_for_selector("text=Who needs you near your location")
    assert page.locator("ol.need li h3").first.inner_text() == "Barset Castle"
    assert page.context.cookies() == []
    page.context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_the_maps_pages(width: int, seats: list[Area], live_server: Any, browser: Browser) -> None:
    """Nothing scrolls sideways, nothing is refused, no known barrier."""
    paths = {
        "map": "/map/", "map-near": "/map/near/ZZ1/", "map-list": f"/map/all/{KEY}/", "map-rule": "/map/rule/",
        "map-seat": "/map/seat/E14999000/", "map-embed": "/map/embed/",
    }  # fmt: skip
    context = inside(browser, live_server.url, None)
    assert barriers(context, live_server.url, paths, width=width) == {}
    context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_desks_pages(
    width: int, seats: list[Area], cast: Cast, live_server: Any, browser: Browser
) -> None:
    """The same for organisers."""
    for number, problem in enumerate(
        ("", "The feed did not answer within ten seconds. It is read again in an hour.")
    ):
        Neighbour.objects.create(
            name=f"Loamshire {'Together' if problem else 'Residents'}", read_at=NOW, problem=problem,
            address=f"https://loamshire{number}.example/map/needs.json",
        )  # fmt: skip
    paths = {
        "desk-map": "/desk/map/", "desk-map-target": "/desk/map/target/E14999000/", "desk-map-others": "/desk/map/others/",
        "desk-stays": "/desk/hosting/", "desk-beds": "/desk/hosting/offers/", "desk-match": "/desk/hosting/match/",
    }  # fmt: skip
    context = inside(browser, live_server.url, cast.admin)
    assert barriers(context, live_server.url, paths, width=width) == {}
    context.close()


def _give_details(page: Page, server: str) -> None:
    page.goto(f"{server}/volunteer/hosting/details/")
    assert page.url.endswith("/details/"), (page.url, page.inner_text("body"))
    page.fill("[name=reference_one]", "Rita Reed, neighbour, 01632 960001")
    page.fill("[name=reference_two]", "Owen Oak, employer, 01632 960002")
    page.fill("[name=emergency_contact]", "Sue, sister, 07700 900111")
    go(page, "main button >> text=Save")


def test_a_traveller_and_a_host_are_matched_and_check_in(
    cast: Cast, enrol: Any, live_server: Any, browser: Browser
) -> None:
    """References, an offer, a request, a proposal, two yeses, the address, two check-ins, and leaving in private."""
    host = _window(browser, live_server.url, enrol("Hanna"))
    traveller = _window(browser, live_server.url, enrol("Tom", postcode="ZZ2 2AA"))
    for page in (host, traveller):
        _give_details(page, live_server.url)
    go(host, "text=Offer a bed")
    host.fill("[name=address]", "1 Secret Lane")
    host.fill("[name=postcode]", "ZZ1 1AA")
    host.fill("[name=available_from]", f"{FIRST}")
    host.fill("[name=available_until]", f"{FIRST + timedelta(days=7)}")
    keep(host, "hosting-offer-360")
    go(host, "main button >> text=Save")
    go(traveller, "text=Ask for a bed")
    traveller.fill("[name=place]", "Barset East")
    traveller.fill("[name=arrive_on]", f"{FIRST}")
    traveller.fill("[name=leave_on]", f"{FIRST + timedelta(days=3)}")
    keep(traveller, "hosting-ask-360")
    go(traveller, "main button >> text=Save")
    HostingDetails.objects.update(checked_at=NOW)
    propose_stays(now=NOW)
    for page in (traveller, host):
        page.goto(f"{live_server.url}/volunteer/hosting/")
        go(page, "ul.cards a >> nth=0")
        assert "Secret Lane" not in page.content()
        keep(page, f"hosting-proposal-{'host' if page is host else 'traveller'}-360")
        go(page, "button >> text=Yes")
    traveller.reload()
    assert "1 Secret Lane, ZZ1 1AA" in traveller.inner_text("main")
    assert "Hanna Tester" in traveller.inner_text("main")
    keep(traveller, "hosting-agreed-360")
    for page, name in ((traveller, "traveller"), (host, "host")):
        page.goto(f"{live_server.url}/volunteer/")
        assert faults_of(page, width=PHONE) == {}
        keep(page, f"hosting-own-page-{name}-360")
        page.go_back()
    with clock_set_to(NOW + timedelta(days=10)):
        traveller.reload()
        go(traveller, "text=I have arrived")
    with clock_set_to(NOW + timedelta(days=11)):
        traveller.reload()
        go(traveller, "text=The first night was fine")
        go(traveller, "text=I want to leave")
        keep(traveller, "hosting-leave-360")
        go(traveller, "text=Find me another bed")
    assert "You owe nobody an explanation" in traveller.inner_text("main")
    stay = Stay.objects.get()
    assert stay.arrived_at is not None
    assert stay.first_night_at is not None
    assert stay.ended_at is not None
    for page in (host, traveller):
        page.context.close()


def test_hostings_pages_have_no_barrier(enrol: Any, live_server: Any, browser: Browser) -> None:
    """By WCAG 2.2 AA, at 320 px."""
    context = inside(browser, live_server.url, None)
    cookie = let_in(enrol("Hanna")).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    paths = {
        "hosting": "/volunteer/hosting/", "hosting-details": "/volunteer/hosting/details/",
        "hosting-offer": "/volunteer/hosting/offer/", "hosting-ask": "/volunteer/hosting/ask/",
    }  # fmt: skip
    assert barriers(context, live_server.url, paths, width=320) == {}
    context.close()
