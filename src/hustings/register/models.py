"""Electors that last, register entries by version, the right to hold them, and matches to people."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hustings.elections.models import Election
from hustings.people.models import Person
from hustings.places.models import Area, Venue
from hustings.platform.encryption import EncryptedTextField
from hustings.platform.models import ImportRun


class EntitlementKind(models.TextChoices):
    """Who may hold a copy of the full register."""

    CANDIDATE = "candidate", _("candidate at an election")
    PARTY = "party", _("registered party")
    COUNCILLOR = "councillor", _("councillor or other elected representative")


class Entitlement(models.Model):
    """The right under which a register copy is held: whose, for which election or office, where, until
    when.
    """

    kind = models.CharField(max_length=12, choices=EntitlementKind.choices)
    holder = models.CharField(max_length=160)
    election = models.ForeignKey(Election, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    office = models.CharField(max_length=160, blank=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_until = models.DateField()
    evidence = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        """A span is never empty; the right is for an election or an office, and somebody has seen proof of
        it.
        """

        ordering: ClassVar = ["-valid_until", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_from__lt=models.F("valid_until")), name="entitlement_span_is_not_empty"
            ),
            models.CheckConstraint(
                condition=Q(election__isnull=False) | ~Q(office=""), name="entitlement_is_for_something"
            ),
            models.CheckConstraint(condition=~Q(evidence=""), name="entitlement_has_evidence"),
        ]

    def __str__(self) -> str:
        return f"{self.holder}, until {self.valid_until:%d %B %Y}"


class RegisterVersion(models.Model):
    """One supplied register file.

    `area` is the smallest area that holds every entry. A version is current until a newer one covers the
    same polling districts; several may be current side by side, one a ward, say.
    """

    entitlement = models.ForeignKey(Entitlement, on_delete=models.PROTECT, related_name="versions")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    as_of = models.DateField()
    import_run = models.OneToOneField(ImportRun, on_delete=models.PROTECT)
    is_current = models.BooleanField(default=True)
    destroyed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A destroyed copy is never current."""

        ordering: ClassVar = ["-as_of", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(destroyed_at=None) | Q(is_current=False), name="destroyed_register_is_not_current"
            )
        ]

    def __str__(self) -> str:
        return f"{self.area_id} {self.as_of}"


class Elector(models.Model):
    """An elector who lasts across register versions; everything descriptive is in the entries."""

    supplier_id = models.CharField(max_length=60, blank=True, db_index=True)
    first_seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"elector {self.pk}"


