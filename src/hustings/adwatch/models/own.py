"""Our own ad buys, as we placed them, to be held against what the archives show."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hustings.adwatch.models.snapshots import Platform
from hustings.clearance.models import Material


class OwnAd(models.Model):
    """One ad that we paid a platform to publish: which material, from when, for how much, under which disclaimer."""

    material = models.ForeignKey(
        Material, on_delete=models.PROTECT, related_name="+", verbose_name=_("material")
    )
    platform = models.CharField(_("platform"), max_length=10, choices=Platform.choices)
    ad_id = models.CharField(
        _("id of the ad in the archive"),
        max_length=60,
        blank=True,
        help_text=_(
            "The number at the end of its address in the ad library. Leave it empty if you do not know it yet."
        ),
    )
    page = models.CharField(_("page or account it ran under"), max_length=300)
    disclaimer = models.CharField(
        _("disclaimer it should carry"),
        max_length=300,
        help_text=_("“Paid for by …”, without the first words."),
    )
    placed_on = models.DateField(_("ran from"))
    ended_on = models.DateField(_("ran until"), null=True, blank=True)
    spent_pence = models.BigIntegerField(_("what we paid"))
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        """Newest first; no ad ends before it begins."""

        ordering: ClassVar = ["-placed_on", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=models.F("placed_on")),
                name="own_ad_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=Q(spent_pence__gte=0), name="own_ad_costs_something"),
        ]

    def __str__(self) -> str:
        return f"{self.material} ({self.platform})"
