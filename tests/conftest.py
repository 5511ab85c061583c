"""What every test gets: no network but loopback, and a clock that stands still."""

import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.utils import translation
from hypothesis import HealthCheck, settings

from hustings.basics.clock import FixedClock, clock_set_to
from hustings.platform import rate_limit
from hustings.platform.garbage import spare_what_is_loaded
from tests.databases import test_database

#: The moment at which every test takes place unless it says otherwise: a Monday, five weeks before a May
# poll.
NOW = datetime(2026, 3, 30, 9, 0, tzinfo=UTC)


# No test may fail because the machine is busy: examples are limited by number, not by time.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


def pytest_collection_finish() -> None:
    """Everything is loaded now: no collection of garbage need look at it for every test."""
    spare_what_is_loaded()


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """A fresh copy of the migrated template for this run."""
    with django_db_blocker.unblock(), test_database():
        yield


@pytest.fixture(autouse=True)
def standing_clock() -> Iterator[FixedClock]:
    """The clock stands at `NOW`."""
    with clock_set_to(NOW) as fixed:
        yield fixed


@pytest.fixture
def now() -> datetime:
    """The moment at which the test takes place."""
    return NOW


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """A page asked for in Welsh leaves its language behind in the thread; the next test begins in English."""
    translation.activate("en-gb")
    yield
    translation.activate("en-gb")


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    """What one test used of a rate limit is not missing in the next."""
    used = Path(django_settings.HUSTINGS_HOME) / "run" / "limits"
    if used.exists():
        used.unlink()
        rate_limit._table.cache_clear()


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection that would leave this machine."""
    connect = socket.socket.connect

    def checked(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if self.family in (socket.AF_INET, socket.AF_INET6) and host not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"A test tried to reach {address}.")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", checked)


@pytest.fixture(autouse=True)
def own_kept_checkpoint(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each test keeps the newest checkpoint of its own record: another's would make the record look set back."""
    from django.conf import settings as django_settings

    monkeypatch.setattr(django_settings, "HUSTINGS_LEDGER_KEPT", tmp_path / "ledger-checkpoint")


@pytest.fixture
def cast(db: None) -> Any:
    """Places, the organisation and everybody's login: see `tests/cast.py`."""
    from tests.cast import make_cast

    return make_cast()
