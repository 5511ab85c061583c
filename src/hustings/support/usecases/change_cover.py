"""Small changes to cover: how many are wanted in a shift, what the next ones should know, and the settings of call-outs."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from hustings.accounts.models import User
from hustings.basics.refusals import gettext_noop
from hustings.platform import audit
from hustings.support.models import CallOutSettings, CoverPeriod, CoverShift, HandOverNote
from hustings.support.queries import call_out_settings
from hustings.support.rules.case_words import flagged_words
from hustings.support.rules.rings import Ring, RingPlan
from hustings.support.usecases.activate_place import CoverRefused
from hustings.volunteers.models import Volunteer

_MOST_PEOPLE = 50


def set_need(*, shift: CoverShift, minimum: int, now: datetime) -> CoverShift:
    """Say how many people a shift wants in each hour; nought for none. Raises `CoverRefused`."""
    if not 0 <= minimum <= _MOST_PEOPLE:
        raise CoverRefused(
            "minimum", gettext_noop("Give a number of people from 0 to {most}."), most=_MOST_PEOPLE
        )
    with transaction.atomic():
        CoverPeriod.objects.select_for_update().get(pk=shift.period_id)
        shift.minimum = minimum
        shift.save(update_fields=["minimum"])
        CoverPeriod.objects.filter(pk=shift.period_id, next_at=None, closed_at=None).update(next_at=now)
    return shift


def hand_over(
    *,
    period: CoverPeriod,
    text: str,
    now: datetime,
    by_user: User | None = None,
    by_volunteer: Volunteer | None = None,
) -> HandOverNote:
    """Leave a note for those who come next. Raises `CoverRefused` for an empty one and for flagged words."""
    if not text.strip():
        raise CoverRefused("empty", gettext_noop("Write what the next ones should know."))
    if found := flagged_words(text=text):
        raise CoverRefused(
            "words",
            gettext_noop(
                "“{words}”: leave out what anybody is alleged to have done, and names of people held. The rota needs neither."
            ),
            words=found[0].words,
        )
    return HandOverNote.objects.create(
        period=period, text=text.strip(), at=now, by_user=by_user, by_volunteer=by_volunteer
    )


def save_call_out_settings(
    *,
    rings: Sequence[tuple[float, int]],
    asks_a_place: int,
    most_asks_a_day: int,
    rest_minutes: int,
    shift_minutes: int,
    ahead_hours: int,
    required_course: str,
    by: User,
    now: datetime,
) -> CallOutSettings:
    """Keep the settings of call-outs; what runs goes on by them. Raises `RingsRefused` and `CoverRefused`."""
    RingPlan(
        rings=tuple(Ring(km=km, minutes=minutes) for km, minutes in rings),
        asks_a_place=asks_a_place,
        rest_minutes=rest_minutes,
        most_asks_a_day=most_asks_a_day,
    )
    if not 30 <= shift_minutes <= 12 * 60:
        raise CoverRefused("shift", gettext_noop("A shift lasts from half an hour to twelve hours."))
    if not 1 <= ahead_hours <= 72:
        raise CoverRefused("ahead", gettext_noop("A rota reaches from 1 to 72 hours ahead."))
    with transaction.atomic():
        kept = call_out_settings()
        kept.rings = [{"km": km, "minutes": minutes} for km, minutes in rings]
        kept.asks_a_place, kept.rest_minutes = asks_a_place, rest_minutes
        kept.shift_minutes, kept.ahead_hours = shift_minutes, ahead_hours
        kept.most_asks_a_day = most_asks_a_day
        kept.required_course, kept.changed_at, kept.changed_by = required_course, now, by
        kept.save()
        audit.record(
            now=now, actor=by, verb="changed", subject_type="support.CallOutSettings", subject_id=1,
            rings=kept.rings, asks_a_place=asks_a_place, rest_minutes=rest_minutes, most_asks_a_day=most_asks_a_day,
        )  # fmt: skip
    return kept
