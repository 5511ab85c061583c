"""The cast of every test: Alice organises Barset East, Bob volunteers for her, Charlie organises Barset West.

`cast` (a fixture of `tests/conftest.py`) makes the places, the organisation and the logins. `signed_in(user)` is a test
client with a second factor, so that pages behind one can be asked for.
"""

from dataclasses import dataclass
from datetime import date

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client

from hustings.accounts.models import Appointment, Organisation, OrganisationKind, Role, User
from hustings.places.models import Area, AreaKind

PASSWORD = "correct horse battery staple"


@dataclass(frozen=True, kw_only=True)
class Cast:
    """Places and logins; `admin` and `agent` hold the whole organisation, Dora looks after data, Tess after money."""

    district: Area
    east: Area
    west: Area
    admin: User
    agent: User
    dora: User
    tess: User
    alice: User
    bob: User
    charlie: User
    stranger: User


def make_user(
    *, name: str, role: str | None = None, area: Area | None = None, has_second_factor: bool = True
) -> User:
    """A login with a verified address, appointed since the start of 2026 where a role is given."""
    user = User.objects.create_user(f"{name.lower()}@barset.example", PASSWORD, first_name=name)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    if has_second_factor:
        Authenticator.objects.create(
            user=user, type=Authenticator.Type.TOTP, data={"secret": "unused in tests"}
        )
    if role:
        Appointment.objects.create(user=user, role=role, area=area, valid_from=date(2026, 1, 1))
    return user


def make_cast() -> Cast:
    """The places of Barset, the organisation and everybody's login."""
    Organisation.objects.get_or_create(
        pk=1,
        defaults={
            "name": "Barset Together",
            "kind": OrganisationKind.REGISTERED_PARTY,
            "address": "1 High Street, Barchester, ZZ1 1AA",
            "email": "office@barset.example",
        },
    )
    district = Area.objects.create(code="E07999001", kind=AreaKind.DISTRICT, name="Barset", nation="england")
    east, west = (
        Area.objects.create(code=code, kind=AreaKind.WARD, name=name, parent=district, nation="england")
        for code, name in (("E05999001", "Barset East"), ("E05999002", "Barset West"))
    )
    return Cast(
        district=district,
        east=east,
        west=west,
        admin=make_user(name="Ada", role=Role.ADMINISTRATOR),
        agent=make_user(name="Agnes", role=Role.AGENT),
        dora=make_user(name="Dora", role=Role.DATA_OFFICER),
        tess=make_user(name="Tess", role=Role.TREASURER),
        alice=make_user(name="Alice", role=Role.ORGANISER, area=east),
        bob=make_user(name="Bob", role=Role.VOLUNTEER, area=east),
        charlie=make_user(name="Charlie", role=Role.ORGANISER, area=west),
        stranger=make_user(name="Sam"),
    )


def signed_in(user: User) -> Client:
    """A client signed in as the user."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client
