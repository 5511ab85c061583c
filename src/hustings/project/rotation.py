"""Retiring old encryption keys: everything is written with the newest, checked with it alone, then the rest is dropped."""

from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from hustings.accounts.usecases.encrypt_second_factors import encrypt_second_factors
from hustings.platform.encryption import CannotDecrypt, encrypt_anew
from hustings.platform.freed_pages import empty_log
from hustings.project import keys


class CannotRetire(Exception):
    """The old keys cannot go yet; the message says why. Nothing was changed."""


def retire_old_keys(*, folder: Path) -> int:
    """Encrypt everything with the newest key and drop the older ones; returns the number of values written."""
    if len(settings.HUSTINGS_FIELD_KEYS) < 2:
        raise CannotRetire("There is only one key. Make a new one first: hustings keys add")
    try:
        with transaction.atomic():
            written = encrypt_anew() + encrypt_second_factors()
            _check_with_newest_key_alone()
    except CannotDecrypt as problem:
        raise CannotRetire(
            "A stored value opens with none of the keys, so none was dropped. Restore the keys folder it was written with."
        ) from problem
    empty_log(connection=connection)
    keys.drop_old_field_keys(folder=folder)
    return written


def _check_with_newest_key_alone() -> None:
    """Read and write everything once more as the installation will from now on."""
    before = settings.HUSTINGS_FIELD_KEYS
    settings.HUSTINGS_FIELD_KEYS = before[:1]
    try:
        encrypt_anew()
        encrypt_second_factors()
    finally:
        settings.HUSTINGS_FIELD_KEYS = before
