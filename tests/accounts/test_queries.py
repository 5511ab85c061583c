"""One-time codes are told in a demonstration on this machine, and nowhere else."""

from datetime import datetime
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP

from hustings.accounts.queries import NoSecondFactor, NotInADemo, current_totp_code
from hustings.accounts.rules.one_time_code import one_time_code
from hustings.platform.encryption import encrypt
from tests.cast import Cast

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.mark.parametrize(
    ("mode", "address", "is_told"),
    [
        ("demo", "http://127.0.0.1:8000", True),
        ("demo", "http://localhost:8000", True),
        ("demo", "http://127.0.0.1.evil.example", False),
        ("demo", "https://barset.example", False),
        ("live", "http://127.0.0.1:8000", False),
        ("test", "http://127.0.0.1:8000", False),
    ],
)
def test_only_in_a_demonstration_here(
    mode: str, address: str, is_told: bool, cast: Cast, now: datetime, settings: Any
) -> None:
    """Both the mode and the address must say so."""
    settings.HUSTINGS_MODE, settings.HUSTINGS_ADDRESS = mode, address
    Authenticator.objects.filter(user=cast.alice).update(data={"secret": encrypt(text=SECRET)})
    if is_told:
        assert current_totp_code(user=cast.alice, now=now) == one_time_code(secret=SECRET, at=now)
    else:
        with pytest.raises(NotInADemo):
            current_totp_code(user=cast.alice, now=now)


def test_without_an_app_there_is_no_code(cast: Cast, now: datetime, settings: Any) -> None:
    """And the sentence says whose is missing."""
    settings.HUSTINGS_MODE = "demo"
    Authenticator.objects.filter(user=cast.alice).delete()
    with pytest.raises(NoSecondFactor, match="authenticator app"):
        current_totp_code(user=cast.alice, now=now)


def test_secrets_are_encrypted_where_they_lie(cast: Cast) -> None:
    """What allauth stores is not the secret itself."""
    Authenticator.objects.filter(user=cast.alice).delete()
    TOTP.activate(cast.alice, SECRET)
    assert SECRET not in str(Authenticator.objects.get(user=cast.alice).data)
