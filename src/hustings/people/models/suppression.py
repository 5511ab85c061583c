"""Objections: the keys by which they find people, the objections themselves, and answers to doubtful hits."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hustings.people.models.channels import Channel, Purpose
from hustings.people.models.person import Person
from hustings.platform.kept import Kept


class KeyKind(models.TextChoices):
    """What a suppression key was made of."""

    EMAIL = "email", _("email address")
    PHONE = "phone", _("telephone number")
    NAME_ADDRESS = "name_address", _("name and address")
    NAME_VARIANT = "name_variant", _("variant of a name and address")
    ELECTOR = "elector", _("elector")


class PersonKey(models.Model):
    """A keyed hash by which an objection would find this person."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="keys")
    kind = models.CharField(max_length=15, choices=KeyKind.choices)
    key_hash = models.CharField(max_length=64)

    class Meta:
        """Each key once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "key_hash"], name="person_key_once")
        ]
        indexes: ClassVar = [models.Index(fields=["key_hash", "person"], name="person_key_hash")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}"


class Suppression(Kept):
    """One key of one objection, or of its lifting by the same person. Only ever added; outlives the person's row.

    `objection` groups the keys of one objection. `channel` empty means every channel; `purpose` empty means all marketing.
    """

    objection = models.UUIDField(db_index=True)
    is_lifted = models.BooleanField(default=False)
    kind = models.CharField(max_length=15, choices=KeyKind.choices)
    key_hash = models.CharField(max_length=64, db_index=True)
    channel = models.CharField(max_length=10, choices=Channel.choices, blank=True)
    purpose = models.CharField(max_length=15, choices=Purpose.choices, blank=True)
    at = models.DateTimeField()
    source = models.CharField(max_length=120)

    class Meta:
        """In order of time."""

        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.key_hash[:8]}"


class SuppressionReview(models.Model):
    """A data officer's answer to a doubtful hit: is this person the one who objected?"""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="suppression_reviews")
    objection = models.UUIDField()
    is_same_person = models.BooleanField()
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        """One answer a pair."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "objection"], name="one_review_per_objection")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.objection}"
