"""The treasurer's journey: two hundred gifts, one that may not be kept, one in parts; on a phone's width and a desktop's."""

import csv
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from hustings.money.models import Campaign, Gift, GiftDecision, SplitFlag, SplitVerdict
from hustings.platform.importing.run_import import run_import
from tests.browser.screenshots import keep
from tests.browser.seeing import barriers, browser, inside
from tests.cast import Cast
from tests.money.campaigns import make_campaign
from tests.money.importers.test_donation_rows import EXPORT
from tests.register.conftest import HEADER, Import, barset, entitlement, load

__all__ = ["barset", "browser", "entitlement", "load"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
COLUMNS = (
    *("received_on", "amount", "evidence", "route", "kind", "given_name", "family_name", "organisation"),
    *("address", "postcode", "payment"),
)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _electors() -> Iterator[tuple[str, ...]]:
    """Two hundred electors of Mill Street, each with a surname of their own."""
    for number in range(1, 201):
        surname = f"Thorn{_LETTERS[number // 26]}{_LETTERS[number % 26]}e"
        yield (
            "AA",
            str(number),
            "0",
            "",
            "",
            surname,
            "Harriet",
            "ZZ1 1AA",
            f"{number} Mill Street",
            "Eelbrook",
        )


def _sheet(path: Path, today: date) -> Path:
    """196 small gifts and one of £700 of electors, £900 of nobody on a register, and £950 in two parts of one elector."""
    rows = []
    electors = list(_electors())
    for number, elector in enumerate(electors[:197], start=1):
        rows.append(
            {
                "received_on": (today - timedelta(days=number % 20 + 1)).isoformat(),
                "amount": "700" if number == 7 else str(5 + number % 40),
                "evidence": f"statement line {number}",
                "route": "card",
                "given_name": "Harriet",
                "family_name": elector[5],
                "address": elector[8],
                "postcode": elector[7],
                "payment": f"tok-{number}",
            }
        )
    rows.append(
        {
            **rows[0],
            "amount": "900",
            "evidence": "statement line 198",
            "given_name": "Hugo",
            "family_name": "Farr",
            "address": "1 Far Away",
            "postcode": "ZZ9 9ZZ",
            "payment": "tok-198",
        }
    )
    for number, (given, pounds) in enumerate((("Harriet", "480"), ("H", "470")), start=199):
        rows.append(
            {
                **rows[0],
                "received_on": (today - timedelta(days=208 - number)).isoformat(),
                "amount": pounds,
                "evidence": f"statement line {number}",
                "given_name": given,
                "family_name": electors[199][5],
                "address": electors[199][8],
                "payment": f"tok-{number}",
            }
        )
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, fieldnames=COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture
def party(load: Import) -> Campaign:
    """The party's books, and a register of two hundred electors under its entitlement."""
    load(list(_electors()), header=HEADER)
    return make_campaign(kind="party", name="Barset Together", election_type="local")


def test_the_treasurers_journey(
    party: Campaign, live_server: Any, browser: Browser, cast: Cast, now: datetime, tmp_path: Path
) -> None:
    """From the spreadsheet to two decisions, a conclusion and a filed page, as Tess does it."""
    context = inside(browser, live_server.url, cast.tess)
    page = context.new_page()
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{live_server.url}/desk/money/gifts/")
    page.click("text=Record a gift >> visible=true")
    page.click("text=Bring in a spreadsheet")
    page.set_input_files("input[type=file]", _sheet(tmp_path / "gifts.csv", now.date()))
    page.click("text=Bring it in")
    _sees(page, "200 gifts written down")
    assert Gift.objects.count() == 200

    _open_gift(page, live_server.url, "Hugo Farr")
    _sees(page, "Decide by")
    keep(page, "gift-to-check-1280")
    page.click("text=Check the donor >> visible=true")
    page.click("text=Look on the register held here")
    _sees(page, "Not found on the registers held")
    page.click("text=Check the donor >> visible=true")
    page.check("input[name=register_answer][value=no]")
    page.fill("[name=register_seen]", "Letter of the council at the donor's address")
    page.click("text=Keep this check")
    _sees(page, "Not permissible")
    page.click("text=Decide >> visible=true")
    page.check("input[name=act][value=returned_donor]")
    page.fill("textarea[name=reason]", "On no UK register.")
    page.click("text=Keep this decision")
    _sees(page, "given back")
    assert GiftDecision.objects.get().act == "returned_donor"
    keep(page, "gift-returned-1280")

    _open_gift(page, live_server.url, "Thornah")
    page.click("text=Check the donor >> visible=true")
    page.click("text=Look on the register held here")
    _sees(page, "under the entitlement of Barset Together")
    page.click("text=Decide >> visible=true")
    page.fill("textarea[name=reason]", "On the register.")
    page.click("text=Keep this decision")
    _sees(page, "Decided: accepted.")
    assert GiftDecision.objects.filter(act="accepted").count() == 1

    flag = SplitFlag.objects.get(grade="question")
    page.goto(f"{live_server.url}/desk/")
    _sees(page, "a flag waits for your conclusion")
    keep(page, "treasurers-home-1280")
    page.click("text=Look and conclude")
    page.click("text=parts of one sum")
    _sees(page, "add up to £950.00")
    page.check("input[name=verdict][value=return]")
    page.fill("textarea[name=reason]", "One person under two spellings, who was not checked.")
    page.click("text=Keep this conclusion")
    _sees(page, "Kept. The gifts themselves are decided about one by one.")
    assert SplitVerdict.objects.get().flag == flag
    keep(page, "flag-concluded-1280")
    context.close()


def _sees(page: Page, words: str) -> None:
    """Wait until the page says something."""
    page.get_by_text(words).first.wait_for(timeout=15_000)


def _open_gift(page: Page, server: str, name: str) -> None:
    page.goto(f"{server}/desk/money/gifts/?q={name.rsplit(maxsplit=1)[-1]}")
    page.click(f"table a:has-text('{name}')")


@pytest.mark.parametrize("width", [360, 1280])
def test_pages_of_gifts(
    width: int, party: Campaign, live_server: Any, browser: Browser, cast: Cast, now: datetime, tmp_path: Path
) -> None:
    """Nothing scrolls sideways, nothing is refused by the policy, no known barrier."""
    from hustings.money.usecases.find_split_gifts import find_split_gifts
    from hustings.platform.importing.importer import Options

    run_import(
        path=_sheet(tmp_path / "gifts.csv", now.date()),
        now=now,
        slug="gift-sheet",
        options=Options(values={"campaign": party.pk}),
        started_by=cast.tess,
    )
    run_import(path=EXPORT, now=now)
    find_split_gifts(campaign=party, by=cast.tess, now=now)
    gift = Gift.objects.get(evidence="statement line 198")
    flag = SplitFlag.objects.get(grade="question")
    books = f"/desk/money/campaigns/{party.pk}"
    pages = {
        "gifts": "/desk/money/gifts/",
        "gift": f"/desk/money/gifts/{gift.pk}/",
        "gift-add": f"{books}/gifts/add/",
        "gift-sheet": f"{books}/gifts/sheet/",
        "gift-check": f"/desk/money/gifts/{gift.pk}/check/",
        "gift-decide": f"/desk/money/gifts/{gift.pk}/decide/",
        "donor": f"/desk/money/donors/{gift.donor_id}/",
        "flags": "/desk/money/flags/",
        "flag": f"/desk/money/flags/{flag.pk}/",
        "ledgers": f"{books}/ledgers/",
        "reports": f"{books}/reports/",
        "report": f"{books}/reports/quarterly/2026-01-01/",
        "proposed": "/desk/money/proposed/",
        "published": "/desk/money/published/",
        "published-totals": "/desk/money/published/totals/",
    }
    context = inside(browser, live_server.url, cast.tess)
    assert barriers(context, live_server.url, pages, width=width) == {}
    context.close()
