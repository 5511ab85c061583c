"""Promoters, materials and their approved copies, and clearances: who may be contacted with what, and why
not.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hustings.elections.models import Election
from hustings.money.models import Campaign
from hustings.people.models import Channel, Person, Purpose
from hustings.places.models import Area
from hustings.platform.kept import Kept
from hustings.register.models import Elector


class Promoter(models.Model):
    """Whoever causes material to be published, on whose behalf it is, or who prints it: a name and a postal
    address.

    A promoter without an area is the whole organisation's and may be chosen by everyone who makes material:
    its name and address stand on leaflets anyway. Changing the name or the address takes the verification
    away.
    """

    name = models.CharField(_("name"), max_length=160)
    address = models.CharField(
        _("address"),
        max_length=300,
        help_text=_(
            "Where letters arrive: an office, a home, a PO box or a mailbox service. Without the postcode."
        ),
    )
    postcode = models.CharField(_("postcode"), max_length=8)
    is_organisation = models.BooleanField(_("an organisation, not a person"), default=False)
    is_printer = models.BooleanField(_("a printer"), default=False)
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    evidence = models.TextField(blank=True)

    class Meta:
        """By name; verified only with evidence."""

        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(verified_at=None) | ~Q(evidence=""), name="promoter_verified_with_evidence"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_verified(self) -> bool:
        """Whether a named person has checked name and address against evidence."""
        return self.verified_at is not None

    @property
    def full_address(self) -> str:
        """The address with its postcode, in one line."""
        return f"{self.address}, {self.postcode}".strip(", ")


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


class LinkedImprint(models.Model):
    """Where the imprint of a material stands that has no room for it: a platform with a technical limit, the reason, the page.

    The page is looked at when it is named and then again and again until the material is withdrawn; what was last seen stands
    here, every look in `looks`.
    """

    material = models.OneToOneField(Material, on_delete=models.PROTECT, related_name="linked_imprint")
    platform = models.CharField(_("kind of place"), max_length=30)
    reason = models.CharField(_("why it cannot be in the material"), max_length=300)
    url = models.URLField(_("page that holds the imprint"), max_length=500)
    clicks = models.PositiveSmallIntegerField(_("clicks to reach it"), default=1)
    looked_at = models.DateTimeField(null=True, blank=True)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    needs_login = models.BooleanField(null=True, blank=True)
    text = models.TextField(blank=True)
    trouble = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A reason is never empty."""

        ordering: ClassVar = ["material"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(reason=""), name="link_has_a_reason")]

    def __str__(self) -> str:
        return self.url


class LinkLook(Kept):
    """One look at a page that holds an imprint: evidence that it was there, or of when it was not."""

    link = models.ForeignKey(LinkedImprint, on_delete=models.PROTECT, related_name="looks")
    at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    has_imprint = models.BooleanField()
    trouble = models.CharField(max_length=300, blank=True)

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.link} at {self.at:%Y-%m-%d %H:%M}"


class ApprovedCopy(Kept):
    """The exact bytes that were approved, with the imprint and the checks they passed; never changed.

    `subject` and `body` are the same words as `content` in parts, for whoever renders a message; `body` holds
    the imprint. `named` lists who is named, as they stood: {role, name, address, promoter}. Only
    `withdrawn_at` is ever filled in later, by withdrawing.
    """

    material = models.ForeignKey(Material, on_delete=models.PROTECT, related_name="copies")
    content = models.BinaryField()
    media_type = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64, db_index=True)
    medium = models.CharField(max_length=10, choices=Medium.choices)
    purpose = models.CharField(max_length=15, choices=Purpose.choices)
    title = models.CharField(max_length=160)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    caption = models.TextField(blank=True)
    imprint = models.TextField(blank=True)
    named = models.JSONField(default=list)
    checks = models.JSONField(default=list)
    use_from = models.DateTimeField(null=True, blank=True)
    use_until = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    filled_in_later: ClassVar = (frozenset({"withdrawn_at", "withdrawn_reason"}),)

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-approved_at", "-id"]

    def __str__(self) -> str:
        return f"{self.title} ({self.sha256[:12]})"


class Override(models.Model):
    """The agent let something pass that the rules would have stopped; the reason is kept.

    `rule` is the code of the finding or of the gate's reason. An override of a finding holds for the words as
    they stood (`sha256`).
    """

    material = models.ForeignKey(
        Material, null=True, blank=True, on_delete=models.PROTECT, related_name="overrides"
    )
    sha256 = models.CharField(max_length=64, blank=True)
    rule = models.CharField(max_length=60)
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """A reason is never empty."""

        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="override_has_a_reason")
        ]

    def __str__(self) -> str:
        return f"{self.rule} overridden"


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
