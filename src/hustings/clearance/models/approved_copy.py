"""The exact bytes that were approved, and what the agent let pass."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from hustings.clearance.models.material import Material, Medium
from hustings.people.models import Purpose
from hustings.platform.kept import Kept


class ApprovedCopy(Kept):
    """The exact bytes that were approved, with the imprint and the checks they passed; never changed.

    `subject` and `body` are the same words as `content` in parts, for whoever renders a message; `body` holds
    the imprint. `named` lists who is named, as they stood: {role, name, address, promoter}. Only
    `withdrawn_at` is ever filled in later, by withdrawing.
    """

    material = models.ForeignKey(Material, on_delete=models.PROTECT, related_name="copies")
    content = models.BinaryField()
    media_type = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64, db_index=True)
    medium = models.CharField(max_length=10, choices=Medium.choices)
    purpose = models.CharField(max_length=15, choices=Purpose.choices)
    title = models.CharField(max_length=160)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    caption = models.TextField(blank=True)
    imprint = models.TextField(blank=True)
    named = models.JSONField(default=list)
    checks = models.JSONField(default=list)
    use_from = models.DateTimeField(null=True, blank=True)
    use_until = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    filled_in_later: ClassVar = (frozenset({"withdrawn_at", "withdrawn_reason"}),)

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-approved_at", "-id"]

    def __str__(self) -> str:
        return f"{self.title} ({self.sha256[:12]})"


class Override(models.Model):
    """The agent let something pass that the rules would have stopped; the reason is kept.

    `rule` is the code of the finding or of the gate's reason. An override of a finding holds for the words as
    they stood (`sha256`).
    """

    material = models.ForeignKey(
        Material, null=True, blank=True, on_delete=models.PROTECT, related_name="overrides"
    )
    sha256 = models.CharField(max_length=64, blank=True)
    rule = models.CharField(max_length=60)
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """A reason is never empty."""

        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="override_has_a_reason")
        ]

    def __str__(self) -> str:
        return f"{self.rule} overridden"
