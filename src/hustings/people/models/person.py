"""People, their labels, and the ways to reach them."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hustings.places.models import Area


class Person(models.Model):
    """A person we know of. Never deleted: erasure empties the row, merging points it at another.

    `last_contacted_at`, `agreed` (a bit for each consent in force, `rules/agreed.py`) and `last_said` (the newest answer about
    the vote) repeat what contacts, consents and intentions say, so that an audience of a ward is one read of one index
    (docs/algorithms/audiences.md). `note_contacts`, `keep_agreed` and `note_intentions` keep them.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    given_name = models.CharField(max_length=80, blank=True)
    family_name = models.CharField(max_length=80, blank=True)
    address_line = models.CharField(max_length=160, blank=True)
    postcode = models.CharField(max_length=8, blank=True, db_index=True)
    ward = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    constituency = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=5, default="en-gb")
    adult_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=120)
    created_at = models.DateTimeField()
    last_contacted_at = models.DateTimeField(null=True, blank=True)
    agreed = models.IntegerField(default=0, db_default=0, editable=False)
    last_said = models.CharField(max_length=24, default="", db_default="", blank=True, editable=False)
    gone_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    tags: "models.ManyToManyField[Tag, models.Model]" = models.ManyToManyField(
        "Tag", blank=True, related_name="people"
    )

    class Meta:
        """Audiences count over one index: a ward or a seat, the last contact, consents, the last answer."""

        indexes: ClassVar = [
            models.Index(
                fields=["ward", "last_contacted_at", "agreed", "last_said"],
                condition=Q(merged_into=None, erased_at=None),
                name="person_of_ward",
            ),
            models.Index(
                fields=["constituency", "last_contacted_at", "agreed", "last_said"],
                condition=Q(merged_into=None, erased_at=None),
                name="person_of_seat",
            ),
            models.Index(fields=["family_name", "given_name"], name="person_name"),
        ]

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}".strip() or f"person {self.pk}"


class Tag(models.Model):
    """A plain label on people."""

    name = models.CharField(max_length=60, unique=True)

    def __str__(self) -> str:
        return self.name


class ContactPointKind(models.TextChoices):
    """Kinds of address."""

    EMAIL = "email", _("email")
    PHONE = "phone", _("telephone")


class ContactPoint(models.Model):
    """An email address or a telephone number of one person, as written and in canonical form."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contact_points")
    kind = models.CharField(max_length=10, choices=ContactPointKind.choices)
    value = models.CharField(max_length=254)
    canonical = models.CharField(max_length=254)
    is_preferred = models.BooleanField(default=True)
    is_mobile = models.BooleanField(default=False)
    verified_at = models.DateTimeField(null=True, blank=True)
    unusable_at = models.DateTimeField(null=True, blank=True)
    unusable_reason = models.CharField(max_length=80, blank=True)
    added_at = models.DateTimeField()
    source = models.CharField(max_length=120)

    class Meta:
        """One preferred address a kind; the same address once per person."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "kind", "canonical"], name="contact_point_once"),
            models.UniqueConstraint(
                fields=["person", "kind"], condition=Q(is_preferred=True), name="one_preferred_contact_point"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["canonical"], name="contact_point_canonical")]

    def __str__(self) -> str:
        return self.value
