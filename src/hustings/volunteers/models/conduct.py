"""The conduct rules and who accepted them; reports, and what came of them."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hustings.places.models import Area
from hustings.platform.encryption import EncryptedTextField
from hustings.platform.kept import Kept
from hustings.volunteers.models.volunteer import Volunteer


class ConductRules(Kept):
    """One version of what a volunteer promises, as Markdown; a change of words is a new version."""

    version = models.PositiveSmallIntegerField(unique=True)
    text = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-version"]

    def __str__(self) -> str:
        return f"conduct rules v{self.version}"


class ConductAcceptance(models.Model):
    """This volunteer accepted this version then."""

    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="acceptances")
    rules = models.ForeignKey(ConductRules, on_delete=models.PROTECT, related_name="acceptances")
    at = models.DateTimeField()

    class Meta:
        """Each version once a volunteer."""

        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["volunteer", "rules"], name="conduct_accepted_once")
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id} accepted {self.rules_id}"


class ReportKind(models.TextChoices):
    """What a report is about."""

    DANGER = "danger", _("somebody is not safe")
    HARASSMENT = "harassment", _("harassment, threats or insults")
    RULES = "rules", _("somebody breaks the conduct rules or the law")
    DATA = "data", _("personal data went where it should not")
    WRONG = "wrong", _("something here is wrong or misleading")
    OTHER = "other", _("something else")


class ReportState(models.TextChoices):
    """Where a report stands."""

    NEW = "new", _("new")
    TAKEN = "taken", _("being looked at")
    ANSWERED = "answered", _("answered")


class Report(models.Model):
    """Somebody reported something. The words are encrypted; who reported may stay unknown.

    `subject` names what it is about (`event 12`), `subject_label` as people call it, `area` whose desk it belongs to: none for
    the whole organisation's. `reply_to` is where the answer goes.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=12, choices=ReportKind.choices)
    subject = models.CharField(max_length=60, blank=True)
    subject_label = models.CharField(max_length=200, blank=True)
    subject_url = models.CharField(max_length=300, blank=True)
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    details = EncryptedTextField()
    reporter = models.ForeignKey(
        Volunteer, null=True, blank=True, on_delete=models.SET_NULL, related_name="reports"
    )
    reply_to = EncryptedTextField(blank=True)
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.NEW)
    at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answer = EncryptedTextField(blank=True)

    class Meta:
        """The one that waits longest is first; an answered one has its moment."""

        ordering: ClassVar = ["at", "pk"]
        indexes: ClassVar = [models.Index(fields=["state", "area", "at"], name="report_queue")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(~Q(state="answered") & Q(answered_at=None))
                | Q(state="answered", answered_at__isnull=False),
                name="answered_report_has_a_moment",
            )
        ]

    def __str__(self) -> str:
        return f"report {self.pk} ({self.get_kind_display()})"
