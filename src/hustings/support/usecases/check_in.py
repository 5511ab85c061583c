"""A lone canvasser goes out and comes back; a missed check-out opens a case."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction

from hustings.basics.refusals import Refusal, gettext_noop
from hustings.people.models import Channel, ContactPoint, ContactPointKind, Purpose
from hustings.platform.words import clock_time
from hustings.postroom.queries import may_send_texts
from hustings.postroom.usecases.queue_message import MessageRequest, queue_messages
from hustings.support.models import CaseKind, CaseNote, CheckIn, LawfulBasis
from hustings.support.queries.reach import Reach
from hustings.support.rules.check_in import MOST_HOURS, CheckInAct, act_now
from hustings.support.usecases.duty import on_duty
from hustings.support.usecases.open_case import CaseFacts, open_case
from hustings.support.usecases.tend_cases import tell_team
from hustings.volunteers.models import Volunteer


class CheckInRefused(Refusal):
    """A check-in that cannot be kept as it is."""


def check_in(
    *, volunteer: Volunteer, whereabouts: str, due_at: datetime, form_key: uuid.UUID, now: datetime
) -> CheckIn:
    """Say where one goes and when one will be back. The same form sent twice is one check-in. Raises `CheckInRefused`."""
    again = CheckIn.objects.filter(form_key=form_key, volunteer=volunteer).first()
    if again is not None:
        return again
    if not whereabouts.strip():
        raise CheckInRefused(
            "where", gettext_noop("Write which streets you go to, so that somebody can find you.")
        )
    if due_at <= now:
        raise CheckInRefused("past", gettext_noop("That time is past. Say when you will be back."))
    if due_at > now + timedelta(hours=MOST_HOURS):
        raise CheckInRefused(
            "long",
            gettext_noop("At most {hours} hours at a time. Check in again after that."),
            hours=MOST_HOURS,
        )
    try:
        with transaction.atomic():
            return CheckIn.objects.create(
                volunteer=volunteer,
                whereabouts=whereabouts.strip(),
                started_at=now,
                due_at=due_at,
                form_key=form_key,
            )
    except IntegrityError:
        standing = standing_check_in(volunteer=volunteer)
        if standing is None:
            raise
        raise CheckInRefused(
            "out_already",
            gettext_noop("You are checked in until {time} already. Check out first, or stay out longer."),
            time=clock_time(standing.due_at),
        ) from None


def standing_check_in(*, volunteer: Volunteer) -> CheckIn | None:
    """The check-in that is not over, if there is one."""
    return CheckIn.objects.filter(volunteer=volunteer, ended_at=None).first()


def stay_longer(*, standing: CheckIn, minutes: int, now: datetime) -> CheckIn:
    """Move the time of return. Raises `CheckInRefused`."""
    due_at = max(standing.due_at, now) + timedelta(minutes=minutes)
    if due_at > now + timedelta(hours=MOST_HOURS):
        raise CheckInRefused(
            "long",
            gettext_noop("At most {hours} hours at a time. Check in again after that."),
            hours=MOST_HOURS,
        )
    standing.due_at, standing.reminded_at = due_at, None
    standing.save(update_fields=["due_at", "reminded_at"])
    return standing


def check_out(*, volunteer: Volunteer, now: datetime, how: str = "on their own page") -> CheckIn | None:
    """Say that one is back; pressing twice is pressing once. Where they go is forgotten, unless a case was opened.

    A case that a missed check-out opened is told, and stays with its team: they decide whether all is well.
    """
    with transaction.atomic():
        standing = CheckIn.objects.select_for_update().filter(volunteer=volunteer, ended_at=None).first()
        if standing is None:
            return None
        standing.ended_at = now
        if standing.case is None:
            standing.whereabouts = ""
        else:
            CaseNote.objects.create(
                case=standing.case, at=now, is_system=True, text=f"They have checked out {how}."
            )
        standing.save(update_fields=["ended_at", "whereabouts"])
    return standing


def tend_check_ins(*, now: datetime) -> dict[str, int]:
    """Remind those whose time is up, and open a case for those who were not heard of. Safe to run twice."""
    counts = {"reminded": 0, "cases": 0}
    late = CheckIn.objects.filter(ended_at=None, due_at__lte=now, has_opened_case=False)
    for pk in late.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            row = (
                CheckIn.objects.select_for_update(of=("self",)).select_related("volunteer__person").get(pk=pk)
            )
            act = act_now(
                due_at=row.due_at, ended_at=row.ended_at, reminded_at=row.reminded_at,
                has_case=row.has_opened_case, now=now,
            )  # fmt: skip
            if act is CheckInAct.REMIND:
                row.reminded_at = now
                row.save(update_fields=["reminded_at"])
                queue_messages(requests=_reminder(row), now=now)
                counts["reminded"] += 1
            elif act is CheckInAct.OPEN_CASE:
                silent = f"Said they would be back at {clock_time(row.due_at)}, and did not check out."
                open_case_for(row=row, needs=silent, now=now)
                counts["cases"] += 1
    return counts


def open_case_for(*, row: CheckIn, needs: str, now: datetime) -> None:
    """Open a case for somebody who is out, with whoever is on duty, and tell them. The check-in must be held."""
    volunteer = row.volunteer
    phone = ContactPoint.objects.filter(
        person=volunteer.person, kind=ContactPointKind.PHONE, unusable_at=None
    ).first()
    case = open_case(
        facts=CaseFacts(
            kind=CaseKind.SILENT,
            basis=LawfulBasis.LEGITIMATE,
            called_name=str(volunteer.person),
            phone=phone.value if phone else "",
            whereabouts=row.whereabouts,
            needs=needs,
            next_step="Ring them. If they do not answer, ring whoever they went with; then decide about 999.",
            next_step_minutes=10,
            are_words_checked=True,
        ),
        team=on_duty(area=volunteer.area, now=now),
        by=None,
        now=now,
        person=volunteer.person,
        area=volunteer.area,
    )
    row.case, row.has_opened_case = case, True
    row.save(update_fields=["case", "has_opened_case"])
    tell_team(case=case, now=now)


def _reminder(row: CheckIn) -> Sequence[MessageRequest]:
    volunteer = row.volunteer
    reach, person = Reach([volunteer]), volunteer.person
    channels = [Channel.SMS] if may_send_texts() else []
    fields = {
        "to_name": str(person),
        "given_name": person.given_name,
        "due_time": clock_time(row.due_at),
        "check_out_url": f"{settings.HUSTINGS_ADDRESS}/volunteer/check-in/",
    }
    found = []
    for channel in [*channels, Channel.EMAIL]:
        point = reach.point(volunteer, channel)
        if point is not None:
            found.append(
                MessageRequest(
                    template="support/check_out", address=point.value, channel=channel, purpose=Purpose.SERVICE,
                    person_id=person.pk, language=person.language, fields=fields,
                )
            )  # fmt: skip
            break
    return found
