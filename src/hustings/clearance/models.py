"""Promoters, materials and their approved copies, and clearances: who may be contacted with what, and why
not.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hustings.elections.models import Election
from hustings.people.models import Channel, Person, Purpose
from hustings.places.models import Area


class Promoter(models.Model):
    """Whoever causes material to be published, or on whose behalf: a name and a postal address, verified."""

    name = models.CharField(max_length=160)
    address = models.CharField(max_length=300)
    postcode = models.CharField(max_length=8)
    is_organisation = models.BooleanField(default=False)
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    evidence = models.TextField(blank=True)

    class Meta:
        """By name."""

        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Medium(models.TextChoices):
    """What a material is made of."""

    EMAIL = "email", _("email")
    WEB = "web", _("web page")
    PRINT = "print", _("leaflet, letter or poster")
    IMAGE = "image", _("image")
    VIDEO = "video", _("video")
    AUDIO = "audio", _("audio")
    SOCIAL = "social", _("social media post")
    SMS = "sms", _("text message")
    CALL = "call", _("call script")


class MaterialState(models.TextChoices):
    """Where a material stands."""

    DRAFT = "draft", _("draft")
    APPROVED = "approved", _("approved")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Material(models.Model):
    """Something the campaign says: an email, a page, a leaflet. What goes out is an approved copy of it."""

    title = models.CharField(max_length=160)
    medium = models.CharField(max_length=10, choices=Medium.choices)
    purpose = models.CharField(max_length=15, choices=Purpose.choices, default=Purpose.CAMPAIGN)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    promoter = models.ForeignKey(Promoter, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(
        Promoter, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    printer = models.ForeignKey(Promoter, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    nation = models.CharField(max_length=10, default="england")
    language = models.CharField(max_length=5, default="en-gb")
    election = models.ForeignKey(Election, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_paid = models.BooleanField(default=False)
    use_from = models.DateTimeField(null=True, blank=True)
    use_until = models.DateTimeField(null=True, blank=True)
    cost_pence = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10, choices=MaterialState.choices, default=MaterialState.DRAFT)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        """Newest first; nothing costs less than nothing."""

        ordering: ClassVar = ["-made_at"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(cost_pence__gte=0), name="material_cost_not_negative")
        ]

    def __str__(self) -> str:
        return self.title


class ApprovedCopy(models.Model):
    """The exact bytes that were approved, with the imprint and the checks they passed; never changed."""

    material = models.ForeignKey(Material, on_delete=models.PROTECT, related_name="copies")
    content = models.BinaryField()
    media_type = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64)
    imprint = models.TextField(blank=True)
    checks = models.JSONField(default=list)
    approved_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.material_id} {self.sha256[:12]}"


class Override(models.Model):
    """The agent let something pass that the rules would have stopped; the reason is kept."""

    material = models.ForeignKey(Material, on_delete=models.PROTECT, related_name="overrides")
    rule = models.CharField(max_length=60)
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """A reason is never empty."""

        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="override_has_a_reason")
        ]

    def __str__(self) -> str:
        return f"{self.rule} overridden"


class Clearance(models.Model):
    """One pass of the gate over an audience: the question, and the counts by answer.

    `counts` maps each refusal reason to how many people it stopped; `asked = cleared + refused`.
    """

    copy = models.ForeignKey(
        ApprovedCopy, null=True, blank=True, on_delete=models.PROTECT, related_name="clearances"
    )
    channel = models.CharField(max_length=10, choices=Channel.choices)
    purpose = models.CharField(max_length=15, choices=Purpose.choices)
    asked = models.PositiveIntegerField()
    cleared = models.PositiveIntegerField()
    refused = models.PositiveIntegerField()
    counts = models.JSONField(default=dict)
    warnings = models.JSONField(default=list)
    at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        """The counts add up."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(asked=models.F("cleared") + models.F("refused")), name="clearance_adds_up"
            )
        ]

    def __str__(self) -> str:
        return f"{self.cleared} of {self.asked} by {self.channel} ({self.at:%Y-%m-%d %H:%M})"


class ClearanceVerdict(models.Model):
    """The gate's answer about one person: cleared (no reason), or refused with one reason and the rule behind
    it.
    """

    clearance = models.ForeignKey(Clearance, on_delete=models.CASCADE, related_name="verdicts")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=40, blank=True)
    rule = models.CharField(max_length=60, blank=True)

    class Meta:
        """One answer a person."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["clearance", "person"], name="one_verdict_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.reason or 'cleared'}"
