"""The desk pages of books: the agent's and treasurer's way through them, and that Charlie cannot."""

from datetime import date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hustings.accounts.models import User
from hustings.money.models import Authority, Campaign, Evidence, Expense, Return, ReturnStepKind
from hustings.money.pages.desk_urls import urlpatterns
from hustings.money.usecases.add_evidence import add_evidence
from hustings.money.usecases.finish_return import finish_return
from hustings.money.usecases.give_authority import give_authority
from tests.cast import Cast, signed_in
from tests.money.campaigns import BY_ELECTION, IN_FEBRUARY, make_books, make_campaign, spend, west_agent

pytestmark = pytest.mark.django_db


def get(user: User, name: str, /, *args: object, status: int = 200) -> str:
    answer = signed_in(user).get(reverse(f"money_desk:{name}", args=args))
    assert answer.status_code == status, (name, answer.status_code)
    return " ".join(answer.content.decode("utf-8", "replace").split())


def post(user: User, name: str, /, *args: object, status: int = 302, **data: object) -> str:
    answer = signed_in(user).post(reverse(f"money_desk:{name}", args=args), data)
    assert answer.status_code == status, (name, answer.status_code, answer.content[:3000])
    return " ".join(answer.content.decode().split())


def campaign_form(**changes: object) -> dict[str, object]:
    return {
        "kind": "candidate",
        "name": "Septimus Harding",
        "area": "E05999001",
        "election_type": "local",
        "area_name": "Barset East",
        "nation": "england",
        "seat_kind": "any",
        "poll_on": "2026-05-07",
        "declared_on": "2026-01-10",
        "electorate": "7500",
        "agent_name": "Agnes Lampwright",
        "agent_address": "4 Lamplighter Row",
        **changes,
    }


def item_form(**changes: object) -> dict[str, object]:
    return {
        "what": "Leaflet",
        "category": "unsolicited",
        "kind": "bought",
        "amount": "400.00",
        "supplier_name": "Barset Press",
        "supplier_address": "2 Mill Lane",
        "committed_on": "2026-04-01",
        "first_use_on": "2026-04-02",
        "last_use_on": "2026-05-07",
        "incurred_by": "agent",
        **changes,
    }


@pytest.fixture
def books(cast: Cast, now: datetime) -> Campaign:
    return make_books(by=cast.agent, now=now, area=cast.east)


@pytest.fixture
def everything(cast: Cast, now: datetime) -> dict[str, list[object]]:
    """One of each thing that has an address, all of Barset East; by the name of the address."""
    campaign = make_books(by=cast.agent, now=now, area=cast.east, **BY_ELECTION)
    item = spend(campaign, by=cast.tess, now=now, **IN_FEBRUARY)
    paper = add_evidence(expense=item, name="a.pdf", content=b"%PDF-1.7", by=cast.tess, now=now)
    letter = give_authority(
        campaign=campaign, kind="spend", name="John Bold", address="", most_pence=100, given_on=date(2026, 2, 1),
        evidence="folder", by=cast.agent, now=now,
    )  # fmt: skip
    made = finish_return(campaign=campaign, by=cast.agent, now=now)
    of_campaign = (
        "campaign",
        "edit_campaign",
        "give_limit",
        "headroom",
        "items_csv",
        "add_item",
        "give_authority",
    )
    return {
        **{name: [campaign.pk] for name in (*of_campaign, "return", "draft", "finish")},
        **{name: [item.pk] for name in ("item", "correct_item", "cancel_item", "settle", "add_evidence")},
        "evidence": [paper.pk],
        "end_authority": [letter.pk],
        **{name: [made.pk] for name in ("frozen", "receipts")},
        "paper": [made.pk, "return"],
        "step": [made.pk, ReturnStepKind.AGENT_SIGNED],
    }


#: Addresses that stand for no single thing.
LISTS = {"campaigns", "add_campaign"}
OF_BOOKS = {
    "campaign", "edit_campaign", "give_limit", "headroom", "items_csv", "add_item", "give_authority", "return", "draft",
    "finish", "item", "correct_item", "cancel_item", "settle", "add_evidence", "evidence", "end_authority", "frozen",
    "receipts", "paper", "step",
}  # fmt: skip


