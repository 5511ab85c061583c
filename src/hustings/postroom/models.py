"""The outbox: dispatches (one bulk sending each) and messages, each with a state that survives a kill."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hustings.clearance.models import Clearance
from hustings.contacts.models import Contact
from hustings.people.models import Channel, Person, Purpose


class DispatchState(models.TextChoices):
    """Where a bulk sending stands."""

    READY = "ready", _("waiting")
    SENDING = "sending", _("being sent")
    PAUSED = "paused", _("paused")
    STOPPED = "stopped", _("stopped")
    FINISHED = "finished", _("finished")


class Dispatch(models.Model):
    """One bulk sending: the same compiled message to everyone a Clearance cleared."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    label = models.CharField(max_length=120)
    clearance = models.OneToOneField(Clearance, on_delete=models.PROTECT)
    subject = models.CharField(max_length=200)
    text_body = models.TextField()
    html_body = models.TextField()
    from_name = models.CharField(max_length=120, blank=True)
    from_address = models.EmailField()
    reply_to = models.EmailField(blank=True)
    state = models.CharField(max_length=10, choices=DispatchState.choices, default=DispatchState.READY)
    per_minute = models.PositiveIntegerField(null=True, blank=True)
    stops_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.label


class MessageState(models.TextChoices):
    """Where one message stands. Everything but the first three is an end."""

    QUEUED = "queued", _("waiting")
    CLAIMED = "claimed", _("being sent")
    DEFERRED = "deferred", _("to be tried again")
    ACCEPTED = "accepted", _("accepted by the server")
    REFUSED = "refused", _("refused by the server")
    UNKNOWN = "unknown", _("fate unknown")
    WITHDRAWN = "withdrawn", _("withdrawn before sending")


class Message(models.Model):
    """One message to one address.

    Bulk messages belong to a dispatch, and with it to a Clearance; single ones (confirmations, reminders) name a template
    and get their Clearance when they are claimed. `fields` fills the template.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dispatch = models.ForeignKey(
        Dispatch, null=True, blank=True, on_delete=models.PROTECT, related_name="messages"
    )
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.EMAIL)
    purpose = models.CharField(max_length=15, choices=Purpose.choices)
    template = models.CharField(max_length=60, blank=True)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="messages"
    )
    address = models.CharField(max_length=254)
    fields = models.JSONField(default=dict)
    clearance = models.ForeignKey(
        Clearance, null=True, blank=True, on_delete=models.PROTECT, related_name="messages"
    )
    contact = models.OneToOneField(
        Contact, null=True, blank=True, on_delete=models.SET_NULL, related_name="message"
    )
    state = models.CharField(max_length=10, choices=MessageState.choices, default=MessageState.QUEUED)
    reason = models.CharField(max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True, blank=True)
    claim_token = models.UUIDField(null=True, blank=True)
    lease_expires_at = models.DateTimeField(null=True, blank=True)
    queued_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True)
    complained_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Claiming reads one index; nobody gets the same dispatch twice."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dispatch", "person"],
                condition=Q(dispatch__isnull=False),
                name="one_message_per_dispatch",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["dispatch", "id"],
                condition=Q(state__in=["queued", "deferred"]),
                name="message_waiting",
            ),
            models.Index(fields=["lease_expires_at"], condition=Q(state="claimed"), name="message_claimed"),
        ]

    def __str__(self) -> str:
        return f"message {self.pk} ({self.state})"


class DeliveryReport(models.Model):
    """A bounce or a complaint, as a provider or a mailbox reported it."""

    message = models.ForeignKey(
        Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="reports"
    )
    kind = models.CharField(max_length=10, choices=[("bounce", _("bounce")), ("complaint", _("complaint"))])
    is_permanent = models.BooleanField(default=False)
    address_hash = models.CharField(max_length=64)
    status = models.CharField(max_length=20, blank=True)
    diagnostic = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=60)
    source_id = models.CharField(max_length=160)
    at = models.DateTimeField()

    class Meta:
        """The same report counts once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "source_id"], name="delivery_report_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.status}"
