"""A phone bank in a real browser: Alice opens it at her desk, Bob rings from a phone without scripts, a sheet comes back.

Every page is put before axe, on a phone's width and on a desktop's, and kept as a picture.
"""

from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from hustings.contacts.models import Contact, Intention, Issue
from hustings.elections.models import Candidacy, Contest, Election, Party
from hustings.outreach.phonebank.models import Call, CallSheet, PhoneBank
from hustings.people.models import ConsentEvent
from tests.browser.screenshots import keep
from tests.browser.seeing import DESKTOP, PHONE, browser, faults_of, go, inside
from tests.cast import Cast, signed_in
from tests.outreach.phonebank.banks import make_audience, make_person

__all__ = ["browser"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(240)]

SMALL = {"viewport": {"width": PHONE, "height": 844}, "is_mobile": True, "has_touch": True}
NAMES = ("Gwen Proudie", "Hal Bold", "Ida Thorne", "Jim Arabin", "Kay Grantly", "Lou Harding")


def looked_at(page: Page, name: str) -> None:
    """No barrier, nothing wider than the screen, and a picture."""
    width = page.evaluate("document.documentElement.clientWidth")
    assert faults_of(page, width=width) == {}, name
    keep(page, f"phone-bank-{name}-{width}")


def test_a_phone_bank_from_the_desk_to_the_last_call(
    cast: Cast, browser: Browser, live_server: Any, settings: Any, now: datetime
) -> None:
    settings.HUSTINGS_ADDRESS = live_server.url
    poll = Election.objects.create(
        id="local.barset.2026-05-07", kind="local", title="Barset council election", poll_on="2026-05-07"
    )
    contest = Contest.objects.create(election=poll, ballot_id="east", area=cast.east, area_name="Barset East")
    for number, name in enumerate(("Example Greens", "Barset Reds", "Barset Residents")):
        party = Party.objects.create(name=name)
        Candidacy.objects.create(contest=contest, name=f"Candidate {number}", party=party)
    for name in ("Buses", "The park", "Rents"):
        Issue.objects.create(name=name)
    for number, name in enumerate(NAMES):
        make_person(name=name, number=number, area=cast.east, now=now)
    make_person(name="Mo Nophone", number=None, area=cast.east, now=now)
    make_audience(area=cast.east, now=now)
    root = f"{live_server.url}/desk/outreach"

    desk = inside(browser, live_server.url, cast.alice, viewport={"width": DESKTOP, "height": 900})
    page = desk.new_page()
    page.goto(f"{root}/phone-banks/")
    looked_at(page, "none-yet")
    go(page, page.get_by_role("link", name="New phone bank").first)
    page.get_by_label("Name").first.fill("Buses in Barset East")
    page.get_by_label("Audience").first.select_option(label="Everybody")
    page.get_by_label("What callers say first").fill("May I ask what you think of the buses here?")
    page.get_by_label("At which election").select_option(label="Barset council election")
    page.get_by_label("Buses").check()
    page.get_by_label("Rents").check()
    looked_at(page, "new")
    go(page, page.get_by_role("button", name="Save"))
    looked_at(page, "draft")
    go(page, page.get_by_role("link", name="Open").first)
    looked_at(page, "gate")
    go(page, page.get_by_role("button", name="Open it"))
    bank = PhoneBank.objects.get()
    assert Call.objects.filter(bank=bank).count() == len(NAMES)

    # Bob, on a phone and without scripts.
    phone = browser.new_context(locale="en-GB", java_script_enabled=False, **SMALL)
    cookie = signed_in(cast.bob).cookies["sessionid"].value
    phone.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    mine = phone.new_page()
    mine.goto(f"{live_server.url}/calls/")
    go(mine, mine.get_by_role("link", name="Buses in Barset East"))
    go(mine, mine.get_by_role("button", name="I promise this"))
    go(mine, mine.get_by_role("button", name="Next call"))
    expect(mine.get_by_role("link", name="Ring 01632")).to_have_count(1)
    mine.get_by_label("Undecided").check()
    mine.get_by_label("Buses").check()
    mine.get_by_label("May Barset Together email you").check()
    mine.get_by_label("Their email address").fill("gwen@barset.example")
    go(mine, mine.get_by_role("button", name="Keep what they said"))
    expect(mine.get_by_text("Kept. Thank you.")).to_have_count(1)
    expect(mine.get_by_text("01632")).to_have_count(0)
    assert Intention.objects.get().choice == "undecided"
    assert ConsentEvent.objects.get().channel == "email"
    go(mine, mine.get_by_role("button", name="Next call"))
    go(mine, mine.get_by_role("button", name="No answer"))
    assert Contact.objects.count() == 2

    # The same pages with scripts, which axe needs, on both widths.
    for user, options in ((cast.bob, SMALL), (cast.alice, {"viewport": {"width": DESKTOP, "height": 900}})):
        seen = inside(browser, live_server.url, user, **options).new_page()
        seen.goto(f"{live_server.url}/calls/")
        looked_at(seen, "banks")
        go(seen, seen.get_by_role("link", name="Buses in Barset East"))
        if user == cast.alice:
            looked_at(seen, "words")
            go(seen, seen.get_by_role("button", name="I promise this"))
        looked_at(seen, "ready")
        go(seen, seen.get_by_role("button", name="Next call"))
        looked_at(seen, "call")
        seen.get_by_label("Day").fill("2026-04-01")
        seen.get_by_label("Time", exact=True).fill("22:00")
        go(seen, seen.get_by_role("button", name="Ring them then"))
        expect(seen.get_by_label("Time", exact=True)).to_have_value("22:00")
        looked_at(seen, "too-late")
        go(seen, seen.get_by_role("button", name="give them back"))

    # A call list on paper, and keying it.
    page.goto(f"{root}/phone-banks/{bank.pk}/sheet/")
    page.get_by_label("Who rings from it").fill("Mrs Quiverful")
    page.get_by_label("How many people").fill("3")
    page.get_by_label("Back, or destroyed, by").fill("2026-04-02")
    looked_at(page, "new-sheet")
    go(page, page.get_by_role("button", name="Make the sheet"))
    looked_at(page, "sheet")
    sheet = CallSheet.objects.get()
    page.goto(f"{root}/call-lists/")
    looked_at(page, "find-sheet")
    page.get_by_label("Code of the sheet").fill(f"{sheet.code[:3].lower()} {sheet.code[3:].lower()}")
    go(page, page.get_by_role("button", name="Find it"))
    looked_at(page, "key")
    page.get_by_label("How did it end?").first.select_option(label="spoke")
    page.get_by_label("How may they vote?").nth(1).select_option(label="U Undecided")
    go(page, page.get_by_role("button", name="Keep these lines"))
    expect(page.get_by_text("Say how the call ended.").first).to_be_visible()
    looked_at(page, "key-faulty")

    # The bank in the middle of its work, on both widths; then it is closed.
    small = inside(browser, live_server.url, cast.alice, **SMALL).new_page()
    for name, path in (
        ("running", f"phone-banks/{bank.pk}/"), ("list", "phone-banks/"), ("key", f"call-lists/{sheet.code}/key/"),
        ("edit", f"phone-banks/{bank.pk}/edit/"),
    ):  # fmt: skip
        for each in (page, small):
            each.goto(f"{root}/{path}")
            looked_at(each, name)
    page.goto(f"{root}/phone-banks/{bank.pk}/")
    go(page, page.get_by_role("link", name="Close for good"))
    looked_at(page, "close")
    go(page, page.get_by_role("button", name="Close it"))
    expect(page.get_by_text("enters the public record by itself").first).to_be_visible()
    looked_at(page, "closed")
