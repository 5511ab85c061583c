"""Events with their shifts, and who comes: booked, waiting, proposed."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hustings.places.models import Area
from hustings.volunteers.models.training import Course
from hustings.volunteers.models.volunteer import Volunteer


class EventKind(models.TextChoices):
    """Kinds of event. What the law forbids has no kind (`rules/forbidden_tasks.py`, and a test that reads this list)."""

    CANVASS = "canvass", _("canvass session")
    PHONE_BANK = "phone_bank", _("phone bank")
    LEAFLETS = "leaflets", _("leaflet round")
    STALL = "stall", _("street stall")
    TRAINING = "training", _("training")
    POLLING_DAY = "polling_day", _("polling day")
    MEETING = "meeting", _("meeting")
    SOCIAL = "social", _("social")


class TaskKind(models.TextChoices):
    """What somebody does on a shift. What the law forbids has no kind, here as there."""

    CANVASSER = "canvasser", _("talking to people at the door")
    BOARD_RUNNER = "board_runner", _("keeping the canvass sheet")
    CALLER = "caller", _("telephoning")
    DELIVERER = "deliverer", _("delivering leaflets")
    STALL_HELPER = "stall_helper", _("helping at the stall")
    NUMBER_TAKER = "number_taker", _("taking numbers outside a polling place")
    DRIVER = "driver", _("driving people who asked for a lift")
    OFFICE = "office", _("helping in the office")
    STEWARD = "steward", _("stewarding")
    LISTENER = "listener", _("looking after people")
    LEARNER = "learner", _("taking part")


class EventState(models.TextChoices):
    """Where an event stands."""

    DRAFT = "draft", _("draft")
    OPEN = "open", _("open")
    CANCELLED = "cancelled", _("cancelled")


class Food(models.TextChoices):
    """Whether food, drink or entertainment is offered, and to whom (the law on treating asks)."""

    NONE = "none", _("none")
    HELPERS = "helpers", _("refreshments for those who help")
    EVERYBODY = "everybody", _("for whoever comes")


class Event(models.Model):
    """Something that volunteers come to. Its places to fill are its shifts; it has at least one once it is open.

    `food`, `food_purpose`, `is_paid` and `payment_note` are the answers that the rules on treating and on paid canvassing ask
    for. `latitude` and `longitude` are of the postcode; an event without a place is held by telephone or online.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=100, unique=True)
    kind = models.CharField(max_length=12, choices=EventKind.choices)
    title = models.CharField(max_length=120)
    about = models.TextField(blank=True)
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=160, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    bring = models.TextField(blank=True)
    access = models.TextField(blank=True)
    food = models.CharField(max_length=10, choices=Food.choices, default=Food.NONE)
    food_purpose = models.CharField(max_length=200, blank=True)
    is_paid = models.BooleanField(default=False)
    payment_note = models.CharField(max_length=200, blank=True)
    is_adults_only = models.BooleanField(default=False)
    required_course = models.ForeignKey(
        Course, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=10, choices=EventState.choices, default=EventState.DRAFT)
    cancel_reason = models.CharField(max_length=200, blank=True)
    remind_hours = models.PositiveSmallIntegerField(default=24)
    follow_up = models.TextField(blank=True)
    followed_up_at = models.DateTimeField(null=True, blank=True)
    changes = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        """In the order in which they begin; an event ends after it begins."""

        ordering: ClassVar = ["starts_at", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["state", "starts_at"], name="events_to_come"),
            models.Index(fields=["area", "starts_at"], name="events_of_area"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="event_ends_later")
        ]

    def __str__(self) -> str:
        return self.title


class Shift(models.Model):
    """A stretch of an event with one task and a number of people wanted."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="shifts")
    task = models.CharField(max_length=12, choices=TaskKind.choices)
    name = models.CharField(max_length=80, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    capacity = models.PositiveSmallIntegerField()
    required_course = models.ForeignKey(
        Course, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        """In the order in which they begin."""

        ordering: ClassVar = ["starts_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="shift_ends_later"),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="shift_wants_somebody"),
        ]

    def __str__(self) -> str:
        return self.name or str(TaskKind(self.task).label)

    @property
    def minutes(self) -> int:
        """How long it is, in whole minutes."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)


class BookingState(models.TextChoices):
    """How a volunteer stands to a shift."""

    PROPOSED = "proposed", _("proposed")
    BOOKED = "booked", _("booked")
    WAITING = "waiting", _("on the waiting list")
    CANCELLED = "cancelled", _("cancelled")
    DECLINED = "declined", _("declined")


#: States in which a volunteer holds, or may come to hold, a place.
STANDING = (BookingState.PROPOSED, BookingState.BOOKED, BookingState.WAITING)


class Booking(models.Model):
    """A volunteer and a shift. `attended` is none until somebody noted it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, related_name="bookings")
    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="bookings")
    state = models.CharField(max_length=10, choices=BookingState.choices)
    asked_at = models.DateTimeField()
    booked_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    attended = models.BooleanField(null=True, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        """First come, first served; a volunteer stands once to a shift."""

        ordering: ClassVar = ["asked_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["shift", "volunteer"],
                condition=Q(state__in=["proposed", "booked", "waiting"]),
                name="one_booking_of_a_shift",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["shift", "state"], name="bookings_of_shift"),
            models.Index(fields=["volunteer", "state"], name="bookings_of_volunteer"),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id} {self.state} {self.shift_id}"


class CarSide(models.TextChoices):
    """Whether seats are offered or wanted."""

    OFFERS = "offers", _("offers seats")
    WANTS = "wants", _("wants a seat")


class CarShare(models.Model):
    """Seats offered, or a seat wanted, to an event, by the first half of a postcode. For adults only."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="car_shares")
    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="car_shares")
    side = models.CharField(max_length=6, choices=CarSide.choices)
    outward = models.CharField(max_length=4)
    seats = models.PositiveSmallIntegerField(default=1)
    note = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """One a volunteer and an event."""

        ordering: ClassVar = ["made_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["event", "volunteer"], condition=Q(ended_at=None), name="one_car_share_of_an_event"
            ),
            models.CheckConstraint(condition=Q(seats__gte=1, seats__lte=8), name="car_has_seats"),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id} {self.side} {self.seats} from {self.outward}"


class Lift(models.Model):
    """A seat proposed to both: names and telephone numbers are shown to the two once both have said yes."""

    offer = models.ForeignKey(CarShare, on_delete=models.CASCADE, related_name="lifts_given")
    want = models.ForeignKey(CarShare, on_delete=models.CASCADE, related_name="lifts_taken")
    proposed_at = models.DateTimeField()
    driver_agreed_at = models.DateTimeField(null=True, blank=True)
    rider_agreed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A seat is proposed to somebody once at a time."""

        ordering: ClassVar = ["proposed_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["want"], condition=Q(ended_at=None), name="one_lift_at_a_time"),
            models.UniqueConstraint(fields=["offer", "want"], name="lift_proposed_once"),
        ]

    def __str__(self) -> str:
        return f"lift {self.pk}"

    @property
    def is_agreed(self) -> bool:
        """Whether both said yes and nobody took it back."""
        return (
            self.driver_agreed_at is not None and self.rider_agreed_at is not None and self.ended_at is None
        )
