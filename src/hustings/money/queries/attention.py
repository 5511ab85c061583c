"""What of the money needs somebody's attention: deadlines of returns, and limits that are or will be broken."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from hustings.accounts.access import Scope
from hustings.basics.clock import uk_date
from hustings.money.access import campaigns_for
from hustings.money.models import Campaign, CampaignKind
from hustings.money.queries.books import headroom_of
from hustings.money.queries.open_tasks import open_tasks
from hustings.money.rules.deadlines import TASK_WORDS
from hustings.money.rules.headroom import Weight
from hustings.platform.attention import Attention, Urgency
from hustings.platform.words import until

#: Days after the poll for which a campaign is looked at, and before a deadline on which it is shown.
_LOOK_BACK, _SHOW_BEFORE = timedelta(days=200), timedelta(days=28)
_MOST = 20


def attention(*, scope: Scope, now: datetime) -> list[Attention]:
    """The next deadline of each return, and each limit that is broken or will be by plans."""
    today = uk_date(now)
    found: list[Attention] = []
    for campaign in campaigns_for(scope=scope).filter(poll_on__gte=today - _LOOK_BACK)[:_MOST]:
        found += _limits(campaign)
        found += _deadlines(campaign, now)
    return found


def _limits(campaign: Campaign) -> list[Attention]:
    url = reverse("money_desk:campaign", args=[campaign.pk])
    for room in headroom_of(campaign=campaign):
        if room.weight is Weight.OVER:
            return [
                Attention(
                    text=_("%(name)s has spent more than the limit.") % {"name": campaign.name},
                    url=url,
                    action=_("See the books"),
                    urgency=Urgency.OVERDUE,
                )
            ]
        if room.limit_pence is not None and room.forecast_weight in {Weight.OVER, Weight.UNSURE}:
            return [
                Attention(
                    text=_("What %(name)s plans to spend goes above the limit.") % {"name": campaign.name},
                    url=url,
                    action=_("See the plans"),
                    urgency=Urgency.SOON,
                )
            ]
    return []


def _deadlines(campaign: Campaign, now: datetime) -> list[Attention]:
    today = uk_date(now)
    is_candidate = campaign.kind == CampaignKind.CANDIDATE
    if is_candidate and campaign.poll_on < today and campaign.result_on is None:
        return [
            Attention(
                text=_("The day of the result for %(name)s is not entered; every deadline counts from it.")
                % {"name": campaign.name},
                url=reverse("money_desk:edit_campaign", args=[campaign.pk]),
                action=_("Enter it"),
                urgency=Urgency.TODAY,
            )
        ]
    due = [
        task for task in open_tasks(campaign=campaign) if task.due_on and task.due_on - today <= _SHOW_BEFORE
    ]
    if not due:
        return []
    first = min(due, key=lambda task: (task.due_on or today, task.task))
    assert first.due_on is not None
    left = (first.due_on - today).days
    return [
        Attention(
            text=_("%(name)s: %(task)s, due %(when)s.")
            % {
                "name": campaign.name,
                "task": _(TASK_WORDS[first.task]),
                "when": until(first.due_on, today=today),
            },
            url=reverse("money_desk:return", args=[campaign.pk]),
            action=_("See the return"),
            urgency=Urgency.OVERDUE if left < 0 else Urgency.TODAY if left == 0 else Urgency.SOON,
            due_on=first.due_on,
        )
    ]
