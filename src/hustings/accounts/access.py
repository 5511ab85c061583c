"""Who may do what, where: the rights each role carries, and the places each appointment covers.

Every page, command and API call asks here first. A right without a place raises `NotAllowed`; lists are narrowed with
`Scope.filter`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404

from hustings.accounts.models import Appointment, Role, User
from hustings.accounts.rules.appointing import givers_of
from hustings.places.queries import areas_inside

ModelT = TypeVar("ModelT", bound=Model)


class Right(StrEnum):
    """What somebody may be allowed to do."""

    SET_UP = "set_up"
    SEE_AUDIT = "see_audit"
    APPOINT = "appoint"
    IMPORT = "import"
    SEE_PEOPLE = "see_people"
    EDIT_PEOPLE = "edit_people"
    EXPORT_PEOPLE = "export_people"
    HANDLE_RIGHTS = "handle_rights"
    SEE_REGISTER = "see_register"
    MATCH = "match"
    SEE_CONTACTS = "see_contacts"
    RECORD_CONTACTS = "record_contacts"
    EDIT_PETITIONS = "edit_petitions"
    KEY_SIGNATURES = "key_signatures"
    EDIT_MATERIALS = "edit_materials"
    APPROVE_MATERIALS = "approve_materials"
    OVERRIDE = "override"
    VERIFY_PROMOTERS = "verify_promoters"
    EDIT_AUDIENCES = "edit_audiences"
    SEND = "send"
    SEE_OUTBOX = "see_outbox"
    EDIT_SITE = "edit_site"
    EDIT_RECORD = "edit_record"
    SEE_MONEY = "see_money"
    EDIT_MONEY = "edit_money"
    SEE_VOLUNTEERS = "see_volunteers"
    EDIT_VOLUNTEERS = "edit_volunteers"
    EDIT_COURSES = "edit_courses"
    SEE_COVER = "see_cover"
    RUN_COVER = "run_cover"
    SEE_CASES = "see_cases"
    TAKE_OVER_CASES = "take_over_cases"
    SEE_ADS = "see_ads"
    CODE_ADS = "code_ads"
    PUBLISH_FINDINGS = "publish_findings"
    SEE_DESK = "see_desk"


_ORGANISER = frozenset(
    {
        Right.SEE_DESK,
        Right.SEE_PEOPLE,
        Right.EDIT_PEOPLE,
        Right.SEE_CONTACTS,
        Right.RECORD_CONTACTS,
        Right.EDIT_PETITIONS,
        Right.KEY_SIGNATURES,
        Right.EDIT_MATERIALS,
        Right.EDIT_AUDIENCES,
        Right.SEND,
        Right.SEE_OUTBOX,
        Right.SEE_REGISTER,
        Right.MATCH,
        Right.EDIT_SITE,
        Right.APPOINT,
        Right.SEE_VOLUNTEERS,
        Right.EDIT_VOLUNTEERS,
        Right.SEE_COVER,
        Right.RUN_COVER,
        Right.SEE_CASES,
        Right.SEE_ADS,
        Right.CODE_ADS,
    }
)

RIGHTS: Mapping[str, frozenset[Right]] = {
    Role.ADMINISTRATOR: frozenset(Right) - {Right.OVERRIDE},
    Role.AGENT: _ORGANISER
    | {
        Right.APPROVE_MATERIALS,
        Right.OVERRIDE,
        Right.VERIFY_PROMOTERS,
        Right.EDIT_RECORD,
        Right.SEE_MONEY,
        Right.EDIT_MONEY,
        Right.SEE_AUDIT,
        Right.TAKE_OVER_CASES,
        Right.EDIT_COURSES,
        Right.PUBLISH_FINDINGS,
    },
    Role.TREASURER: frozenset({Right.SEE_DESK, Right.SEE_MONEY, Right.EDIT_MONEY}),
    Role.DATA_OFFICER: frozenset(
        {
            Right.SEE_DESK,
            Right.SEE_AUDIT,
            Right.IMPORT,
            Right.SEE_PEOPLE,
            Right.EDIT_PEOPLE,
            Right.EXPORT_PEOPLE,
            Right.HANDLE_RIGHTS,
            Right.SEE_REGISTER,
            Right.MATCH,
            Right.SEE_OUTBOX,
            Right.SEE_CONTACTS,
            Right.SEE_ADS,
            Right.CODE_ADS,
        }
    ),
    Role.ORGANISER: _ORGANISER | {Right.APPROVE_MATERIALS},
    Role.VOLUNTEER: frozenset({Right.RECORD_CONTACTS, Right.KEY_SIGNATURES}),
}


class NotAllowed(PermissionDenied):
    """This login has no such right for this place; pages answer with 403 and say whom to ask."""


@dataclass(frozen=True, kw_only=True)
class Scope:
    """The places a right covers: everything, or a set of area codes with all areas inside them."""

    is_everything: bool
    codes: frozenset[str]

    @property
    def is_empty(self) -> bool:
        """Whether the right covers nothing at all."""
        return not self.is_everything and not self.codes

    def covers(self, *, code: str | None) -> bool:
        """Whether a place lies inside; a row with no place is covered only by the whole organisation."""
        return self.is_everything or (code is not None and code in self.codes)

    def filter(self, queryset: QuerySet[ModelT], *lookups: str) -> QuerySet[ModelT]:
        """Narrow a queryset to rows of which any of the named area columns lies inside."""
        if self.is_everything:
            return queryset
        condition = Q(pk__in=[])
        for lookup in lookups:
            condition |= Q(**{f"{lookup}__in": self.codes})
        return queryset.filter(condition)


NOTHING = Scope(is_everything=False, codes=frozenset())
EVERYTHING = Scope(is_everything=True, codes=frozenset())


def in_force(*, on: date) -> Q:
    """The condition that an appointment holds on a day."""
    return Q(valid_until=None, valid_from__lte=on) | Q(valid_until__gt=on, valid_from__lte=on)


def scope_of(*, user: User, right: Right, on: date) -> Scope:
    """The places in which the user holds the right on that day."""
    return _scope(user=user, roles=[role for role, rights in RIGHTS.items() if right in rights], on=on)


def scope_to_give(*, user: User, role: str, on: date) -> Scope:
    """The places for which the user may appoint somebody to a role on that day: see `rules/appointing.py`."""
    return _scope(user=user, roles=givers_of(role=role), on=on)


def _scope(*, user: User, roles: Iterable[str], on: date) -> Scope:
    if not user.is_authenticated or not user.is_active:
        return NOTHING
    held = Appointment.objects.filter(in_force(on=on), user=user, role__in=roles)
    areas = list(held.values_list("area", flat=True))
    if None in areas:
        return EVERYTHING
    return Scope(
        is_everything=False, codes=with_areas_inside(codes=frozenset(code for code in areas if code))
    )


def rights_of(*, user: User, on: date) -> frozenset[Right]:
    """Every right the user holds anywhere on that day."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    roles = Appointment.objects.filter(in_force(on=on), user=user).values_list("role", flat=True)
    return frozenset().union(*(RIGHTS.get(role, frozenset()) for role in roles))


