"""What a gift waits for."""

from datetime import date

import pytest

from hustings.money.rules.gift_state import GiftState, standing_of

TODAY = date(2026, 4, 20)


@pytest.mark.parametrize(
    ("is_donation", "outcome", "act", "state"),
    [
        (False, None, None, GiftState.SMALL),
        (True, None, None, GiftState.TO_CHECK),
        (True, "unclear", None, GiftState.UNCLEAR),
        (True, "permissible", None, GiftState.TO_ACCEPT),
        (True, "impermissible", None, GiftState.TO_RETURN),
        (False, "impermissible", None, GiftState.TO_RETURN),
        (True, "permissible", "accepted", GiftState.ACCEPTED),
        (True, "impermissible", "returned_donor", GiftState.GIVEN_BACK),
    ],
)
def test_states(is_donation: bool, outcome: str | None, act: str | None, state: GiftState) -> None:
    """From the newest check and decision."""
    found = standing_of(
        is_donation=is_donation, outcome=outcome, act=act, clock_from=date(2026, 4, 1), today=TODAY
    )
    assert found.state == state
    assert (found.last_day, found.days_left) == (date(2026, 4, 30), 10)


def test_the_clock_runs_out_only_for_what_waits() -> None:
    """After the last day an unchecked donation counts as accepted; a returned one is done."""
    late = date(2026, 5, 1)
    waiting = standing_of(is_donation=True, outcome=None, act=None, clock_from=date(2026, 4, 1), today=late)
    done = standing_of(
        is_donation=True, outcome=None, act="returned_bank", clock_from=date(2026, 4, 1), today=late
    )
    assert waiting.is_over
    assert not done.is_over
    soon = standing_of(
        is_donation=True, outcome=None, act=None, clock_from=date(2026, 4, 1), today=date(2026, 4, 24)
    )
    assert soon.is_soon
