"""The public site, the ways in and the desk in a real browser: at 320 px, with and without scripts, and before axe.

Pages are looked at on a phone's width and a desktop's; what axe knows as a barrier by WCAG 2.2 AA fails the test.
"""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser
from wagtail.models import Page

from hustings.actions.models import Petition, PetitionState, PetitionVersion
from hustings.website.models import CandidatePage
from tests.browser.screenshots import keep
from tests.browser.seeing import PHONE, barriers, browser, inside, settle
from tests.cast import Cast
from tests.website.conftest import Places, home, news, places

__all__ = ["browser", "home", "news", "places"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PUBLIC = {
    "home": "/", "petitions": "/petitions/", "petition": "/petitions/library/", "news": "/news/library/",
    "place": "/barset-east/", "candidate": "/barset-east/harding/", "privacy": "/privacy/",
    "accessibility": "/accessibility/", "sign-in": "/account/login/", "code": "/account/login/code/",
    "missing": "/nowhere/",
}  # fmt: skip
DESK = {
    "desk": "/desk/", "set-up": "/desk/start/", "organisation": "/desk/accounts/organisation/",
    "logins": "/desk/accounts/logins/", "invite": "/desk/accounts/logins/invite/", "audit": "/desk/accounts/audit/",
    "website": "/desk/website/", "notice": "/desk/website/notice/", "second-factor": "/account/2fa/",
}  # fmt: skip


@pytest.fixture
def petition(cast: Cast, now: datetime) -> Petition:
    """An open petition."""
    made = Petition.objects.create(
        slug="library", title="Keep Barchester library open on Saturdays", asked_of="Barset Council",
        asked_by="Barset Together", area=cast.east, goal=2000, state=PetitionState.OPEN, confirmed=1284, made_at=now,
    )  # fmt: skip
    PetitionVersion.objects.create(
        petition=made,
        number=1,
        title=made.title,
        text="We ask Barset Council to keep the library open on Saturday mornings.",
        made_at=now,
    )
    return made


@pytest.fixture
def site(places: Places, news: Any, petition: Petition, cast: Cast) -> None:
    """A site with something on every kind of page."""
    places[0].add_child(
        instance=CandidatePage(
            title="Septimus Harding", slug="harding", area=cast.east, summary="Plays the cello."
        )
    )


@pytest.mark.parametrize("width", [320, 1280])
def test_public_pages(width: int, site: None, live_server: Any, browser: Browser) -> None:
    """Nothing scrolls sideways, nothing is refused by the policy, no known barrier."""
    context = inside(browser, live_server.url, None)
    assert barriers(context, live_server.url, PUBLIC, width=width) == {}
    context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_desk_pages(width: int, site: None, live_server: Any, browser: Browser, cast: Cast) -> None:
    """The same for staff."""
    context = inside(browser, live_server.url, cast.admin)
    assert barriers(context, live_server.url, DESK, width=width) == {}
    context.close()


def test_dark_mode_can_be_read_too(site: None, live_server: Any, browser: Browser) -> None:
    """Contrast holds in the dark."""
    context = inside(browser, live_server.url, None, color_scheme="dark")
    assert (
        barriers(
            context, live_server.url, {"dark-home": "/", "dark-petition": "/petitions/library/"}, width=1280
        )
        == {}
    )
    context.close()


def test_everything_public_is_reached_without_scripts_and_by_keyboard(
    site: None, live_server: Any, browser: Browser
) -> None:
    """The first stop is the way past the head; the menu leads on."""
    context = inside(browser, live_server.url, None, java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert urlsplit(page.url).fragment == "main"
    page.click("nav >> text=News")
    page.click("text=The library stays")
    assert page.inner_text("h1") == "The library stays"
    context.close()


def test_controls_are_large_enough(site: None, live_server: Any, browser: Browser) -> None:
    """WCAG 2.2 criterion 2.5.8: at least 24 by 24 CSS pixels, links within sentences aside."""
    context = inside(browser, live_server.url, None)
    page = context.new_page()
    page.set_viewport_size({"width": 360, "height": 800})
    for path in PUBLIC.values():
        page.goto(f"{live_server.url}{path}")
        small = page.evaluate(
            """() => [...document.querySelectorAll('button,.button,input:not([type=hidden]),select,summary,nav a,footer a')]
            .filter(one => one.offsetParent && !one.closest('.trap'))
            .map(one => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])
            .filter(([, box]) => box.width && box.right > 0 && (box.height < 24 || box.width < 24)).map(([html]) => html)"""
        )
        assert small == [], path
    context.close()


def test_the_menu_of_the_desk_works_without_scripts(
    site: None, live_server: Any, browser: Browser, cast: Cast
) -> None:
    """A plain list of the same entries."""
    context = inside(browser, live_server.url, cast.admin, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/desk/")
    page.click("nav >> text=Logins")
    assert page.inner_text("h1") == "Logins"
    context.close()


def test_the_list_of_pages_breaks_titles_between_words(
    site: None, live_server: Any, browser: Browser, cast: Cast
) -> None:
    """On a phone every word of a title stands on one line, and whole within the window."""
    context = inside(browser, live_server.url, cast.admin)
    page = context.new_page()
    page.set_viewport_size({"width": PHONE, "height": 800})
    page.goto(f"{live_server.url}/desk/pages/{Page.objects.get(depth=2).pk}/")
    settle(page)
    words = page.evaluate(
        """() => [...document.querySelectorAll(".listing td.title a")].flatMap((link) => {
            const texts = document.createTreeWalker(link, NodeFilter.SHOW_TEXT), found = [];
            for (let text = texts.nextNode(); text; text = texts.nextNode())
                for (const word of text.data.matchAll(/[\\p{L}\\p{N}]+/gu)) {
                    const range = document.createRange();
                    range.setStart(text, word.index); range.setEnd(text, word.index + word[0].length);
                    const boxes = [...range.getClientRects()].filter((box) => box.width);
                    if (boxes.length) found.push([word[0], boxes.length, boxes[0].left >= 0 && boxes[0].right <= innerWidth]);
                }
            return found; })"""
    )
    keep(page, "pages-list-390")
    assert "Accessibility" in {word for word, _, _ in words}
    assert [word for word, lines, is_inside in words if lines != 1 or not is_inside] == []
    live = page.locator(".listing tbody .w-status").first.bounding_box()
    assert live is not None
    assert live["x"] + live["width"] <= PHONE, "whether a page is live is seen without pushing sideways"
    context.close()
