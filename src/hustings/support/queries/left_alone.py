"""Cases that nobody looks after: their numbers and clocks, and nothing of what is in them."""

from datetime import datetime

from django.db.models import Count, Q, QuerySet

from hustings.accounts.access import Right, Scope, users_with
from hustings.basics.clock import uk_date
from hustings.support.models import Case, CaseState
from hustings.support.rules.left_alone import AWAY_AFTER, LeftAlone, left_alone


def cases_left_alone(*, scope: Scope, now: datetime) -> QuerySet[Case]:
    """Cases of those places whose team is empty or away; each row has `able_members`. Without a place: the whole organisation.

    What is free text stays unread: it is deferred, and pages show only the number, the clock and the reason.
    """
    able = users_with(right=Right.SEE_CASES, on=uk_date(now)).values("pk")
    rows = scope.filter(Case.objects.all(), "area").annotate(
        able_members=Count("members", filter=Q(members__left_at=None, members__user__in=able), distinct=True)
    )
    away = Q(state=CaseState.OPEN, next_step_due_at__lte=now - AWAY_AFTER)
    return rows.filter(Q(able_members=0) | away).defer(
        "called_name", "phone", "whereabouts", "needs", "tell_whom", "basis_note", "next_step"
    )


def why_left_alone(*, case: Case, now: datetime) -> LeftAlone:
    """Why a case that is held is looked after by nobody, or that it is not so."""
    able = users_with(right=Right.SEE_CASES, on=uk_date(now)).values("pk")
    count = case.members.filter(left_at=None, user__in=able).count()
    return left_alone(
        is_open=case.state == CaseState.OPEN,
        able_members=count,
        step_due_at=case.next_step_due_at,
        now=now,
    )
