"""The five tests of notional spending."""

from datetime import date

import pytest

from hustings.money.rules.notional import Gift, judge

NOW, BEFORE = date(2026, 5, 1), date(2021, 5, 1)
GIFT = {
    "value_pence": 40_000,
    "paid_pence": 0,
    "is_for_campaign": True,
    "is_used": True,
    "is_directed": True,
    "would_be_expense": True,
}


def _gift(**changes: object) -> Gift:
    return Gift(**{**GIFT, **changes})  # type: ignore[arg-type]


def test_a_hall_lent_for_nothing_counts_with_its_value() -> None:
    """All five hold."""
    found = judge(gift=_gift(), on=NOW, election="local", nation="england")
    assert found.is_notional
    assert found.notional_pence == 40_000
    assert len(found.tests) == 5
    assert len(found.entries) == 3


@pytest.mark.parametrize(
    ("changes", "failing"),
    [
        ({"is_for_campaign": False}, "for-use"),
        ({"value_pence": 100_000, "paid_pence": 90_000}, "discount"),  # exactly 10 %
        ({"value_pence": 5_000, "paid_pence": 0}, "difference"),  # exactly £50
        ({"is_used": False}, "use"),
        ({"is_directed": False}, "use"),
        ({"would_be_expense": False}, "expense"),
    ],
)
def test_one_test_that_fails_is_enough(changes: dict[str, object], failing: str) -> None:
    """And it is the one named."""
    found = judge(gift=_gift(**changes), on=NOW, election="local", nation="england")
    assert [test.key for test in found.tests if not test.holds] == [failing]
    assert found.notional_pence == 0


def test_a_discount_counts_with_the_difference() -> None:
    """£400 worth for £300 is £100 of notional spending."""
    found = judge(gift=_gift(paid_pence=30_000), on=NOW, election="parl", nation="england")
    assert found.notional_pence == 10_000


@pytest.mark.parametrize(
    ("on", "election", "nation"),
    [(BEFORE, "local", "england"), (NOW, "local", "scotland"), (NOW, "local", "wales")],
)
def test_nobody_need_have_directed_it_where_the_older_rule_holds(
    on: date, election: str, nation: str
) -> None:
    """Before 24 November 2022, and at Scottish and Welsh council elections."""
    assert judge(gift=_gift(is_directed=False), on=on, election=election, nation=nation).is_notional
    assert not judge(gift=_gift(is_directed=False), on=NOW, election="parl", nation=nation).is_notional


@pytest.mark.parametrize(("value", "is_notional"), [(20_000, False), (20_001, True)])
def test_a_non_party_campaigner_has_a_difference_of_its_own(value: int, is_notional: bool) -> None:
    """More than £200, where a candidate's is more than £50."""
    gift = _gift(value_pence=value)
    found = judge(gift=gift, on=NOW, election="parl", nation="england", is_non_party=True)
    assert found.is_notional == is_notional
    assert found.entries[1] == "spending_rules/notional-difference-above-pence-non-party/start"
    assert judge(gift=gift, on=NOW, election="parl", nation="england").is_notional
