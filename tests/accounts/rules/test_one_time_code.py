"""One-time codes as RFC 6238 (appendix B, SHA-1) gives them, cut to six digits."""

import base64
from datetime import UTC, datetime

import pytest

from hustings.accounts.rules.one_time_code import NotASecret, one_time_code

SECRET = base64.b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
    ],
)
def test_the_codes_of_the_standard(seconds: int, code: str) -> None:
    """The last six of the eight digits in the table."""
    assert one_time_code(secret=SECRET, at=datetime.fromtimestamp(seconds, UTC)) == code


def test_small_letters_do() -> None:
    """Secrets are typed by people."""
    at = datetime.fromtimestamp(59, UTC)
    assert one_time_code(secret=SECRET.lower(), at=at) == one_time_code(secret=SECRET, at=at)


def test_what_is_no_secret_is_refused() -> None:
    """Base32 has no 1 and no 8."""
    with pytest.raises(NotASecret):
        one_time_code(secret="11111188", at=datetime.fromtimestamp(59, UTC))
