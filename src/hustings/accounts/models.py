"""The organisation, its logins, and who holds which role for which places."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hustings.places.models import Area


class OrganisationKind(models.TextChoices):
    """What the controller is; it decides the lawful basis for holding political opinions."""

    REGISTERED_PARTY = "registered_party", _("registered political party, or a branch of one")
    CANDIDATE = "candidate", _("independent candidate or councillor")
    COUNCIL_GROUP = "council_group", _("council group")
    NON_PARTY = "non_party", _("community or non-party campaign")


class Organisation(models.Model):
    """The one organisation this installation serves: the data controller. There is exactly one row."""

    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=20, choices=OrganisationKind.choices)
    commission_number = models.CharField(max_length=20, blank=True)
    address = models.TextField()
    email = models.EmailField()
    phone = models.CharField(max_length=20, blank=True)
    ico_reference = models.CharField(max_length=20, blank=True)
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    colour = models.CharField(max_length=7, default="#0b5c4a")
    set_up_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Only row number one may exist."""

        constraints: ClassVar = [models.CheckConstraint(condition=Q(pk=1), name="one_organisation")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_registered_party(self) -> bool:
        """Whether DPA 2018 Schedule 1 paragraph 22 (political parties) is open to it."""
        return self.kind == OrganisationKind.REGISTERED_PARTY


class UserManager(BaseUserManager["User"]):
    """Makes logins by email address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make a login; without a password it can only enter by an emailed code or passkey."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make an installation's administrator."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """A staff member's or volunteer's login, by email address."""

    username = None  # type: ignore[assignment]  # Django documents leaving it out so
    email = models.EmailField(_("email address"), unique=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()  # type: ignore[assignment,misc]  # a manager for logins by email

    def __str__(self) -> str:
        return self.get_full_name() or self.email


class Role(models.TextChoices):
    """What somebody is in the campaign."""

    ADMINISTRATOR = "administrator", _("administrator")
    AGENT = "agent", _("election agent")
    TREASURER = "treasurer", _("treasurer")
    DATA_OFFICER = "data_officer", _("data officer")
    ORGANISER = "organiser", _("organiser")
    VOLUNTEER = "volunteer", _("volunteer")


class Appointment(models.Model):
    """A role held for an area and everything inside it; no area means the whole organisation."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="appointments")
    role = models.CharField(max_length=20, choices=Role.choices)
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    appointed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        """A span is never empty."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_from__lt=F("valid_until")),
                name="appointment_span_is_not_empty",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} as {self.get_role_display()}"


class SetUpNote(models.Model):
    """What was typed at one step of the first set-up and not finished, or that the step was set aside for later."""

    step = models.SlugField(primary_key=True, max_length=40)
    draft = models.JSONField(default=dict, blank=True)
    set_aside_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return self.step
