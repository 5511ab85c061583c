"""Keep what a preference service says: the newest word on each number or address, under its keyed hash."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from hustings.people.models import PreferenceList, PreferenceListing, PreferenceService
from hustings.platform.models import ImportRun

_BATCH = 900


@dataclass(frozen=True, kw_only=True)
class Screening:
    """One service's results in a file: for each keyed hash whether it is listed, as of one day."""

    service: PreferenceService
    as_of: date
    is_whole: bool
    results: Mapping[str, bool]


@transaction.atomic
def keep_preferences(*, screening: Screening, run: ImportRun | None, now: datetime) -> PreferenceList:
    """Write the results; an older file never undoes a newer word.

    A whole list also ends every earlier entry that it does not repeat.
    """
    rows = PreferenceListing.objects.filter(service=screening.service)
    keys = list(screening.results)
    for start in range(0, len(keys), _BATCH):
        batch = keys[start : start + _BATCH]
        newer = set(
            rows.filter(key_hash__in=batch, as_of__gt=screening.as_of).values_list("key_hash", flat=True)
        )
        PreferenceListing.objects.bulk_create(
            [
                PreferenceListing(
                    service=screening.service,
                    key_hash=key,
                    is_listed=screening.results[key],
                    as_of=screening.as_of,
                )
                for key in batch
                if key not in newer
            ],
            update_conflicts=True,
            unique_fields=["key_hash", "service"],
            update_fields=["is_listed", "as_of"],
        )
    if screening.is_whole:
        rows.filter(Q(as_of__lt=screening.as_of)).delete()
    return PreferenceList.objects.create(
        service=screening.service,
        as_of=screening.as_of,
        is_whole=screening.is_whole,
        entries=len(screening.results),
        listed=sum(screening.results.values()),
        import_run=run,
        at=now,
    )
