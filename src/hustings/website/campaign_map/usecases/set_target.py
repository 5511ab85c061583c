"""Set how many volunteers a seat wants, and how the map is drawn up."""

from datetime import datetime

from django.db import transaction

from hustings.basics.refusals import Refusal, gettext_noop
from hustings.elections.models import Candidacy
from hustings.elections.queries.closeness import NoSuchParty
from hustings.places.models import Area
from hustings.platform import audit
from hustings.website.campaign_map.models import MapSetting, SeatTarget

_MOST = 100_000


class NotATarget(Refusal):
    """The target cannot be meant."""


@transaction.atomic
def set_target(*, area: Area, target: int | None, now: datetime, by: audit.Actor | None = None) -> None:
    """Set a seat's target, or take it away with `None`; raises `NotATarget`."""
    if target is None:
        SeatTarget.objects.filter(area=area).delete()
    elif not 1 <= target <= _MOST:
        raise NotATarget(
            "not_a_target",
            gettext_noop("{target} is no target. Enter a whole number from 1, or nothing for no target."),
            target=target,
        )
    else:
        SeatTarget.objects.update_or_create(
            area=area,
            defaults={"target": target, "set_at": now, "set_by_id": None if by is None else by.pk},
        )
    audit.record(
        now=now,
        actor=by,
        verb="set a target of volunteers",
        subject_type="area",
        subject_id=area.pk,
        area_code=area.pk,
        target="none" if target is None else str(target),
    )


@transaction.atomic
def set_party(*, party: str, now: datetime, by: audit.Actor | None = None) -> None:
    """Say by whose gap or lead the map goes; empty for first to second. Raises `NoSuchParty`."""
    named = party.strip()
    rows = Candidacy.objects.filter(party__isnull=False)
    if named and not (
        rows.filter(party__abbreviation__iexact=named).exists()
        or rows.filter(party__name__iexact=named).exists()
    ):
        raise NoSuchParty(
            "no_such_party",
            gettext_noop(
                "“{party}” is not in the results that were imported. Write the name or short name as they do."
            ),
            party=named,
        )
    MapSetting.objects.update_or_create(pk=1, defaults={"party": named})
    audit.record(
        now=now,
        actor=by,
        verb="set the map's party",
        subject_type="campaign map",
        subject_id=1,
        party=named or "first to second",
    )
