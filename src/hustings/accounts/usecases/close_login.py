"""Close a login, or open it again."""

from datetime import datetime

from django.db import transaction

from hustings.accounts.access import NotAllowed, scope_to_give
from hustings.accounts.models import Role, User
from hustings.accounts.queries import is_last_administrator
from hustings.accounts.usecases.end_appointment import LastAdministrator
from hustings.basics.clock import uk_date
from hustings.basics.refusals import gettext_noop
from hustings.platform import audit


@transaction.atomic
def close_login(*, user: User, by: User | None, now: datetime) -> None:
    """Let nobody in by this login any more; open sessions end with it. What was done under it stays.

    Only who may make administrators may close logins. Raises `NotAllowed` or `LastAdministrator`.
    """
    _may(by, now)
    if is_last_administrator(user=user, on=uk_date(now)):
        raise LastAdministrator(
            "last_administrator",
            gettext_noop("Somebody must be left who can set things up. Appoint another administrator first."),
        )
    User.objects.filter(pk=user.pk).update(is_active=False)
    audit.record(now=now, actor=by, verb="closed the login of", subject_type="login", subject_id=user.pk)


@transaction.atomic
def open_login(*, user: User, by: User | None, now: datetime) -> None:
    """Let a closed login in again, with whatever appointments are still in force. Raises `NotAllowed`."""
    _may(by, now)
    User.objects.filter(pk=user.pk).update(is_active=True)
    audit.record(now=now, actor=by, verb="opened the login of", subject_type="login", subject_id=user.pk)


def _may(by: User | None, now: datetime) -> None:
    if by is not None and not scope_to_give(user=by, role=Role.ADMINISTRATOR, on=uk_date(now)).is_everything:
        raise NotAllowed("Only an administrator of the whole organisation closes and opens logins.")
