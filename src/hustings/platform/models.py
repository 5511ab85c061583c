"""Rows of the plumbing: jobs, imports, audit entries, schedule runs."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    """Where a job stands."""

    READY = "ready", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    STOPPED = "stopped", _("stopped")


class Job(models.Model):
    """One task to run, with the lease that says who runs it and the progress that pages show."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    task_path = models.CharField(max_length=200)
    args = models.JSONField(default=list)
    kwargs = models.JSONField(default=dict)
    queue = models.CharField(max_length=40, default="default")
    priority = models.SmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.READY)
    run_after = models.DateTimeField(null=True, blank=True)
    enqueued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    last_attempted_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=5)
    worker_ids = models.JSONField(default=list)
    lease_token = models.UUIDField(null=True, blank=True)
    lease_expires_at = models.DateTimeField(null=True, blank=True)
    stop_requested_at = models.DateTimeField(null=True, blank=True)
    progress_done = models.BigIntegerField(default=0)
    progress_total = models.BigIntegerField(null=True, blank=True)
    progress_note = models.CharField(max_length=200, blank=True)
    errors = models.JSONField(default=list)
    return_value = models.JSONField(null=True, blank=True)

    class Meta:
        """Claiming reads one index."""

        ordering: ClassVar = ["-enqueued_at"]
        indexes: ClassVar = [
            models.Index(
                fields=["queue", "-priority", "enqueued_at"], condition=Q(state="ready"), name="job_ready"
            ),
            models.Index(fields=["lease_expires_at"], condition=Q(state="running"), name="job_leased"),
        ]

    def __str__(self) -> str:
        return f"{self.task_path} ({self.state})"


class ScheduleRun(models.Model):
    """When a scheduled task was last enqueued."""

    name = models.CharField(max_length=80, unique=True)
    last_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class ImportState(models.TextChoices):
    """Where an import stands."""

    STAGING = "staging", _("being read")
    ACTIVE = "active", _("in use")
    DRY_RUN = "dry_run", _("tried out, nothing stored")
    FAILED = "failed", _("failed, nothing stored")


class ImportRun(models.Model):
    """One file that was read: its fingerprint, its counts and where its rejects lie.

    `read = accepted + rejected + unchanged` holds for every finished run (a database constraint).
    """

    importer = models.CharField(max_length=60)
    file_name = models.CharField(max_length=255)
    file_sha256 = models.CharField(max_length=64)
    file_bytes = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.STAGING)
    options = models.JSONField(default=dict)
    read = models.BigIntegerField(default=0)
    accepted = models.BigIntegerField(default=0)
    rejected = models.BigIntegerField(default=0)
    unchanged = models.BigIntegerField(default=0)
    details = models.JSONField(default=dict)
    rejects_path = models.CharField(max_length=255, blank=True)
    problem = models.TextField(blank=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        """Newest first; the counts add up."""

        ordering: ClassVar = ["-started_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(read=models.F("accepted") + models.F("rejected") + models.F("unchanged")),
                name="import_counts_add_up",
            )
        ]

    def __str__(self) -> str:
        return f"{self.importer}: {self.file_name}"


class AuditEntry(models.Model):
    """Who did what to what, and when; never changed and never deleted."""

    at = models.DateTimeField(db_index=True)
    actor_id = models.BigIntegerField(null=True, blank=True)
    actor_name = models.CharField(max_length=150, blank=True)
    verb = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=60)
    area_code = models.CharField(max_length=12, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-at", "-id"]
        indexes: ClassVar = [models.Index(fields=["subject_type", "subject_id"], name="audit_subject")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name} {self.verb} {self.subject_type} {self.subject_id}"
