"""What counts as having been reached."""

import pytest

from hustings.contacts.models import Outcome
from hustings.contacts.rules.reach import REACHED, is_reached


@pytest.mark.parametrize(
    ("outcome", "reached"),
    [
        (Outcome.DELIVERED, True),
        (Outcome.SPOKE, True),
        (Outcome.OBJECTED, True),
        (Outcome.UNKNOWN, False),
        (Outcome.REFUSED, False),
        (Outcome.NO_ANSWER, False),
        (Outcome.GONE, False),
        (Outcome.ATTEMPTED, False),
    ],
)
def test_outcome(outcome: str, reached: bool) -> None:
    assert is_reached(outcome=outcome) is reached


def test_every_reached_outcome_is_an_outcome() -> None:
    assert set(Outcome.values) >= REACHED
