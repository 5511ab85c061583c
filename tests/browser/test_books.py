"""The agent's way through a by-election in a real browser: from opening the books to the signed return, on a phone and a desk.

Every page on the way is held before axe and must not scroll sideways.
"""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from hustings.money.models import Campaign, Expense, Return
from hustings.money.queries.return_facts import missing_of
from tests.browser.screenshots import keep
from tests.browser.seeing import browser, faults_of, go, inside
from tests.cast import Cast
from tests.money.campaigns import make_books

__all__ = ["browser"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def look(page: Page, name: str, *, width: int) -> None:
    """No known barrier, nothing sideways; keep a picture."""
    assert faults_of(page, width=width) == {}, name
    keep(page, f"{name}-{width}")


def submit(page: Page) -> None:
    """Send the form."""
    go(page, ".h-submit button[type=submit]")


def problems(page: Page) -> str:
    """What the form says is wrong, for the message of a failed test."""
    return " | ".join(page.locator(".h-error, .h-callout").all_inner_texts())


@pytest.mark.parametrize("width", [375, 1280])
def test_a_by_election_from_first_expense_to_signed_return(
    width: int, live_server: Any, browser: Browser, cast: Cast, now: datetime, tmp_path: Path
) -> None:
    """Barset East voted on 26 February 2026 after the seat fell vacant on 12 January."""
    receipt = tmp_path / "invoice.pdf"
    receipt.write_bytes(b"%PDF-1.7 an invoice")
    context = inside(browser, live_server.url, cast.agent)
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 900})

    page.goto(f"{live_server.url}/desk/money/")
    look(page, "books-empty", width=width)
    go(page, "main >> text=Open books")
    page.fill("#id_name", "Septimus Harding")
    page.fill("#id_area", "Barset East")
    page.select_option("#id_election_type", "parl-by-election")
    page.fill("#id_area_name", "Barset East")
    page.fill("#id_poll_on", "2026-02-26")
    page.fill("#id_result_on", "2026-02-27")
    page.fill("#id_declared_on", "2026-01-05")
    page.fill("#id_electorate", "71841")
    page.select_option("#id_agent", label="Agnes")
    page.fill("#id_agent_name", "Agnes Lampwright")
    page.fill("#id_agent_address", "4 Lamplighter Row, Barchester Quay, ZZ1 1AA")
    submit(page)
    assert "Enter the day of the vacancy" in problems(page)
    look(page, "books-form-refused", width=width)
    assert page.input_value("#id_electorate") == "71841"
    page.fill("#id_earliest_on", "2026-01-12")
    submit(page)
    assert page.inner_text("h1") == "Septimus Harding", problems(page)
    campaign = Campaign.objects.get()
    look(page, "books-new", width=width)

    go(page, "main >> text=Add an item")
    look(page, "item-form", width=width)
    page.fill("#id_what", "20,000 leaflets about the hospital")
    page.select_option("#id_category", "unsolicited")
    page.fill("#id_amount", "2,400.00")
    page.fill("#id_supplier_name", "Barset Press")
    page.fill("#id_supplier_address", "2 Mill Lane, Barchester, ZZ1 2BB")
    page.fill("#id_committed_on", "2026-01-20")
    page.fill("#id_first_use_on", "2026-01-24")
    page.fill("#id_last_use_on", "2026-02-26")
    submit(page)
    assert page.inner_text("h1") == "20,000 leaflets about the hospital", problems(page)
    go(page, "main >> text=Invoice, payment or dispute")
    page.select_option("#id_kind", "invoiced")
    page.fill("#id_on", "2026-01-28")
    submit(page)
    go(page, "main >> text=Invoice, payment or dispute")
    look(page, "bill-form", width=width)
    page.select_option("#id_kind", "paid")
    page.fill("#id_on", "2026-02-10")
    submit(page)
    go(page, "main >> text=Add a receipt")
    page.set_input_files("#id_file", str(receipt))
    submit(page)
    look(page, "item", width=width)

    page.goto(f"{live_server.url}/desk/money/campaigns/{campaign.pk}/items/add/")
    page.fill("#id_what", "Website")
    page.select_option("#id_category", "advertising")
    page.fill("#id_amount", "900")
    page.fill("#id_supplier_name", "Quill and Pixel")
    page.fill("#id_supplier_address", "8 Bridge Street, Barchester, ZZ1 3CC")
    page.fill("#id_committed_on", "2025-12-01")
    page.fill("#id_first_use_on", "2026-01-01")
    page.fill("#id_last_use_on", "2026-02-26")
    submit(page)
    assert "honest assessment of the time" in problems(page)
    page.fill("#id_time_note", "Visits were even from week to week, by the site's own counter.")
    submit(page)
    assert "Only real earlier use lowers it" in page.inner_text("main"), problems(page)
    look(page, "item-split", width=width)
    web = Expense.objects.get(what="Website", replaced_by=None)
    for kind, on in (("invoiced", "2025-12-05"), ("paid", "2026-02-10")):
        page.goto(f"{live_server.url}/desk/money/items/{web.pk}/bill/")
        page.select_option("#id_kind", kind)
        page.fill("#id_on", on)
        submit(page)
    page.goto(f"{live_server.url}/desk/money/items/{web.pk}/evidence/")
    page.set_input_files("#id_file", str(receipt))
    submit(page)

    page.goto(f"{live_server.url}/desk/money/campaigns/{campaign.pk}/")
    look(page, "books", width=width)
    go(page, "main .h-head >> text=Return")
    look(page, "return", width=width)
    go(page, "main >> text=Finish the return")
    look(page, "return-finish", width=width)
    submit(page)
    made = Return.objects.get()
    assert "version 1" in page.inner_text("h1"), problems(page)
    look(page, "return-frozen", width=width)
    with page.expect_download() as download:
        page.click("main .h-prose >> text=Return")
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")

    go(page, "main >> text=Sign as agent")
    submit(page)
    assert "Tick this once you have read" in problems(page)
    page.check("#id_vow")
    look(page, "return-sign", width=width)
    submit(page)
    go(page, "main >> text=Write down the delivery")
    page.fill("#id_name", "Rachel Ray, elections office")
    submit(page)
    go(page, "main >> text=Write down the candidate's signature")
    submit(page)
    look(page, "return-signed", width=width)
    assert {step.kind for step in made.steps.all()} == {"agent-signed", "delivered", "candidate-signed"}
    assert missing_of(campaign=campaign, on=now.date()) == ()
    page.goto(f"{live_server.url}/desk/money/campaigns/{campaign.pk}/return/")
    assert "Nothing is missing" in page.inner_text("main")
    context.close()


@pytest.mark.parametrize("width", [375, 1280])
def test_a_warning_comes_before_an_item_is_ordered(
    width: int, live_server: Any, browser: Browser, cast: Cast, now: datetime
) -> None:
    """The treasurer sees it, keeps what was typed, and is told whom to ask; the agent may give a reason."""
    books = make_books(by=cast.agent, now=now, area=cast.east)
    make_books(by=cast.agent, now=now, area=cast.east, name="Eleanor Bold", agent_name="Mary Bold")
    for user, name in ((cast.tess, "treasurer"), (cast.agent, "agent")):
        context = inside(browser, live_server.url, user)
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{live_server.url}/desk/money/campaigns/{books.pk}/items/add/")
        page.fill("#id_what", "Posters")
        page.fill("#id_amount", "1,700")
        page.fill("#id_supplier_name", "Barset Press")
        page.fill("#id_committed_on", "2026-04-01")
        submit(page)
        look(page, f"item-over-{name}", width=width)
        assert "This would break the limit" in problems(page)
        assert page.input_value("#id_amount") == "1,700"
        assert page.locator("#id_override_reason").count() == (1 if name == "agent" else 0)
        context.close()
    assert not Expense.objects.exists()
