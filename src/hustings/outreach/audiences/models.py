"""A saved audience."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from hustings.places.models import Area


class Audience(models.Model):
    """A name and a tree of conditions; who is in it is worked out anew each time."""

    name = models.CharField(max_length=120)
    conditions = models.JSONField(default=dict)
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        """By name."""

        app_label = "outreach"
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name
