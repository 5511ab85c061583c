"""Items in the books: limits asked first, splits with their assessment, corrections as new rows."""

from datetime import date, datetime

import pytest
from django.db import transaction

from hustings.accounts.access import NotAllowed
from hustings.money.models import Authority, AuthorityKind, Campaign, Expense, LimitRecord, SpendingOverride
from hustings.money.queries.books import headroom_of, items_of, joint_of, newest_limits
from hustings.money.rules.apportionment import NoAssessment, Part
from hustings.money.usecases.add_evidence import NotEvidence, add_evidence
from hustings.money.usecases.cancel_expense import cancel_expense
from hustings.money.usecases.give_authority import end_authority, give_authority
from hustings.money.usecases.record_expense import (
    Answers,
    BadExpense,
    Sharing,
    record_expense,
    weigh_plan,
)
from hustings.money.usecases.remember_limits import enter_limit, remember_limits, why_no_limit
from hustings.money.usecases.settle_claim import BadClaim, settle_claim
from hustings.money.usecases.weigh_expense import WarningNotSeen, WouldBreakLimit
from hustings.platform.kept import NeverChanged
from tests.cast import Cast
from tests.money.campaigns import facts, make_books, spend, west_agent

pytestmark = pytest.mark.django_db


@pytest.fixture
def books(cast: Cast, now: datetime) -> Campaign:
    """Septimus Harding's books: a confirmed limit of £1,560.00."""
    return make_books(by=cast.agent, now=now, area=cast.east)


def test_every_limit_is_kept_with_its_entries(cast: Cast, books: Campaign, now: datetime) -> None:
    """Once while nothing changes, again when the facts do."""
    (first,) = LimitRecord.objects.all()
    assert first.limit_pence == 156_000
    assert first.entries == ["candidate_limits/local/england/any/2024-01-01"]
    assert first.question["electors"] == 7500
    remember_limits(campaign=books, now=now)
    assert LimitRecord.objects.count() == 1
    books.electorate = 8000
    remember_limits(campaign=books, now=now)
    assert [record.limit_pence for record in LimitRecord.objects.all()] == [156_000, 160_000]
    with pytest.raises(NeverChanged):
        first.save()


def test_an_item_counts_and_room_shrinks(cast: Cast, books: Campaign, now: datetime) -> None:
    """£400 of £1,560."""
    spend(books, by=cast.tess, now=now)
    (room,) = headroom_of(campaign=books)
    assert (room.committed_pence, room.room_pence) == (40_000, 116_000)


def test_the_warning_comes_before_the_item_is_stored(cast: Cast, books: Campaign, now: datetime) -> None:
    """Near the limit it has to be confirmed; above it is refused; nothing of it is kept."""
    sharing = Sharing(campaigns=[books])
    with pytest.raises(WarningNotSeen, match=r"close to the limit"):
        record_expense(facts=facts(amount_pence=141_000), sharing=sharing, by=cast.tess, now=now)
    assert not Expense.objects.exists()
    record_expense(
        facts=facts(amount_pence=141_000), sharing=sharing, by=cast.tess, now=now, has_seen_warning=True
    )
    with pytest.raises(WouldBreakLimit, match=r"£10\.00 above the limit of £1,560\.00"):
        record_expense(
            facts=facts(amount_pence=16_000), sharing=sharing, by=cast.tess, now=now, has_seen_warning=True
        )
    assert Expense.objects.count() == 1


def test_only_the_agent_lets_a_limit_be_broken_and_the_reason_is_kept(
    cast: Cast, books: Campaign, now: datetime
) -> None:
    """The treasurer's reason counts for nothing."""
    sharing = Sharing(campaigns=[books])
    for user in (cast.tess, cast.admin):
        with pytest.raises(NotAllowed), transaction.atomic():
            record_expense(
                facts=facts(amount_pence=200_000), sharing=sharing, by=user, now=now, override_reason="Mine"
            )
    record_expense(
        facts=facts(amount_pence=200_000),
        sharing=sharing,
        by=cast.agent,
        now=now,
        override_reason="The printer will take half of it back.",
    )
    (kept,) = SpendingOverride.objects.all()
    assert (kept.would_be_pence, kept.by, kept.limit.limit_pence) == (200_000, cast.agent, 156_000)


