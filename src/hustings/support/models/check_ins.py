"""Somebody goes out alone and says when they will be back."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from hustings.platform.encryption import EncryptedTextField
from hustings.support.models.cases import Case
from hustings.volunteers.models import Volunteer


class CheckIn(models.Model):
    """One time out. `form_key` is the form's own: pressing twice on a bad line makes one check-in."""

    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="check_ins")
    whereabouts = EncryptedTextField()
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.SET_NULL, related_name="check_ins")
    has_opened_case = models.BooleanField(default=False)

    class Meta:
        """Newest first; one at a time."""

        ordering: ClassVar = ["-started_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["volunteer"], condition=Q(ended_at=None), name="one_check_in_at_a_time"
            ),
            models.CheckConstraint(condition=Q(started_at__lt=F("due_at")), name="check_in_is_due_later"),
        ]
        indexes: ClassVar = [models.Index(fields=["ended_at", "due_at"], name="check_ins_due")]

    def __str__(self) -> str:
        return f"check-in {self.pk}"
