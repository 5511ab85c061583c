"""Materials: what the campaign says."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hustings.clearance.models.promoter import Promoter
from hustings.elections.models import Election
from hustings.money.models import Campaign
from hustings.people.models import Purpose
from hustings.places.models import Area


class Medium(models.TextChoices):
    """What a material is made of."""

    EMAIL = "email", _("email")
    WEB = "web", _("web page")
    PRINT = "print", _("leaflet, letter or poster")
    NEWSPAPER = "newspaper", _("newspaper advertisement")
    IMAGE = "image", _("image")
    VIDEO = "video", _("video")
    AUDIO = "audio", _("audio")
    SOCIAL = "social", _("social media post")
    MESSAGE = "message", _("message by WhatsApp or the like")
    SMS = "sms", _("text message")
    CALL = "call", _("call or doorstep script")


class Nation(models.TextChoices):
    """Where a material is aimed."""

    ENGLAND = "england", _("England")
    WALES = "wales", _("Wales")
    SCOTLAND = "scotland", _("Scotland")
    NORTHERN_IRELAND = "northern-ireland", _("Northern Ireland")


class Publisher(models.TextChoices):
    """What kind of body or person publishes, or is published for."""

    REGISTERED_PARTY = "registered-party", _("registered party")
    REGISTERED_CAMPAIGNER = "registered-campaigner", _("registered non-party campaigner")
    CANDIDATE = "candidate", _("candidate")
    FUTURE_CANDIDATE = "future-candidate", _("someone who will stand")
    OFFICE_HOLDER = "office-holder", _("councillor or other elected office-holder")
    REFERENDUM_CAMPAIGNER = "referendum-campaigner", _("referendum campaigner")
    RECALL_CAMPAIGNER = "recall-campaigner", _("recall petition campaigner")
    UNREGISTERED_ORGANISATION = "unregistered-organisation", _("group or body that is not registered")
    PRIVATE_PERSON = "private-person", _("private person")


class About(models.TextChoices):
    """Whom or what a material can reasonably be taken to be for or against."""

    CANDIDATE = "candidate", _("a candidate")
    FUTURE_CANDIDATE = "future-candidate", _("someone who will stand")
    PARTY = "party", _("a party")
    OFFICE_HOLDER = "office-holder", _("a councillor or other office-holder")
    CATEGORY = "category", _("parties or candidates of one kind or opinion")
    REFERENDUM = "referendum", _("an outcome of a referendum")
    RECALL = "recall", _("a recall petition")
    ISSUE = "issue", _("an issue alone")
    TURNOUT = "turnout", _("registering or voting, for nobody in particular")


class MaterialState(models.TextChoices):
    """Where a material stands; what goes out is always an approved copy."""

    DRAFT = "draft", _("draft")
    CHECKED = "checked", _("checked")
    APPROVED = "approved", _("approved")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Material(models.Model):
    """Something the campaign says: an email, a page, a leaflet. What goes out is an approved copy of it.

    Words stand in `body` (Markdown); a picture, a film or a PDF stands in `upload` with its words in
    `transcript`. With `adds_imprint` the imprint is written under the words on approval, so that it cannot be
    forgotten.
    """

    title = models.CharField(_("title"), max_length=160)
    medium = models.CharField(_("what it is"), max_length=10, choices=Medium.choices)
    purpose = models.CharField(_("purpose"), max_length=15, choices=Purpose.choices, default=Purpose.CAMPAIGN)
    subject = models.CharField(_("subject line"), max_length=200, blank=True)
    body = models.TextField(_("words"), blank=True)
    adds_imprint = models.BooleanField(_("write the imprint under it"), default=True)
    upload = models.BinaryField(null=True, blank=True)
    upload_name = models.CharField(max_length=120, blank=True)
    upload_type = models.CharField(max_length=80, blank=True)
    transcript = models.TextField(_("words in the picture or sound"), blank=True)
    caption = models.TextField(_("caption"), blank=True)
    imprint_seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    promoter = models.ForeignKey(Promoter, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    joint_promoters = models.ManyToManyField(Promoter, blank=True, related_name="+")
    on_behalf_of = models.ForeignKey(
        Promoter, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    further_principals = models.ManyToManyField(Promoter, blank=True, related_name="+")
    printer = models.ForeignKey(Promoter, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    nation = models.CharField(_("nation"), max_length=20, choices=Nation.choices, default=Nation.ENGLAND)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="en-gb")
    publisher = models.CharField(
        _("published by or for"), max_length=30, choices=Publisher.choices, default=Publisher.CANDIDATE
    )
    about = models.CharField(
        _("for or against"), max_length=20, choices=About.choices, default=About.CANDIDATE
    )
    election = models.ForeignKey(Election, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    targeting = models.CharField(
        _("who it is meant for"),
        max_length=300,
        blank=True,
        help_text=_(
            "In plain words, for the public record: “everyone in Barset East who signed the park petition”."
        ),
    )
    is_paid = models.BooleanField(_("paid to be published as an advertisement"), default=False)
    use_from = models.DateTimeField(_("may go out from"), null=True, blank=True)
    use_until = models.DateTimeField(_("may go out until"), null=True, blank=True)
    cost_pence = models.BigIntegerField(_("cost"), default=0)
    campaigns = models.ManyToManyField(
        Campaign, blank=True, related_name="+", verbose_name=_("whose books its cost goes into")
    )
    cost_assessment = models.TextField(_("honest assessment of the split"), blank=True)
    state = models.CharField(max_length=10, choices=MaterialState.choices, default=MaterialState.DRAFT)
    checks = models.JSONField(default=list, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_sha256 = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        """Newest first; nothing costs less than nothing."""

        ordering: ClassVar = ["-made_at"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(cost_pence__gte=0), name="material_cost_not_negative"),
            models.CheckConstraint(
                condition=Q(use_from=None) | Q(use_until=None) | Q(use_from__lt=models.F("use_until")),
                name="material_span_is_not_empty",
            ),
        ]

    def __str__(self) -> str:
        return self.title
