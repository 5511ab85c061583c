"""Local groups on chat services and email lists, who is in them, and every release of an invite link."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hustings.places.models import Area
from hustings.platform.encryption import EncryptedTextField
from hustings.platform.kept import Kept
from hustings.volunteers.models.training import Course
from hustings.volunteers.models.volunteer import Volunteer


class GroupKind(models.TextChoices):
    """Where a group talks."""

    WHATSAPP = "whatsapp", _("WhatsApp")
    SIGNAL = "signal", _("Signal")
    TELEGRAM = "telegram", _("Telegram")
    EMAIL_LIST = "email_list", _("email list")
    OTHER = "other", _("another service")


class GroupState(models.TextChoices):
    """Where a group stands: a spare one waits until the others of its family are full."""

    DRAFT = "draft", _("draft")
    SPARE = "spare", _("spare, opens when the others are full")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


class Group(models.Model):
    """A group, or an overflow of one: `family` is the first group of its family, which is its own.

    The invite link is encrypted and is shown by a release alone. `link_version` counts its rotations; `link_hours` is how long
    a release can be opened.
    """

    slug = models.SlugField(max_length=80, unique=True)
    family = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="relatives"
    )
    number = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=GroupKind.choices)
    summary = models.TextField(blank=True)
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    capacity = models.PositiveIntegerField()
    required_course = models.ForeignKey(
        Course, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_adults_only = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=GroupState.choices, default=GroupState.DRAFT)
    link = EncryptedTextField(blank=True)
    link_version = models.PositiveIntegerField(default=0)
    link_changed_at = models.DateTimeField(null=True, blank=True)
    link_hours = models.PositiveSmallIntegerField(default=24)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """By name; numbers within a family are given once."""

        ordering: ClassVar = ["name", "number", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["family", "number"], name="group_number_once"),
            models.CheckConstraint(condition=Q(capacity__gte=2), name="group_holds_two"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A volunteer's place in a family of groups: in `group`, or waiting for one where it is none."""

    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="memberships")
    family = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="family_memberships")
    group = models.ForeignKey(
        Group, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships"
    )
    asked_at = models.DateTimeField()
    joined_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """First come, first served; nobody is in two groups of a family."""

        ordering: ClassVar = ["asked_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["volunteer", "family"], condition=Q(left_at=None), name="one_group_of_a_family"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["group", "left_at"], name="members_of_group"),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id} in {self.group_id}"


class ReleasePurpose(models.TextChoices):
    """Why an invite link was released."""

    JOIN = "join", _("to join")
    RETURN = "return", _("to join again")
    ROTATED = "rotated", _("because the link changed")


class LinkRelease(Kept):
    """One invite link shown to one volunteer for one purpose. Only ever added; `opened_at` is filled in once."""

    filled_in_later: ClassVar = (frozenset({"opened_at"}),)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="releases")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="releases")
    link_version = models.PositiveIntegerField()
    purpose = models.CharField(max_length=8, choices=ReleasePurpose.choices)
    released_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-released_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["group", "released_at"], name="releases_of_group")]

    def __str__(self) -> str:
        return f"release {self.pk} of group {self.group_id}"
