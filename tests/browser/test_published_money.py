"""A union's gift with its letter, checked against the registers brought in; and other people's money, on both widths."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from hustings.money.models import (
    DonorCheck,
    GiftEvidence,
    PublishedBody,
    PublishedDonation,
    PublishedLoan,
    PublishedReturn,
)
from hustings.platform.importing.run_import import run_import
from hustings.platform.models import ImportRun
from tests.browser.screenshots import keep
from tests.browser.seeing import barriers, browser, go, inside
from tests.cast import Cast
from tests.data_folder import data_path
from tests.money.campaigns import make_campaign
from tests.money.gifts import make_gift
from tests.money.importers.test_donation_rows import EXPORT
from tests.money.test_body_register import HEADINGS, TOGETHER, UNION

__all__ = ["browser"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOW = datetime(2026, 3, 29, 9, 0, tzinfo=UTC)


def _register(folder: Path) -> None:
    path = folder / "register.csv"
    path.write_text("\n".join([HEADINGS, TOGETHER, UNION]), encoding="utf-8")
    run_import(path=path, now=NOW)
    unions = folder / "unions.csv"
    unions.write_text("Name of union,Date listed\nBarset Workers' Union,2014-01-02\n", encoding="utf-8")
    run_import(path=unions, now=NOW)


def test_a_union_s_gift_from_the_letter_to_the_decision(
    live_server: Any, browser: Browser, cast: Cast, tmp_path: Path
) -> None:
    """The file is kept, the register's row stands beside the question, the treasurer answers and accepts."""
    campaign = make_campaign(area=cast.east)
    _register(tmp_path)
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(b"%PDF-1.7 letter")
    context = inside(browser, live_server.url, cast.tess)
    page = context.new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{live_server.url}/desk/money/campaigns/{campaign.pk}/gifts/add/")
    page.fill("input[name=amount]", "900")
    page.fill("input[name=evidence]", "Letter of 20 March")
    page.set_input_files("input[name=file]", letter)
    page.select_option("select[name=route]", "bank")
    page.select_option("select[name=kind]", "trade_union")
    page.fill("input[name=organisation]", "Barset Workers Union")
    go(page, "text=Write it down")
    assert page.get_by_role("link", name="letter.pdf").is_visible()
    assert bytes(GiftEvidence.objects.get().content) == b"%PDF-1.7 letter"
    go(page, "text=Check the donor >> visible=true")
    assert page.get_by_text("Certification Officer's list as imported on 29 March 2026").first.is_visible()
    assert not page.is_checked("input[name=listed_union_answer][value=yes]")
    keep(page, "gift-check-union-390")
    page.check("input[name=listed_union_answer][value=yes]")
    go(page, "text=Keep this check")
    assert DonorCheck.objects.get().outcome == "permissible"
    go(page, "text=Decide >> visible=true")
    page.fill("textarea[name=reason]", "A listed union.")
    go(page, "text=Keep this decision")
    keep(page, "gift-union-390")
    context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_pages_of_other_people_s_money(
    width: int, live_server: Any, browser: Browser, cast: Cast, tmp_path: Path
) -> None:
    """Nothing scrolls sideways, nothing is refused by the policy, no known barrier."""
    _register(tmp_path)
    for path in (
        EXPORT,
        data_path("finance/ec_loans_to_parties_2014.csv"),
        data_path("elections/ge2024_candidate_spending_returns.csv"),
    ):
        run_import(path=path, now=NOW)
    gift = make_gift(
        campaign=make_campaign(area=cast.east),
        by=cast.tess,
        pounds=900,
        donor={"kind": "party", "organisation": "Barset Together"},
    )
    donation, loan = PublishedDonation.objects.order_by("pk")[0], PublishedLoan.objects.order_by("pk")[0]
    body, returned = PublishedBody.objects.get(ref="PP 901"), PublishedReturn.objects.order_by("pk")[0]
    desk = "/desk/money"
    pages = {
        "check-party": f"{desk}/gifts/{gift.pk}/check/",
        "gift-file-add": f"{desk}/gifts/{gift.pk}/files/add/",
        "published-donation": f"{desk}/published/donations/{donation.pk}/",
        "published-loans": f"{desk}/published/loans/",
        "published-loan": f"{desk}/published/loans/{loan.pk}/",
        "registers": f"{desk}/published/registers/",
        "register-row": f"{desk}/published/registers/{body.pk}/",
        "published-returns": f"{desk}/published/returns/",
        "published-return": f"{desk}/published/returns/{returned.pk}/",
        "imports": f"{desk}/imports/",
        "import": f"{desk}/imports/{ImportRun.objects.get(importer='ec-donations').pk}/",
    }
    context = inside(browser, live_server.url, cast.tess)
    assert barriers(context, live_server.url, pages, width=width) == {}
    context.close()
