"""Keys: made once, private, outside the home; a rotation loses nothing and a failed one changes nothing."""

import stat
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet

from hustings.accounts.models import User
from hustings.people.models import RightsRequest
from hustings.platform.encryption import decrypt, encrypt
from hustings.project import environment, keys
from hustings.project.rotation import CannotRetire, retire_old_keys


def test_keys_are_made_once_and_private(tmp_path: Path) -> None:
    """Making them again leaves them as they are."""
    folder = tmp_path / "keys"
    keys.make_keys(folder=folder)
    first = keys.read_keys(folder=folder)
    keys.make_keys(folder=folder)
    assert keys.read_keys(folder=folder) == first
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in folder.iterdir())


def test_missing_keys_say_what_to_do(tmp_path: Path) -> None:
    """Either a new installation or a folder that was not restored."""
    with pytest.raises(keys.KeysMissing, match="hustings init"):
        keys.read_keys(folder=tmp_path)


def test_the_keys_lie_outside_the_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """So a backup of the home does not open itself."""
    monkeypatch.delenv("HUSTINGS_KEYS")
    monkeypatch.setenv("HUSTINGS_HOME", "/srv/hustings")
    assert not environment.keys_folder().is_relative_to(environment.home())


def _prepare(folder: Path, settings: Any) -> None:
    keys.make_keys(folder=folder)
    settings.HUSTINGS_FIELD_KEYS = keys.read_keys(folder=folder).fields


@pytest.mark.django_db
def test_retiring_keeps_everything_readable(now: datetime, tmp_path: Path, settings: Any) -> None:
    """Case text and second factors open with the new key alone."""
    _prepare(tmp_path, settings)
    RightsRequest.objects.create(
        kind="access", received_at=now, due_on=date(2026, 4, 30), details="Dot asks."
    )
    alice = User.objects.create_user("alice@barset.example")
    Authenticator.objects.create(
        user=alice, type=Authenticator.Type.TOTP, data={"secret": encrypt(text="JBSWY3DP")}
    )
    keys.add_field_key(folder=tmp_path)
    settings.HUSTINGS_FIELD_KEYS = keys.read_keys(folder=tmp_path).fields

    assert retire_old_keys(folder=tmp_path) == 2

    settings.HUSTINGS_FIELD_KEYS = keys.read_keys(folder=tmp_path).fields
    assert len(settings.HUSTINGS_FIELD_KEYS) == 1
    assert RightsRequest.objects.get().details == "Dot asks."
    assert decrypt(token=Authenticator.objects.get().data["secret"]) == "JBSWY3DP"


@pytest.mark.django_db
def test_retiring_with_a_value_that_does_not_open_changes_nothing(
    now: datetime, tmp_path: Path, settings: Any
) -> None:
    """All keys stay until everything is safe."""
    settings.HUSTINGS_FIELD_KEYS = (Fernet.generate_key(),)
    RightsRequest.objects.create(kind="access", received_at=now, due_on=date(2026, 4, 30), details="Lost.")
    _prepare(tmp_path, settings)
    with pytest.raises(CannotRetire, match="only one key"):
        retire_old_keys(folder=tmp_path)
    keys.add_field_key(folder=tmp_path)
    before = keys.read_keys(folder=tmp_path).fields
    settings.HUSTINGS_FIELD_KEYS = before
    with pytest.raises(CannotRetire, match="none was dropped"):
        retire_old_keys(folder=tmp_path)
    assert keys.read_keys(folder=tmp_path).fields == before
