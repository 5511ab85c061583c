"""The public pages in a real browser: no script needed, no sideways scrolling at 320 px, no known barrier."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from hustings.actions.models import Petition
from tests.browser.seeing import browser, faults_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

__all__ = ["browser"]


def test_the_petition_page_reads_and_signs_without_scripts(
    petition: Petition, live_server: Any, browser: Browser
) -> None:
    """At 320 px nothing scrolls sideways; the form is sent with scripts switched off and keeps what was entered."""
    context = browser.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    page = context.new_page()
    answer = page.goto(f"{live_server.url}/petitions/{petition.slug}/")
    assert answer is not None
    assert answer.status == 200
    page.fill("input[name=given_name]", "Ewan")
    page.click("form button[type=submit], form button:not([type])")
    assert page.input_value("input[name=given_name]") == "Ewan"
    context.close()


def test_no_page_scrolls_sideways_or_has_a_known_barrier(
    petition: Petition, live_server: Any, browser: Browser
) -> None:
    """Petition, list of petitions, the public record and the way to a preference link."""
    found = {}
    for path in (f"/petitions/{petition.slug}/", "/record/", "/preferences/"):
        page = browser.new_page(viewport={"width": 320, "height": 640})
        answer = page.goto(f"{live_server.url}{path}")
        assert answer is not None
        assert answer.status == 200, path
        faults = faults_of(page, width=320)
        found.update({f"{path} {kind}": text for kind, text in faults.items()})
        page.close()
    assert not found, found
