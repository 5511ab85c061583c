"""People, the ways to reach them, what they agreed to and objected to, and what they asked of us."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hustings.places.models import Area
from hustings.platform.encryption import EncryptedTextField
from hustings.platform.kept import Kept, KeptQuerySet
from hustings.platform.models import ImportRun


class Channel(models.TextChoices):
    """How a person can be reached."""

    EMAIL = "email", _("email")
    SMS = "sms", _("text message")
    CALL = "call", _("telephone")
    POST = "post", _("post")
    DOOR = "door", _("at the door")


class Purpose(models.TextChoices):
    """Why a person is contacted. The first two are services the person asked for; the rest are marketing."""

    ACCOUNT = "account", _("your account")
    SERVICE = "service", _("what you asked for")
    CAMPAIGN = "campaign", _("news and campaigns")
    FUNDRAISING = "fundraising", _("appeals for money")
    VOLUNTEERING = "volunteering", _("invitations to help")
    OPINION = "opinion", _("keeping your political opinions")


MARKETING_PURPOSES = (Purpose.CAMPAIGN, Purpose.FUNDRAISING, Purpose.VOLUNTEERING)


class Person(models.Model):
    """A person we know of. Never deleted: erasure empties the row, merging points it at another.

    `last_contacted_at`, `agreed` (a bit for each consent in force, `rules/agreed.py`) and `last_said` (the newest answer about
    the vote) repeat what contacts, consents and intentions say, so that an audience of a ward is one read of one index
    (docs/algorithms/audiences.md). `note_contacts`, `keep_agreed` and `note_intentions` keep them.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    given_name = models.CharField(max_length=80, blank=True)
    family_name = models.CharField(max_length=80, blank=True)
    address_line = models.CharField(max_length=160, blank=True)
    postcode = models.CharField(max_length=8, blank=True, db_index=True)
    ward = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    constituency = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=5, default="en-gb")
    adult_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=120)
    created_at = models.DateTimeField()
    last_contacted_at = models.DateTimeField(null=True, blank=True)
    agreed = models.IntegerField(default=0, db_default=0, editable=False)
    last_said = models.CharField(max_length=24, default="", db_default="", blank=True, editable=False)
    gone_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    tags: "models.ManyToManyField[Tag, models.Model]" = models.ManyToManyField(
        "Tag", blank=True, related_name="people"
    )

    class Meta:
        """Audiences count over one index: a ward or a seat, the last contact, consents, the last answer."""

        indexes: ClassVar = [
            models.Index(
                fields=["ward", "last_contacted_at", "agreed", "last_said"],
                condition=Q(merged_into=None, erased_at=None),
                name="person_of_ward",
            ),
            models.Index(
                fields=["constituency", "last_contacted_at", "agreed", "last_said"],
                condition=Q(merged_into=None, erased_at=None),
                name="person_of_seat",
            ),
            models.Index(fields=["family_name", "given_name"], name="person_name"),
        ]

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}".strip() or f"person {self.pk}"


class Tag(models.Model):
    """A plain label on people."""

    name = models.CharField(max_length=60, unique=True)

    def __str__(self) -> str:
        return self.name


class ContactPointKind(models.TextChoices):
    """Kinds of address."""

    EMAIL = "email", _("email")
    PHONE = "phone", _("telephone")


class ContactPoint(models.Model):
    """An email address or a telephone number of one person, as written and in canonical form."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contact_points")
    kind = models.CharField(max_length=10, choices=ContactPointKind.choices)
    value = models.CharField(max_length=254)
    canonical = models.CharField(max_length=254)
    is_preferred = models.BooleanField(default=True)
    is_mobile = models.BooleanField(default=False)
    verified_at = models.DateTimeField(null=True, blank=True)
    unusable_at = models.DateTimeField(null=True, blank=True)
    unusable_reason = models.CharField(max_length=80, blank=True)
    added_at = models.DateTimeField()
    source = models.CharField(max_length=120)

    class Meta:
        """One preferred address a kind; the same address once per person."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "kind", "canonical"], name="contact_point_once"),
            models.UniqueConstraint(
                fields=["person", "kind"], condition=Q(is_preferred=True), name="one_preferred_contact_point"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["canonical"], name="contact_point_canonical")]

    def __str__(self) -> str:
        return self.value


