"""What one more item would do to a limit."""

from hypothesis import given
from hypothesis import strategies as st

from hustings.money.rules.headroom import Headroom, Weight, weigh_addition


def _room(*, limit: int | None = 156_000, is_confirmed: bool = True, spent: int = 100_000) -> Headroom:
    return Headroom(
        period="regulated",
        limit_pence=limit,
        is_confirmed=is_confirmed,
        committed_pence=spent,
        planned_pence=20_000,
    )


def test_the_four_weights() -> None:
    """Fine, near (nine tenths), over, and unsure where the figure is not confirmed."""
    assert weigh_addition(room=_room(), adding_pence=40_399).weight is Weight.FINE
    assert weigh_addition(room=_room(), adding_pence=40_400).weight is Weight.NEAR
    assert weigh_addition(room=_room(), adding_pence=56_000).weight is Weight.NEAR
    over = weigh_addition(room=_room(), adding_pence=56_001)
    assert over.weight is Weight.OVER
    assert str(over.said) == (
        "This adds £560.01 and brings spending to £1,560.01, which is £0.01 above the limit of £1,560.00."
    )
    assert weigh_addition(room=_room(is_confirmed=False), adding_pence=56_001).weight is Weight.UNSURE
    assert weigh_addition(room=_room(limit=None), adding_pence=1).weight is Weight.UNSURE


def test_nothing_added_is_never_refused() -> None:
    """A correction downwards passes even above the limit."""
    assert weigh_addition(room=_room(spent=200_000), adding_pence=0).weight is Weight.FINE
    assert weigh_addition(room=_room(spent=200_000), adding_pence=-5).weight is Weight.FINE


def test_the_forecast_takes_in_what_is_planned() -> None:
    """£1,000 committed and £200 planned of £1,560."""
    room = _room()
    assert (room.room_pence, room.forecast_pence) == (56_000, 120_000)
    assert room.weight is Weight.FINE
    assert _room(spent=140_000).forecast_weight is Weight.OVER


@given(spent=st.integers(0, 10**8), adding=st.integers(1, 10**8), limit=st.integers(0, 10**8))
def test_a_confirmed_limit_is_never_passed_unseen(spent: int, adding: int, limit: int) -> None:
    """Above it is always over; at or below it never."""
    verdict = weigh_addition(room=_room(limit=limit, spent=spent), adding_pence=adding)
    assert (verdict.weight is Weight.OVER) == (spent + adding > limit)
