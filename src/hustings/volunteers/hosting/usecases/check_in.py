"""Check in at arrival and after the first night, and leave without giving a reason to anybody but us."""

from datetime import date, datetime

from django.db import transaction

from hustings.basics.refusals import Refusal, gettext_noop
from hustings.volunteers.hosting.queries import subject_of
from hustings.volunteers.hosting.usecases.end_stay import end_stay
from hustings.volunteers.models import ReportKind, Stay, StayState
from hustings.volunteers.queries.conduct import Subject
from hustings.volunteers.usecases.make_report import make_report


class NotYet(Refusal):
    """There is nothing to check in to yet, or no longer."""


def check_in(*, stay: Stay, now: datetime, today: date) -> Stay:
    """Note the traveller's arrival, or, from the next morning on, that the first night was fine; raises `NotYet`."""
    if stay.state != StayState.AGREED or today < stay.arrive_on:
        raise NotYet(
            "not_yet", gettext_noop("You can check in from the day of your arrival, once both have agreed.")
        )
    if stay.arrived_at is None:
        stay.arrived_at = now
        stay.save(update_fields=["arrived_at"])
    elif stay.first_night_at is None:
        if today <= stay.arrive_on:
            raise NotYet("not_yet", gettext_noop("Tell us tomorrow morning how the first night was."))
        stay.first_night_at = now
        stay.save(update_fields=["first_night_at"])
    return stay


@transaction.atomic
def want_to_leave(*, stay: Stay, words: str, is_unsafe: bool, now: datetime) -> None:
    """End a traveller's stay at their word and look for another bed at once. The host learns only that the stay is over.

    What they say is encrypted and read by organisers alone. Somebody who did not feel safe opens a report, and nothing of the
    stay is deleted before it is answered.
    """
    Stay.objects.filter(pk=stay.pk).update(leaving_words=words.strip()[:5000])
    if is_unsafe:
        make_report(
            kind=ReportKind.DANGER,
            details=words.strip() or "Somebody did not feel safe where they were staying.",
            subject=Subject(
                key=subject_of(stay=stay),
                label=f"stay from {stay.arrive_on:%d %B %Y}",
                url="",
                area_code=stay.request.area_id,
            ),
            now=now,
            reporter=stay.request.volunteer,
        )
    end_stay(stay=stay, now=now)
