"""Requests under data protection law."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hustings.people.models.person import Person
from hustings.platform.encryption import EncryptedTextField


class RightsRequestKind(models.TextChoices):
    """What somebody may ask of a controller."""

    ACCESS = "access", _("see what you hold")
    ERASURE = "erasure", _("erase what you hold")
    RECTIFICATION = "rectification", _("put it right")
    OBJECTION = "objection", _("stop contacting me")
    COMPLAINT = "complaint", _("complain")


class RightsOutcome(models.TextChoices):
    """How a request ended."""

    MET = "met", _("done as asked")
    PARTLY_MET = "partly_met", _("done in part")
    REFUSED = "refused", _("refused")
    LAPSED = "lapsed", _("not confirmed by the person")


class RightsRequest(models.Model):
    """A request under data protection law, with its clock.

    The clock stands still from `identity_asked_at` until `identity_verified_at`. `rule` names the entry of the dated table
    that gave `due_on`.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=15, choices=RightsRequestKind.choices)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="rights_requests"
    )
    source = models.CharField(max_length=120, default="desk")
    received_at = models.DateTimeField()
    due_on = models.DateField()
    rule = models.CharField(max_length=120, blank=True)
    identity_asked_at = models.DateTimeField(null=True, blank=True)
    identity_verified_at = models.DateTimeField(null=True, blank=True)
    identity_evidence = EncryptedTextField(blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    extended_at = models.DateTimeField(null=True, blank=True)
    extension_reason = EncryptedTextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=RightsOutcome.choices, blank=True)
    details = EncryptedTextField(blank=True)
    answer = EncryptedTextField(blank=True)

    class Meta:
        """The one due first is first; an answered request has an outcome."""

        ordering: ClassVar = ["due_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answered_at=None, outcome="") | (Q(answered_at__isnull=False) & ~Q(outcome="")),
                name="rights_answer_has_an_outcome",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.pk})"