class ConsentWording(models.Model):
    """The exact words somebody agreed to; a change of words is a new version."""

    key = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=5, default="en-gb")
    text = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        """Versions are numbered within a key and a language."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "language", "version"], name="wording_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.key} v{self.version}"


class ReceiptQuerySet(KeptQuerySet):
    """Receipts are added and read; two acts alone touch what is written."""

    def hand_over(self, *, person_id: int) -> int:
        """Let these receipts belong to another row of the same person: for merging and undoing it."""
        return models.QuerySet.update(self, person_id=person_id)

    def empty_evidence(self) -> int:
        """Drop what was kept as evidence, which names the person; what was agreed to and when stays. For erasure."""
        return models.QuerySet.update(self, evidence={})


class ConsentEvent(Kept):
    """A receipt: this person gave or withdrew this consent, in these words, then, there, with this evidence.

    Only ever added: the model refuses changes, and so does the database.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consent_events")
    channel = models.CharField(max_length=10, choices=Channel.choices, blank=True)
    purpose = models.CharField(max_length=15, choices=Purpose.choices)
    is_given = models.BooleanField()
    wording = models.ForeignKey(
        ConsentWording, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    source = models.CharField(max_length=120)
    evidence = models.JSONField(default=dict)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = ReceiptQuerySet.as_manager()  # type: ignore[misc]  # django-stubs and a default manager in a subclass

    class Meta:
        """In order of time within a person."""

        ordering: ClassVar = ["at", "id"]
        indexes: ClassVar = [
            models.Index(fields=["person", "channel", "purpose", "at"], name="consent_history")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.channel} {self.purpose} {'given' if self.is_given else 'withdrawn'}"


class Consent(models.Model):
    """The consent in force, derived from the last event; kept so that a whole audience is one index read."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    channel = models.CharField(max_length=10, choices=Channel.choices, blank=True)
    purpose = models.CharField(max_length=15, choices=Purpose.choices)
    is_given = models.BooleanField()
    event = models.ForeignKey(ConsentEvent, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """One row a person, channel and purpose."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "channel", "purpose"], name="one_consent_in_force")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["channel", "purpose", "person"], condition=Q(is_given=True), name="consent_given"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.channel} {self.purpose}"


class KeyKind(models.TextChoices):
    """What a suppression key was made of."""

    EMAIL = "email", _("email address")
    PHONE = "phone", _("telephone number")
    NAME_ADDRESS = "name_address", _("name and address")
    NAME_VARIANT = "name_variant", _("variant of a name and address")
    ELECTOR = "elector", _("elector")


class PersonKey(models.Model):
    """A keyed hash by which an objection would find this person."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="keys")
    kind = models.CharField(max_length=15, choices=KeyKind.choices)
    key_hash = models.CharField(max_length=64)

    class Meta:
        """Each key once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "key_hash"], name="person_key_once")
        ]
        indexes: ClassVar = [models.Index(fields=["key_hash", "person"], name="person_key_hash")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}"


class Suppression(Kept):
    """One key of one objection, or of its lifting by the same person. Only ever added; outlives the person's row.

    `objection` groups the keys of one objection. `channel` empty means every channel; `purpose` empty means all marketing.
    """

    objection = models.UUIDField(db_index=True)
    is_lifted = models.BooleanField(default=False)
    kind = models.CharField(max_length=15, choices=KeyKind.choices)
    key_hash = models.CharField(max_length=64, db_index=True)
    channel = models.CharField(max_length=10, choices=Channel.choices, blank=True)
    purpose = models.CharField(max_length=15, choices=Purpose.choices, blank=True)
    at = models.DateTimeField()
    source = models.CharField(max_length=120)

    class Meta:
        """In order of time."""

        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.key_hash[:8]}"


