"""The organisation's own limits as they stand."""

from hustings.clearance.models import OwnLimits


def limits_in_force() -> OwnLimits:
    """The limits that were set last; where none ever were, those that hold from the start, which are not stored."""
    return OwnLimits.objects.last() or OwnLimits()
