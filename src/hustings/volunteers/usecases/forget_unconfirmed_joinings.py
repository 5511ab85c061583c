"""Erase offers to help that nobody confirmed, and links that can no longer be used."""

from datetime import datetime, timedelta

from hustings.volunteers.models import Joining, WayIn

_KEPT_DAYS = 30


def forget_unconfirmed_joinings(*, now: datetime) -> int:
    """Delete forms and links older than 30 days; returns how many rows went."""
    before = now - timedelta(days=_KEPT_DAYS)
    forms, _by_model = Joining.objects.filter(asked_at__lt=before).delete()
    links, _by_model = WayIn.objects.filter(asked_at__lt=before).delete()
    return forms + links