def test_charlie_cannot_see_or_do_anything_with_the_books(
    cast: Cast, everything: dict[str, list[object]]
) -> None:
    """Nor an agent of another place; whoever holds the place can."""
    assert set(everything) == OF_BOOKS <= {pattern.name for pattern in urlpatterns}
    will = west_agent(cast)
    before = (
        Expense.objects.count(),
        Authority.objects.filter(ended_on=None).count(),
        Evidence.objects.count(),
    )
    for name, args in everything.items():
        url = reverse(f"money_desk:{name}", args=args)
        for user, refused in ((cast.charlie, {403}), (cast.alice, {403}), (will, {404})):
            assert signed_in(user).get(url).status_code in refused, (name, user)
            data = {**item_form(), **campaign_form(), "reason": "mine", "on": "2026-03-30", "name": "Will"}
            assert signed_in(user).post(url, data).status_code in refused | {405}, (name, user)
        assert signed_in(cast.agent).get(url).status_code in {200, 302}, name
    after = Expense.objects.count(), Authority.objects.filter(ended_on=None).count(), Evidence.objects.count()
    assert before == after


def test_opening_books_works_out_period_and_limit(cast: Cast) -> None:
    """From the declaration: the day after the last day for the notice."""
    page = post(cast.agent, "add_campaign", **campaign_form(declared_on=""), status=422)
    assert "declared or was nominated" in page
    assert "Agnes Lampwright" in page
    post(cast.agent, "add_campaign", **campaign_form())
    campaign = Campaign.objects.get()
    assert (campaign.regulated_from, campaign.regulated_last) == (date(2026, 3, 31), date(2026, 5, 7))
    page = get(cast.tess, "campaign", campaign.pk)
    for words in ("£1,560", "£960.00 + 8p × 7,500 electors", "candidate_limits/local/england", "£87.50"):
        assert words in page, words


def test_a_by_election_asks_for_the_vacancy_and_warns(cast: Cast) -> None:
    """Its limit is not confirmed, and the page says so."""
    form = campaign_form(election_type="parl-by-election")
    assert "Enter the day of the vacancy" in post(cast.agent, "add_campaign", **form, status=422)
    post(cast.agent, "add_campaign", **{**form, "earliest_on": "2026-03-02"})
    campaign = Campaign.objects.get()
    assert campaign.regulated_from == date(2026, 3, 3)
    assert "This is uncertain" in get(cast.agent, "campaign", campaign.pk)


def test_an_agent_of_the_west_cannot_open_books_in_the_east(cast: Cast) -> None:
    """The place is not among his."""
    page = post(west_agent(cast), "add_campaign", **campaign_form(), status=422)
    assert "No place that you look after" in page
    assert not Campaign.objects.exists()


def test_the_warning_comes_first_and_can_be_confirmed(cast: Cast, books: Campaign) -> None:
    """Nothing is stored, what was typed stays, and the box lets it pass."""
    page = post(cast.tess, "add_item", books.pk, **item_form(amount="1,500"), status=422)
    assert "close to the limit of £1,560.00" in page
    assert 'value="1,500"' in page
    assert not Expense.objects.exists()
    post(cast.tess, "add_item", books.pk, **item_form(amount="1,500"), has_seen_warning="on")
    assert Expense.objects.get().amount_pence == 150_000


def test_only_the_agent_is_asked_for_a_reason_above_the_limit(cast: Cast, books: Campaign) -> None:
    """The treasurer is told whom to ask."""
    page = post(cast.tess, "add_item", books.pk, **item_form(amount="2000"), status=422)
    assert "only the agent may let it pass" in page
    assert "override_reason" not in page
    page = post(cast.agent, "add_item", books.pk, **item_form(amount="2000"), status=422)
    assert 'name="override_reason"' in page
    post(cast.tess, "add_item", books.pk, **item_form(amount="2000", override_reason="Mine"), status=403)
    post(cast.agent, "add_item", books.pk, **item_form(amount="2000", override_reason="Half comes back."))
    page = get(cast.agent, "campaign", books.pk)
    assert "Half comes back." in page
    assert "Above the limit" in page


