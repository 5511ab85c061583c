"""A volunteer takes a shift of cover: by a tap on a link, on their own page, or by telephone through the office."""

from datetime import datetime

from django.db import transaction

from hustings.basics.clock import uk_date
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.support.models import Answer, Ask, CoverClaim, CoverPeriod, CoverShift
from hustings.support.queries import promised_spans
from hustings.support.rules.capacity import Capacity, Obstacle, obstacle
from hustings.volunteers.models import Volunteer
from hustings.volunteers.queries import has_completed
from hustings.volunteers.rules.weeks import week_span


class ShiftNotTaken(Refusal):
    """A shift cannot be taken; the sentence says why, to the one who wanted it."""


def take_shift(*, shift: CoverShift, volunteer: Volunteer, now: datetime) -> CoverClaim:
    """Take a shift; taking it twice is taking it once. Raises `ShiftNotTaken`.

    The period is held, so that two who tap at once do not both get the last place; so is the volunteer, so that their limit
    holds across places.
    """
    with transaction.atomic():
        period = CoverPeriod.objects.select_for_update().get(pk=shift.period_id)
        held = Volunteer.objects.select_for_update().get(pk=volunteer.pk)
        standing = shift.claims.filter(ended_at=None)
        mine = standing.filter(volunteer=held).first()
        if mine is not None:
            return mine
        _check(period, shift, held, standing.count(), now)
        claim = CoverClaim.objects.create(shift=shift, volunteer=held, claimed_at=now)
        Ask.objects.filter(period=period, volunteer=held).exclude(answer=Answer.YES).update(
            answer=Answer.YES, answered_at=now
        )
    return claim


def _check(period: CoverPeriod, shift: CoverShift, volunteer: Volunteer, held: int, now: datetime) -> None:
    if not period.is_open:
        raise ShiftNotTaken(
            "quiet", gettext_noop("It is quiet there again, and nobody is needed any more. Thank you.")
        )
    if shift.ends_at <= now:
        raise ShiftNotTaken("over", gettext_noop("That shift is over."))
    if not volunteer.is_active:
        raise ShiftNotTaken("left", gettext_noop("You are no longer on our list of volunteers."))
    if not volunteer.is_adult:
        raise ShiftNotTaken(
            "not_adult",
            gettext_noop("Cover is for adults. Confirm on your own page that you are 18 or older first."),
        )
    course = period.required_course
    if course and not has_completed(volunteer=volunteer, course_slug=course, on=uk_date(now)):
        raise ShiftNotTaken(
            "untrained", gettext_noop("Cover here needs a course that you have not finished yet: {course}."),
            course=course,
        )  # fmt: skip
    if held >= shift.minimum:
        raise ShiftNotTaken(
            "full", gettext_noop("Others were quicker: that shift has everybody it needs. Thank you.")
        )
    _check_capacity(shift, volunteer)


def _check_capacity(shift: CoverShift, volunteer: Volunteer) -> None:
    first = week_span(day=uk_date(shift.starts_at))[0]
    last = week_span(day=uk_date(shift.ends_at))[1]
    promised = promised_spans(volunteer_ids=[volunteer.pk], starts_at=first, ends_at=last)
    capacity = Capacity(
        limit_minutes=volunteer.weekly_limit_minutes, promised=tuple(promised.get(volunteer.pk, ()))
    )
    match obstacle(capacity=capacity, starts_at=shift.starts_at, ends_at=shift.ends_at):
        case Obstacle.OVERLAP:
            raise ShiftNotTaken(
                "overlap", gettext_noop("You have promised to be somewhere else at that time.")
            )
        case Obstacle.LIMIT:
            raise ShiftNotTaken(
                "limit",
                gettext_noop(
                    "That would be more than the {hours} hours a week that you set yourself. Thank you for what you do."
                ),
                hours=f"{(volunteer.weekly_limit_minutes or 0) / 60:g}",
            )
        case _:
            return
