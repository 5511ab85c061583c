"""Petitions, the versions of their words, and signatures."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hustings.clearance.models import Promoter
from hustings.contacts.models import Issue
from hustings.elections.models import Election, Party
from hustings.people.models import Person
from hustings.places.models import Area
from hustings.postroom.models import Message


class PetitionState(models.TextChoices):
    """Where a petition stands."""

    DRAFT = "draft", _("draft")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


def default_asks() -> list[str]:
    """What a new petition asks leave for, as `channel.purpose`."""
    return ["email.campaign", "email.volunteering", "email.fundraising", "sms.campaign", "call.campaign"]


class Petition(models.Model):
    """Who asks what of whom, where; and later what came of it.

    `asks` lists the permissions the form offers, as `channel.purpose`. `confirmed` is kept in step with the confirmed
    signatures by whoever changes their state; `ward_table` is the published table by ward (`rules/ward_table.py`), as
    `{"total", "width", "floors"}`, empty until one may be shown. Both can be counted again from the signatures.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES, default="en-gb")
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=160)
    asked_of = models.CharField(max_length=160)
    asked_by = models.CharField(max_length=160)
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    wards = models.ManyToManyField(Area, blank=True, related_name="+")
    goal = models.PositiveIntegerField(default=100)
    promoter = models.ForeignKey(Promoter, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(
        Promoter, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=10, choices=PetitionState.choices, default=PetitionState.DRAFT)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    asks = models.JSONField(default=default_asks, blank=True)
    asks_intention = models.BooleanField(default=True)
    election = models.ForeignKey(Election, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    issues = models.ManyToManyField(Issue, blank=True, related_name="+")
    parties = models.ManyToManyField(Party, blank=True, related_name="+")
    outcome = models.TextField(blank=True)
    outcome_at = models.DateTimeField(null=True, blank=True)
    confirmed = models.PositiveIntegerField(default=0, editable=False)
    ward_table = models.JSONField(default=dict, blank=True, editable=False)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        """Newest first; a petition opens before it closes."""

        ordering: ClassVar = ["-made_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(opens_at__lt=F("closes_at")),
                name="petition_opens_before_it_closes",
            )
        ]

    def __str__(self) -> str:
        return self.title


class PetitionVersion(models.Model):
    """The words as they stood when somebody signed; a change of words is a new version."""

    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    text = models.TextField()
    background = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        """Numbered within the petition."""

        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["petition", "number"], name="petition_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.title} v{self.number}"


class SignatureState(models.TextChoices):
    """Where a signature stands."""

    PENDING = "pending", _("waiting for confirmation")
    CONFIRMED = "confirmed", _("confirmed")
    WITHDRAWN = "withdrawn", _("withdrawn")


class SignatureSource(models.TextChoices):
    """How a signature came in."""

    WEB = "web", _("on the site")
    PAPER = "paper", _("on paper")
    PHONE = "phone", _("by telephone")


class Signature(models.Model):
    """One person's signature under one version of a petition; counted once it is confirmed.

    Until then `choices` holds what the form said: `{"consents": [{"channel", "purpose", "wording"}], "intention":
    {"choice", "party"} or null, "issues": [ids], "language"}`; afterwards only the consents, as the rest has gone to
    `contacts`. `evidence` says where a paper sheet or a call can be found, and why a signature was withdrawn.
    `signed_at` is the moment of the latest form; `mails` and `mailed_at` keep anybody from being written to for ever.
    """

    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="signatures")
    version = models.ForeignKey(PetitionVersion, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=SignatureState.choices, default=SignatureState.PENDING)
    source = models.CharField(max_length=6, choices=SignatureSource.choices, default=SignatureSource.WEB)
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)
    email = models.CharField(max_length=254, blank=True)
    canonical_email = models.CharField(max_length=254, blank=True)
    postcode = models.CharField(max_length=8)
    address_line = models.CharField(max_length=160, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    ward = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    choices = models.JSONField(default=dict)
    token = models.CharField(max_length=43, unique=True)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="signatures"
    )
    confirmation = models.ForeignKey(
        Message, to_field="public_id", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    mails = models.PositiveSmallIntegerField(default=0)
    mailed_at = models.DateTimeField(null=True, blank=True)
    evidence = models.JSONField(default=dict)
    keyed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    signed_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """An address signs a petition once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["petition", "canonical_email"],
                condition=~Q(canonical_email=""),
                name="one_signature_per_email",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["petition", "confirmed_at", "ward"],
                condition=Q(state="confirmed"),
                name="signature_counted",
            ),
            models.Index(
                fields=["petition", "postcode"], condition=Q(state="confirmed"), name="signature_same_house"
            ),
            models.Index(fields=["signed_at"], condition=Q(state="pending"), name="signature_pending"),
        ]

    def __str__(self) -> str:
        return f"signature {self.pk} ({self.state})"
