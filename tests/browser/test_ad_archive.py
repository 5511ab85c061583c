"""A journalist's journey on the real report of May 2023 in a browser: import, code with a second coder, find, export, cite."""

import csv
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from hustings.accounts.models import User
from hustings.adwatch.models import CodingRound, Entity, Snapshot
from tests.browser.screenshots import keep
from tests.browser.seeing import browser, faults_of, go, inside
from tests.cast import Cast
from tests.data_folder import data_path

__all__ = ["browser"]
# Forty codes are given by pressing buttons, and sixteen pages are looked at at two widths.
pytestmark = [pytest.mark.browser, pytest.mark.data, pytest.mark.django_db(transaction=True)]

NAME = "fb_ad_library_report_GB_last30days_2023-05.csv.gz"
#: What the two coders say about the twenty largest that are not proposed as party or candidate, by a word of the name.
SAYS = {
    "fair pay": ("campaigner", "campaigner"),
    "amazon": ("company", "company"),
    "susie": ("company", "other"),
    "week": ("media", "media"),
    "friends of the earth": ("campaigner", "charity"),
    "greenpeace": ("campaigner", "campaigner"),
    "ben": ("company", "company"),
    "national grid": ("company", "company"),
    "criminal": ("company", "company"),
    "unison": ("campaigner", "campaigner"),
    "bp": ("company", "company"),
    "llewellyn": ("company", "company"),
}


def _page(browser: Browser, server: str, user: User) -> Page:
    """A window of somebody who waits for a busy machine."""
    context = inside(browser, server, user, accept_downloads=True)
    context.set_default_timeout(240_000)
    return context.new_page()


def _barriers(page: Page, name: str, wrong: dict[str, str], *, is_form: bool = False) -> None:
    """Sideways scrolling and what axe knows as a barrier, at a phone's and a desktop's width, with pictures.

    A form is the same markup at every width, where tables and menus are not: axe reads it once, at a phone's.
    """
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        if is_form and width > 360:
            wide = page.evaluate("document.documentElement.scrollWidth")
            faults = {"width": f"{wide} px of {width}"} if wide > width else {}
        else:
            faults = faults_of(page, width=width)
        wrong.update({f"{name}-{width} {kind}": text for kind, text in faults.items()})
        keep(page, f"ads-{name}-{width}")


def _code_everything(page: Page, server: str, number: int, place: int) -> None:
    page.goto(f"{server}/desk/adwatch/coding/{number}/code/")
    while page.url.endswith("/code/"):
        name = page.inner_text("h1").casefold()
        said = next((codes for word, codes in SAYS.items() if word in name), ("charity", "charity"))
        page.check(f"input[name=code][value={said[place]}]")
        go(page, "text=Keep and go on")


@pytest.mark.timeout(1200)
def test_a_journalists_journey(live_server: Any, browser: Browser, cast: Cast) -> None:
    """From the file to a footnote, with nothing but the pages."""
    wrong: dict[str, str] = {}
    ada = _page(browser, live_server.url, cast.admin)
    ada.goto(f"{live_server.url}/desk/adwatch/")
    ada.click("text=Bring in a file")
    ada.set_input_files("input[name=file]", data_path(f"ads/{NAME}"))
    ada.fill("input[name=first_on]", "2023-04-24")
    ada.fill("input[name=last_on]", "2023-05-23")
    _barriers(ada, "import", wrong, is_form=True)
    ada.click("text=Bring it in")
    ada.wait_for_selector("text=3,114 rows read")
    assert "£2,836,538 to £3,066,438" in ada.inner_text("main")
    _barriers(ada, "snapshot", wrong)

    ada.goto(f"{live_server.url}/desk/adwatch/coding/start/")
    ada.fill("input[name=title]", "The twenty largest")
    ada.check("input[name=drawn][value=largest-not-party]")
    ada.select_option("select[name=first_coder]", str(cast.admin.pk))
    ada.select_option("select[name=second_coder]", str(cast.agent.pk))
    _barriers(ada, "start-round", wrong, is_form=True)
    ada.click("main button[type=submit]:has-text('Start')")
    ada.wait_for_selector("h1:has-text('The twenty largest')")
    made = CodingRound.objects.get()
    assert made.items.count() == 20
    ada.goto(f"{live_server.url}/desk/adwatch/coding/{made.pk}/code/")
    _barriers(ada, "code", wrong, is_form=True)
    _code_everything(ada, live_server.url, made.pk, 0)
    agnes = _page(browser, live_server.url, cast.agent)
    _code_everything(agnes, live_server.url, made.pk, 1)
    assert "Krippendorff" in agnes.inner_text("main")
    _barriers(agnes, "round", wrong)
    dora = _page(browser, live_server.url, cast.dora)
    dora.goto(f"{live_server.url}/desk/adwatch/coding/{made.pk}/")
    while dora.locator("main td a:text-is('decide')").count():
        go(dora, "main td a:text-is('decide')")
        dora.check("input[name=code][value=company]")
        dora.fill("textarea[name=reason]", "By what its own pages say.")
        go(dora, "main button[type=submit]")
    assert Entity.objects.exclude(code="").count() == 20

    ada.goto(f"{live_server.url}/desk/adwatch/?by=entity&code=not-party")
    first = ada.locator("table.h-list tbody tr").first.inner_text()
    assert "Fair Pay For All" in first
    assert "£213,988" in first
    assert ada.locator("figure svg").count() == 1
    _barriers(ada, "overview", wrong)
    with ada.expect_download() as download:
        ada.click("text=Download as CSV")
    with open(download.value.path(), newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["entity"] == "Fair Pay For All"
    assert (rows[0]["spend_low_pence"], rows[0]["spend_high_pence"]) == ("21398800", "21398800")
    assert not [row for row in rows if row["code"] in {"party", "candidate"}]
    cited = ada.inner_text("#citation")
    assert Snapshot.objects.get().sha256 in cited
    ada.click("text=Print as a study")
    ada.wait_for_selector("h1:has-text('Spending on political advertising')")
    _barriers(ada, "study", wrong)
    for name in ("entities", "faults", "campaigners", "targeting", "own"):
        address = {"entities": "advertisers"}.get(name, name)
        ada.goto(f"{live_server.url}/desk/adwatch/{address}/")
        _barriers(ada, name, wrong)
    ada.goto(f"{live_server.url}/desk/adwatch/advertisers/{Entity.objects.get(key='labour party').pk}/")
    _barriers(ada, "entity", wrong)
    ada.goto(f"{live_server.url}/adverts/")
    _barriers(ada, "public", wrong)
    assert wrong == {}
