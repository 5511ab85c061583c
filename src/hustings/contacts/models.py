"""Every contact made with a person or an elector, and what they said."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hustings.elections.models import Election, Party
from hustings.people.models import Channel, Person, Purpose
from hustings.register.models import Elector

_ONE_SUBJECT = Q(person__isnull=False, elector=None) | Q(person=None, elector__isnull=False)


class Outcome(models.TextChoices):
    """What became of a contact."""

    ATTEMPTED = "attempted", _("attempted")
    DELIVERED = "delivered", _("accepted for delivery")
    REFUSED = "refused", _("refused by the server")
    UNKNOWN = "unknown", _("fate unknown")
    SPOKE = "spoke", _("spoke")
    NO_ANSWER = "no_answer", _("no answer")
    GONE = "gone", _("not there any more")
    OBJECTED = "objected", _("asked not to be contacted")


class Contact(models.Model):
    """One contact with exactly one person or elector."""

    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="contacts", db_index=False
    )
    elector = models.ForeignKey(
        Elector, null=True, blank=True, on_delete=models.CASCADE, related_name="contacts", db_index=False
    )
    channel = models.CharField(max_length=10, choices=Channel.choices)
    purpose = models.CharField(max_length=15, choices=Purpose.choices)
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    at = models.DateTimeField()
    label = models.CharField(max_length=120, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        """A contact concerns exactly one person or elector."""

        constraints: ClassVar = [
            models.CheckConstraint(condition=_ONE_SUBJECT, name="contact_has_one_subject")
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-at"], name="contact_person"),
            models.Index(fields=["elector", "-at"], name="contact_elector"),
            models.Index(fields=["label"], name="contact_label"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.at:%Y-%m-%d} ({self.outcome})"


class IntentionChoice(models.TextChoices):
    """How somebody says they will vote, beside a named party."""

    PARTY = "party", _("a party or candidate")
    UNDECIDED = "undecided", _("undecided")
    NOT_VOTING = "not_voting", _("will not vote")
    WONT_SAY = "wont_say", _("would rather not say")


class Intention(models.Model):
    """What a person or elector said about their vote; only ever added. `is_latest` marks the newest answer of each."""

    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="intentions", db_index=False
    )
    elector = models.ForeignKey(
        Elector, null=True, blank=True, on_delete=models.CASCADE, related_name="intentions", db_index=False
    )
    election = models.ForeignKey(Election, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=12, choices=IntentionChoice.choices)
    party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    source = models.CharField(max_length=120)
    contact = models.ForeignKey(
        Contact, null=True, blank=True, on_delete=models.SET_NULL, related_name="intentions"
    )
    is_latest = models.BooleanField(default=True)

    class Meta:
        """An intention concerns exactly one person or elector; a party is named exactly for the choice “party”."""

        constraints: ClassVar = [
            models.CheckConstraint(condition=_ONE_SUBJECT, name="intention_has_one_subject"),
            models.CheckConstraint(
                condition=(Q(choice="party") & Q(party__isnull=False)) | (~Q(choice="party") & Q(party=None)),
                name="intention_names_a_party",
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(is_latest=True), name="one_latest_intention_of_a_person"
            ),
            models.UniqueConstraint(
                fields=["elector"], condition=Q(is_latest=True), name="one_latest_intention_of_an_elector"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-at"], name="intention_person"),
            models.Index(fields=["elector", "-at"], name="intention_elector"),
        ]

    def __str__(self) -> str:
        return f"{self.choice} ({self.at:%Y-%m-%d})"


class Issue(models.Model):
    """A matter people care about."""

    name = models.CharField(max_length=80, unique=True)

    def __str__(self) -> str:
        return self.name


class IssueRaised(models.Model):
    """A person said that a matter is important to them."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="issues_raised")
    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="raised")
    at = models.DateTimeField()
    source = models.CharField(max_length=120)

    class Meta:
        """Found by issue."""

        indexes: ClassVar = [models.Index(fields=["issue", "person"], name="issue_person")]

    def __str__(self) -> str:
        return f"{self.issue_id} by {self.person_id}"
