"""Rows that are kept as they were written: a base for tables where a correction is a new row."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.db.models.base import ModelBase


class NeverChanged(Exception):
    """A row of this kind is kept as it was written; corrections are new rows."""


class KeptQuerySet(models.QuerySet["Any"]):
    """Rows that are added and read, and nothing else."""

    def update(self, **kwargs: Any) -> int:
        """Refuse: raises `NeverChanged`."""
        raise NeverChanged(f"{self.model.__name__} rows are never changed.")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse: raises `NeverChanged`."""
        raise NeverChanged(f"{self.model.__name__} rows are never deleted.")


class Kept(models.Model):
    """Base of a table that only grows.

    `filled_in_later` names the groups of columns that may be written once more, such as the moment and reason of a
    withdrawal; each must be named whole in `save(update_fields=…)`.
    """

    filled_in_later: ClassVar[tuple[frozenset[str], ...]] = ()

    objects = KeptQuerySet.as_manager()

    class Meta:
        """No table of its own."""

        abstract = True

    def save(
        self,
        *,
        force_insert: bool | tuple[ModelBase, ...] = False,
        force_update: bool = False,
        using: str | None = None,
        update_fields: Iterable[str] | None = None,
    ) -> None:
        """Add the row, or fill in one of the groups named; anything else raises `NeverChanged`."""
        if not self._state.adding and frozenset(update_fields or ()) not in self.filled_in_later:
            raise NeverChanged(f"{type(self).__name__} rows are never changed; add a new one.")
        super().save(
            force_insert=force_insert, force_update=force_update, using=using, update_fields=update_fields
        )

    def delete(self, using: str | None = None, keep_parents: bool = False) -> tuple[int, dict[str, int]]:
        """Refuse: raises `NeverChanged`."""
        raise NeverChanged(f"{type(self).__name__} rows are never deleted.")
