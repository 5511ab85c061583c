"""Make the first administrator, by a link that works while there is none."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse

from hustings.accounts.models import Role, User
from hustings.accounts.queries import has_administrator
from hustings.accounts.usecases.appoint import appoint
from hustings.accounts.usecases.make_login import make_login
from hustings.basics.clock import uk_date
from hustings.basics.refusals import Refusal, gettext_noop

_SALT = "hustings.accounts.first_administrator"
HOLDS_FOR = timedelta(days=7)


class LinkNoLongerHolds(Refusal):
    """The link is damaged, too old, or an administrator exists."""


def first_administrator_link(*, now: datetime) -> str | None:
    """The whole address under which the first administrator is made, or none where there is one already.

    Whoever holds it becomes administrator, so it is printed on the terminal and stored nowhere. It holds for a week and
    dies when it is used.
    """
    if has_administrator():
        return None
    token = signing.dumps({"until": (now + HOLDS_FOR).timestamp()}, salt=_SALT)
    return settings.HUSTINGS_ADDRESS + reverse("accounts:first", args=[token])


def check_first_link(*, token: str, now: datetime) -> None:
    """Pass a link that holds. Raises `LinkNoLongerHolds`."""
    try:
        until = signing.loads(token, salt=_SALT)["until"]
    except (signing.BadSignature, KeyError, TypeError) as problem:
        raise _gone() from problem
    if has_administrator() or now.timestamp() > until:
        raise _gone()


@transaction.atomic
def make_first_administrator(
    *, token: str, email: str, given_name: str, family_name: str, password: str, now: datetime
) -> User:
    """Make the login and appoint it for the whole organisation. Raises `LinkNoLongerHolds` and what `make_login` raises."""
    check_first_link(token=token, now=now)
    user = make_login(
        email=email,
        given_name=given_name,
        family_name=family_name,
        password=password,
        is_verified=True,
        by=None,
        now=now,
    )
    appoint(user=user, role=Role.ADMINISTRATOR, area=None, valid_from=uk_date(now), by=None, now=now)
    return user


def _gone() -> LinkNoLongerHolds:
    return LinkNoLongerHolds(
        "gone",
        gettext_noop(
            "This link no longer holds: it was used, it is older than a week, or it was cut short. Run “hustings init” "
            "again for a new one; if an administrator exists, sign in instead."
        ),
    )
