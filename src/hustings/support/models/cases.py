"""People who need help: a case, its team, its notes and clocks, and who looked at it.

There is no field for what anybody is alleged to have done, and none may be added. What is free text is encrypted. All of a case
goes with it when it is deleted; the audit log keeps only that it was.
"""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hustings.people.models import Person
from hustings.places.models import Area, Venue
from hustings.platform.encryption import EncryptedTextField


class CaseKind(models.TextChoices):
    """Why somebody needs help."""

    HELD = "held", _("arrested or held")
    HURT = "hurt", _("hurt or unwell")
    STRANDED = "stranded", _("stranded")
    HARASSED = "harassed", _("harassed or threatened")
    SILENT = "silent", _("did not check out")


class CaseState(models.TextChoices):
    """Where a case stands."""

    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


class LawfulBasis(models.TextChoices):
    """On what ground the case is kept (UK GDPR Article 6(1), and Article 9(2) for health)."""

    CONSENT = "consent", _("they agreed to it")
    VITAL = "vital", _("to protect somebody's life, and they cannot agree now")
    LEGITIMATE = "legitimate", _("legitimate interest: looking after the people who give us their time")


class Case(models.Model):
    """One person who needs help, with the facts that are needed and no others.

    `delete_on` is the day on which all of it is deleted: there is no case without one. `person` is set where the one in need is
    on file, so that they can ask for what is held about them.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=CaseKind.choices)
    state = models.CharField(max_length=8, choices=CaseState.choices, default=CaseState.OPEN)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="support_cases"
    )
    venue = models.ForeignKey(Venue, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    called_name = EncryptedTextField(blank=True)
    phone = EncryptedTextField(blank=True)
    whereabouts = EncryptedTextField(blank=True)
    needs = EncryptedTextField(blank=True)
    tell_whom = EncryptedTextField(blank=True)
    basis = models.CharField(max_length=12, choices=LawfulBasis.choices)
    basis_note = EncryptedTextField(blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    next_step = EncryptedTextField(blank=True)
    next_step_due_at = models.DateTimeField(null=True, blank=True)
    next_step_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    step_reminded_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    delete_on = models.DateField()

    class Meta:
        """The one whose step is due first is first; a case is deleted after it was opened."""

        ordering: ClassVar = ["state", F("next_step_due_at").asc(nulls_last=True), "pk"]
        indexes: ClassVar = [models.Index(fields=["delete_on"], name="case_deleted_on")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None) | Q(state="closed", closed_at__isnull=False),
                name="closed_case_has_a_moment",
            )
        ]

    def __str__(self) -> str:
        return f"case {self.pk}"


class CaseMember(models.Model):
    """Somebody on a case's team. Only they see it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="support_cases")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Once on a team."""

        ordering: ClassVar = ["added_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "user"], condition=Q(left_at=None), name="once_on_case_team"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} on {self.case_id}"


class CaseNote(models.Model):
    """One thing that was done or found out, by somebody of the team; `is_system` where this program wrote it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    text = EncryptedTextField()
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_system = models.BooleanField(default=False)

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"note {self.pk}"


class CaseFollowUp(models.Model):
    """Asking how the person is, at a due moment."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="follow_ups")
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    outcome = EncryptedTextField(blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """In order."""

        ordering: ClassVar = ["due_at", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "due_at"], name="follow_up_once")]

    def __str__(self) -> str:
        return f"follow-up {self.pk}"


class CaseView(models.Model):
    """Somebody looked at a case, or tried to without being on its team (`was_let_in` false)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="views")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    what = models.CharField(max_length=40)
    was_let_in = models.BooleanField(default=True)

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.user_id} {self.what}"


class DutyTurn(models.Model):
    """Somebody is on duty: a case that opens by itself (a missed check-out) goes to them."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="duty_turns")
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """One turn at a time."""

        ordering: ClassVar = ["-began_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user"], condition=Q(ended_at=None), name="one_duty_turn")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} on duty"
