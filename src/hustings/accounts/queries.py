"""Reads about logins and what they did, for our pages and for other apps."""

from dataclasses import dataclass
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hustings.accounts.access import Scope, in_force
from hustings.accounts.models import Appointment, Role, User
from hustings.accounts.rules.one_time_code import one_time_code
from hustings.platform.encryption import decrypt
from hustings.platform.models import AuditEntry
from hustings.platform.words import day


class NotInADemo(Exception):
    """One-time codes are told only in a demonstration that nobody but this machine can reach."""


class NoSecondFactor(Exception):
    """The login has no authenticator app."""


@dataclass(frozen=True, kw_only=True)
class LoginSummary:
    """A login as commands print it."""

    email: str
    name: str
    is_open: bool
    has_second_factor: bool
    last_login: datetime | None
    appointments: tuple[dict[str, str | int | None], ...]


def audit_entries_for(*, scope: Scope) -> QuerySet[AuditEntry]:
    """Audit entries of the scope's places; those that belong to no place only for the whole organisation."""
    return scope.filter(AuditEntry.objects.all(), "area_code")


def verbs_used(*, scope: Scope) -> list[str]:
    """The acts that occur in those entries, in order."""
    return list(audit_entries_for(scope=scope).order_by("verb").values_list("verb", flat=True).distinct())


def has_administrator() -> bool:
    """Whether anybody was ever appointed administrator of the whole organisation."""
    return Appointment.objects.filter(role=Role.ADMINISTRATOR, area=None).exists()


def is_last_administrator(*, user: User, on: date) -> bool:
    """Whether nobody else could set things up and appoint others on that day."""
    holders = Appointment.objects.filter(
        in_force(on=on), role=Role.ADMINISTRATOR, area=None, user__is_active=True
    )
    return holders.filter(user=user).exists() and not holders.exclude(user=user).exists()


def appointment_words(*, appointment: Appointment, on: date) -> str:
    """An appointment as a line: election agent, Barset, since 1 May 2026."""
    place = appointment.area.name if appointment.area else _("the whole organisation")
    words = {"role": appointment.get_role_display(), "place": place, "day": day(appointment.valid_from)}
    if appointment.valid_until is not None and appointment.valid_until <= on:
        return _("%(role)s, %(place)s, until %(day)s") % {**words, "day": day(appointment.valid_until)}
    if appointment.valid_from > on:
        return _("%(role)s, %(place)s, from %(day)s") % words
    if appointment.valid_until is not None:
        return _("%(role)s, %(place)s, ends on %(day)s") % {**words, "day": day(appointment.valid_until)}
    return _("%(role)s, %(place)s, since %(day)s") % words


def login_summaries() -> list[LoginSummary]:
    """Every login with its appointments, by address."""
    with_factor = set(Authenticator.objects.values_list("user_id", flat=True))
    return [
        LoginSummary(
            email=user.email,
            name=user.get_full_name(),
            is_open=user.is_active,
            has_second_factor=user.pk in with_factor,
            last_login=user.last_login,
            appointments=tuple(
                {
                    "id": one.pk,
                    "role": one.role,
                    "place": one.area_id,
                    "valid_from": one.valid_from.isoformat(),
                    "valid_until": one.valid_until.isoformat() if one.valid_until else None,
                }
                for one in user.appointments.all()
            ),
        )
        for user in User.objects.prefetch_related("appointments").order_by("email")
    ]


def current_totp_code(*, user: User, now: datetime) -> str:
    """The code that the user's authenticator app shows now, in a demonstration on this machine only.

    Raises `NotInADemo` elsewhere and `NoSecondFactor` where there is no app.
    """
    if settings.HUSTINGS_MODE != "demo" or not _is_on_loopback():
        raise NotInADemo(
            "One-time codes are told only in a demonstration on this machine (HUSTINGS_MODE=demo)."
        )
    authenticator = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if authenticator is None:
        raise NoSecondFactor(f"{user.email} has no authenticator app.")
    return one_time_code(secret=decrypt(token=authenticator.data["secret"]), at=now)


def _is_on_loopback() -> bool:
    address = settings.HUSTINGS_ADDRESS.split("//", 1)[-1]
    return address.split(":", 1)[0].split("/", 1)[0] in {"127.0.0.1", "localhost"}
