"""A mailing: what is said to whom, when, and what became of it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hustings.clearance.models import ApprovedCopy, Clearance, Material
from hustings.outreach.audiences.models import Audience
from hustings.postroom.models import Dispatch


class MailingState(models.TextChoices):
    """Where a mailing stands."""

    DRAFT = "draft", _("draft")
    SCHEDULED = "scheduled", _("scheduled")
    SENDING = "sending", _("being sent")
    PAUSED = "paused", _("paused")
    STOPPED = "stopped", _("stopped")
    FINISHED = "finished", _("finished")


class MailingTemplate(models.TextChoices):
    """What stands around the words."""

    PLAIN = "plain", _("a letter: plain, as from one person to another")
    NEWSLETTER = (
        "newsletter",
        _("a newsletter: a band with your name and colour, and a list of what is in it"),
    )
    POLL_DAY = "poll_day", _("a call to vote: the poll's facts first")


class MailingChannel(models.TextChoices):
    """How a mailing reaches people; the values are those of `people.models.Channel`."""

    EMAIL = "email", _("email")
    SMS = "sms", _("text message")


class Mailing(models.Model):
    """One email or text message to one audience. A text has no subject line, no look and no address for replies."""

    title = models.CharField(max_length=120)
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="mailings")
    material = models.ForeignKey(Material, on_delete=models.PROTECT, related_name="+")
    copy = models.ForeignKey(ApprovedCopy, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=MailingChannel.choices, default=MailingChannel.EMAIL)
    template = models.CharField(max_length=40, choices=MailingTemplate.choices, default=MailingTemplate.PLAIN)
    from_name = models.CharField(max_length=120, blank=True)
    reply_to = models.EmailField(blank=True)
    state = models.CharField(max_length=10, choices=MailingState.choices, default=MailingState.DRAFT)
    send_at = models.DateTimeField(null=True, blank=True)
    stops_at = models.DateTimeField(null=True, blank=True)
    per_minute = models.PositiveIntegerField(null=True, blank=True)
    clearance = models.ForeignKey(
        Clearance, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    dispatch = models.OneToOneField(
        Dispatch, null=True, blank=True, on_delete=models.PROTECT, related_name="mailing"
    )
    problem = models.TextField(blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        """Newest first; once it left the draft it has its approved copy."""

        app_label = "outreach"
        ordering: ClassVar = ["-made_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="draft") | Q(copy__isnull=False), name="mailing_has_an_approved_copy"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_text(self) -> bool:
        """Whether it goes out by text message."""
        return self.channel == MailingChannel.SMS
