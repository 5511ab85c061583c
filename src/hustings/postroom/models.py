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
    """One bulk sending: the same compiled message to everyone a Clearance cleared.

    `subject`, `text_body` and `html_body` are in the language of `rules/template_language.py`. `problem` says in a sentence
    why sending was interrupted, where it was.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    label = models.CharField(max_length=120)
    clearance = models.OneToOneField(Clearance, on_delete=models.PROTECT)
    subject = models.CharField(max_length=200)
    text_body = models.TextField()
    html_body = models.TextField()
    from_name = models.CharField(max_length=120, blank=True)
    from_address = models.EmailField()
    reply_to = models.EmailField(blank=True)
    language = models.CharField(max_length=5, default="en-gb")
    state = models.CharField(max_length=10, choices=DispatchState.choices, default=DispatchState.READY)
    problem = models.CharField(max_length=300, blank=True)
    warnings = models.JSONField(default=list)
    per_minute = models.PositiveIntegerField(null=True, blank=True)
    stops_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-made_at", "-id"]

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


#: States from which a message may be claimed for sending.
WAITING_STATES = (MessageState.QUEUED, MessageState.DEFERRED)

#: States that nothing but an organiser's decision (on `UNKNOWN`) changes.
END_STATES = (MessageState.ACCEPTED, MessageState.REFUSED, MessageState.UNKNOWN, MessageState.WITHDRAWN)


class Message(models.Model):
    """One message to one address.

    Bulk messages belong to a dispatch, and with it to a Clearance; single ones (confirmations, reminders) name a template
    and get their Clearance when they are claimed. `fields` fills the template, and is emptied once a single message has
    ended, because it may hold secrets of its reader. `domain` is the address's, as it goes over the wire. `reason` is the
    server's answer, or why the message was withdrawn. A text message's `address` is its number (E.164), its `parts` are what the
    provider charges for, and `delivered_at` is when it was reported to be on the phone.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dispatch = models.ForeignKey(
        Dispatch, null=True, blank=True, on_delete=models.PROTECT, related_name="messages", db_index=False
    )
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.EMAIL)
    purpose = models.CharField(max_length=15, choices=Purpose.choices)
    template = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=5, default="en-gb")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="messages"
    )
    address = models.CharField(max_length=254)
    domain = models.CharField(max_length=255)
    fields = models.JSONField(default=dict)
    clearance = models.ForeignKey(
        Clearance, null=True, blank=True, on_delete=models.PROTECT, related_name="messages", db_index=False
    )
    contact = models.OneToOneField(
        Contact, null=True, blank=True, on_delete=models.SET_NULL, related_name="message"
    )
    state = models.CharField(max_length=10, choices=MessageState.choices, default=MessageState.QUEUED)
    reason = models.CharField(max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True, blank=True)
    claim_token = models.UUIDField(null=True, blank=True, editable=False)
    lease_expires_at = models.DateTimeField(null=True, blank=True)
    queued_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True)
    complained_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    parts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        """Claiming reads one index; nobody gets the same dispatch twice."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dispatch", "person"],
                condition=Q(dispatch__isnull=False),
                name="one_message_per_dispatch",
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=["account", "service"]) | Q(dispatch__isnull=False),
                name="marketing_goes_in_a_dispatch",
            ),
            models.CheckConstraint(
                condition=Q(dispatch__isnull=False, template="") | (Q(dispatch=None) & ~Q(template="")),
                name="message_has_a_dispatch_or_a_template",
            ),
        ]
        indexes: ClassVar = [
            # The state is no condition of a partial index: SQLite cannot use one whose value comes as a parameter.
            models.Index(fields=["dispatch", "state", "id"], name="message_state"),
            models.Index(
                fields=["claim_token"], condition=Q(claim_token__isnull=False), name="message_claimed"
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.pk} ({self.state})"


class DeliveryReport(models.Model):
    """A bounce or a complaint, as a provider or a mailbox reported it, or an answer to a text message."""

    message = models.ForeignKey(
        Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="reports"
    )
    kind = models.CharField(
        max_length=10,
        choices=[
            ("bounce", _("bounce")),
            ("complaint", _("complaint")),
            ("stop", _("STOP")),
            ("reply", _("answer")),
        ],
    )
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


class DomainHold(models.Model):
    """A recipient's mail domain that keeps deferring: left alone until a moment, then tried again."""

    domain = models.CharField(max_length=255, unique=True)
    failures = models.PositiveIntegerField(default=0)
    held_until = models.DateTimeField(null=True, blank=True)
    last_reason = models.CharField(max_length=200, blank=True)
    last_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.domain


class SendingDomainCheck(models.Model):
    """What the world's name servers say about a domain we send from: SPF, DKIM and DMARC, with advice."""

    domain = models.CharField(max_length=255)
    selectors = models.JSONField(default=list)
    findings = models.JSONField(default=list)
    is_ready = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-at", "-id"]
        indexes: ClassVar = [models.Index(fields=["domain", "-at"], name="domain_check_latest")]

    def __str__(self) -> str:
        return f"{self.domain} ({'ready' if self.is_ready else 'not ready'})"
