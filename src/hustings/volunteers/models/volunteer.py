"""Volunteers, the forms that ask to become one, and the links by which they come in."""

import uuid
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hustings.people.models import Person
from hustings.places.models import Area


class Volunteer(models.Model):
    """A person who gives their time. Never deleted; erasure empties the row.

    `area` is the home ward, by which the desk is scoped; `latitude` and `longitude` are of the postcode, in degrees (WGS 84).
    `weekly_limit_minutes` is what the volunteer said: none while they said nothing. `free_times` are slots like `sat-morning`
    (`rules/free_times.py`); an empty list means that any time will do. `calendar_key` opens their own calendar feed.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="volunteer")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="volunteer"
    )
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    postcode = models.CharField(max_length=8, blank=True, db_index=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    weekly_limit_minutes = models.PositiveIntegerField(null=True, blank=True)
    free_times = models.JSONField(default=list, blank=True)
    adult_confirmed_at = models.DateTimeField(null=True, blank=True)
    conduct_accepted_at = models.DateTimeField(null=True, blank=True)
    conduct_version = models.PositiveSmallIntegerField(null=True, blank=True)
    calendar_key = models.UUIDField(default=uuid.uuid4, editable=False)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """In order of joining; those near a point are found by their latitude."""

        ordering: ClassVar = ["joined_at", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["area", "left_at"], name="volunteer_of_area"),
            models.Index(fields=["latitude", "longitude"], name="volunteer_near"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(conduct_accepted_at=None, conduct_version=None)
                | Q(conduct_accepted_at__isnull=False, conduct_version__isnull=False),
                name="conduct_has_a_version",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def is_adult(self) -> bool:
        """Whether they confirmed that they are 18 or older."""
        return self.adult_confirmed_at is not None

    @property
    def is_active(self) -> bool:
        """Whether they have not left."""
        return self.left_at is None


class Joining(models.Model):
    """A form that asks to help, until its sender confirms it by email; erased after 30 days where nobody does.

    `wishes` says what they wanted when they came, for example `{"shift": 12}`. The link's secret is kept as a hash.
    """

    token_hash = models.CharField(max_length=64, unique=True)
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)
    email = models.CharField(max_length=254)
    canonical_email = models.CharField(max_length=254, db_index=True)
    postcode = models.CharField(max_length=8)
    phone = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=5, default="en-gb")
    is_adult = models.BooleanField(default=False)
    wishes = models.JSONField(default=dict, blank=True)
    asked_at = models.DateTimeField(db_index=True)

    class Meta:
        """Oldest first."""

        ordering: ClassVar = ["asked_at", "pk"]

    def __str__(self) -> str:
        return f"joining {self.pk}"


class WayIn(models.Model):
    """A link that lets a volunteer in once, for an hour. The secret in it is kept as a hash alone."""

    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="ways_in")
    token_hash = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    leads_to = models.CharField(max_length=200, blank=True)

    class Meta:
        """Newest first; a link ends after it begins."""

        ordering: ClassVar = ["-asked_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(asked_at__lt=F("expires_at")), name="way_in_ends")
        ]

    def __str__(self) -> str:
        return f"way in {self.pk}"

    def opens(self, *, at: datetime) -> bool:
        """Whether the link still works at a moment."""
        return self.used_at is None and self.asked_at <= at < self.expires_at
