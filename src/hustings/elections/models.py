"""Elections, the contests in them, who stood, and seats left out of a ranking with the published reason."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hustings.places.models import Area


class Party(models.Model):
    """A party as results name it, with its Electoral Commission number where known."""

    name = models.CharField(max_length=160, unique=True)
    abbreviation = models.CharField(max_length=40, blank=True)
    commission_id = models.CharField(max_length=20, blank=True)

    @property
    def short_name(self) -> str:
        """The abbreviation results use, or the name where there is none."""
        return self.abbreviation or self.name

    class Meta:
        """By name."""

        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class ElectionKind(models.TextChoices):
    """Kinds as the election identifiers name them."""

    PARLIAMENT = "parl", _("UK Parliament")
    LOCAL = "local", _("council")
    MAYOR = "mayor", _("mayor")
    POLICE = "pcc", _("police and crime commissioner")
    LONDON = "gla", _("London Assembly")
    SENEDD = "senedd", _("Senedd")
    HOLYROOD = "sp", _("Scottish Parliament")
    STORMONT = "nia", _("Northern Ireland Assembly")


class Election(models.Model):
    """An election on one day, named by its election identifier, for example `parl.2024-07-04`."""

    id = models.CharField(primary_key=True, max_length=100)
    kind = models.CharField(max_length=10, choices=ElectionKind.choices)
    title = models.CharField(max_length=160)
    poll_on = models.DateField()
    nation = models.CharField(max_length=20, blank=True)
    is_notional = models.BooleanField(default=False)
    source = models.CharField(max_length=255, blank=True)

    class Meta:
        """Latest first."""

        ordering: ClassVar = ["-poll_on", "id"]

    def __str__(self) -> str:
        return self.title


class Contest(models.Model):
    """One ballot: an area, the number of seats to fill, and the figures of the count.

    The figures are those declared where a source gives them (`are_figures_declared`), else worked out from
    the candidates' votes. The labels are the parties' short names as that source writes them.
    """

    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="contests")
    ballot_id = models.CharField(max_length=160)
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="contests")
    area_name = models.CharField(max_length=160)
    seats = models.PositiveSmallIntegerField(default=1)
    electorate = models.PositiveIntegerField(null=True, blank=True)
    valid_votes = models.PositiveIntegerField(null=True, blank=True)
    spoilt_votes = models.PositiveIntegerField(null=True, blank=True)
    majority = models.PositiveIntegerField(null=True, blank=True)
    are_figures_declared = models.BooleanField(default=False)
    is_unopposed = models.BooleanField(default=False)
    turnout_pct = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    first_party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    second_party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    first_label = models.CharField(max_length=40, blank=True)
    second_label = models.CharField(max_length=40, blank=True)

    class Meta:
        """One contest per ballot."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["election", "ballot_id"], name="one_contest_per_ballot")
        ]

    def __str__(self) -> str:
        return f"{self.area_name}, {self.election_id}"

    @property
    def first_short(self) -> str:
        """Short name of the first party, as the source of the figures writes it."""
        return self.first_label or (self.first_party.short_name if self.first_party else "")

    @property
    def second_short(self) -> str:
        """Short name of the second party, as the source of the figures writes it."""
        return self.second_label or (self.second_party.short_name if self.second_party else "")


class Candidacy(models.Model):
    """One person's candidacy in one contest; votes are empty before the count."""

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="candidacies")
    name = models.CharField(max_length=160)
    party = models.ForeignKey(
        Party, null=True, blank=True, on_delete=models.PROTECT, related_name="candidacies"
    )
    description = models.CharField(max_length=160, blank=True)
    votes = models.PositiveIntegerField(null=True, blank=True)
    is_elected = models.BooleanField(null=True, blank=True)
    is_ours = models.BooleanField(default=False)
    person_ref = models.CharField(max_length=40, blank=True)

    class Meta:
        """Most votes first; one row per person and ballot."""

        ordering: ClassVar = [models.F("votes").desc(nulls_last=True), "name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contest", "name", "party"], name="one_candidacy_per_person"),
            models.UniqueConstraint(
                fields=["contest", "name"],
                condition=Q(party=None),
                name="one_candidacy_per_person_without_party",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.contest_id})"


class OfficialDeadline(models.Model):
    """A deadline as the official notice gives it; it stands above what is reckoned."""

    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="official_deadlines")
    event = models.CharField(max_length=40)
    at = models.DateTimeField()
    source = models.CharField(max_length=255)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        """One per event; a correction replaces it and is kept in the audit log."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["election", "event"], name="one_official_deadline_per_event"),
            models.CheckConstraint(condition=~Q(source=""), name="official_deadline_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.election_id} {self.event}"


class Exclusion(models.Model):
    """A seat left out of the ranking: the reason is published with the ranking."""

    contest = models.OneToOneField(Contest, on_delete=models.CASCADE, related_name="exclusion")
    reason = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        """A reason is never empty."""

        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="exclusion_has_a_reason")
        ]

    def __str__(self) -> str:
        return f"{self.contest_id} left out"
