"""What the gate said, and the organisation's own limits that it keeps to."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hustings.clearance.models.approved_copy import ApprovedCopy
from hustings.people.models import Channel, Person, Purpose
from hustings.platform.kept import Kept
from hustings.register.models import Elector


class OwnLimits(Kept):
    """The organisation's own limits, stricter than the law; the newest row holds (`queries.own_limits`).

    At most `most_contacts` marketing contacts by one channel within `within_days` days; with
    `needs_verified_email` no marketing goes to an email address that was never confirmed; with `needs_screened_number`
    nobody is called whose number was not looked up at the Telephone Preference Service in time. With `leaves_out_under_16`,
    which also holds where no limits were ever set, nobody known to be under 16 gets marketing who did not ask for it: no
    confirmed law says so, but a campaign should not turn to children who never turned to it.
    """

    most_contacts = models.PositiveSmallIntegerField(_("at most this many contacts"), null=True, blank=True)
    within_days = models.PositiveSmallIntegerField(_("within this many days"), default=28)
    needs_verified_email = models.BooleanField(_("only to confirmed email addresses"), default=False)
    needs_screened_number = models.BooleanField(_("only to numbers screened in time"), default=False)
    leaves_out_under_16 = models.BooleanField(_("leave out under 16s"), default=True)
    reason = models.TextField(_("why"))
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """In order of time."""

        ordering: ClassVar = ["set_at", "id"]

    def __str__(self) -> str:
        return f"limits of {self.set_at:%Y-%m-%d}"


class Clearance(models.Model):
    """One pass of the gate over an audience: the question, and the counts by answer.

    `counts` maps each refusal reason to how many people it stopped; `asked = cleared + refused`. `rules` maps
    each reason to {rule, entry_id}; `warnings` lists the doubts that did not refuse: {code, rule, entry_id,
    sentence, count}. `overrides` maps a reason that the agent set aside to {why, by}.
    """

    copy = models.ForeignKey(
        ApprovedCopy, null=True, blank=True, on_delete=models.PROTECT, related_name="clearances"
    )
    channel = models.CharField(max_length=10, choices=Channel.choices)
    purpose = models.CharField(max_length=15, choices=Purpose.choices)
    uses_opinions = models.BooleanField(default=False)
    asked = models.PositiveIntegerField()
    cleared = models.PositiveIntegerField()
    refused = models.PositiveIntegerField()
    counts = models.JSONField(default=dict)
    rules = models.JSONField(default=dict)
    warnings = models.JSONField(default=list)
    overrides = models.JSONField(default=dict)
    at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        """Newest first; the counts add up."""

        ordering: ClassVar = ["-at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(asked=models.F("cleared") + models.F("refused")), name="clearance_adds_up"
            )
        ]

    def __str__(self) -> str:
        return f"{self.cleared} of {self.asked} by {self.channel} ({self.at:%Y-%m-%d %H:%M})"


class ClearanceVerdict(models.Model):
    """The gate's answer about one person or elector: cleared (no reason), or refused with one reason and the rule
    behind it.

    The indexes on electors leave people's rows out: a mailing to everybody writes as little as it did before doors.
    """

    clearance = models.ForeignKey(Clearance, on_delete=models.CASCADE, related_name="verdicts")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    elector = models.ForeignKey(
        Elector, null=True, blank=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    reason = models.CharField(max_length=40, blank=True)
    rule = models.CharField(max_length=80, blank=True)

    class Meta:
        """One answer a person or elector; each answer is about exactly one of them."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["clearance", "person"], name="one_verdict_per_person"),
            models.UniqueConstraint(
                fields=["clearance", "elector"],
                condition=Q(elector__isnull=False),
                name="one_verdict_per_elector",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, elector=None) | Q(person=None, elector__isnull=False),
                name="verdict_has_one_subject",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["elector"], condition=Q(elector__isnull=False), name="verdict_elector")
        ]

    def __str__(self) -> str:
        subject = f"elector {self.elector_id}" if self.person_id is None else str(self.person_id)
        return f"{subject}: {self.reason or 'cleared'}"
