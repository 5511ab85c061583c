"""Imprints that stand behind a link, and every look at the page that holds one."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hustings.clearance.models.material import Material
from hustings.platform.kept import Kept


class LinkedImprint(models.Model):
    """Where the imprint of a material stands that has no room for it: a platform with a technical limit, the reason, the page.

    The page is looked at when it is named and then again and again until the material is withdrawn; what was last seen stands
    here, every look in `looks`.
    """

    material = models.OneToOneField(Material, on_delete=models.PROTECT, related_name="linked_imprint")
    platform = models.CharField(_("kind of place"), max_length=30)
    reason = models.CharField(_("why it cannot be in the material"), max_length=300)
    url = models.URLField(_("page that holds the imprint"), max_length=500)
    clicks = models.PositiveSmallIntegerField(_("clicks to reach it"), default=1)
    looked_at = models.DateTimeField(null=True, blank=True)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    needs_login = models.BooleanField(null=True, blank=True)
    text = models.TextField(blank=True)
    trouble = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A reason is never empty."""

        ordering: ClassVar = ["material"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(reason=""), name="link_has_a_reason")]

    def __str__(self) -> str:
        return self.url


class LinkLook(Kept):
    """One look at a page that holds an imprint: evidence that it was there, or of when it was not."""

    link = models.ForeignKey(LinkedImprint, on_delete=models.PROTECT, related_name="looks")
    at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    has_imprint = models.BooleanField()
    trouble = models.CharField(max_length=300, blank=True)

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.link} at {self.at:%Y-%m-%d %H:%M}"
