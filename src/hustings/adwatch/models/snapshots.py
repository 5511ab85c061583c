"""Snapshots of other people's archives, kept for ever, and the faults found in them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hustings.platform.kept import Kept
from hustings.platform.models import ImportRun


class Platform(models.TextChoices):
    """Whose archive it is."""

    META = "meta", _("Meta")
    GOOGLE = "google", _("Google")


class SnapshotKind(models.TextChoices):
    """What one row of a snapshot is."""

    TOTALS = "totals", _("totals of advertisers")
    WEEKLY = "weekly", _("weekly totals of advertisers")
    ADS = "ads", _("single ads")
    PLACES = "places", _("totals of places")
    SERIES = "series", _("daily totals of parties")


class Snapshot(Kept):
    """One file, or one table of a file, of an archive as it was on a day.

    `folder` (below the home) holds the rows and pages as Parquet, `original` the file as it came, named by its hash.
    `covers_from` and `covers_until` are the first and the last day of the spending, both included; none where not known.
    Sums are those of all rows; `spend_high_pence` is none where a band has no top.
    """

    platform = models.CharField(max_length=10, choices=Platform.choices)
    kind = models.CharField(max_length=10, choices=SnapshotKind.choices)
    layout = models.CharField(max_length=40)
    label = models.CharField(max_length=200)
    run = models.ForeignKey(ImportRun, null=True, on_delete=models.SET_NULL, related_name="+")
    sha256 = models.CharField(max_length=64, db_index=True)
    original = models.CharField(max_length=300)
    folder = models.CharField(max_length=300)
    covers_from = models.DateField(null=True, blank=True)
    covers_until = models.DateField(null=True, blank=True)
    dates_said_by = models.CharField(max_length=80, blank=True)
    taken_in_at = models.DateTimeField()
    rows = models.PositiveBigIntegerField()
    pages = models.PositiveIntegerField()
    ads = models.PositiveBigIntegerField()
    spend_low_pence = models.BigIntegerField()
    spend_high_pence = models.BigIntegerField(null=True, blank=True)
    open_rows = models.PositiveBigIntegerField(default=0)
    currency = models.CharField(max_length=3, default="GBP")

    filled_in_later: ClassVar = (frozenset({"covers_from", "covers_until", "dates_said_by"}),)

    class Meta:
        """Newest first; one table of one file once."""

        ordering: ClassVar = ["-taken_in_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sha256", "layout"], name="snapshot_once"),
            models.CheckConstraint(
                condition=Q(spend_high_pence=None) | Q(spend_high_pence__gte=models.F("spend_low_pence")),
                name="snapshot_spend_is_an_interval",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class FaultKind(models.TextChoices):
    """What is wrong, or careful reading is called for."""

    DISAPPEARED = "disappeared", _("no longer in the archive")
    FELL = "fell", _("a total that only grows has fallen")
    CONTRADICTION = "contradiction", _("a total contradicts its ads")
    NO_DISCLAIMER = "no-disclaimer", _("no disclaimer")
    SOMETIMES_NONE = "sometimes-none", _("a disclaimer on some ads of a page, none on others")
    MANY_DISCLAIMERS = "many-disclaimers", _("one page, several disclaimers")
    MANY_PAGES = "many-pages", _("one disclaimer, several pages")
    DATES = "dates", _("impossible dates")
    DUPLICATES = "duplicates", _("duplicates")
    CURRENCY = "currency", _("currency")
    HIDDEN_SIGNS = "hidden-signs", _("hidden signs in cells")
    OPEN_TOP = "open-top", _("a band without a top")
    NO_AMOUNT = "no-amount", _("no amount")


class Severity(models.TextChoices):
    """How much a reader must mind."""

    SERIOUS = "serious", _("serious")
    MINOR = "minor", _("minor")
    NOTE = "note", _("note")


class ArchiveFault(Kept):
    """One fault of an archive with its evidence; `against` is the older snapshot where two were compared."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="faults")
    against = models.ForeignKey(Snapshot, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=FaultKind.choices)
    severity = models.CharField(max_length=10, choices=Severity.choices)
    subject = models.CharField(max_length=300, blank=True)
    sentence = models.TextField()
    evidence = models.JSONField(default=dict)

    class Meta:
        """In the order in which they were found."""

        ordering: ClassVar = ["snapshot", "id"]
        indexes: ClassVar = [models.Index(fields=["kind", "severity"], name="fault_kind")]

    def __str__(self) -> str:
        return self.sentence