def test_an_unconfirmed_limit_warns_and_never_refuses(cast: Cast, now: datetime) -> None:
    """The by-election sum is not confirmed."""
    books = make_books(by=cast.agent, now=now, area=cast.east, election_type="parl-by-election")
    assert newest_limits(campaign=books)["regulated"].status == "uncertain"
    sharing = Sharing(campaigns=[books])
    with pytest.raises(WarningNotSeen, match="No confirmed limit"):
        record_expense(facts=facts(amount_pence=20_000_000), sharing=sharing, by=cast.tess, now=now)
    record_expense(
        facts=facts(amount_pence=20_000_000), sharing=sharing, by=cast.tess, now=now, has_seen_warning=True
    )
    assert not SpendingOverride.objects.exists()


def test_a_shared_leaflet_makes_candidates_joint_and_cuts_their_limit(
    cast: Cast, books: Campaign, now: datetime
) -> None:
    """Two share it: a quarter less for each, £1,170.00."""
    other = make_books(by=cast.agent, now=now, area=cast.east, name="Eleanor Bold", agent_name="Mary Bold")
    assert not joint_of(campaign=books).is_joint
    with pytest.raises(NoAssessment):
        record_expense(facts=facts(), sharing=Sharing(campaigns=[books, other]), by=cast.tess, now=now)
    record_expense(
        facts=facts(amount_pence=40_001),
        sharing=Sharing(campaigns=[books, other], assessment="Both on it in equal type."),
        by=cast.tess,
        now=now,
    )
    assert joint_of(campaign=books).links == {"material"}
    assert [newest_limits(campaign=one)["regulated"].limit_pence for one in (books, other)] == [117_000] * 2
    (mine,), (hers,) = items_of(campaign=books), items_of(campaign=other)
    assert (mine.counts_pence, hers.counts_pence) == (20_001, 20_000)
    assert mine.share.steps == [{"step": "candidates", "numerator": 1, "denominator": 2}]


def test_a_cut_that_breaks_the_partner_s_limit_is_refused_too(
    cast: Cast, books: Campaign, now: datetime
) -> None:
    """She has spent £1,200 alone; joint, £1,170 is all there is."""
    other = make_books(by=cast.agent, now=now, area=cast.east, name="Eleanor Bold", agent_name="Mary Bold")
    spend(other, by=cast.tess, now=now, amount_pence=120_000)
    with pytest.raises(WouldBreakLimit, match="Eleanor Bold"):
        record_expense(
            facts=facts(amount_pence=2),
            sharing=Sharing(campaigns=[books, other], assessment="Both on it."),
            by=cast.tess,
            now=now,
            has_seen_warning=True,
        )


def test_the_same_agent_and_the_same_rooms_make_joint_too(cast: Cast, books: Campaign, now: datetime) -> None:
    """Told from the facts, without a leaflet."""
    make_books(by=cast.agent, now=now, area=cast.east, name="Eleanor Bold")
    assert joint_of(campaign=books).links == {"agent"}
    remember_limits(campaign=books, now=now)
    assert newest_limits(campaign=books)["regulated"].limit_pence == 117_000


def test_a_website_bought_early_counts_by_its_use_and_needs_a_note(
    cast: Cast, books: Campaign, now: datetime
) -> None:
    """£900 since 1 January: 38 of 127 days; first used in the period: all of it."""
    early = {
        "amount_pence": 90_000,
        "committed_on": date(2025, 12, 1),
        "first_use_on": date(2026, 1, 1),
        "last_use_on": date(2026, 5, 7),
        "category": "advertising",
    }
    with pytest.raises(NoAssessment, match="honest assessment of the time"):
        spend(books, by=cast.tess, now=now, **early)
    spend(books, by=cast.tess, now=now, **early, time_note="Visits were even, by the counter.")
    (item,) = items_of(campaign=books)
    assert (item.counts_pence, item.share.share_pence) == (26_929, 90_000)
    spend(books, by=cast.tess, now=now, **{**early, "first_use_on": date(2026, 4, 1)})
    assert items_of(campaign=books)[1].counts_pence == 90_000


def test_area_and_party_parts_lower_a_share(cast: Cast, books: Campaign, now: datetime) -> None:
    """Three of four wards, half of the leaflet about the candidate."""
    record_expense(
        facts=facts(),
        sharing=Sharing(
            campaigns=[books],
            parts=[
                Part(step="area", numerator=3, denominator=4),
                Part(step="party", numerator=1, denominator=2),
            ],
            assessment="Three of the four wards got it; one of its two sides names him.",
        ),
        by=cast.tess,
        now=now,
    )
    (item,) = items_of(campaign=books)
    assert item.counts_pence == 15_000
    assert [step["step"] for step in item.share.steps] == ["area", "party"]