class RegisterEntry(models.Model):
    """One line of one register version.

    `attains_on` is the day on which a young elector may first vote; the register never tells a date of birth.
    `surname_key`, `forename_key` and `house` are what matching looks up (rules/matching/folding.py).
    """

    version = models.ForeignKey(RegisterVersion, on_delete=models.CASCADE, related_name="entries")
    elector = models.ForeignKey(Elector, on_delete=models.CASCADE, related_name="entries")
    district = models.CharField(max_length=12)
    number = models.PositiveIntegerField()
    suffix = models.PositiveSmallIntegerField(default=0)
    markers = models.CharField(max_length=12, blank=True)
    attains_on = models.DateField(null=True, blank=True)
    surname = models.CharField(max_length=80, blank=True)
    forename = models.CharField(max_length=120, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    address = models.CharField(max_length=300, blank=True)
    surname_key = models.CharField(max_length=80, blank=True)
    forename_key = models.CharField(max_length=80, blank=True)
    house = models.CharField(max_length=80, blank=True)
    ward = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    constituency = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    line = models.PositiveIntegerField()
    extra = models.JSONField(default=dict)

    class Meta:
        """Look-ups by postcode and by name within a version."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "district", "number", "suffix"], name="register_number_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["version", "postcode"], name="entry_postcode"),
            models.Index(fields=["version", "surname_key", "forename_key"], name="entry_name"),
        ]

    def __str__(self) -> str:
        return f"{self.district}-{self.number}" + (f"/{self.suffix}" if self.suffix else "")


class MatchRun(models.Model):
    """One go at matching people to electors: how many were read and what came of them.

    `people = matched + unsure + none + kept`; kept are those whose match a person has decided.
    """

    at = models.DateTimeField()
    method = models.CharField(max_length=40)
    people = models.PositiveIntegerField(default=0)
    matched = models.PositiveIntegerField(default=0)
    unsure = models.PositiveIntegerField(default=0)
    none = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    versions = models.JSONField(default=list)
    seconds = models.FloatField(default=0)

    class Meta:
        """Newest first; the counts add up."""

        ordering: ClassVar = ["-at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(
                    people=models.F("matched") + models.F("unsure") + models.F("none") + models.F("kept")
                ),
                name="match_run_adds_up",
            )
        ]

    def __str__(self) -> str:
        return f"{self.at:%d %B %Y %H:%M}: {self.people} people"


class MatchState(models.TextChoices):
    """How a match stands."""

    MATCHED = "matched", _("matched")
    UNSURE = "unsure", _("unsure")
    ACCEPTED = "accepted", _("accepted by a person")
    REJECTED = "rejected", _("rejected by a person")
    SUPERSEDED = "superseded", _("superseded")


#: States in which a person counts as joined to the elector.
STANDING = (MatchState.MATCHED, MatchState.ACCEPTED)


class Match(models.Model):
    """A person joined to an elector, reversibly, with the weights that led to it.

    `evidence` holds the level and the weight of each comparison, no names. Rows are never deleted: what a
    later run or a person replaces becomes superseded or rejected and keeps its figures.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="matches")
    elector = models.ForeignKey(Elector, on_delete=models.CASCADE, related_name="matches")
    run = models.ForeignKey(MatchRun, null=True, blank=True, on_delete=models.PROTECT, related_name="matches")
    state = models.CharField(max_length=12, choices=MatchState.choices)
    weight = models.FloatField()
    probability = models.FloatField()
    evidence = models.JSONField(default=dict)
    method = models.CharField(max_length=40)
    at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        """One standing match a person; a pair is unsure once at a time."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(state__in=["matched", "accepted"]), name="one_standing_match"
            ),
            models.UniqueConstraint(
                fields=["person", "elector"], condition=Q(state="unsure"), name="one_question_a_pair"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "-probability"], name="match_state")]

    def __str__(self) -> str:
        return f"{self.person_id} is elector {self.elector_id} ({self.state})"


class ElectorReview(models.Model):
    """A data officer's answer to a doubtful hit: is this elector the one who objected?

    `objection` is `people.Suppression.objection`. Rows are only added: the newest of a pair holds, and the earlier ones say
    what was thought before.
    """

    elector = models.ForeignKey(Elector, on_delete=models.CASCADE, related_name="objection_reviews")
    objection = models.UUIDField()
    is_same_person = models.BooleanField()
    reason = EncryptedTextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        """In order of time."""

        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["elector", "objection"], name="elector_review_pair")]

    def __str__(self) -> str:
        return f"{self.elector_id} {self.objection}"


class PollingStation(models.Model):
    """One polling station of one election, as the council's export names it.

    `council` is the GSS code of the district that most addresses of the file lie in, empty where their postcodes are not
    known; `reference` is the export's own name for the station within that council. `venue` is the same building among the
    places, where it could be put on the map.
    """

    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="polling_stations")
    council = models.CharField(max_length=9, blank=True)
    reference = models.CharField(max_length=80)
    name = models.CharField(max_length=160)
    address = models.CharField(max_length=300, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    venue = models.ForeignKey(Venue, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    source = models.CharField(max_length=60)
    imported_at = models.DateTimeField()

    class Meta:
        """A council names each station once for an election."""

        ordering: ClassVar = ["name", "reference"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["election", "council", "reference"], name="polling_station_once_an_election"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def where(self) -> str:
        """Address and postcode in one line."""
        return ", ".join(part for part in (self.address, self.postcode) if part)


class StationAllocation(models.Model):
    """Who goes to a polling station: a polling district, a postcode or one house, by the key of `rules/stations.py`."""

    station = models.ForeignKey(PollingStation, on_delete=models.CASCADE, related_name="allocations")
    kind = models.CharField(max_length=8)
    key = models.CharField(max_length=120)

    class Meta:
        """A key once for each station."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "key", "station"], name="station_allocated_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
