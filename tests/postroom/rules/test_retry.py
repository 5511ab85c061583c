"""When to try again, and whom to leave alone."""

import itertools
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from hustings.postroom.rules.pace import WINDOW_SECONDS, allowance
from hustings.postroom.rules.retry import FAILURES_BEFORE_HOLD, DomainStanding, next_attempt_at
from tests.conftest import NOW


def test_waits_grow_and_end_after_two_days() -> None:
    moments = [NOW]
    attempts = 1
    while (at := next_attempt_at(attempts=attempts, now=moments[-1])) is not None:
        moments.append(at)
        attempts += 1
    waits = [later - earlier for earlier, later in itertools.pairwise(moments)]
    assert waits == sorted(waits)
    assert waits[0] == timedelta(minutes=2)
    assert timedelta(hours=48) < moments[-1] - moments[0] < timedelta(hours=72)


def test_a_domain_is_held_after_ten_deferrals_in_a_row_and_longer_each_time() -> None:
    standing = DomainStanding()
    holds = []
    for _ in range(60):
        standing = standing.after(accepted=0, deferred=1, now=NOW)
        holds.append(standing.held_until)
    assert holds[: FAILURES_BEFORE_HOLD - 1] == [None] * (FAILURES_BEFORE_HOLD - 1)
    until = [hold for hold in holds if hold is not None]
    assert until == sorted(until)
    assert until[0] == NOW + timedelta(minutes=5)
    assert until[-1] <= NOW + timedelta(hours=4)
    assert standing.after(accepted=1, deferred=5, now=NOW) == DomainStanding()


@given(st.integers(1, 100_000), st.integers(0, 1000), st.integers(1, 1000))
def test_a_pace_is_never_exceeded_and_never_stands_still(per_minute: int, in_window: int, most: int) -> None:
    more = allowance(per_minute=per_minute, in_window=in_window, most=most)
    assert 0 <= more <= most
    assert more == 0 or (in_window + more) * 60 <= max(per_minute * WINDOW_SECONDS, 60)
    assert allowance(per_minute=per_minute, in_window=0, most=most) >= 1


def test_without_a_pace_all_may_go() -> None:
    assert allowance(per_minute=None, in_window=10_000, most=500) == 500
