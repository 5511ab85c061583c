"""Areas with their lifespans, how they overlap, their outlines, and venues: buildings that people go to."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class AreaKind(models.TextChoices):
    """What sort of area a code stands for."""

    NATION = "nation", _("nation")
    REGION = "region", _("region")
    COUNTY = "county", _("county")
    DISTRICT = "district", _("council district")
    CONSTITUENCY = "constituency", _("constituency")
    WARD = "ward", _("ward")
    POLLING_DISTRICT = "polling_district", _("polling district")
    LSOA = "lsoa", _("small area")


class Area(models.Model):
    """One area by its GSS code. Old and new constituencies live side by side, told apart by their spans."""

    code = models.CharField(max_length=12, primary_key=True)
    kind = models.CharField(max_length=20, choices=AreaKind.choices)
    name = models.CharField(max_length=120)
    name_cy = models.CharField(max_length=120, blank=True)
    nation = models.CharField(max_length=20, blank=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        """By kind and name."""

        ordering: ClassVar = ["kind", "name"]
        indexes: ClassVar = [models.Index(fields=["kind", "name"], name="area_kind_name")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_from__lt=F("valid_until")),
                name="area_span_is_not_empty",
            )
        ]

    def __str__(self) -> str:
        return self.name


class AreaLink(models.Model):
    """How much of one area lies in another: shares between 0 and 1 by population and by ground."""

    inner = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="links_out")
    outer = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="links_in")
    population_share = models.FloatField(null=True, blank=True)
    ground_share = models.FloatField(null=True, blank=True)
    source = models.CharField(max_length=200)

    class Meta:
        """One link per pair."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["inner", "outer"], name="one_link_per_pair")]

    def __str__(self) -> str:
        return f"{self.inner_id} in {self.outer_id}"


class Boundary(models.Model):
    """An area's outline as GeoJSON geometry in WGS 84, with the bounding box for a first test."""

    area = models.OneToOneField(Area, primary_key=True, on_delete=models.CASCADE)
    geometry = models.JSONField()
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    detail = models.CharField(max_length=60)
    source = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.area_id


class VenueKind(models.TextChoices):
    """What a building is to a campaign and to those who look after people."""

    POLLING_STATION = "polling_station", _("polling station")
    POLICE_STATION = "police_station", _("police station")
    CUSTODY_SUITE = "custody_suite", _("custody suite")
    HOSPITAL = "hospital", _("hospital")
    COUNCIL_OFFICE = "council_office", _("council office")
    COUNT_VENUE = "count_venue", _("count venue")
    OTHER = "other", _("other place")


class Venue(models.Model):
    """One building that people go to, with its point (WGS 84) and the smallest area known to hold it.

    `source` names the importer, or `desk` for one typed in; `reference` is the source's own name for it, so that the same
    file changes nothing when it is read again. `dataset` says in words where the row comes from. A venue is never deleted:
    `left_on` is the day from which it is no longer used.
    """

    kind = models.CharField(max_length=20, choices=VenueKind.choices)
    name = models.CharField(max_length=160)
    address = models.CharField(max_length=300, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="venues")
    phone = models.CharField(max_length=20, blank=True)
    source = models.CharField(max_length=60)
    reference = models.CharField(max_length=80)
    dataset = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField()
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        """A source names each venue once."""

        ordering: ClassVar = ["kind", "name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "reference"], name="venue_once_per_source")
        ]
        indexes: ClassVar = [models.Index(fields=["area", "kind"], name="venue_of_area")]

    def __str__(self) -> str:
        return self.name
