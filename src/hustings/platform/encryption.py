"""Fields that are encrypted where they lie (Fernet: AES-128-CBC with HMAC-SHA256), with keys kept outside the home."""

from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

_NO_KEY_FITS = "A stored value could not be decrypted. Restore the keys folder that belongs to this database."
#: Files are read and written a few at a time: one may have megabytes.
_FILES_AT_ONCE = 10


class CannotDecrypt(Exception):
    """None of the installation's keys opens a stored value: the keys folder is not the one it was written with."""


def _cipher() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.HUSTINGS_FIELD_KEYS])


def encrypt(*, text: str) -> str:
    """Encrypt with the newest key."""
    return _cipher().encrypt(text.encode()).decode()


def decrypt(*, token: str) -> str:
    """Decrypt with whichever key fits; raises `CannotDecrypt`."""
    try:
        return _cipher().decrypt(token.encode()).decode()
    except InvalidToken as problem:
        raise CannotDecrypt(_NO_KEY_FITS) from problem


def encrypt_bytes(*, content: bytes) -> bytes:
    """Encrypt a file's bytes with the newest key."""
    return _cipher().encrypt(content)


class EncryptedTextField(models.TextField[str, str]):
    """Text that is stored encrypted; it cannot be searched or sorted by the database."""

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt on the way in; empty text stays empty."""
        return encrypt(text=value) if value else value

    def from_db_value(self, value: Any, expression: Any, connection: BaseDatabaseWrapper) -> Any:
        """Decrypt on the way out."""
        return decrypt(token=value) if value else value


class EncryptedBytesField(models.BinaryField[bytes, bytes]):
    """A file's bytes, stored encrypted (a third longer); nothing stays nothing."""

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        """Encrypt on the way in."""
        token = encrypt_bytes(content=bytes(value)) if value else value
        return super().get_db_prep_value(token, connection, prepared)

    def from_db_value(self, value: Any, expression: Any, connection: BaseDatabaseWrapper) -> Any:
        """Decrypt on the way out."""
        if not value:
            return value
        try:
            return _cipher().decrypt(bytes(value))
        except InvalidToken as problem:
            raise CannotDecrypt(_NO_KEY_FITS) from problem


def encrypted_fields() -> list[tuple[type[models.Model], list[str]]]:
    """Every model with encrypted fields, and their names."""
    from django.apps import apps

    found = []
    for model in apps.get_models():
        names = [
            field.name
            for field in model._meta.fields
            if isinstance(field, EncryptedTextField | EncryptedBytesField)
        ]
        if names:
            found.append((model, names))
    return found


def encrypt_anew(*, batch: int = 500) -> int:
    """Write every encrypted value again with the newest key; returns the rows written. Safe to run twice."""
    written = 0
    for model, names in encrypted_fields():
        # Past the manager: a kept table refuses to be changed, but the database lets what is encrypted be written anew.
        rows: models.QuerySet[Any] = models.QuerySet(model).only("pk", *names).order_by("pk")
        has_files = any(isinstance(model._meta.get_field(name), EncryptedBytesField) for name in names)
        step = min(batch, _FILES_AT_ONCE) if has_files else batch
        # Batch by batch by key: a reading that stays open would be left open where a value does not decrypt.
        while batched := list(rows[:step]):
            written += _write(model, batched, names)
            rows = rows.filter(pk__gt=batched[-1].pk)
    return written


def _write(model: type[models.Model], rows: list[models.Model], names: list[str]) -> int:
    if rows:
        models.QuerySet[Any](model).bulk_update(rows, names)
    return len(rows)
