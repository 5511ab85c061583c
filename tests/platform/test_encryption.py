"""Encrypted fields: unreadable at rest, readable with any of the keys, and written anew on rotation."""

from datetime import date, datetime
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.db import connection

from hustings.people.models import RightsRequest
from hustings.platform.encryption import CannotDecrypt, encrypt_anew

SECRET = "Dot asks what we hold about her."


def _stored(pk: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT details FROM people_rightsrequest WHERE id = %s", [pk])
        row = cursor.fetchone()
    return str(row[0])


@pytest.mark.django_db
def test_text_is_unreadable_at_rest_and_survives_a_rotation(now: datetime, settings: Any) -> None:
    """Old key, then new and old, then new alone: the text reads the same throughout."""
    old, new = Fernet.generate_key(), Fernet.generate_key()
    settings.HUSTINGS_FIELD_KEYS = (old,)
    request = RightsRequest.objects.create(
        kind="access", received_at=now, due_on=date(2026, 4, 30), details=SECRET
    )
    assert SECRET not in _stored(request.pk)

    settings.HUSTINGS_FIELD_KEYS = (new, old)
    assert RightsRequest.objects.get().details == SECRET
    assert encrypt_anew(batch=1) >= 1

    settings.HUSTINGS_FIELD_KEYS = (new,)
    assert RightsRequest.objects.get().details == SECRET

    settings.HUSTINGS_FIELD_KEYS = (old,)
    with pytest.raises(CannotDecrypt):
        RightsRequest.objects.get()
