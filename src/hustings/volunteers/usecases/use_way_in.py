"""Let a volunteer in by their link, once."""

from datetime import datetime

from django.db import transaction

from hustings.volunteers.models import WayIn
from hustings.volunteers.rules.link_secrets import hash_of


class WayInClosed(LookupError):
    """The link was used, is too old, or was never made here; or the volunteer has left."""


def way_in_of(*, secret: str, now: datetime) -> WayIn:
    """The link's row; raises `WayInClosed`."""
    found = (
        WayIn.objects.select_related("volunteer__person").filter(token_hash=hash_of(secret=secret)).first()
    )
    if found is None or not found.opens(at=now) or not found.volunteer.is_active:
        raise WayInClosed(secret)
    return found


def use_way_in(*, secret: str, now: datetime) -> WayIn:
    """Use the link up and return its row with the volunteer; raises `WayInClosed`. Of two presses one wins."""
    with transaction.atomic():
        found = way_in_of(secret=secret, now=now)
        if not WayIn.objects.filter(pk=found.pk, used_at=None).update(used_at=now):
            raise WayInClosed(secret)
    return found