def test_both_figures_are_shown_with_the_reason(cast: Cast, books: Campaign) -> None:
    """A website used since January: the full price, what counts, and that only real use lowers it."""
    form = item_form(
        what="Website", category="advertising", amount="900", committed_on="2025-12-01", first_use_on="2026-01-01"
    )  # fmt: skip
    page = post(cast.tess, "add_item", books.pk, **form, status=422)
    assert "honest assessment of the time" in page
    post(cast.tess, "add_item", books.pk, **form, time_note="Visits were even.")
    page = get(cast.tess, "item", Expense.objects.get().pk)
    for words in (
        "£900",
        "£269.29",
        "127 days, 38 of them",
        "Only real earlier use lowers it",
        "Visits were even.",
    ):
        assert words in page, words


def test_an_item_s_life(cast: Cast, books: Campaign) -> None:
    """Planned, ordered, billed, paid, with a receipt; then corrected and taken back."""
    post(cast.tess, "add_item", books.pk, **item_form(committed_on=""))
    plan = Expense.objects.get()
    assert "It is in the forecast" in get(cast.tess, "item", plan.pk)
    page = post(cast.tess, "settle", plan.pk, kind="paid", on="2026-04-02", amount="400", payer="agent", status=422)  # fmt: skip
    assert "only planned" in page
    post(cast.tess, "correct_item", plan.pk, **item_form(), correction_reason="Ordered today.")
    item = Expense.objects.get(replaces=plan)
    for kind in ("invoiced", "paid"):
        post(cast.tess, "settle", item.pk, kind=kind, on="2026-04-02", amount="400", payer="agent")
    answer = signed_in(cast.tess).post(
        reverse("money_desk:add_evidence", args=[item.pk]), {"file": SimpleUploadedFile("r.pdf", b"%PDF-1")}
    )
    assert answer.status_code == 302
    file = signed_in(cast.tess).get(reverse("money_desk:evidence", args=[Evidence.objects.get().pk]))
    assert file.content == b"%PDF-1"
    assert "sandbox" in file["Content-Security-Policy"]
    assert "attachment" in file["Content-Disposition"]
    assert "was corrected" in get(cast.tess, "item", plan.pk)
    csv = get(cast.tess, "items_csv", books.pk)
    assert "40000" in csv
    post(cast.tess, "cancel_item", item.pk, reason="", status=422)
    post(cast.tess, "cancel_item", item.pk, reason="Written down twice")
    assert "Nothing is written down yet" in get(cast.tess, "campaign", books.pk)


def test_a_shared_leaflet_shows_joint_candidates(cast: Cast, books: Campaign, now: datetime) -> None:
    """The cut limit stands on both pages."""
    other = make_books(by=cast.agent, now=now, area=cast.east, name="Eleanor Bold", agent_name="Mary Bold")
    page = post(cast.tess, "add_item", books.pk, **item_form(shared_with=[other.pk]), status=422)
    assert "honest assessment behind this split" in page
    post(cast.tess, "add_item", books.pk, **item_form(shared_with=[other.pk], assessment="Both on it."))
    for campaign in (books, other):
        page = get(cast.tess, "campaign", campaign.pk)
        assert "Joint candidates" in page
        assert "£1,170" in page


def test_a_gift_shows_its_five_tests(cast: Cast, books: Campaign) -> None:
    """And needs a value."""
    form = item_form(kind="notional", what="Hall", category="meetings", amount="0")
    assert "anybody else would have paid" in post(cast.tess, "add_item", books.pk, **form, status=422)
    ticked = dict.fromkeys(("is_for_campaign", "is_used", "is_directed", "would_be_expense"), "on")
    post(cast.tess, "add_item", books.pk, **form, value="120", **ticked)
    page = get(cast.tess, "item", Expense.objects.get().pk)
    assert page.count("h-badge") >= 5
    assert "more than 10 % cheaper" in page


