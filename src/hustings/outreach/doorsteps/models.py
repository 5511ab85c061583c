"""Canvasses, the rounds they are cut into, and the doors of a round."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hustings.clearance.models import Clearance
from hustings.contacts.models import Contact, Issue
from hustings.elections.models import Election
from hustings.outreach.audiences.models import Audience
from hustings.people.models import Person, Purpose
from hustings.places.models import Area
from hustings.register.models import Elector
from hustings.volunteers.models import Volunteer


class CanvassState(models.TextChoices):
    """Where a canvass stands."""

    DRAFT = "draft", _("draft")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


class DoorOutcome(models.TextChoices):
    """What became of a door; the values are those of `contacts.models.Outcome`."""

    SPOKE = "spoke", _("spoke")
    NO_ANSWER = "no_answer", _("no answer")
    GONE = "gone", _("not there any more")
    OBJECTED = "objected", _("please do not come again")


class Canvass(models.Model):
    """A door-to-door conversation with one area: whom, when, what is asked.

    Without an `audience` the electors of `area` are visited, or of its polling `districts` where some are named; with one, the
    people in it who have an address. `return_by` is the day by which sheets come back or are destroyed. Nobody is visited
    before `hour_from` or from `hour_until` on.
    """

    title = models.CharField(max_length=120)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    districts = models.JSONField(default=list, blank=True)
    audience = models.ForeignKey(
        Audience, null=True, blank=True, on_delete=models.PROTECT, related_name="canvasses"
    )
    election = models.ForeignKey(Election, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=15, choices=Purpose.choices, default=Purpose.CAMPAIGN)
    words = models.TextField(blank=True)
    asks_vote = models.BooleanField(default=True)
    issues = models.ManyToManyField(Issue, blank=True, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    hour_from = models.PositiveSmallIntegerField(default=10)
    hour_until = models.PositiveSmallIntegerField(default=20)
    return_by = models.DateField()
    doors_a_round = models.PositiveSmallIntegerField(default=60)
    state = models.CharField(max_length=6, choices=CanvassState.choices, default=CanvassState.DRAFT)
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
        """Newest first; days and hours in order; whatever left the draft went through the gate."""

        app_label = "outreach"
        ordering: ClassVar = ["-made_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="draft") | Q(clearance__isnull=False), name="canvass_has_a_clearance"
            ),
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("ends_on")) & Q(ends_on__lte=F("return_by")),
                name="canvass_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(hour_from__lt=F("hour_until")) & Q(hour_until__lte=24),
                name="canvass_hours_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def label(self) -> str:
        """In the course of what its contacts are kept."""
        return f"doors: {self.title}"[:120]


class Round(models.Model):
    """One evening's walk: the doors of a canvass that lie together, given to one volunteer or a pair.

    `code` stands on the sheet and finds the round when it is keyed in; `wordings` are the versions of the words for consent on
    the sheet as last printed.
    """

    canvass = models.ForeignKey(Canvass, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveIntegerField()
    code = models.CharField(max_length=8, unique=True)
    wordings = models.JSONField(default=list, blank=True)
    volunteer = models.ForeignKey(
        Volunteer, null=True, blank=True, on_delete=models.SET_NULL, related_name="rounds"
    )
    partner = models.ForeignKey(
        Volunteer, null=True, blank=True, on_delete=models.SET_NULL, related_name="rounds_as_partner"
    )
    walk_on = models.DateField(null=True, blank=True)
    given_at = models.DateTimeField(null=True, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """In the order in which the area was cut; nobody walks with themselves."""

        app_label = "outreach"
        ordering: ClassVar = ["canvass", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["canvass", "number"], name="round_number_once"),
            models.CheckConstraint(
                condition=Q(partner=None) | Q(volunteer=None) | ~Q(partner=F("volunteer")),
                name="round_pair_is_two",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.canvass} {self.number}"


class Door(models.Model):
    """One elector or person at one door of a round, in walking order, and what came of it.

    Name and address are not kept here: they are read from the register or the person each time, so that they end with the
    right to them. `attempts` counts what was recorded; a form tells how many it had seen, and so counts once. `agreed` are
    letters of what they agreed to aloud (`conversations.rules.agreements.ASKS`); the receipts are the person's.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="doors")
    line = models.PositiveIntegerField()
    elector = models.ForeignKey(Elector, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    outcome = models.CharField(max_length=12, choices=DoorOutcome.choices, blank=True)
    is_leaflet_left = models.BooleanField(default=False)
    agreed = models.CharField(max_length=8, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField(null=True, blank=True)
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        """In walking order; each about exactly one elector or person."""

        app_label = "outreach"
        ordering: ClassVar = ["round", "line"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "line"], name="door_line_once"),
            models.CheckConstraint(
                condition=Q(person__isnull=False, elector=None) | Q(person=None, elector__isnull=False),
                name="door_has_one_subject",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round} line {self.line}"


class KeptAnswer(models.Model):
    """What was said at a door without a line, kept on a volunteer's phone and taken in later, once by its `key`.

    `tapped_at` is when it was tapped by our clock; with a `doubt` the phone's clock told a moment that cannot be, and this is the
    nearest that can.
    """

    key = models.UUIDField(primary_key=True)
    door = models.ForeignKey(Door, on_delete=models.CASCADE, related_name="kept_answers")
    tapped_at = models.DateTimeField()
    doubt = models.CharField(max_length=6, blank=True)
    taken_at = models.DateTimeField()

    class Meta:
        """In the order in which they were taken in."""

        app_label = "outreach"
        ordering: ClassVar = ["taken_at", "key"]

    def __str__(self) -> str:
        return f"{self.door} {self.taken_at:%Y-%m-%d %H:%M}"
