"""Make a quiet place active: a cover period opens, its rota is laid out, and the call-out begins."""

from datetime import datetime

from django.db import transaction

from hustings.accounts.models import User
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.places.models import Venue
from hustings.platform import audit
from hustings.support.models import CoverPeriod
from hustings.support.queries import call_out_settings
from hustings.support.rules.case_words import flagged_words
from hustings.support.usecases.extend_rota import extend_rota

_MOST_PEOPLE = 50


class CoverRefused(Refusal):
    """A place cannot be made active, or its cover changed, as asked."""


def activate_place(
    *,
    venue: Venue,
    reason: str,
    by: User | None,
    now: datetime,
    minimum: int = 2,
    meeting_point: str = "",
    required_course: str | None = None,
) -> CoverPeriod:
    """Open cover of a venue from this hour on; people are called out at once by `tend_cover`. Raises `CoverRefused`.

    `minimum` is how many people are wanted in each hour; `required_course` is the slug of a course (none given: as the
    organisation's settings say).
    """
    check_cover(reason=reason, minimum=minimum)
    choices = call_out_settings()
    with transaction.atomic():
        Venue.objects.select_for_update().get(pk=venue.pk)
        if CoverPeriod.objects.filter(venue=venue, closed_at=None).exists():
            raise CoverRefused(
                "active", gettext_noop("{place} is active already. Look at its rota."), place=venue.name
            )
        begins = now.replace(minute=0, second=0, microsecond=0)
        period = CoverPeriod.objects.create(
            venue=venue,
            reason=" ".join(reason.split()).rstrip("."),
            meeting_point=" ".join(meeting_point.split()),
            minimum=minimum,
            shift_minutes=choices.shift_minutes,
            required_course=choices.required_course if required_course is None else required_course,
            opened_at=now,
            opened_by=by,
            covered_until=max(begins, now),
            next_at=now,
        )
        extend_rota(period=period, starts_at=begins, now=now)
        audit.record(
            now=now, actor=by, verb="activated", subject_type="support.CoverPeriod", subject_id=period.pk,
            area_code=venue.area_id or "", venue=venue.pk, minimum=minimum,
        )  # fmt: skip
    return period


def check_cover(*, reason: str, minimum: int) -> None:
    """Raises `CoverRefused` for a reason that is missing or says what people are alleged to have done, or an odd number."""
    if not reason.strip():
        raise CoverRefused("no_reason", gettext_noop("Say in a few words why people are needed there."))
    if found := flagged_words(text=reason):
        raise CoverRefused(
            "words",
            gettext_noop(
                "“{words}”: leave out what anybody is alleged to have done. Say only why people are needed there."
            ),
            words=found[0].words,
        )
    if not 1 <= minimum <= _MOST_PEOPLE:
        raise CoverRefused(
            "minimum", gettext_noop("Give a number of people from 1 to {most}."), most=_MOST_PEOPLE
        )
