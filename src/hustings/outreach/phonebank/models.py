"""Phone banks, whom each of them rings, every try, and call lists on paper."""

import uuid
from datetime import time
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hustings.clearance.models import ApprovedCopy, Clearance
from hustings.contacts.models import Issue
from hustings.elections.models import Election
from hustings.outreach.audiences.models import Audience
from hustings.people.models import ContactPoint, Person, Purpose
from hustings.places.models import Area


class BankState(models.TextChoices):
    """Where a phone bank stands."""

    DRAFT = "draft", _("draft")
    OPEN = "open", _("open")
    PAUSED = "paused", _("paused")
    CLOSED = "closed", _("closed")


class PhoneBank(models.Model):
    """One reason to ring the people of one audience, within one place.

    What callers say first is an approved copy or `opening`. `clearance` is the gate's answer about everybody, asked once when it
    was opened; about each person it is asked again before their number is shown.
    """

    title = models.CharField(max_length=100)
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="phone_banks")
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=15, choices=Purpose.choices, default=Purpose.CAMPAIGN)
    copy = models.ForeignKey(ApprovedCopy, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    opening = models.TextField(blank=True)
    asks_intention = models.BooleanField(default=True)
    election = models.ForeignKey(Election, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    issues: "models.ManyToManyField[Issue, models.Model]" = models.ManyToManyField(
        Issue, blank=True, related_name="+"
    )
    rings_from = models.TimeField(default=time(9))
    rings_until = models.TimeField(default=time(20, 30))
    most_tries = models.PositiveSmallIntegerField(default=3)
    hours_between = models.PositiveSmallIntegerField(default=24)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=BankState.choices, default=BankState.DRAFT)
    clearance = models.ForeignKey(
        Clearance, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        """Newest first; nobody is rung without the gate's answer."""

        app_label = "outreach"
        ordering: ClassVar = ["-made_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="draft") | Q(clearance__isnull=False), name="phone_bank_was_cleared"
            ),
            models.CheckConstraint(
                condition=Q(rings_from__lt=models.F("rings_until")), name="phone_bank_has_hours"
            ),
            models.CheckConstraint(condition=Q(most_tries__gte=1), name="phone_bank_tries_once"),
        ]

    def __str__(self) -> str:
        return self.title


class Caller(models.Model):
    """Somebody accepted the words on conduct and privacy and rings for a bank."""

    bank = models.ForeignKey(PhoneBank, on_delete=models.CASCADE, related_name="callers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    accepted_at = models.DateTimeField()

    class Meta:
        """Once a bank."""

        app_label = "outreach"
        constraints: ClassVar = [models.UniqueConstraint(fields=["bank", "user"], name="caller_once")]

    def __str__(self) -> str:
        return f"{self.user_id} for {self.bank_id}"


class CallSheet(models.Model):
    """A call list on paper, held for a named caller until the end of a day. `code` stands on it and finds it again.

    `parties` and `issues` say which letter and number stood for what when it was printed: [["A", party], …], [["1", issue], …].
    `wordings` are the versions of the words for consent that stand on it.
    """

    bank = models.ForeignKey(PhoneBank, on_delete=models.CASCADE, related_name="sheets")
    code = models.CharField(max_length=6, unique=True)
    for_name = models.CharField(max_length=80)
    return_by = models.DateField()
    parties = models.JSONField(default=list, blank=True)
    issues = models.JSONField(default=list, blank=True)
    wordings = models.JSONField(default=list, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    returned_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Newest first."""

        app_label = "outreach"
        ordering: ClassVar = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.code


class CallState(models.TextChoices):
    """Where somebody on the list stands."""

    WAITING = "waiting", _("waiting")
    HELD = "held", _("being rung")
    DONE = "done", _("done")


class CallResult(models.TextChoices):
    """How it ended; the values are those of `rules.turns.Result`."""

    SPOKE = "spoke", _("spoke")
    NO_ANSWER = "no_answer", _("no answer")
    LATER = "later", _("to be rung later")
    WRONG_NUMBER = "wrong_number", _("wrong number")
    OBJECTED = "objected", _("asked not to be called")
    GONE = "gone", _("moved away or died")
    REFUSED = "refused", _("refused by the gate since")


class Call(models.Model):
    """One person to be rung for one bank.

    Held for one caller (`held_by`, under the token `hold`) or on one sheet, and until a moment: then it comes back by itself.
    Everything but `tries` and `result` changes with each turn; the tries are kept in `CallTry`.
    """

    bank = models.ForeignKey(PhoneBank, on_delete=models.CASCADE, related_name="calls")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="phone_bank_calls")
    state = models.CharField(max_length=10, choices=CallState.choices, default=CallState.WAITING)
    hold = models.UUIDField(null=True, blank=True)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    sheet = models.ForeignKey(
        CallSheet, null=True, blank=True, on_delete=models.SET_NULL, related_name="calls"
    )
    held_until = models.DateTimeField(null=True, blank=True)
    not_before = models.DateTimeField(null=True, blank=True)
    is_promised = models.BooleanField(default=False)
    passed_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    result = models.CharField(max_length=12, choices=CallResult.choices, blank=True)
    reason = models.CharField(max_length=40, blank=True)

    class Meta:
        """Each person once a bank; what is held has an end; what is done has a result."""

        app_label = "outreach"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bank", "person"], name="call_once"),
            models.CheckConstraint(
                condition=(Q(state="held", hold__isnull=False, held_until__isnull=False))
                | (~Q(state="held") & Q(hold=None, held_until=None, held_by=None)),
                name="held_call_has_an_end",
            ),
            models.CheckConstraint(condition=~Q(state="done") | ~Q(result=""), name="done_call_has_a_result"),
        ]
        indexes: ClassVar = [models.Index(fields=["bank", "state", "not_before"], name="call_queue")]

    def __str__(self) -> str:
        return f"call {self.pk}"


class CallTry(models.Model):
    """Somebody rang, and how it ended. Only ever added; `token` is the hold or the sheet's line, so that it counts once.

    `agreed` are letters of what they agreed to aloud (`conversations.rules.agreements.ASKS`); the receipts are the person's.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="made")
    token = models.UUIDField(unique=True)
    result = models.CharField(max_length=12, choices=CallResult.choices)
    agreed = models.CharField(max_length=8, blank=True)
    at = models.DateTimeField()
    entered_at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    sheet = models.ForeignKey(CallSheet, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        """In order of entry."""

        app_label = "outreach"
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.result} {self.at:%Y-%m-%d}"


class SheetLine(models.Model):
    """One line of a sheet: whose, and which number was printed there. Its token makes that what was keyed counts once."""

    sheet = models.ForeignKey(CallSheet, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveSmallIntegerField()
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="+")
    point = models.ForeignKey(
        ContactPoint, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    token = models.UUIDField(default=uuid.uuid4, unique=True)

    class Meta:
        """Numbered from one."""

        app_label = "outreach"
        ordering: ClassVar = ["sheet", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["sheet", "number"], name="sheet_line_once")]

    def __str__(self) -> str:
        return f"{self.sheet_id}/{self.number}"