def test_the_chart_is_an_svg_with_the_limit(cast: Cast, books: Campaign, now: datetime) -> None:
    """Drawn on the server."""
    spend(books, by=cast.tess, now=now)
    spend(books, by=cast.tess, now=now, committed_on=None)
    svg = get(cast.tess, "headroom", books.pk)
    assert svg.startswith("<svg")
    assert "limit" in svg


def test_the_officer_s_limit_is_asked_only_where_no_rule_is_known(cast: Cast, books: Campaign) -> None:
    """Elsewhere there is nothing to enter."""
    get(cast.agent, "give_limit", books.pk, status=302)
    scottish = make_campaign(area=cast.east, nation="scotland")
    page = get(cast.agent, "campaign", scottish.pk)
    assert "order of their own" in page
    post(cast.agent, "give_limit", scottish.pk, limit="1000", source="Letter of 1 April")
    assert "£1,000" in get(cast.agent, "campaign", scottish.pk)


def test_authorities_are_given_and_ended(cast: Cast, books: Campaign) -> None:
    """Both stay to be seen."""
    form: dict[str, Any] = {
        "kind": "local",
        "name": "Friends of the Library",
        "most": "300",
        "given_on": "2026-04-01",
        "evidence": "Blue folder",
    }
    post(cast.agent, "give_authority", books.pk, **form)
    assert "Friends of the Library" in get(cast.tess, "campaign", books.pk)
    letter = Authority.objects.get()
    post(cast.agent, "end_authority", letter.pk, on="2026-03-01", status=422)
    post(cast.agent, "end_authority", letter.pk, on="2026-04-10")
    assert "ended on 10 April 2026" in get(cast.tess, "campaign", books.pk)


def test_from_books_to_a_signed_and_delivered_return(cast: Cast, now: datetime) -> None:
    """The treasurer may finish it; only the agent signs."""
    books = make_books(by=cast.agent, now=now, area=cast.east, **BY_ELECTION)
    spend(books, by=cast.tess, now=now, **IN_FEBRUARY)
    page = get(cast.tess, "return", books.pk)
    assert "payments from £20.00 need one" in page
    assert "£400" in page
    assert get(cast.tess, "draft", books.pk).startswith("%PDF")
    post(cast.tess, "finish", books.pk)
    made = Return.objects.get()
    get(cast.tess, "frozen", made.pk)
    step = {"name": "Agnes Lampwright", "on": "2026-03-30"}
    post(cast.tess, "step", made.pk, "agent-signed", **step, vow="on", status=403)
    assert "Tick this" in post(cast.agent, "step", made.pk, "agent-signed", **step, status=422)
    post(cast.agent, "step", made.pk, "agent-signed", **step, vow="on")
    post(cast.tess, "step", made.pk, "delivered", **step, note="By hand")
    post(cast.tess, "step", made.pk, "candidate-signed", **{**step, "name": "Septimus Harding"})
    page = get(cast.tess, "frozen", made.pk)
    assert "the agent signed: Agnes Lampwright" in page
    for kind in ("return", "agent-declaration", "candidate-declaration", "inspection", "spreadsheet"):
        get(cast.tess, "paper", made.pk, kind)
    get(cast.tess, "paper", made.pk, "nothing", status=404)
    get(cast.tess, "step", made.pk, "nothing", status=404)
    post(cast.tess, "finish", books.pk, status=422)
    post(cast.tess, "finish", books.pk, reason="A late bill")
    assert "There is a newer version" in get(cast.tess, "frozen", made.pk)


def test_bad_amounts_and_parts_are_told_in_sentences(cast: Cast, books: Campaign) -> None:
    """And kept."""
    page = post(
        cast.tess,
        "add_item",
        books.pk,
        **item_form(amount="1,23", area_part="5 of 4", party_part="half"),
        status=422,
    )
    assert "is not an amount in pounds" in page
    assert "The first number is at most the second" in page
    assert "Write a part like" in page
