"""Mail about logins goes into the outbox here too, instead of pytest-django's own list."""

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def mail_into_the_outbox(settings: Any) -> None:
    """Use the backend of a real installation."""
    settings.EMAIL_BACKEND = "hustings.postroom.email_backend.AccountEmailBackend"
