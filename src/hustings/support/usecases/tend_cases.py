"""Looking after cases by the clock: the team is told by email when a step or a follow-up is due, once each."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from hustings.accounts.models import Organisation
from hustings.people.models import Purpose
from hustings.postroom.usecases.queue_message import MessageRequest, queue_messages
from hustings.support.models import Case, CaseFollowUp, CaseState


def tend_cases(*, now: datetime) -> dict[str, int]:
    """Remind teams of what is due; the message says that something is, never what or about whom."""
    steps = followed = 0
    due = Case.objects.filter(state=CaseState.OPEN, next_step_due_at__lte=now, step_reminded_at=None)
    for case in due.order_by("pk"):
        with transaction.atomic():
            if Case.objects.filter(pk=case.pk, step_reminded_at=None).update(step_reminded_at=now):
                _tell(case, now)
                steps += 1
    waiting = CaseFollowUp.objects.filter(done_at=None, reminded_at=None, due_at__lte=now)
    for follow_up in waiting.select_related("case").order_by("pk"):
        with transaction.atomic():
            if CaseFollowUp.objects.filter(pk=follow_up.pk, reminded_at=None).update(reminded_at=now):
                _tell(follow_up.case, now)
                followed += 1
    return {"steps": steps, "follow_ups": followed}


def tell_team(*, case: Case, now: datetime) -> int:
    """Tell everybody on a case's team that it needs them; returns how many messages were queued."""
    return _tell(case, now)


def _tell(case: Case, now: datetime) -> int:
    organisation = Organisation.objects.first()
    members = case.members.filter(left_at=None, user__is_active=True).select_related("user").order_by("pk")
    requests = [
        MessageRequest(
            template="support/case_due",
            address=member.user.email,
            purpose=Purpose.ACCOUNT,
            fields={
                "to_name": member.user.get_full_name(),
                "given_name": member.user.first_name,
                "organisation_name": organisation.name if organisation else "",
                "case_url": f"{settings.HUSTINGS_ADDRESS}/desk/support/cases/{case.pk}/",
            },
        )
        for member in members
    ]
    return len(queue_messages(requests=requests, now=now))
