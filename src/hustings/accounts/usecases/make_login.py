"""Make a login for somebody, which no password opens until they set one."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction

from hustings.accounts.models import User
from hustings.basics.email_address import parse_email
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.platform import audit


class LoginExists(Refusal):
    """Somebody has a login with this address."""


@transaction.atomic
def make_login(
    *,
    email: str,
    given_name: str,
    family_name: str = "",
    password: str | None = None,
    is_verified: bool = False,
    by: User | None,
    now: datetime,
) -> User:
    """Store the login and its address. Without a password it opens by a code sent to that address, or later by a passkey.

    `is_verified` says that the address needs no proof (the first administrator, the command line). Raises `LoginExists`,
    or `NotAnEmailAddress` from `basics.email_address`.
    """
    address = parse_email(email, allow_example=settings.HUSTINGS_MODE != "live").address.lower()
    if User.objects.filter(email__iexact=address).exists():
        raise LoginExists(
            "exists",
            gettext_noop("{email} has a login already. Find it in the list and appoint them there."),
            email=address,
        )
    user = User.objects.create_user(
        address, password, first_name=given_name.strip(), last_name=family_name.strip(), date_joined=now
    )
    EmailAddress.objects.create(user=user, email=address, verified=is_verified, primary=True)
    audit.record(now=now, actor=by, verb="made a login for", subject_type="login", subject_id=user.pk)
    return user
