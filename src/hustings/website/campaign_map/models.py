"""What the campaign map keeps: settings, targets, daily counts, and what other installations tell. Nothing of a visitor."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hustings.places.models import Area


class MapSetting(models.Model):
    """How the map is drawn up. There is one row at most; without it the map goes by first to second.

    `party` is the organisation's short name as results write it; closeness is then its own gap or lead.
    """

    party = models.CharField(_("our short name in the results"), max_length=160, blank=True)

    class Meta:
        """Only row number one may exist."""

        constraints: ClassVar = [models.CheckConstraint(condition=Q(pk=1), name="one_map_setting")]

    def __str__(self) -> str:
        return self.party or "first to second"


class SeatTarget(models.Model):
    """How many volunteers organisers want in a seat or ward; a seat without a row has no target."""

    area = models.OneToOneField(Area, primary_key=True, on_delete=models.CASCADE, related_name="+")
    target = models.PositiveIntegerField(_("volunteers wanted"))
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        """A target is at least one."""

        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(target__gte=1), name="target_is_somebody")
        ]

    def __str__(self) -> str:
        return f"{self.area_id}: {self.target}"


class Sending(models.Model):
    """How often the map named a seat on a day: first of all, or among the first. Counts alone, nothing of who asked."""

    code = models.CharField(max_length=160)
    on = models.DateField()
    first = models.PositiveIntegerField(default=0)
    shown = models.PositiveIntegerField(default=0)

    class Meta:
        """One row a seat and day."""

        ordering: ClassVar = ["on", "code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "on"], name="one_count_a_seat_and_day")
        ]

    def __str__(self) -> str:
        return f"{self.code} on {self.on}: {self.first}"


class Neighbour(models.Model):
    """Another installation whose public feed is read: its events and where it needs people."""

    name = models.CharField(_("name"), max_length=120)
    address = models.CharField(_("address of the feed"), max_length=300, blank=True)
    is_active = models.BooleanField(_("read it"), default=True)
    read_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        """By name; each address once."""

        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["address"], condition=~Q(address=""), name="one_neighbour_an_address"
            )
        ]

    def __str__(self) -> str:
        return self.name


class NeighbourEvent(models.Model):
    """A public event of another installation, as its feed tells; replaced whenever the feed is read."""

    neighbour = models.ForeignKey(Neighbour, on_delete=models.CASCADE, related_name="events")
    uid = models.CharField(max_length=200)
    title = models.CharField(max_length=160)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    area_code = models.CharField(max_length=12, blank=True)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    url = models.CharField(max_length=300)

    class Meta:
        """The next first."""

        ordering: ClassVar = ["starts_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["neighbour", "uid"], name="neighbour_event_once"),
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")), name="neighbour_event_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class NeighbourNeed(models.Model):
    """How many more people another installation wants in a seat, as its feed tells; none more where its target is met."""

    neighbour = models.ForeignKey(Neighbour, on_delete=models.CASCADE, related_name="needs")
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=120, blank=True)
    wanted = models.PositiveIntegerField()
    target = models.PositiveIntegerField(null=True, blank=True)
    url = models.CharField(max_length=300, blank=True)

    class Meta:
        """The largest first."""

        ordering: ClassVar = ["-wanted", "code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["neighbour", "code"], name="neighbour_need_once")
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.wanted}"
