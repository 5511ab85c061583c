"""What should be looked at: gaps where a place is active; for a case's team what is overdue; for an officer what is left alone.

Of cases only numbers are told: what is in them is seen by opening them, and that is written down.
"""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hustings.accounts.access import Scope
from hustings.accounts.models import User
from hustings.basics.clock import uk_date
from hustings.platform.attention import Attention, Urgency
from hustings.support.access import cases_for, periods_for
from hustings.support.models import Case, CaseFollowUp, CaseState
from hustings.support.queries.left_alone import cases_left_alone
from hustings.support.queries.rota import open_shifts


def attention(*, scope: Scope, now: datetime) -> list[Attention]:
    """One thing for each active place where people are missing."""
    found = []
    for period in periods_for(scope=scope).filter(closed_at=None).order_by("opened_at", "pk")[:20]:
        missing = sum(need.missing for need in open_shifts(period=period, since=now))
        if not missing:
            continue
        text = ngettext(
            "At %(place)s %(count)s person is still missing on the rota.",
            "At %(place)s %(count)s people are still missing on the rota.",
            missing,
        )
        found.append(
            Attention(
                text=text % {"place": period.venue.name, "count": missing},
                url=reverse("support_desk:cover", args=[period.pk]),
                action=_("Look at the rota"),
                urgency=Urgency.OVERDUE if period.is_exhausted else Urgency.TODAY,
                count=missing,
            )
        )
    return found


def own_cases_due(*, user: User, now: datetime) -> list[Attention]:
    """The overdue steps and follow-ups of the cases on whose team somebody is, counted."""
    mine = cases_for(user=user)
    steps = mine.filter(state=CaseState.OPEN, next_step_due_at__lte=now).count()
    follow_ups = CaseFollowUp.objects.filter(
        case__in=mine.values("pk"), done_at=None, due_at__lte=now
    ).count()
    found = []
    if steps:
        text = ngettext(
            "In %(count)s case of yours the next step is overdue.",
            "In %(count)s cases of yours the next step is overdue.",
            steps,
        )
        found.append(_cases(text, steps))
    if follow_ups:
        text = ngettext(
            "In your cases %(count)s follow-up is due: ask how they are.",
            "In your cases %(count)s follow-ups are due: ask how they are.",
            follow_ups,
        )
        found.append(_cases(text, follow_ups))
    return found


def cases_to_take_over(*, scope: Scope, now: datetime) -> list[Attention]:
    """Cases whose team is empty or away, and cases that should have been deleted already."""
    found = []
    alone = cases_left_alone(scope=scope, now=now).count()
    if alone:
        text = ngettext(
            "%(count)s case is looked after by nobody: its team is empty, or a step is overdue by more than an hour.",
            "%(count)s cases are looked after by nobody: their teams are empty, or a step is overdue by more than an hour.",
            alone,
        )
        found.append(
            Attention(
                text=text % {"count": alone}, url=reverse("support_desk:cases_left_alone"), action=_("Take over"),
                urgency=Urgency.OVERDUE, count=alone,
            )
        )  # fmt: skip
    kept = scope.filter(Case.objects.filter(delete_on__lt=uk_date(now)), "area").count()
    if kept:
        text = ngettext(
            "%(count)s case should have been deleted already. Does the schedule run? “hustings support tend” deletes it now.",
            "%(count)s cases should have been deleted already. Does the schedule run? “hustings support tend” deletes them now.",
            kept,
        )
        found.append(
            Attention(
                text=text % {"count": kept}, url=reverse("support_desk:cases"), action=_("Cases"),
                urgency=Urgency.OVERDUE, count=kept,
            )
        )  # fmt: skip
    return found


def _cases(text: str, count: int) -> Attention:
    return Attention(
        text=text % {"count": count}, url=reverse("support_desk:cases"), action=_("Look at your cases"),
        urgency=Urgency.OVERDUE, count=count,
    )  # fmt: skip
