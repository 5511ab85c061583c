"""The public record: numbered entries that are only ever added, and the documents that lie beside them.

How the bytes are made and checked is written out in docs/algorithms/public_record.md.
"""

from collections.abc import Iterable
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.base import ModelBase
from django.utils.translation import gettext_lazy as _

from hustings.places.models import Area
from hustings.platform.kept import Kept, NeverChanged


class EntryKind(models.TextChoices):
    """What an entry records."""

    MATERIAL = "material", _("approved for use")
    SENDING = "sending", _("sent")
    WITHDRAWAL = "withdrawal", _("withdrawn")
    CORRECTION = "correction", _("correction")
    WITHHOLDING = "withholding", _("document withheld")


class Entry(Kept):
    """One leaf of the record.

    `number` is the leaf's index: 0, 1, 2 … without a gap. `leaf` holds the exact bytes that are hashed: facts
    about nobody, and salted commitments to the documents. `source` names what the entry was made from, so
    that a reaction that runs twice writes once. `title` repeats a line of the facts for lists and search; it
    is not part of the leaf.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    kind = models.CharField(max_length=20, choices=EntryKind.choices)
    leaf = models.BinaryField()
    leaf_hash = models.CharField(max_length=64, unique=True)
    recorded_at = models.DateTimeField(db_index=True)
    opens_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=80, unique=True)
    title = models.CharField(max_length=200, blank=True)
    channel = models.CharField(max_length=12, blank=True)
    purpose = models.CharField(max_length=15, blank=True)
    concerns = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by"
    )
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    filled_in_later: ClassVar = (frozenset({"title"}),)

    class Meta:
        """In the order of recording."""

        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return f"entry {self.number}"


class Seal(models.TextChoices):
    """When a document is open to everyone."""

    OPEN = "open", _("open at once")
    DATED = "dated", _("open from the entry's opening date")
    SEALED = "sealed", _("shown to a regulator only")


class Document(Kept):
    """What an entry commits to: the content, its salt, and whether it was withheld (a tombstone with the
    reason).
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="documents")
    name = models.CharField(max_length=40)
    seal = models.CharField(max_length=10, choices=Seal.choices)
    media_type = models.CharField(max_length=80)
    content = models.BinaryField(null=True, blank=True)
    salt = models.CharField(max_length=64, blank=True)
    commitment = models.CharField(max_length=64)
    withheld_at = models.DateTimeField(null=True, blank=True)
    withheld_reason = models.TextField(blank=True)
    withheld_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    filled_in_later: ClassVar = (
        frozenset({"content", "salt", "withheld_at", "withheld_reason", "withheld_by"}),
    )

    class Meta:
        """Each named document once per entry; what is withheld has a reason and neither content nor salt."""

        ordering: ClassVar = ["entry", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "name"], name="document_once"),
            models.CheckConstraint(
                condition=Q(withheld_at=None, content__isnull=False) & ~Q(salt="")
                | (Q(withheld_at__isnull=False, content=None, salt="") & ~Q(withheld_reason="")),
                name="document_kept_or_withheld",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} of entry {self.entry_id}"

    def save(
        self,
        *,
        force_insert: bool | tuple[ModelBase, ...] = False,
        force_update: bool = False,
        using: str | None = None,
        update_fields: Iterable[str] | None = None,
    ) -> None:
        """Add the document, or withhold it once; anything else raises `NeverChanged`."""
        if not self._state.adding and self.withheld_at is None:
            raise NeverChanged("A document of the public record is never replaced. Add a correction.")
        super().save(
            force_insert=force_insert, force_update=force_update, using=using, update_fields=update_fields
        )


class EntryPlace(Kept):
    """A place an entry concerns, for “what was said in my ward”; shown from `opens_on`, at once where that is
    empty.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="places")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    opens_on = models.DateField(null=True, blank=True)

    class Meta:
        """Each place once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["entry", "area"], name="entry_place_once")]

    def __str__(self) -> str:
        return f"entry {self.entry_id} in {self.area_id}"
