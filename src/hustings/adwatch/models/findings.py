"""Findings about non-party campaigners: reviewed by a named person, put to the campaigner, then published with the reply."""

import secrets
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hustings.adwatch.models.advertisers import Entity
from hustings.platform.kept import Kept
from hustings.postroom.models import Message


class FindingState(models.TextChoices):
    """How far a finding has come."""

    DRAFT = "draft", _("draft")
    REVIEWED = "reviewed", _("reviewed")
    INVITED = "invited", _("invited to reply")
    PUBLISHED = "published", _("published")
    DROPPED = "dropped", _("dropped")


def _token() -> str:
    return secrets.token_urlsafe(24)


class CampaignerFinding(models.Model):
    """No registration was found for an entity whose spending may lie above a threshold of a regulated period.

    The figures are those of the day it was drawn up: `basis` lists the snapshots, `entries` the ids of the dated table, and
    `reading` is `above` where the lower end lies above the threshold, `may-be-above` where only the upper end does.
    `reply_token` opens the page on which the campaigner replies.
    """

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="findings")
    poll_on = models.DateField()
    period_from = models.DateField()
    period_until = models.DateField()
    spend_low_pence = models.BigIntegerField()
    spend_high_pence = models.BigIntegerField(null=True, blank=True)
    threshold_pence = models.BigIntegerField()
    reading = models.CharField(max_length=15)
    basis = models.JSONField(default=list)
    entries = models.JSONField(default=list)
    registers = models.JSONField(default=list)
    cautions = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=FindingState.choices, default=FindingState.DRAFT)
    drawn_up_at = models.DateTimeField()
    drawn_up_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    reply_by = models.DateField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    reply_token = models.CharField(max_length=60, unique=True, default=_token)

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-drawn_up_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False),
                name="published_finding_has_its_moment",
            )
        ]

    def __str__(self) -> str:
        return f"{self.entity}: no registration found"


class StepKind(models.TextChoices):
    """What was done with a finding."""

    REVIEW = "review", _("reviewed")
    INVITATION = "invitation", _("invited to reply")
    REPLY = "reply", _("reply")
    PUBLICATION = "publication", _("published")
    DROP = "drop", _("dropped")


class FindingStep(Kept):
    """One step with its words: what the reviewer checked, how the invitation went out, the reply in full, why it was dropped.

    An invitation by email holds its `message`, which says whether it was accepted, refused or came back.
    """

    finding = models.ForeignKey(CampaignerFinding, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12, choices=StepKind.choices)
    words = models.TextField()
    signed = models.CharField(max_length=160, blank=True)
    message = models.ForeignKey(Message, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        """In order of time; words are never empty."""

        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(words=""), name="finding_step_has_words")
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.finding_id}"
