"""Destroy register copies that are no longer needed, or no longer allowed."""

from datetime import date, datetime, timedelta

from django.db import transaction

from hustings.accounts.models import User
from hustings.platform import audit
from hustings.platform.events import announce
from hustings.register.events import RegisterCopyDestroyed
from hustings.register.models import Elector, RegisterEntry, RegisterVersion

# : How long a copy may lie, unreadable, after its entitlement ended. Our own standard: time to renew by
# mistake missed.
GRACE = timedelta(days=28)


class AlreadyDestroyed(Exception):
    """The copy was destroyed before; the message says when."""


def destroy_copy(*, version: RegisterVersion, reason: str, now: datetime, by: User | None = None) -> int:
    """Destroy one version's entries and return how many there were.

    The version's row stays as the record that a copy was held and when it was destroyed. Electors whom no
    other version names lose the council's identifier; contacts and matches keep pointing at the bare
    elector. Raises `AlreadyDestroyed`.
    """
    with transaction.atomic():
        locked = RegisterVersion.objects.select_for_update().get(pk=version.pk)
        if locked.destroyed_at is not None:
            raise AlreadyDestroyed(f"This copy was destroyed on {locked.destroyed_at:%d %B %Y}.")
        electors = RegisterEntry.objects.filter(version=locked).values("elector")
        still_named = RegisterEntry.objects.exclude(version=locked).values("elector")
        Elector.objects.filter(pk__in=electors).exclude(pk__in=still_named).update(supplier_id="")
        count, _ = RegisterEntry.objects.filter(version=locked).delete()
        RegisterVersion.objects.filter(pk=locked.pk).update(is_current=False, destroyed_at=now)
        audit.record(
            now=now,
            actor=by,
            verb="destroyed a register copy",
            subject_type="register.RegisterVersion",
            subject_id=locked.pk,
            area_code=locked.area_id,
            reason=reason,
            entries=count,
        )
        announce(RegisterCopyDestroyed(at=now, version_id=locked.pk))
    version.refresh_from_db()
    return count


def destroy_expired_copies(*, now: datetime, on: date, grace: timedelta = GRACE) -> int:
    """Destroy every copy whose entitlement ended more than `grace` ago; returns how many copies."""
    expired = RegisterVersion.objects.filter(destroyed_at=None, entitlement__valid_until__lte=on - grace)
    versions = list(expired)
    for version in versions:
        destroy_copy(version=version, reason="The entitlement ended.", now=now)
    return len(versions)
