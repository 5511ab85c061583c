"""How much of an item counts: the Commission's worked examples, and that parts always add up."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.basics.spans import DateSpan
from hustings.money.rules.apportionment import (
    NoAssessment,
    NotAPart,
    Part,
    allocate,
    among_candidates,
    over_time,
    part_of,
    split_by_time,
)

PERIOD = DateSpan(date(2026, 3, 31), date(2026, 5, 8))  # 38 days
ONE = [("regulated", PERIOD)]


@pytest.mark.parametrize(
    ("cost", "inside", "in_all", "counted"),
    [
        (1_500_000, 4, 5, 1_200_000),  # £15,000 over five months, four of them in the period: £12,000
        (900_000, 4, 6, 600_000),  # a website of £9,000 over six months, four of them in the period: £6,000
        (900_000, 0, 6, 0),
        (900_000, 6, 6, 900_000),
    ],
)
def test_the_commission_s_examples(cost: int, inside: int, in_all: int, counted: int) -> None:
    """Cost times the time in the period, over all the time used."""
    assert over_time(cost=cost, inside=inside, in_all=in_all) == counted
    split = split_by_time(
        pence=cost, first_use_on=None, last_use_on=None, periods=ONE, assessed=(inside, in_all)
    )
    assert (split.counted_pence, split.outside_pence) == (counted, cost - counted)


def test_buying_a_website_early_helps_only_as_far_as_it_was_used() -> None:
    """Bought in January and first used in the period it counts whole; with real use since 1 January it is split."""
    late = split_by_time(
        pence=900_000, first_use_on=date(2026, 4, 1), last_use_on=date(2026, 5, 7), periods=ONE
    )
    assert late.counted_pence == 900_000
    assert "whenever it was bought" in str(late.said)
    early = split_by_time(
        pence=900_000, first_use_on=date(2026, 1, 1), last_use_on=date(2026, 5, 7), periods=ONE
    )
    assert early.counted_pence == round(900_000 * 38 / 127)
    assert "Only real earlier use lowers it" in str(early.said)
    assert "127 days, 38 of them" in str(early.said)
    assert early.is_split
    assert not late.is_split


def test_use_outside_the_period_does_not_count() -> None:
    """Used up before it, or only after the poll."""
    for first, last in ((date(2026, 1, 1), date(2026, 3, 30)), (date(2026, 5, 8), date(2026, 6, 1))):
        split = split_by_time(pence=5_000, first_use_on=first, last_use_on=last, periods=ONE)
        assert (split.counted_pence, split.outside_pence) == (0, 5_000)
    unused = split_by_time(pence=5_000, first_use_on=None, last_use_on=None, periods=ONE)
    assert unused.counted_pence == 5_000


def test_a_long_and_a_short_campaign_share_an_item_by_days() -> None:
    """Ten days in each of two periods and ten before both."""
    periods = [
        ("long", DateSpan(date(2029, 2, 10), date(2029, 2, 20))),
        ("regulated", DateSpan(date(2029, 2, 20), date(2029, 3, 2))),
    ]
    split = split_by_time(
        pence=1_000, first_use_on=date(2029, 1, 31), last_use_on=date(2029, 3, 1), periods=periods
    )
    assert dict(split.counted) == {"long": 334, "regulated": 333}
    assert split.outside_pence == 333


def test_shares_of_a_leaflet() -> None:
    """Half of it is about the party, and three candidates share the other half of £100.01."""
    shares = among_candidates(
        total=10_001,
        parts=[Part(step="party", numerator=1, denominator=2)],
        weights=[1, 1, 1],
        assessment="Page 1 is the party's, page 2 names all three candidates in equal type.",
    )
    assert shares == (1_667, 1_667, 1_667)
    assert among_candidates(total=5_000, parts=[], weights=[1], assessment="") == (5_000,)


def test_a_split_without_an_assessment_is_refused() -> None:
    """Whether by area, by party or among candidates."""
    with pytest.raises(NoAssessment, match="honest assessment"):
        among_candidates(total=100, parts=[], weights=[1, 1], assessment=" ")
    with pytest.raises(NoAssessment):
        among_candidates(
            total=100, parts=[Part(step="area", numerator=3, denominator=4)], weights=[1], assessment=""
        )


def test_what_is_no_part_is_refused() -> None:
    """With a sentence."""
    with pytest.raises(NotAPart, match="3 of 2"):
        Part(step="area", numerator=3, denominator=2)
    with pytest.raises(NotAPart, match="4 of 6"):
        over_time(cost=1, inside=7, in_all=6)
    with pytest.raises(NotAPart):
        allocate(total=1, weights=[])


@given(total=st.integers(0, 10**9), weights=st.lists(st.integers(0, 1000), min_size=1, max_size=12))
def test_parts_add_up_and_none_is_a_penny_off(total: int, weights: list[int]) -> None:
    """Largest remainders: exact in sum, within a penny in each."""
    parts = allocate(total=total, weights=weights)
    assert sum(parts) == total
    if sum(weights):
        for part, weight in zip(parts, weights, strict=True):
            assert abs(part - Fraction(weight * total, sum(weights))) < 1


@given(
    pence=st.integers(0, 10**8),
    first=st.dates(date(2025, 1, 1), date(2026, 12, 31)),
    days=st.integers(0, 900),
)
def test_time_never_makes_more_of_an_amount(pence: int, first: date, days: int) -> None:
    """What counts and what does not add up to the whole."""
    last = date.fromordinal(first.toordinal() + days)
    split = split_by_time(pence=pence, first_use_on=first, last_use_on=last, periods=ONE)
    assert split.counted_pence + split.outside_pence == pence
    assert split.counted_pence >= 0


@given(total=st.integers(0, 10**8), numerator=st.integers(0, 50), denominator=st.integers(1, 50))
def test_a_part_is_never_more_than_the_whole(total: int, numerator: int, denominator: int) -> None:
    """Whatever the part."""
    numerator = min(numerator, denominator)
    parts = [Part(step="area", numerator=numerator, denominator=denominator)]
    assert 0 <= part_of(total=total, parts=parts) <= total
