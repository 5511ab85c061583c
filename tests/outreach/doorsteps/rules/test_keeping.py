"""Until when a phone keeps a round, and when a tap was that it tells of later."""

from datetime import UTC, date, datetime, timedelta

import pytest

from hustings.outreach.doorsteps.rules.keeping import Doubt, TapMoment, kept_until, tap_moment

NOON = datetime(2026, 3, 30, 11, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("walk_on", "ends_on", "readable_until", "expected"),
    [
        # A day after the day of the walk; midnight in summer is 23:00 by UTC.
        (date(2026, 3, 30), date(2026, 4, 9), None, datetime(2026, 3, 31, 23, tzinfo=UTC)),
        # The canvass's last day comes first.
        (date(2026, 3, 30), date(2026, 3, 30), None, datetime(2026, 3, 30, 23, tzinfo=UTC)),
        # The right to the register has ended on its day.
        (date(2026, 3, 30), date(2026, 4, 9), date(2026, 3, 31), datetime(2026, 3, 30, 23, tzinfo=UTC)),
        # Never longer than two days without being renewed.
        (date(2026, 4, 4), date(2026, 4, 9), date(2027, 1, 1), NOON + timedelta(days=2)),
        (None, date(2026, 4, 9), None, NOON + timedelta(days=2)),
        # Over already.
        (date(2026, 3, 20), date(2026, 4, 9), None, datetime(2026, 3, 22, 0, tzinfo=UTC)),
    ],
)
def test_a_copy_ends_with_the_first_right_that_ends(
    walk_on: date | None, ends_on: date, readable_until: date | None, expected: datetime
) -> None:
    assert kept_until(now=NOON, walk_on=walk_on, ends_on=ends_on, readable_until=readable_until) == expected


@pytest.mark.parametrize(
    ("tapped_at", "sent_at", "expected"),
    [
        # A clock that is right, and one that is a minute out: as told.
        (NOON - HOUR, NOON, TapMoment(at=NOON - HOUR)),
        (NOON - HOUR, NOON - timedelta(minutes=1), TapMoment(at=NOON - HOUR)),
        (NOON + timedelta(minutes=1), NOON, TapMoment(at=NOON)),
        # A clock that is a year behind still knows that it was an hour ago.
        (NOON - timedelta(days=365) - HOUR, NOON - timedelta(days=365), TapMoment(at=NOON - HOUR)),
        (NOON + timedelta(days=9) - HOUR, NOON + timedelta(days=9), TapMoment(at=NOON - HOUR)),
        # A clock that was changed in between.
        (NOON + HOUR, NOON, TapMoment(at=NOON, doubt=Doubt.FUTURE)),
        (NOON - timedelta(days=9), NOON, TapMoment(at=NOON - 5 * HOUR, doubt=Doubt.EARLY)),
    ],
)
def test_the_moment_of_a_tap_is_put_right_by_the_moment_of_sending(
    tapped_at: datetime, sent_at: datetime, expected: TapMoment
) -> None:
    opened_at = NOON - 5 * HOUR
    assert tap_moment(tapped_at=tapped_at, sent_at=sent_at, now=NOON, opened_at=opened_at) == expected
