"""How many volunteers live in each seat and ward."""

from django.db.models import Count

from hustings.volunteers.models import Volunteer


def volunteers_by_place() -> dict[str, int]:
    """Active volunteers by the code of their ward and by that of their constituency; places with nobody are not there."""
    active = Volunteer.objects.filter(left_at=None, person__erased_at=None).order_by()
    found: dict[str, int] = {}
    for place in ("area", "person__constituency"):
        rows = active.exclude(**{place: None}).values_list(place).annotate(count=Count("pk"))
        found.update({code: count for code, count in rows if code})
    return found
