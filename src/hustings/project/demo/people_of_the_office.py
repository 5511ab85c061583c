"""Who works in the demo's campaign office, and what they may see."""

import base64
import hashlib
import hmac
import secrets
import struct
from dataclasses import dataclass
from datetime import date, datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction

from hustings.accounts.adapter import MFAAdapter
from hustings.accounts.models import Appointment, Role, User
from hustings.places.models import Area

PASSWORD = "barset-demo-office"  # noqa: S105 -- printed on the screen, and only in a demo home on loopback


@dataclass(frozen=True, kw_only=True)
class Member:
    """One login of the demo office; no area means the whole organisation."""

    given_name: str
    role: str
    area_name: str | None
    words: str


MEMBERS = (
    Member(given_name="Ada", role=Role.ADMINISTRATOR, area_name=None, words="sets everything up"),
    Member(given_name="Agnes", role=Role.AGENT, area_name=None, words="election agent"),
    Member(given_name="Tess", role=Role.TREASURER, area_name=None, words="treasurer"),
    Member(given_name="Dora", role=Role.DATA_OFFICER, area_name=None, words="data officer"),
    Member(given_name="Alice", role=Role.ORGANISER, area_name="Barset East", words="organises Barset East"),
    Member(given_name="Bob", role=Role.VOLUNTEER, area_name="Barset East", words="volunteers for Alice"),
    Member(given_name="Charlie", role=Role.ORGANISER, area_name="Barset West", words="organises Barset West"),
)


def email_of(*, member: Member) -> str:
    """The login's address."""
    return f"{member.given_name.lower()}@office.barset.example"


@transaction.atomic
def engage_members(*, since: date) -> dict[str, User]:
    """Make every login with its appointment and a second factor; by given name."""
    users = {}
    for member in MEMBERS:
        user = User.objects.create_user(email_of(member=member), PASSWORD, first_name=member.given_name)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        Authenticator.objects.create(
            user=user,
            type=Authenticator.Type.TOTP,
            data={"secret": MFAAdapter().encrypt(_fresh_secret())},
        )
        area = Area.objects.get(name=member.area_name, kind="constituency") if member.area_name else None
        Appointment.objects.create(user=user, role=member.role, area=area, valid_from=since)
        users[member.given_name] = user
    return users


class NoSuchMember(Exception):
    """The demo has no such login; the message lists those it has."""


def present_code(*, name: str, moment: datetime) -> str:
    """The second-factor code that a member's telephone would show at a moment. Raises `NoSuchMember`."""
    wanted = name.partition("@")[0].casefold()
    member = next((member for member in MEMBERS if member.given_name.casefold() == wanted), None)
    found = Authenticator.objects.filter(
        user__email=email_of(member=member) if member else "", type=Authenticator.Type.TOTP
    ).first()
    if found is None:
        raise NoSuchMember(
            f"The demo has no login “{name}”. There are: {', '.join(member.given_name.lower() for member in MEMBERS)}."
        )
    return _code(secret=MFAAdapter().decrypt(found.data["secret"]), moment=moment)


def _fresh_secret() -> str:
    return base64.b32encode(secrets.token_bytes(20)).decode()


def _code(*, secret: str, moment: datetime) -> str:
    """The six digits of RFC 6238 for a secret in base 32, in the half-minute of the moment."""
    counter = struct.pack(">Q", int(moment.timestamp()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    offset = digest[-1] & 15
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"