def test_a_gift_counts_when_all_five_tests_hold(cast: Cast, books: Campaign, now: datetime) -> None:
    """A hall lent free is worth £120; a gift of nobody's asking counts nothing."""
    hall = {"kind": "notional", "category": "meetings", "amount_pence": 0, "value_pence": 12_000}
    spend(books, by=cast.tess, now=now, **hall, what="Hall")
    spend(books, by=cast.tess, now=now, **hall, what="Hall of others", answers=Answers(is_directed=False))
    hall_item, other = items_of(campaign=books)
    assert (hall_item.counts_pence, hall_item.notional_pence, hall_item.money_pence) == (12_000, 12_000, 0)
    assert other.counts_pence == 0
    assert other.expense.notional_tests["tests"]["use"] is False


def test_what_is_excluded_or_planned_or_personal_does_not_count(
    cast: Cast, books: Campaign, now: datetime
) -> None:
    """But it is written down, and plans are in the forecast."""
    spend(books, by=cast.tess, now=now, excluded_for="security", what="Door camera")
    spend(books, by=cast.tess, now=now, committed_on=None, what="Second leaflet")
    spend(books, by=cast.tess, now=now, category="personal", amount_pence=5_000, what="Train")
    (room,) = headroom_of(campaign=books)
    assert (room.committed_pence, room.planned_pence) == (0, 40_000)
    personal = [item for item in items_of(campaign=books) if item.is_personal]
    assert personal[0].money_pence == 5_000


def test_a_correction_is_a_new_row_and_keeps_bills(cast: Cast, books: Campaign, now: datetime) -> None:
    """The old row stays as it was; a second correction of it is refused."""
    first = spend(books, by=cast.tess, now=now)
    settle_claim(expense=first, kind="paid", on=date(2026, 4, 5), amount_pence=30_000, by=cast.tess, now=now)
    correction = {
        "sharing": Sharing(campaigns=[books]),
        "by": cast.tess,
        "now": now,
        "replaces": first,
    }
    with pytest.raises(BadExpense, match="why it is corrected"):
        record_expense(facts=facts(amount_pence=35_000), **correction)  # type: ignore[arg-type]
    second = record_expense(
        facts=facts(amount_pence=35_000),
        correction_reason="The printer gave a rebate.",
        **correction,  # type: ignore[arg-type]
    )
    (item,) = items_of(campaign=books)
    assert (item.expense, item.paid_pence, item.unpaid_pence) == (second, 30_000, 5_000)
    assert Expense.objects.count() == 2
    with pytest.raises(BadExpense, match="corrected already"):
        record_expense(facts=facts(), correction_reason="Again", **correction)  # type: ignore[arg-type]
    cancel_expense(expense=second, reason="Never printed.", by=cast.tess, now=now)
    assert items_of(campaign=books) == []
    assert Expense.objects.count() == 3


def test_bills_are_paid_disputed_and_never_overpaid(cast: Cast, books: Campaign, now: datetime) -> None:
    """The columns add up to what counts."""
    item = spend(books, by=cast.tess, now=now)
    pay = {"expense": item, "by": cast.tess, "now": now, "on": date(2026, 4, 9)}
    settle_claim(kind="paid", amount_pence=10_000, **pay)  # type: ignore[arg-type]
    with pytest.raises(BadClaim, match=r"£300\.00 of £400\.00"):
        settle_claim(kind="paid", amount_pence=30_001, **pay)  # type: ignore[arg-type]
    with pytest.raises(BadClaim, match="what is disputed"):
        settle_claim(kind="disputed", amount_pence=5_000, **pay)  # type: ignore[arg-type]
    settle_claim(kind="disputed", amount_pence=5_000, note="100 copies were missing", **pay)  # type: ignore[arg-type]
    (found,) = items_of(campaign=books)
    assert (found.paid_pence, found.unpaid_pence, found.disputed_pence) == (10_000, 25_000, 5_000)
    settle_claim(kind="settled", amount_pence=0, **pay)  # type: ignore[arg-type]
    (found,) = items_of(campaign=books)
    assert (found.unpaid_pence, found.disputed_pence) == (30_000, 0)
    with pytest.raises(BadClaim, match="before the order"):
        settle_claim(expense=item, kind="paid", on=date(2026, 3, 1), amount_pence=1, by=cast.tess, now=now)