def with_areas_inside(*, codes: frozenset[str]) -> frozenset[str]:
    """The areas and everything inside them: a council's wards, a constituency's wards."""
    return frozenset().union(*(areas_inside(code=code) for code in codes))


def require(*, user: User, right: Right, on: date, code: str | None = None) -> Scope:
    """The scope of the right, or `NotAllowed` where it is empty or does not cover the named place."""
    scope = scope_of(user=user, right=right, on=on)
    if scope.is_empty or (code is not None and not scope.covers(code=code)):
        raise NotAllowed(f"{user} may not do this here.")
    return scope


def users_with(*, right: Right, on: date, code: str | None = None) -> QuerySet[User]:
    """Active logins that hold a right, for one place where it is named."""
    roles = [role for role, rights in RIGHTS.items() if right in rights]
    held = Appointment.objects.filter(in_force(on=on), role__in=roles)
    if code is not None:
        held = held.filter(Q(area=None) | Q(area__in=_upwards(code)))
    return User.objects.filter(is_active=True, pk__in=held.values("user"))


def _upwards(code: str) -> list[str]:
    """The place, and every place that it lies inside: its council and whatever is above, and its constituency."""
    held = Appointment.objects.exclude(area=None).values_list("area", flat=True).distinct()
    return [outer for outer in held if outer == code or code in areas_inside(code=outer)]


def appointments_for(*, scope: Scope) -> QuerySet[Appointment]:
    """Appointments, past ones too, of those places; appointments for everything only for the whole organisation."""
    return scope.filter(Appointment.objects.select_related("area", "appointed_by", "user"), "area")


def logins_for(*, scope: Scope) -> QuerySet[User]:
    """Logins that were ever appointed in those places, each with `known`: its appointments there, newest first."""
    appointments = appointments_for(scope=scope)
    known = Prefetch("appointments", queryset=appointments.order_by("-valid_from", "-pk"), to_attr="known")
    logins = User.objects.prefetch_related(known)
    return logins if scope.is_everything else logins.filter(pk__in=appointments.values("user"))


def login_for(*, scope: Scope, pk: int) -> User:
    """One of those logins, or 404."""
    return get_object_or_404(logins_for(scope=scope), pk=pk)


def appointment_for(*, scope: Scope, pk: int) -> Appointment:
    """One of those appointments, or 404."""
    return get_object_or_404(appointments_for(scope=scope), pk=pk)
