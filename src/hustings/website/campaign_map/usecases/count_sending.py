"""Count which seats the map named, without anything of who asked."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import F

from hustings.website.campaign_map.models import Sending

#: How many seats of an answer count as shown.
COUNTED = 5


@transaction.atomic
def count_sending(*, codes: Sequence[str], on: date) -> None:
    """Add one to the day's counts of the first seats of an answer; the very first is counted apart too."""
    shown = list(codes[:COUNTED])
    rows = Sending.objects.filter(on=on, code__in=shown)
    rows.update(shown=F("shown") + 1)
    known = set(rows.values_list("code", flat=True)) if rows.count() < len(shown) else set(shown)
    # Somebody else may make the same row at the same moment: then theirs stands, and this count goes on top of it.
    for code in shown:
        if code not in known:
            _row, is_new = Sending.objects.get_or_create(code=code, on=on, defaults={"shown": 1})
            if not is_new:
                rows.filter(code=code).update(shown=F("shown") + 1)
    if shown:
        rows.filter(code=shown[0]).update(first=F("first") + 1)