def test_an_authorised_spender_stays_within_the_amount(cast: Cast, books: Campaign, now: datetime) -> None:
    """And within the time of the letter."""
    letter: Authority = give_authority(
        campaign=books,
        kind=AuthorityKind.SPEND,
        name="John Bold",
        address="",
        most_pence=50_000,
        given_on=date(2026, 4, 1),
        evidence="Letter in the blue folder",
        by=cast.agent,
        now=now,
    )
    under = {"incurred_by": "authorised", "authority": letter}
    with pytest.raises(BadExpense, match="authority"):
        spend(books, by=cast.tess, now=now, incurred_by="authorised")
    spend(books, by=cast.tess, now=now, **under)
    with pytest.raises(BadExpense, match=r"up to £500\.00"):
        spend(books, by=cast.tess, now=now, **under, amount_pence=10_001)
    end_authority(authority=letter, on=date(2026, 4, 20), by=cast.agent, now=now)
    with pytest.raises(BadExpense, match="did not hold"):
        spend(books, by=cast.tess, now=now, **under, amount_pence=1, committed_on=date(2026, 4, 20))


def test_evidence_is_told_by_its_bytes_and_kept_once(cast: Cast, books: Campaign, now: datetime) -> None:
    """A PDF or a picture of at most 5 MB."""
    item = spend(books, by=cast.tess, now=now)
    for _twice in range(2):
        add_evidence(expense=item, name="a.pdf", content=b"%PDF-1.7 x", by=cast.tess, now=now)
    assert item.evidence.count() == 1
    with pytest.raises(NotEvidence, match="PDF or a picture"):
        add_evidence(expense=item, name="a.exe", content=b"MZ", by=cast.tess, now=now)
    with pytest.raises(NotEvidence, match="5 MB"):
        add_evidence(
            expense=item, name="a.pdf", content=b"%PDF-" + b"0" * 5 * 1024 * 1024, by=cast.tess, now=now
        )


def test_an_agent_of_another_place_cannot_write_here(cast: Cast, books: Campaign, now: datetime) -> None:
    """Nor can an organiser of this one."""
    item = spend(books, by=cast.tess, now=now)
    for user in (west_agent(cast), cast.alice, cast.charlie):
        for act in (
            lambda user=user: spend(books, by=user, now=now),
            lambda user=user: cancel_expense(expense=item, reason="x", by=user, now=now),
            lambda user=user: settle_claim(
                expense=item, kind="paid", on=date(2026, 4, 9), amount_pence=1, by=user, now=now
            ),
            lambda user=user: add_evidence(expense=item, name="a", content=b"%PDF-", by=user, now=now),
        ):
            with pytest.raises(NotAllowed), transaction.atomic():
                act()
    assert Expense.objects.count() == 1


def test_asking_beforehand_stores_nothing(cast: Cast, books: Campaign, now: datetime) -> None:
    """The page asks what an item would mean while it is typed."""
    (verdict,) = weigh_plan(facts=facts(amount_pence=200_000), sharing=Sharing(campaigns=[books]), now=now)
    assert verdict.verdict.would_be_pence == 200_000
    assert not Expense.objects.exists()


def test_where_no_rule_is_known_the_officer_s_limit_is_entered(cast: Cast, now: datetime) -> None:
    """It warns and never refuses; why none is known is said."""
    books = make_books(by=cast.agent, now=now, area=cast.east, nation="scotland")
    reason = why_no_limit(campaign=books)
    assert reason is not None
    assert "order of their own" in str(reason)
    enter_limit(
        campaign=books, limit_pence=100_000, source="Returning officer's letter", by=cast.agent, now=now
    )
    remember_limits(campaign=books, now=now)
    (room,) = headroom_of(campaign=books)
    assert (room.limit_pence, room.is_confirmed) == (100_000, False)


def test_a_shared_item_is_corrected_only_by_whoever_writes_in_all_its_books(
    cast: Cast, books: Campaign, now: datetime
) -> None:
    """An agent of the west cannot drop the east's share of it."""
    west = make_books(by=cast.agent, now=now, area=cast.west, name="Eleanor Bold", agent_name="Mary Bold")
    item = record_expense(
        facts=facts(),
        sharing=Sharing(campaigns=[books, west], assessment="Both are on it."),
        by=cast.tess,
        now=now,
    )
    with pytest.raises(NotAllowed), transaction.atomic():
        record_expense(
            facts=facts(), sharing=Sharing(campaigns=[west]), by=west_agent(cast), now=now, replaces=item,
            correction_reason="Mine alone.", has_seen_warning=True,
        )  # fmt: skip
    assert Expense.objects.count() == 1
