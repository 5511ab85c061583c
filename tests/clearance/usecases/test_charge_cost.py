"""A material's cost goes into the books, and the limit is asked before it is approved."""

from datetime import UTC, date, datetime

import pytest

from hustings.clearance.models import Material, Override
from hustings.clearance.usecases import (
    MaterialNotPassed,
    NotToBeOverridden,
    approve_material,
    check_material,
    override_finding,
)
from hustings.money.models import Campaign, Expense, SpendingOverride
from hustings.money.queries.books import items_of, newest_limits
from tests.cast import Cast, signed_in
from tests.clearance.materials import make_material, make_promoter
from tests.money.campaigns import make_books

pytestmark = pytest.mark.django_db


@pytest.fixture
def books(cast: Cast, now: datetime) -> Campaign:
    return make_books(by=cast.agent, now=now, area=cast.east)


def leaflet(*campaigns: Campaign, cost: int, **changes: object) -> Material:
    printer = make_promoter(name="Barset Press", is_printer=True)
    made = make_material(
        area="E05999001", medium="print", printer=printer, cost_pence=cost, subject="", **changes
    )
    made.campaigns.set(campaigns)
    return made


def test_an_approved_leaflet_is_in_the_books_once(cast: Cast, books: Campaign, now: datetime) -> None:
    """With its printer and its price; approving it again with another price corrects the entry."""
    material = leaflet(books, cost=40_000)
    approve_material(material=material, by=cast.alice, now=now)
    (item,) = items_of(campaign=books)
    assert (item.counts_pence, item.expense.supplier_name) == (40_000, "Barset Press")
    assert (item.expense.category, item.expense.made_by) == ("unsolicited", cast.alice)
    approve_material(material=material, by=cast.alice, now=now)
    assert Expense.objects.count() == 1
    Material.objects.filter(pk=material.pk).update(cost_pence=50_000)
    approve_material(material=material, by=cast.alice, now=now)
    (item,) = items_of(campaign=books)
    assert item.counts_pence == 50_000
    assert Expense.objects.count() == 2


def test_a_confirmed_limit_stops_it_and_only_the_agent_sets_it_aside(
    cast: Cast, books: Campaign, now: datetime
) -> None:
    """The reason stands with the material and in the books; another price asks again."""
    material = leaflet(books, cost=156_001)
    with pytest.raises(MaterialNotPassed, match=r"£0\.01 above the limit of £1,560\.00"):
        approve_material(material=material, by=cast.alice, now=now)
    assert not Expense.objects.exists()
    finding = next(one for one in check_material(material=material, now=now) if one.id == "M1")
    assert (finding.level, finding.entry_id) == ("block", "candidate_limits/local/england/any/2024-01-01")
    override_finding(material=material, code=finding.code, reason="A penny of VAT.", by=cast.agent, now=now)
    approve_material(material=material, by=cast.alice, now=now)
    kept = SpendingOverride.objects.get()
    assert (kept.reason, kept.by, kept.would_be_pence) == ("A penny of VAT.", cast.agent, 156_001)
    Material.objects.filter(pk=material.pk).update(cost_pence=170_000)
    with pytest.raises(MaterialNotPassed):
        approve_material(material=Material.objects.get(pk=material.pk), by=cast.alice, now=now)


def test_an_unconfirmed_limit_warns_and_lets_it_pass(cast: Cast, now: datetime) -> None:
    """The by-election sum was not read in a source."""
    books = make_books(by=cast.agent, now=now, area=cast.east, election_type="parl-by-election")
    material = leaflet(books, cost=19_000_000)
    (finding,) = [one for one in check_material(material=material, now=now) if one.id == "M1"]
    assert finding.level == "warn"
    assert "No confirmed limit" in finding.message
    approve_material(material=material, by=cast.alice, now=now)
    assert Expense.objects.get().amount_pence == 19_000_000


def test_a_shared_leaflet_needs_its_assessment_and_makes_joint(
    cast: Cast, books: Campaign, now: datetime
) -> None:
    """The missing assessment cannot be set aside."""
    other = make_books(by=cast.agent, now=now, area=cast.east, name="Eleanor Bold", agent_name="Mary Bold")
    material = leaflet(books, other, cost=40_000)
    finding = next(one for one in check_material(material=material, now=now) if one.id == "M1")
    assert finding.code == "cost-assessment"
    with pytest.raises(NotToBeOverridden):
        override_finding(material=material, code=finding.code, reason="x", by=cast.agent, now=now)
    material.cost_assessment = "Both are on it in equal type."
    material.save()
    approve_material(material=material, by=cast.alice, now=now)
    for campaign in (books, other):
        assert newest_limits(campaign=campaign)["regulated"].limit_pence == 117_000
        assert items_of(campaign=campaign)[0].counts_pence == 20_000
    assert not Override.objects.exists()


def test_a_cost_in_nobody_s_books_is_noted(cast: Cast, now: datetime) -> None:
    """It does not stop anything."""
    material = leaflet(cost=100)
    finding = next(one for one in check_material(material=material, now=now) if one.id == "M1")
    assert (finding.level, finding.code) == ("info", "no-books")
    free = make_material(area="E05999001")
    assert not [one for one in check_material(material=free, now=now) if one.id == "M1"]


def test_an_organiser_names_only_campaigns_of_her_places(cast: Cast, books: Campaign, now: datetime) -> None:
    """Their names, and nothing of what is in their books."""
    page = signed_in(cast.alice).get("/desk/clearance/materials/add/").content.decode()
    assert "Septimus Harding, Barset East" in page
    assert (
        "Septimus Harding"
        not in signed_in(cast.charlie).get("/desk/clearance/materials/add/").content.decode()
    )


def test_the_days_in_which_it_may_go_out_are_its_days_of_use(
    cast: Cast, books: Campaign, now: datetime
) -> None:
    """The end is not among them; other days correct the entry; days before the period split it, with an assessment."""
    span = {
        "use_from": datetime(2026, 3, 31, 9, tzinfo=UTC),
        "use_until": datetime(2026, 5, 6, 23, tzinfo=UTC),
    }
    material = leaflet(books, cost=40_000, **span)
    approve_material(material=material, by=cast.alice, now=now)
    (item,) = items_of(campaign=books)
    assert (item.expense.first_use_on, item.expense.last_use_on) == (date(2026, 3, 31), date(2026, 5, 6))
    Material.objects.filter(pk=material.pk).update(use_from=datetime(2026, 4, 1, 9, tzinfo=UTC))
    approve_material(material=material, by=cast.alice, now=now)
    (item,) = items_of(campaign=books)
    assert (item.expense.first_use_on, Expense.objects.count()) == (date(2026, 4, 1), 2)
    assert item.counts_pence == 40_000


def test_use_before_the_period_asks_for_the_assessment_in_the_checklist(
    cast: Cast, books: Campaign, now: datetime
) -> None:
    """Thirty days from 16 March, of which fifteen lie in the period that begins on the 31st: half of it counts."""
    material = leaflet(
        books,
        cost=40_000,
        use_from=datetime(2026, 3, 16, 9, tzinfo=UTC),
        use_until=datetime(2026, 4, 14, 12, tzinfo=UTC),
    )
    with pytest.raises(MaterialNotPassed, match="honest assessment of the time"):
        approve_material(material=material, by=cast.alice, now=now)
    Material.objects.filter(pk=material.pk).update(cost_assessment="As many a day throughout.")
    approve_material(material=material, by=cast.alice, now=now)
    (item,) = items_of(campaign=books)
    assert (item.counts_pence, item.expense.time_note) == (20_000, "As many a day throughout.")
