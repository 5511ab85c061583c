"""What people agreed to and withdrew: wordings, receipts, and the consent in force."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from hustings.people.models.channels import Channel, Purpose
from hustings.people.models.person import Person
from hustings.platform.kept import Kept, KeptQuerySet


class ConsentWording(models.Model):
    """The exact words somebody agreed to; a change of words is a new version."""

    key = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=5, default="en-gb")
    text = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        """Versions are numbered within a key and a language."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "language", "version"], name="wording_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.key} v{self.version}"


class ReceiptQuerySet(KeptQuerySet):
    """Receipts are added and read; two acts alone touch what is written."""

    def hand_over(self, *, person_id: int) -> int:
        """Let these receipts belong to another row of the same person: for merging and undoing it."""
        return models.QuerySet.update(self, person_id=person_id)

    def empty_evidence(self) -> int:
        """Drop what was kept as evidence, which names the person; what was agreed to and when stays. For erasure."""
        return models.QuerySet.update(self, evidence={})


class ConsentEvent(Kept):
    """A receipt: this person gave or withdrew this consent, in these words, then, there, with this evidence.

    Only ever added: the model refuses changes, and so does the database.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consent_events")
    channel = models.CharField(max_length=10, choices=Channel.choices, blank=True)
    purpose = models.CharField(max_length=15, choices=Purpose.choices)
    is_given = models.BooleanField()
    wording = models.ForeignKey(
        ConsentWording, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    source = models.CharField(max_length=120)
    evidence = models.JSONField(default=dict)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = ReceiptQuerySet.as_manager()  # type: ignore[misc]  # django-stubs and a default manager in a subclass

    class Meta:
        """In order of time within a person."""

        ordering: ClassVar = ["at", "id"]
        indexes: ClassVar = [
            models.Index(fields=["person", "channel", "purpose", "at"], name="consent_history")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.channel} {self.purpose} {'given' if self.is_given else 'withdrawn'}"


class Consent(models.Model):
    """The consent in force, derived from the last event; kept so that a whole audience is one index read."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    channel = models.CharField(max_length=10, choices=Channel.choices, blank=True)
    purpose = models.CharField(max_length=15, choices=Purpose.choices)
    is_given = models.BooleanField()
    event = models.ForeignKey(ConsentEvent, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """One row a person, channel and purpose."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "channel", "purpose"], name="one_consent_in_force")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["channel", "purpose", "person"], condition=Q(is_given=True), name="consent_given"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.channel} {self.purpose}"
