"""Rows that are one person, joined, and rows that seemed so and are two."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from hustings.people.models.person import Person


class Merge(models.Model):
    """Two rows found to be one person; keeps what moved, so that it can be undone."""

    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    merged = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    moved = models.JSONField(default=dict)
    reason = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.merged_id} into {self.kept_id}"


class DuplicateReview(models.Model):
    """Somebody looked at two rows that seem to be one person and found that they are two."""

    one = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        """Each pair once, the lower id first."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["one", "other"], name="one_duplicate_review"),
            models.CheckConstraint(condition=Q(one__lt=models.F("other")), name="duplicate_review_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} is not {self.other_id}"
