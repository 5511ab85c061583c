"""Hosts' offers, travellers' requests, stays, and what both leave with us for their safety.

Addresses, references and emergency contacts are encrypted. There is no field for ethnicity, religion or belief, and no free
text by which anybody is matched.
"""

import uuid
from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hustings.places.models import Area
from hustings.platform.encryption import EncryptedTextField
from hustings.volunteers.models.volunteer import Volunteer

#: How many days after a stay everything about it is deleted.
KEPT_DAYS = 30


class HostingDetails(models.Model):
    """What a host or a traveller leaves with the organisers: two references and whom to call in an emergency."""

    volunteer = models.OneToOneField(
        Volunteer, primary_key=True, on_delete=models.CASCADE, related_name="hosting_details"
    )
    reference_one = EncryptedTextField()
    reference_two = EncryptedTextField()
    emergency_contact = EncryptedTextField()
    given_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    def __str__(self) -> str:
        return f"hosting details of volunteer {self.volunteer_id}"


class HostOffer(models.Model):
    """Beds that somebody offers from `available_from` to the night before `available_until`.

    `offers` and `asks` are words of `hosting/rules/conditions.py`. `area` is the ward, by which the desk is scoped.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="host_offers")
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    address = EncryptedTextField()
    latitude = models.FloatField()
    longitude = models.FloatField()
    available_from = models.DateField()
    available_until = models.DateField()
    beds = models.PositiveSmallIntegerField()
    offers = models.JSONField(default=list, blank=True)
    asks = models.JSONField(default=list, blank=True)
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The earliest first."""

        ordering: ClassVar = ["available_from", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(available_from__lt=F("available_until")), name="offer_has_a_night"
            ),
            models.CheckConstraint(condition=Q(beds__gte=1), name="offer_has_a_bed"),
        ]

    def __str__(self) -> str:
        return f"offer {self.pk}"


class StayRequest(models.Model):
    """Nights for which somebody asks for a bed, near where they go to help. `priority` is how much their seat needs them."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="stay_requests")
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=120)
    latitude = models.FloatField()
    longitude = models.FloatField()
    arrive_on = models.DateField()
    leave_on = models.DateField()
    max_km = models.FloatField(default=15)
    needs = models.JSONField(default=list, blank=True)
    traits = models.JSONField(default=list, blank=True)
    prefers = models.JSONField(default=list, blank=True)
    priority = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The earliest first."""

        ordering: ClassVar = ["arrive_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(arrive_on__lt=F("leave_on")), name="request_has_a_night")
        ]

    def __str__(self) -> str:
        return f"request {self.pk}"


class StayState(models.TextChoices):
    """Where a stay stands."""

    PROPOSED = "proposed", _("proposed")
    AGREED = "agreed", _("agreed")
    DECLINED = "declined", _("declined")
    ENDED = "ended", _("ended early")


#: States in which a stay takes a bed.
TAKING = (StayState.PROPOSED, StayState.AGREED)


class Stay(models.Model):
    """One traveller's nights with one host: proposed to both, agreed by both, checked in, over.

    `reminded_at` and `team_told_at` say when the traveller was last reminded of a check-in and the organisers told of a missed
    one; a moment before the arrival was about the arrival. The address is shown once both have agreed. `leaving_words` is what
    somebody said who wanted to leave, for the organisers.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    offer = models.ForeignKey(HostOffer, on_delete=models.CASCADE, related_name="stays")
    request = models.ForeignKey(StayRequest, on_delete=models.CASCADE, related_name="stays")
    arrive_on = models.DateField()
    leave_on = models.DateField()
    km = models.FloatField()
    state = models.CharField(max_length=10, choices=StayState.choices, default=StayState.PROPOSED)
    proposed_at = models.DateTimeField()
    host_agreed_at = models.DateTimeField(null=True, blank=True)
    traveller_agreed_at = models.DateTimeField(null=True, blank=True)
    arrived_at = models.DateTimeField(null=True, blank=True)
    first_night_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    team_told_at = models.DateTimeField(null=True, blank=True)
    leaving_words = EncryptedTextField(blank=True)

    class Meta:
        """The earliest first; a request has one stay at a time."""

        ordering: ClassVar = ["arrive_on", "pk"]
        verbose_name_plural = "stays"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["request"], condition=Q(state__in=["proposed", "agreed"]), name="one_stay_a_request"
            ),
            models.CheckConstraint(condition=Q(arrive_on__lt=F("leave_on")), name="stay_has_a_night"),
            models.CheckConstraint(
                condition=~Q(state="agreed")
                | Q(host_agreed_at__isnull=False, traveller_agreed_at__isnull=False),
                name="agreed_by_both",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "arrive_on"], name="stays_by_state")]

    def __str__(self) -> str:
        return f"stay {self.pk}"

    @property
    def is_open_to_both(self) -> bool:
        """Whether each may see the other's name and the traveller the address."""
        return self.state == StayState.AGREED

    @property
    def kept_until(self) -> date:
        """The first day on which nothing of it is kept."""
        return self.leave_on + timedelta(days=KEPT_DAYS)
