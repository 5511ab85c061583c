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
    ROUND = "round", _("leaflets delivered")
    ADVERT = "advert", _("advertisement published")
    CALLS = "calls", _("calls made")
    DOORS = "doors", _("talks at the door")
    EXPENSES = "expenses", _("spending reported")
    DONATIONS = "donations", _("donations reported")
    RESTART = "restart", _("the log began again")
    WITHDRAWAL = "withdrawal", _("withdrawn")
    CORRECTION = "correction", _("correction")
    WITHHOLDING = "withholding", _("document withheld")


class Entry(Kept):
    """One leaf of the record.

    `number` is the leaf's index: 0, 1, 2 … without a gap. `leaf` holds the exact bytes that are hashed: facts
    about nobody, and salted commitments to the documents. `source` names what the entry was made from, so
    that a reaction that runs twice writes once. `title` repeats a line of the facts for lists, `search_words` the words of
    what is open at once; neither is part of the leaf, and both are emptied when what they repeat is withheld.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    kind = models.CharField(max_length=20, choices=EntryKind.choices)
    leaf = models.BinaryField()
    leaf_hash = models.CharField(max_length=64, unique=True)
    recorded_at = models.DateTimeField(db_index=True)
    opens_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=80, unique=True)
    title = models.CharField(max_length=200, blank=True)
    search_words = models.TextField(blank=True)
    channel = models.CharField(max_length=12, blank=True)
    purpose = models.CharField(max_length=15, blank=True)
    concerns = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by"
    )
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    filled_in_later: ClassVar = (frozenset({"title", "search_words"}), frozenset({"search_words"}))

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


class Mark(models.Model):
    """A mark of a material's words (rules.tracing): whoever holds a copy of it finds the material by them."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="marks")
    mark = models.BigIntegerField()

    class Meta:
        """Found by the mark; the entry beside it, so that the index alone answers."""

        indexes: ClassVar = [models.Index(fields=["mark", "entry"], name="mark_entry")]

    def __str__(self) -> str:
        return f"{self.mark:012x} of entry {self.entry_id}"


class Tile(models.Model):
    """A row of at most 256 hashes of the Merkle tree: level, index, and the hashes one after another.

    What stands in a tile never changes; it only gets longer, in the transaction that adds the entries.
    """

    level = models.PositiveSmallIntegerField()
    index = models.PositiveBigIntegerField()
    hashes = models.BinaryField()

    class Meta:
        """Each tile once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["level", "index"], name="tile_once")]

    def __str__(self) -> str:
        return f"tile {self.level}/{self.index}"


class Checkpoint(Kept):
    """A signed statement of how many entries there are and what the root over them is; `note` is our signed note."""

    origin = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    root = models.CharField(max_length=64)
    note = models.TextField()
    signed_at = models.DateTimeField()

    class Meta:
        """Newest first; a log signs each size once."""

        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["origin", "size"], name="checkpoint_once")]

    def __str__(self) -> str:
        return f"checkpoint of {self.origin} at {self.size}"


class Witness(models.Model):
    """Somebody outside who watches that our record only grows, and signs what was seen.

    `url` is where checkpoints are sent (c2sp.org/tlog-witness); empty where cosigned checkpoints are handed in instead.
    `known_size` is the size it signed last; `trouble` what went wrong when it was last asked.
    """

    name = models.CharField(_("name of the key"), max_length=160, unique=True)
    key = models.CharField(_("verifier key"), max_length=300)
    who = models.CharField(_("who that is"), max_length=160)
    url = models.URLField(_("address"), blank=True)
    known_size = models.PositiveBigIntegerField(default=0)
    trouble = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """By name."""

        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.who or self.name


class Cosignature(Kept):
    """A witness's signature of one of our checkpoints, as its line of the note."""

    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="cosignatures")
    witness = models.ForeignKey(Witness, on_delete=models.PROTECT, related_name="cosignatures")
    line = models.TextField()
    signed_at = models.DateTimeField()

    class Meta:
        """The latest first; each witness once for a checkpoint."""

        ordering: ClassVar = ["-signed_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["checkpoint", "witness"], name="cosigned_once")
        ]

    def __str__(self) -> str:
        return f"{self.witness} at checkpoint {self.checkpoint_id}"
