"""Looking at pages as people do: a browser window of somebody, and what is wrong with each page in it.

Pages are looked at on a phone's width and a desktop's; what axe knows as a barrier by WCAG 2.2 AA fails the test.
"""

import gzip
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

from hustings.accounts.models import User
from tests.browser.screenshots import keep
from tests.cast import signed_in

PHONE, DESKTOP = 390, 1280
#: Ends when no animation with an end is running, two frames after the last one was seen.
_AT_REST = """async () => {
    const frame = () => new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)));
    const moving = () => document.getAnimations().filter((one) => one.playState === "running"
        && Number.isFinite(one.effect.getComputedTiming().endTime));
    for (await frame(); moving().length; await frame())
        await Promise.all(moving().map((one) => one.finished.catch(() => null)));
}"""
#: What is cut off at the right edge: the desk scrolls inside its window, so that the document alone does not tell.
_CUT_OFF = """() => {
    const reached = (one) => { for (let above = one.parentElement; above; above = above.parentElement) {
        if (above.matches(".h-page, .content-wrapper, main, body")) return true;
        if (getComputedStyle(above).overflowX !== "visible") return false; } return true; };
    return [...document.querySelectorAll(".h-page *")].filter((one) => one.offsetWidth && reached(one)
        && one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
        .slice(0, 3).map((one) => one.outerHTML.slice(0, 120));
}"""
# Only what is broken is told in full: a page has thousands of places at which nothing is.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
_SWITCHES = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--lang=en-GB"),
]


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    """Chromium as the system has it; the one without a window of its own opens pages sooner."""
    path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if path is None:
        pytest.skip("needs Chromium (Debian: chromium-headless-shell)")
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=_SWITCHES)
        yield chromium
        # While a browser runs, Django keeps connections of their own for us; the next test has another database.
        connections.close_all()
        chromium.close()


def inside(browser: Browser, server: str, user: User | None, **options: Any) -> BrowserContext:
    """A browser window, signed in where a user is given."""
    context = browser.new_context(locale="en-GB", **options)
    if user is not None:
        cookie = signed_in(user).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": server}])
    return context


def settle(page: Page) -> None:
    """Wait until the page has loaded and what fades in or slides has come to rest: half-faded words have no true colour."""
    page.wait_for_load_state()
    page.evaluate(_AT_REST)


def go(page: Page, target: str | Locator) -> None:
    """Press something that leads to another page, and wait until that page has loaded."""
    with page.expect_navigation():
        (page.locator(target).first if isinstance(target, str) else target).click()


def barriers_of(page: Page) -> str:
    """What axe knows as a barrier on the page that is open, or an empty text."""
    settle(page)
    found = Axe().run(page, options=RULES)
    return str(found.generate_report()) if found.violations_count else ""


def faults_of(page: Page, *, width: int, errors: Sequence[str] = ()) -> dict[str, str]:
    """What is wrong with the page that is open: sideways scrolling, something cut off or that the policy refused, a barrier."""
    wrong = {}
    barrier = barriers_of(page)
    wide = page.evaluate("document.documentElement.scrollWidth")
    if wide > width:
        wrong["width"] = f"{wide} px of {width}"
    cut = page.evaluate(_CUT_OFF)
    if cut:
        wrong["cut off"] = " ".join(cut)
    refused = [text for text in errors if "Content Security Policy" in text]
    if refused:
        wrong["policy"] = refused[0]
    if barrier:
        wrong["barriers"] = barrier
    return wrong


def barriers(context: BrowserContext, server: str, paths: Mapping[str, str], *, width: int) -> dict[str, str]:
    """What is wrong with each page, by its name; “missing” may answer 404. A picture of each is taken."""
    wrong = {}
    for name, path in paths.items():
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 844})
        said: list[str] = []
        page.on(
            "console",
            lambda message, said=said: said.append(message.text) if message.type == "error" else None,
        )
        answer = page.goto(f"{server}{path}")
        assert answer is not None
        if answer.status >= 400 and name != "missing":
            wrong[name] = f"answered {answer.status}"
        if "/login/" in page.url and "/login/" not in path:
            wrong[name] = "asked to sign in"
        faults = faults_of(page, width=width, errors=said)
        wrong.update({f"{name}, {kind}": text for kind, text in faults.items()})
        keep(page, f"{name}-{width}")
        page.close()
    return wrong


def weight(path: str) -> int:
    """Bytes of a first visit as they go over the wire: the page and its stylesheets, compressed."""
    answer = Client().get(path, headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200, path
    is_packed = answer.headers.get("Content-Encoding") == "gzip"
    html = answer.content if is_packed else gzip.compress(answer.content)
    text = gzip.decompress(html).decode()
    sheets = re.findall(r'<link rel="stylesheet" href="/static/([^"]+)"', text)
    assert sheets, f"{path} has no stylesheet"
    assert "<script" not in text, f"{path} needs a script"
    found = [finders.find(sheet) for sheet in sheets]
    return len(html) + sum(len(gzip.compress(Path(str(sheet)).read_bytes())) for sheet in found)
