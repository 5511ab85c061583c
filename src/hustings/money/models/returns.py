"""Returns as they were finished, the papers made from them, what was done with them, and reminders."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hustings.money.models.campaign import Campaign
from hustings.platform.encryption import EncryptedBytesField
from hustings.platform.kept import Kept


class Return(Kept):
    """A finished return: everything it says as plain data, with its fingerprint. A correction is a new version.

    `content` is canonical JSON and `sha256` its fingerprint.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="returns")
    version = models.PositiveSmallIntegerField()
    correction_reason = models.CharField(max_length=300, blank=True)
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    total_pence = models.BigIntegerField()
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        """In order of version; every version after the first says why."""

        ordering: ClassVar = ["campaign", "version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "version"], name="one_return_per_version"),
            models.CheckConstraint(
                condition=Q(version=1) | ~Q(correction_reason=""), name="corrected_return_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign}, version {self.version}"


class DocumentKind(models.TextChoices):
    """The papers of a return."""

    RETURN = "return", _("return")
    AGENT = "agent-declaration", _("agent's declaration")
    CANDIDATE = "candidate-declaration", _("candidate's declaration")
    INSPECTION = "inspection", _("inspection copy")
    SPREADSHEET = "spreadsheet", _("spreadsheet")


class ReturnDocument(Kept):
    """One paper of a finished return, exactly as it was made, encrypted where it lies; the fingerprint is of the paper itself."""

    of = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=25, choices=DocumentKind.choices)
    media_type = models.CharField(max_length=100)
    content = EncryptedBytesField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        """One of each kind."""

        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["of", "kind"], name="one_document_of_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.of_id}"


class ReturnStepKind(models.TextChoices):
    """What happens to a finished return."""

    AGENT_SIGNED = "agent-signed", _("the agent signed")
    CANDIDATE_SIGNED = "candidate-signed", _("the candidate signed")
    DELIVERED = "delivered", _("delivered to the returning officer")


class ReturnStep(Kept):
    """Somebody signed a finished return, or delivered it."""

    of = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(_("what happened"), max_length=20, choices=ReturnStepKind.choices)
    name = models.CharField(_("name"), max_length=200)
    on = models.DateField(_("on"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        """In order of time; each happens once to a version."""

        ordering: ClassVar = ["on", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["of", "kind"], name="one_step_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"


class DeadlineReminder(Kept):
    """A reminder of a deadline that went out to the agent: once for each day on which one is due."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="reminders")
    task = models.CharField(max_length=40)
    due_on = models.DateField()
    days_before = models.SmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        """Never twice."""

        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "task", "due_on", "days_before"], name="one_reminder_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.task} due {self.due_on}"
