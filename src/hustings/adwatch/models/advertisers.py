"""Advertisers as the archives name them, the entities behind them, and the registers that know those."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hustings.adwatch.models.snapshots import Snapshot
from hustings.platform.kept import Kept


class Code(models.TextChoices):
    """What an entity is, by our codebook (`rules/tables/codebook.toml`)."""

    PARTY = "party", _("party")
    CANDIDATE = "candidate", _("candidate or office-holder")
    CAMPAIGNER = "campaigner", _("non-party campaigner")
    CHARITY = "charity", _("charity")
    COMPANY = "company", _("company")
    GOVERNMENT = "government", _("government or public body")
    MEDIA = "media", _("media")
    OTHER = "other", _("other")


class Entity(models.Model):
    """Who is behind one or more advertisers, as far as stated method and evidence go.

    `code` is the code in force: what coders agree on, or the adjudication; empty while there is none. `suggested` is what the
    rules propose and `suggested_by` the rule that fired.
    """

    name = models.CharField(max_length=300)
    key = models.CharField(max_length=300, db_index=True)
    code = models.CharField(max_length=12, choices=Code.choices, blank=True)
    coded_by = models.CharField(max_length=40, blank=True)
    suggested = models.CharField(max_length=12, choices=Code.choices, blank=True)
    suggested_by = models.CharField(max_length=60, blank=True)
    suggested_why = models.CharField(max_length=300, blank=True)
    party = models.CharField(max_length=120, blank=True)

    class Meta:
        """By name."""

        ordering: ClassVar = ["name", "id"]
        verbose_name_plural = "entities"

    def __str__(self) -> str:
        return self.name


class Advertiser(models.Model):
    """A page with a disclaimer on one platform, as archives key their totals.

    `key` is the SHA-256 of platform, page id and disclaimer. `method` says how it came to its entity, `evidence` why.
    """

    key = models.CharField(max_length=64, unique=True)
    platform = models.CharField(max_length=10)
    page_id = models.CharField(max_length=80, db_index=True)
    page = models.CharField(max_length=300)
    disclaimer = models.TextField(blank=True)
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="advertisers")
    method = models.CharField(max_length=40)
    evidence = models.CharField(max_length=400)
    first_seen_in = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """By page."""

        ordering: ClassVar = ["page", "id"]

    def __str__(self) -> str:
        return f"{self.page} ({self.disclaimer or 'no disclaimer'})"


class EntityMove(Kept):
    """Somebody put an advertiser to another entity, with a reason."""

    advertiser = models.ForeignKey(Advertiser, on_delete=models.PROTECT, related_name="moves")
    was = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    now = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    moved_at = models.DateTimeField()
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        """In order of time."""

        ordering: ClassVar = ["moved_at", "id"]

    def __str__(self) -> str:
        return f"{self.advertiser_id}: {self.was_id} to {self.now_id}"


class Register(models.TextChoices):
    """Where a body may be registered."""

    PARTIES = "parties", _("register of political parties")
    THIRD_PARTIES = "third-parties", _("register of non-party campaigners (third parties)")
    PERMITTED = "permitted", _("permitted participants of a referendum")
    COMPANIES = "companies", _("register of companies")
    PROMOTERS = "promoters", _("our own promoters")


class RegisterFile(Kept):
    """A register that was taken in: its entries lie in a Parquet file below the home."""

    title = models.CharField(max_length=200)
    layout = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64, unique=True)
    file_name = models.CharField(max_length=200)
    original = models.CharField(max_length=300)
    path = models.CharField(max_length=300)
    entries = models.PositiveIntegerField()
    newest_entry_on = models.DateField(null=True, blank=True)
    taken_in_at = models.DateTimeField()

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-taken_in_at", "-id"]

    def __str__(self) -> str:
        return self.title


class RegisterLink(Kept):
    """An entity found in a register, by a stated method; a later row may say that the link does not hold.

    `shows_uk` says whether the entry shows a link to the United Kingdom; where none does, pages say “not shown”.
    """

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="links")
    register = models.CharField(max_length=15, choices=Register.choices)
    number = models.CharField(max_length=40)
    name = models.CharField(max_length=300)
    status = models.CharField(max_length=60, blank=True)
    body = models.CharField(max_length=120, blank=True)
    registered_on = models.DateField(null=True, blank=True)
    method = models.CharField(max_length=40)
    evidence = models.CharField(max_length=400)
    shows_uk = models.BooleanField(default=False)
    file = models.ForeignKey(RegisterFile, null=True, on_delete=models.PROTECT, related_name="+")
    found_at = models.DateTimeField()
    rejected_at = models.DateTimeField(null=True, blank=True)
    rejected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    rejected_reason = models.TextField(blank=True)

    filled_in_later: ClassVar = (frozenset({"rejected_at", "rejected_by", "rejected_reason"}),)

    class Meta:
        """An entry once for an entity."""

        ordering: ClassVar = ["entity", "register", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entity", "register", "number"], name="register_link_once")
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"
