"""Notional spending becomes a gift in kind with one button, and each side leads to the other."""

from datetime import date, datetime

import pytest

from hustings.money.models import Campaign, Expense, Gift
from hustings.money.queries.return_facts import missing_of
from hustings.money.usecases.record_gift import BadGift, DonorFacts, GiftFacts, cancel_gift, record_gift
from tests.cast import Cast, make_user, signed_in
from tests.money.campaigns import BY_ELECTION, IN_FEBRUARY, make_books, spend

pytestmark = pytest.mark.django_db
HALL = {"kind": "notional", "category": "meetings", "what": "Hall", "amount_pence": 0, "value_pence": 12_000}


@pytest.fixture
def books(cast: Cast, now: datetime) -> Campaign:
    """A by-election that is over."""
    return make_books(by=cast.agent, now=now, area=cast.east, **BY_ELECTION)


@pytest.fixture
def hall(cast: Cast, books: Campaign, now: datetime) -> Expense:
    """A hall that Dora Weir lent for nothing; it is worth £120."""
    lent = {"supplier_name": "Dora Weir", "supplier_address": "1 Private Lane", "is_supplier_private": True}
    return spend(books, by=cast.tess, now=now, **{**IN_FEBRUARY, **HALL, **lent})


def test_the_button_fills_the_form_and_leads_both_ways(
    cast: Cast, books: Campaign, hall: Expense, now: datetime
) -> None:
    """The giver, the value and the day stand ready; once it is written, the item and the gift name each other."""
    tess = signed_in(cast.tess)
    url = f"/desk/money/items/{hall.pk}/gift/{books.pk}/"
    assert url in tess.get(f"/desk/money/items/{hall.pk}/").content.decode()
    assert "notional-gift" in {one.key for one in missing_of(campaign=books, on=now.date())}
    page = tess.get(url).content.decode()
    for words in (
        'value="Dora"',
        'value="Weir"',
        "1 Private Lane",
        "120",
        "2026-02-05",
        "Commercial value £120.00 less £0.00 paid",
    ):
        assert words in page, words
    form = {
        "kind": "individual", "given_name": "Dora", "family_name": "Weir", "address": "1 Private Lane", "amount": "110",
        "received_on": "2026-02-05", "route": "in_kind", "what": "Hall", "value_basis": "Price list", "evidence": "Letter",
    }  # fmt: skip
    assert tess.post(url, {**form, "route": "cash"}).status_code == 422
    said = tess.post(url, form, follow=True).content.decode()
    gift = Gift.objects.get()
    assert (gift.expense_id, gift.amount_pence) == (hall.pk, 11_000)
    assert f"/desk/money/items/{hall.pk}/" in said
    item = tess.get(f"/desk/money/items/{hall.pk}/").content.decode()
    assert f"/desk/money/gifts/{gift.pk}/" in item
    assert url not in item
    assert "notional-gift" not in {one.key for one in missing_of(campaign=books, on=now.date())}
    again = tess.post(url, form)
    assert (again.status_code, Gift.objects.count()) == (422, 1)
    assert "entered among the gifts already" in again.content.decode()


def test_a_correction_keeps_the_item_and_a_struck_out_gift_frees_it(
    cast: Cast, books: Campaign, hall: Expense, now: datetime
) -> None:
    """And what is no notional spending of the campaign is refused."""
    facts = GiftFacts(
        amount_pence=12_000,
        received_on=date(2026, 2, 5),
        route="in_kind",
        evidence="Letter",
        what="Hall",
        value_basis="List",
    )
    donor = DonorFacts(given_name="Dora", family_name="Weir")
    first = record_gift(campaign=books, donor=donor, facts=facts, by=cast.tess, now=now, of_item=hall)
    new = record_gift(
        campaign=books,
        donor=donor,
        facts=facts,
        by=cast.tess,
        now=now,
        replaces=first,
        correction_reason="Name",
    )
    assert new.expense == hall
    cancel_gift(gift=new, reason="It was lent by the parish.", by=cast.tess, now=now)
    assert (
        record_gift(campaign=books, donor=donor, facts=facts, by=cast.tess, now=now, of_item=hall).expense
        == hall
    )
    leaflet = spend(books, by=cast.tess, now=now, **IN_FEBRUARY)
    with pytest.raises(BadGift, match="no notional spending"):
        record_gift(campaign=books, donor=donor, facts=facts, by=cast.tess, now=now, of_item=leaflet)


def test_charlie_cannot(cast: Cast, books: Campaign, hall: Expense) -> None:
    """Nor may a treasurer of the west, who finds neither the item nor the books."""
    url = f"/desk/money/items/{hall.pk}/gift/{books.pk}/"
    west = signed_in(make_user(name="Will", role="treasurer", area=cast.west))
    for client, status in ((signed_in(cast.charlie), 403), (signed_in(cast.alice), 403), (west, 404)):
        assert client.get(url).status_code == status
        assert client.post(url, {}).status_code == status
    assert not Gift.objects.exists()
