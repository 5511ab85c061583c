"""Delete cases: on their day by the clock, or at once by the team. The audit log keeps only that it was done."""

from datetime import datetime

from django.db import transaction

from hustings.accounts.models import User
from hustings.basics.clock import uk_date
from hustings.platform import audit
from hustings.support.models import Case, CheckIn
from hustings.support.rules.case_clock import is_due_for_deletion


def delete_case(*, case_id: int, by: User | None, now: datetime) -> bool:
    """Delete a case with its notes, team, follow-ups and views; returns whether there was one.

    The check-in that opened it loses its whereabouts, because they were part of the case.
    """
    with transaction.atomic():
        case = Case.objects.select_for_update().filter(pk=case_id).first()
        if case is None:
            return False
        CheckIn.objects.filter(case=case).update(whereabouts="")
        case.delete()
        audit.record(
            now=now, actor=by, verb="deleted", subject_type="support.Case", subject_id=case_id,
            because="its day had come" if by is None else "by its team",
        )  # fmt: skip
    return True


def delete_due_cases(*, now: datetime) -> int:
    """Delete every case whose day has come, open or closed; returns how many. Safe to run twice.

    A case that cannot be deleted keeps no other: the rest go first, then its fault is raised, so that the job is seen to fail.
    """
    today = uk_date(now)
    due = Case.objects.filter(delete_on__lte=today).order_by("pk").values_list("pk", "delete_on")
    deleted, faults = 0, []
    for pk, delete_on in list(due):
        if not is_due_for_deletion(delete_on=delete_on, today=today):
            continue
        try:
            deleted += delete_case(case_id=pk, by=None, now=now)
        except Exception as fault:
            faults.append(fault)
    if faults:
        raise ExceptionGroup(f"{len(faults)} cases could not be deleted on their day.", faults)
    return deleted
