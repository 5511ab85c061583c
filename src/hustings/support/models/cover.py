"""Cover of a place: periods, shifts, who comes, hand-over notes, and the call-out that asks people."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hustings.places.models import Venue
from hustings.postroom.models import Message
from hustings.support.rules.rings import Ring, RingPlan
from hustings.volunteers.models import Volunteer

#: The rings that an installation starts with: kilometres and minutes.
FIRST_RINGS = [
    {"km": 5, "minutes": 10},
    {"km": 15, "minutes": 15},
    {"km": 40, "minutes": 20},
]


def first_rings() -> list[dict[str, int]]:
    """A fresh copy of `FIRST_RINGS`."""
    return [dict(ring) for ring in FIRST_RINGS]


class CallOutSettings(models.Model):
    """How call-outs go, for the whole organisation: one row, open to whoever may see cover."""

    rings = models.JSONField(default=first_rings)
    asks_a_place = models.PositiveSmallIntegerField(default=2)
    most_asks_a_day = models.PositiveSmallIntegerField(default=8)
    rest_minutes = models.PositiveIntegerField(default=120)
    shift_minutes = models.PositiveSmallIntegerField(default=120)
    ahead_hours = models.PositiveSmallIntegerField(default=12)
    required_course = models.SlugField(max_length=60, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        """Only row number one may exist."""

        constraints: ClassVar = [models.CheckConstraint(condition=Q(pk=1), name="one_call_out_settings")]

    def __str__(self) -> str:
        return "call-out settings"

    def plan(self) -> RingPlan:
        """The settings as the rule takes them. Raises `RingsRefused`."""
        rings = tuple(Ring(km=float(ring["km"]), minutes=int(ring["minutes"])) for ring in self.rings)
        return RingPlan(
            rings=rings,
            asks_a_place=self.asks_a_place,
            rest_minutes=self.rest_minutes,
            most_asks_a_day=self.most_asks_a_day,
        )


class CoverPeriod(models.Model):
    """A place that is covered, from the press that made it active until it is quiet again (`closed_at`).

    `round`, `ring` and `asked_at` say where its call-out stands, `next_at` when it is looked at again; `is_exhausted`: everybody
    in reach was asked in this round. `spared` counts those who were left out of the last step because they were asked as often as
    the setting allows in a day. `covered_until` is the end of the rota so far; it moves on while the period is open.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="cover")
    reason = models.CharField(max_length=200)
    meeting_point = models.CharField(max_length=200, blank=True)
    minimum = models.PositiveSmallIntegerField(default=2)
    shift_minutes = models.PositiveSmallIntegerField(default=120)
    required_course = models.SlugField(max_length=60, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    covered_until = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    round = models.PositiveSmallIntegerField(default=0)
    ring = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(null=True, blank=True)
    next_at = models.DateTimeField(null=True, blank=True)
    is_exhausted = models.BooleanField(default=False)
    spared = models.PositiveIntegerField(default=0)

    class Meta:
        """Newest first; a place has one open period at most."""

        ordering: ClassVar = ["-opened_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["venue"], condition=Q(closed_at=None), name="one_open_cover_of_venue"
            ),
            models.CheckConstraint(condition=Q(opened_at__lte=F("covered_until")), name="cover_ends_later"),
        ]

    def __str__(self) -> str:
        return f"{self.venue}, {self.opened_at:%Y-%m-%d %H:%M}"

    @property
    def is_open(self) -> bool:
        """Whether the place is active."""
        return self.closed_at is None


class CoverShift(models.Model):
    """A stretch of the rota with the number of people wanted in each of its hours."""

    period = models.ForeignKey(CoverPeriod, on_delete=models.CASCADE, related_name="shifts")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    minimum = models.PositiveSmallIntegerField()

    class Meta:
        """In order; a period has one shift at a time."""

        ordering: ClassVar = ["starts_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["period", "starts_at"], name="cover_shift_once"),
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="cover_shift_ends_later"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%H:%M}–{self.ends_at:%H:%M}"


class CoverClaim(models.Model):
    """A volunteer comes to a shift, until they take it back or the place is quiet (`ended_at`)."""

    shift = models.ForeignKey(CoverShift, on_delete=models.CASCADE, related_name="claims")
    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="cover_claims")
    claimed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=12, blank=True)

    class Meta:
        """Somebody stands once to a shift."""

        ordering: ClassVar = ["claimed_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["shift", "volunteer"], condition=Q(ended_at=None), name="one_claim_of_cover_shift"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["volunteer", "ended_at"], name="cover_of_volunteer")]

    def __str__(self) -> str:
        return f"{self.volunteer_id} on {self.shift_id}"


class HandOverNote(models.Model):
    """What those who leave tell those who come: about the place, never about the people held in it."""

    period = models.ForeignKey(CoverPeriod, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField()
    at = models.DateTimeField()
    by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    by_volunteer = models.ForeignKey(
        Volunteer, null=True, blank=True, on_delete=models.SET_NULL, related_name="hand_over_notes"
    )

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"note {self.pk}"


class AskChannel(models.TextChoices):
    """How somebody is asked."""

    SMS = "sms", _("text message")
    EMAIL = "email", _("email")
    CALL = "call", _("to be rung")


class Answer(models.TextChoices):
    """What somebody answered."""

    NONE = "", _("no answer yet")
    YES = "yes", _("comes")
    NOT_TODAY = "not_today", _("not today")
    NO_REPLY = "no_reply", _("rung, no reply")


class Ask(models.Model):
    """Somebody was asked in one round of a call-out. Nobody is asked twice in a round: a constraint.

    `may_ring` is the gate's answer about their telephone. `message` is what was sent, for those who are not rung.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    period = models.ForeignKey(CoverPeriod, on_delete=models.CASCADE, related_name="asks")
    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="cover_asks")
    round = models.PositiveSmallIntegerField()
    ring = models.PositiveSmallIntegerField()
    km = models.FloatField()
    channel = models.CharField(max_length=6, choices=AskChannel.choices)
    may_ring = models.BooleanField(default=False)
    message = models.ForeignKey(Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Nearest first within a round; once a round."""

        ordering: ClassVar = ["round", "km", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["period", "volunteer", "round"], name="asked_once_a_round")
        ]
        indexes: ClassVar = [models.Index(fields=["volunteer", "asked_at"], name="asks_of_volunteer")]

    def __str__(self) -> str:
        return f"ask {self.pk}"
