"""Campaigns, whose books are kept, and every limit that was ever worked out for them."""

from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hustings.elections.models import Election
from hustings.places.models import Area
from hustings.platform.kept import Kept


class CampaignKind(models.TextChoices):
    """Whose books they are."""

    CANDIDATE = "candidate", _("candidate")
    PARTY = "party", _("party")
    NON_PARTY = "non-party", _("non-party campaigner")


class ElectionType(models.TextChoices):
    """The elections whose rules about money differ; the values are the keys of the limit tables."""

    PARLIAMENT = "parl", _("UK parliamentary general election")
    BY_ELECTION = "parl-by-election", _("UK parliamentary by-election")
    LOCAL = "local", _("council")
    PARISH = "parish", _("parish, town or community council")
    MAYOR_LOCAL = "mayor-local", _("mayor of one council")
    MAYOR_COMBINED = "mayor-combined", _("mayor of a combined authority")
    MAYOR_LONDON = "mayor-london", _("Mayor of London")
    GLA_CONSTITUENCY = "gla-constituency", _("London Assembly constituency")
    GLA_LIST = "gla-list", _("London-wide list or independent")
    POLICE = "pcc", _("police and crime commissioner")


class Nation(models.TextChoices):
    """Where the election is held."""

    ENGLAND = "england", _("England")
    WALES = "wales", _("Wales")
    SCOTLAND = "scotland", _("Scotland")
    NORTHERN_IRELAND = "northern-ireland", _("Northern Ireland")


class SeatKind(models.TextChoices):
    """Whether a parliamentary constituency is a county or a borough one; the limit differs."""

    ANY = "any", _("does not matter here")
    COUNTY = "county", _("county constituency")
    BOROUGH = "borough", _("borough (burgh) constituency")


class PeriodName(models.TextChoices):
    """A span of days that has a limit of its own."""

    REGULATED = "regulated", _("regulated period")
    LONG = "long", _("long campaign")


class Campaign(models.Model):
    """The books of one candidate, party or non-party campaigner at one election.

    `area` is the seat, and the place by which logins are let in; none means the whole organisation. The
    regulated period runs from `regulated_from` up to, but not on, `regulated_until` (the day after the poll);
    a long campaign, where there is one, from `long_from` up to `regulated_from`.
    """

    kind = models.CharField(
        _("whose books"), max_length=10, choices=CampaignKind.choices, default=CampaignKind.CANDIDATE
    )
    name = models.CharField(
        _("name"), max_length=200, help_text=_("The candidate, party or campaigner, as on the return.")
    )
    election_type = models.CharField(_("kind of election"), max_length=20, choices=ElectionType.choices)
    election = models.ForeignKey(
        Election,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("election"),
    )
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    area_name = models.CharField(_("electoral area"), max_length=160)
    nation = models.CharField(_("nation"), max_length=20, choices=Nation.choices, default=Nation.ENGLAND)
    seat_kind = models.CharField(
        _("kind of seat"), max_length=10, choices=SeatKind.choices, default=SeatKind.ANY
    )
    poll_on = models.DateField(_("polling day"))
    regulated_from = models.DateField(_("spending counts from"))
    regulated_until = models.DateField()
    long_from = models.DateField(_("long campaign from"), null=True, blank=True)
    parliament_month = models.PositiveSmallIntegerField(
        _("month of the Parliament in which it was dissolved"), null=True, blank=True
    )
    electorate = models.PositiveIntegerField(
        _("electors"),
        null=True,
        blank=True,
        help_text=_("On the register on the last day for publishing the notice of election."),
    )
    electorate_source = models.CharField(_("where that figure is from"), max_length=200, blank=True)
    councils = models.PositiveSmallIntegerField(_("constituent councils"), default=1)
    seats_contested = models.PositiveSmallIntegerField(_("seats contested"), null=True, blank=True)
    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    agent_name = models.CharField(_("agent"), max_length=200)
    agent_address = models.CharField(_("agent's address"), max_length=300, blank=True)
    candidate_address = models.CharField(_("candidate's address"), max_length=300, blank=True)
    shares_rooms_with = models.ManyToManyField("self", blank=True, symmetrical=True)
    result_on = models.DateField(_("result declared on"), null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        """Latest poll first; a period holds at least a day."""

        ordering: ClassVar = ["-poll_on", "name", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(regulated_from__lt=F("regulated_until")), name="campaign_period_is_not_empty"
            ),
            models.CheckConstraint(
                condition=Q(long_from=None) | Q(long_from__lt=F("regulated_from")),
                name="long_campaign_comes_first",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.area_name}"

    @property
    def regulated_last(self) -> date:
        """The last day of the regulated period."""
        return self.regulated_until - timedelta(days=1)


class LimitRecord(Kept):
    """One limit as it was worked out: the facts, the figure, the table entries that made it and how far to rely on it.

    `question` holds the facts by name; `warnings` whole sentences. `campaign` is empty for a limit that was asked for on
    the command line.
    """

    campaign = models.ForeignKey(
        Campaign, null=True, blank=True, on_delete=models.PROTECT, related_name="limits"
    )
    period = models.CharField(max_length=10, choices=PeriodName.choices, default=PeriodName.REGULATED)
    question = models.JSONField(default=dict)
    limit_pence = models.BigIntegerField()
    formula = models.CharField(max_length=300)
    entries = models.JSONField(default=list)
    status = models.CharField(max_length=10)
    warnings = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        """In order of time."""

        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.limit_pence} pence = {self.formula}"

    @property
    def is_confirmed(self) -> bool:
        """Whether every entry was read in a source or follows from ones that were."""
        return self.status in {"sourced", "derived"}
