"""What the public preference services say."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from hustings.platform.models import ImportRun


class PreferenceService(models.TextChoices):
    """Who keeps a public list of those who want no marketing by telephone or by post."""

    TPS = "tps", _("Telephone Preference Service")
    CTPS = "ctps", _("Corporate Telephone Preference Service")
    MPS = "mps", _("Mailing Preference Service")


class PreferenceListing(models.Model):
    """What a preference service said of one number or address on a day, under a keyed hash; never the number itself.

    `is_listed` false means that it was looked for and not found. A whole list holds only those listed: see `PreferenceList`.
    """

    service = models.CharField(max_length=4, choices=PreferenceService.choices)
    key_hash = models.CharField(max_length=64)
    is_listed = models.BooleanField()
    as_of = models.DateField()

    class Meta:
        """One standing of each key with each service, the latest."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key_hash", "service"], name="preference_listing_once")
        ]

    def __str__(self) -> str:
        return f"{self.service} {self.key_hash[:8]}"


class PreferenceList(models.Model):
    """One file that came in: which service, as of which day, and whether it is the whole list.

    Whoever is not in a whole list was not listed on its day; a file of screening results says nothing of anybody else.
    """

    service = models.CharField(max_length=4, choices=PreferenceService.choices)
    as_of = models.DateField()
    is_whole = models.BooleanField()
    entries = models.PositiveIntegerField()
    listed = models.PositiveIntegerField()
    import_run = models.ForeignKey(ImportRun, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """Latest first."""

        ordering: ClassVar = ["-as_of", "-id"]

    def __str__(self) -> str:
        return f"{self.service} {self.as_of}"