class PreferenceService(models.TextChoices):
    """Who keeps a public list of those who want no marketing by telephone or by post."""

    TPS = "tps", _("Telephone Preference Service")
    CTPS = "ctps", _("Corporate Telephone Preference Service")
    MPS = "mps", _("Mailing Preference Service")


class PreferenceListing(models.Model):
    """What a preference service said of one number or address on a day, under a keyed hash; never the number itself.

    `is_listed` false means that it was looked for and not found. A whole list holds only those listed: see `PreferenceList`.
    """

    service = models.CharField(max_length=4, choices=PreferenceService.choices)
    key_hash = models.CharField(max_length=64)
    is_listed = models.BooleanField()
    as_of = models.DateField()

    class Meta:
        """One standing of each key with each service, the latest."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key_hash", "service"], name="preference_listing_once")
        ]

    def __str__(self) -> str:
        return f"{self.service} {self.key_hash[:8]}"


class PreferenceList(models.Model):
    """One file that came in: which service, as of which day, and whether it is the whole list.

    Whoever is not in a whole list was not listed on its day; a file of screening results says nothing of anybody else.
    """

    service = models.CharField(max_length=4, choices=PreferenceService.choices)
    as_of = models.DateField()
    is_whole = models.BooleanField()
    entries = models.PositiveIntegerField()
    listed = models.PositiveIntegerField()
    import_run = models.ForeignKey(ImportRun, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """Latest first."""

        ordering: ClassVar = ["-as_of", "-id"]

    def __str__(self) -> str:
        return f"{self.service} {self.as_of}"


class SuppressionReview(models.Model):
    """A data officer's answer to a doubtful hit: is this person the one who objected?"""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="suppression_reviews")
    objection = models.UUIDField()
    is_same_person = models.BooleanField()
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        """One answer a pair."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "objection"], name="one_review_per_objection")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.objection}"


class Merge(models.Model):
    """Two rows found to be one person; keeps what moved, so that it can be undone."""

    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    merged = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    moved = models.JSONField(default=dict)
    reason = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.merged_id} into {self.kept_id}"


class RightsRequestKind(models.TextChoices):
    """What somebody may ask of a controller."""

    ACCESS = "access", _("see what you hold")
    ERASURE = "erasure", _("erase what you hold")
    RECTIFICATION = "rectification", _("put it right")
    OBJECTION = "objection", _("stop contacting me")
    COMPLAINT = "complaint", _("complain")


class RightsOutcome(models.TextChoices):
    """How a request ended."""

    MET = "met", _("done as asked")
    PARTLY_MET = "partly_met", _("done in part")
    REFUSED = "refused", _("refused")
    LAPSED = "lapsed", _("not confirmed by the person")


class RightsRequest(models.Model):
    """A request under data protection law, with its clock.

    The clock stands still from `identity_asked_at` until `identity_verified_at`. `rule` names the entry of the dated table
    that gave `due_on`.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=15, choices=RightsRequestKind.choices)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="rights_requests"
    )
    source = models.CharField(max_length=120, default="desk")
    received_at = models.DateTimeField()
    due_on = models.DateField()
    rule = models.CharField(max_length=120, blank=True)
    identity_asked_at = models.DateTimeField(null=True, blank=True)
    identity_verified_at = models.DateTimeField(null=True, blank=True)
    identity_evidence = EncryptedTextField(blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    extended_at = models.DateTimeField(null=True, blank=True)
    extension_reason = EncryptedTextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=RightsOutcome.choices, blank=True)
    details = EncryptedTextField(blank=True)
    answer = EncryptedTextField(blank=True)

    class Meta:
        """The one due first is first; an answered request has an outcome."""

        ordering: ClassVar = ["due_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answered_at=None, outcome="") | (Q(answered_at__isnull=False) & ~Q(outcome="")),
                name="rights_answer_has_an_outcome",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.pk})"


class DuplicateReview(models.Model):
    """Somebody looked at two rows that seem to be one person and found that they are two."""

    one = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        """Each pair once, the lower id first."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["one", "other"], name="one_duplicate_review"),
            models.CheckConstraint(condition=Q(one__lt=models.F("other")), name="duplicate_review_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} is not {self.other_id}"
