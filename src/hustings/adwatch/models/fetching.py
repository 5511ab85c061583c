"""Fetching from the Meta API: the token, encrypted, and each run with where it stands."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hustings.platform.encryption import EncryptedTextField


class ArchiveAccess(models.Model):
    """The token with which the archive is asked; stored encrypted, never shown again. At most one row."""

    token = EncryptedTextField()
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        """One row."""

        verbose_name_plural = "archive access"

    def __str__(self) -> str:
        return "token (not shown)"


class FetchState(models.TextChoices):
    """Where a run stands; one that is `running` but not alive is taken up again by asking for it again."""

    RUNNING = "running", _("running")
    WAITING = "waiting", _("waiting for the platform's limit")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


class FetchRun(models.Model):
    """One question to the archive, fetched page by page into a folder below the home; `after` is the next page's cursor."""

    question = models.JSONField(default=dict)
    question_key = models.CharField(max_length=64, db_index=True)
    state = models.CharField(max_length=10, choices=FetchState.choices, default=FetchState.RUNNING)
    after = models.TextField(blank=True)
    pages = models.PositiveIntegerField(default=0)
    ads = models.PositiveIntegerField(default=0)
    folder = models.CharField(max_length=300)
    problem = models.TextField(blank=True)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-begun_at", "-id"]

    def __str__(self) -> str:
        return f"{self.pages} pages, {self.get_state_display()}"
