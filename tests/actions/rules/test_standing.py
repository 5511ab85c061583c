"""Where a petition stands, and how long a link works."""

from datetime import timedelta

import pytest

from hustings.actions.rules.standing import Standing, confirms_until, standing
from tests.conftest import NOW

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("state", "opens_at", "closes_at", "expected"),
    [
        ("draft", None, None, Standing.DRAFT),
        ("draft", NOW - HOUR, None, Standing.DRAFT),
        ("open", None, None, Standing.OPEN),
        ("open", NOW, None, Standing.OPEN),
        ("open", NOW + HOUR, None, Standing.COMING),
        ("open", None, NOW, Standing.CLOSED),
        ("open", NOW - HOUR, NOW + HOUR, Standing.OPEN),
        ("closed", None, None, Standing.CLOSED),
        ("closed", None, NOW + HOUR, Standing.CLOSED),
    ],
)
def test_standing(state: str, opens_at: object, closes_at: object, expected: Standing) -> None:
    assert standing(state=state, opens_at=opens_at, closes_at=closes_at, now=NOW) is expected  # type: ignore[arg-type]


def test_a_link_works_for_thirty_days() -> None:
    assert confirms_until(signed_at=NOW, closes_at=None) == NOW + timedelta(days=30)


def test_and_for_a_week_after_closing() -> None:
    assert confirms_until(signed_at=NOW, closes_at=NOW + HOUR) == NOW + HOUR + timedelta(days=7)


def test_a_far_closing_day_does_not_lengthen_it() -> None:
    assert confirms_until(signed_at=NOW, closes_at=NOW + timedelta(days=90)) == NOW + timedelta(days=30)
