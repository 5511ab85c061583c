"""What the worker does for cover and care."""

from django_tasks import task

from hustings.basics.clock import clock


@task()
def tend_all_cover() -> dict[str, int]:
    """Take the next step of every open call-out. On the schedule, every minute."""
    from hustings.support.usecases.tend_cover import tend_cover

    return tend_cover(now=clock().now())


@task()
def tend_all_care() -> dict[str, int]:
    """Remind teams of what is due, and look after those who went out alone. On the schedule, every minute."""
    from hustings.support.usecases.check_in import tend_check_ins
    from hustings.support.usecases.tend_cases import tend_cases

    now = clock().now()
    return {**tend_check_ins(now=now), **tend_cases(now=now)}


@task()
def delete_cases_on_their_day() -> int:
    """Delete every case whose day has come. On the schedule, every hour, so that no failure of one run keeps a case."""
    from hustings.support.usecases.delete_case import delete_due_cases

    return delete_due_cases(now=clock().now())


@task()
def take_text_answer(at: str, report_id: int, person_ids: list[int]) -> str | None:
    """Let whoever is out alone check out by a text message; reacts to TextAnswered."""
    from datetime import datetime

    from django.db import transaction

    from hustings.postroom.models import DeliveryReport
    from hustings.postroom.usecases.forget_answer import forget_answer
    from hustings.support.usecases.take_text_answer import take_text_answer

    report = DeliveryReport.objects.filter(pk=report_id).first()
    if report is None:
        return None
    with transaction.atomic():
        word = take_text_answer(
            person_ids=person_ids, text=report.diagnostic, at=datetime.fromisoformat(at), now=clock().now()
        )
        if word is not None:
            forget_answer(report_id=report_id)
    return word


@task()
def give_back_cover(at: str, volunteer_id: int) -> int:
    """End what a volunteer who left had promised on rotas of cover; reacts to VolunteerLeft."""
    from hustings.support.models import CoverClaim
    from hustings.support.usecases.give_back_shift import give_back_shift

    now = clock().now()
    held = CoverClaim.objects.filter(volunteer=volunteer_id, ended_at=None).select_related("shift")
    return sum(give_back_shift(claim=claim, now=now) for claim in held)
