"""The public record: numbered entries that are only ever added, and the documents that lie beside them."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from hustings.places.models import Area


class EntryKind(models.TextChoices):
    """What an entry records."""

    MATERIAL = "material", _("something was approved for use")
    SENDING = "sending", _("something was sent")
    WITHDRAWAL = "withdrawal", _("something was withdrawn")
    CORRECTION = "correction", _("an earlier entry was corrected")


class Entry(models.Model):
    """One leaf of the record. `leaf` holds the exact bytes that are hashed: facts open at once, and salted
    commitments.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    kind = models.CharField(max_length=12, choices=EntryKind.choices)
    leaf = models.BinaryField()
    leaf_hash = models.CharField(max_length=64, unique=True)
    recorded_at = models.DateTimeField()
    opens_on = models.DateField(null=True, blank=True)
    corrects = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections"
    )
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """In the order of recording."""

        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return f"entry {self.number}"


class Document(models.Model):
    """What an entry commits to: the content, its salt, and whether it was withheld (a tombstone with the
    reason).
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="documents")
    name = models.CharField(max_length=40)
    media_type = models.CharField(max_length=80)
    content = models.BinaryField(null=True, blank=True)
    salt = models.CharField(max_length=64)
    commitment = models.CharField(max_length=64)
    withheld_at = models.DateTimeField(null=True, blank=True)
    withheld_reason = models.TextField(blank=True)

    class Meta:
        """Each named document once per entry."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["entry", "name"], name="document_once")]

    def __str__(self) -> str:
        return f"{self.name} of entry {self.entry_id}"
