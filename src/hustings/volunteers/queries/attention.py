"""What needs somebody's attention about volunteers."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hustings.accounts.access import Scope
from hustings.platform.attention import Attention, Urgency
from hustings.volunteers.access import events_for, groups_for, reports_for
from hustings.volunteers.models import EventState, ReportKind, ReportState
from hustings.volunteers.queries.events import shifts_with_places
from hustings.volunteers.queries.groups import families_nearly_full


def reports(*, scope: Scope, now: datetime) -> list[Attention]:
    """Reports that nobody has answered yet."""
    waiting = reports_for(scope=scope).exclude(state=ReportState.ANSWERED)
    count = waiting.count()
    if not count:
        return []
    is_danger = waiting.filter(kind=ReportKind.DANGER).exists()
    return [
        Attention(
            text=ngettext("One report waits for an answer.", "%(count)d reports wait for an answer.", count)
            % {"count": count},
            url=reverse("volunteers_desk:reports"),
            action=ngettext("Read it", "Read them", count),
            urgency=Urgency.OVERDUE if is_danger else Urgency.TODAY,
            count=count,
        )
    ]


def full_groups(*, scope: Scope, now: datetime) -> list[Attention]:
    """Groups that are nearly full and have no spare one ready."""
    full = families_nearly_full(groups=groups_for(scope=scope))
    if not full:
        return []
    url = (
        reverse("volunteers_desk:group", args=[full[0].pk])
        if len(full) == 1
        else reverse("volunteers_desk:groups")
    )
    return [
        Attention(
            text=ngettext(
                "One group is nearly full and has no spare one.",
                "%(count)d groups are nearly full and have no spare one.",
                len(full),
            )
            % {"count": len(full)},
            url=url,
            action=ngettext("Add an overflow group", "Add overflow groups", len(full)),
            urgency=Urgency.SOON,
            count=len(full),
        )
    ]


def thin_events(*, scope: Scope, now: datetime) -> list[Attention]:
    """Events of the coming three days in which more than half of the places are empty."""
    coming = events_for(scope=scope).filter(
        state=EventState.OPEN, starts_at__gt=now, starts_at__lte=now + timedelta(days=3)
    )
    thin = []
    for event in coming.order_by("starts_at", "pk"):
        places = shifts_with_places(event=event)
        wanted = sum(each.shift.capacity for each in places)
        if wanted and sum(each.free for each in places) * 2 > wanted:
            thin.append(event)
    if not thin:
        return []
    url = (
        reverse("volunteers_desk:event", args=[thin[0].pk])
        if len(thin) == 1
        else reverse("volunteers_desk:events")
    )
    return [
        Attention(
            text=ngettext(
                "One event of the coming days has fewer than half of its people.",
                "%(count)d events of the coming days have fewer than half of their people.",
                len(thin),
            )
            % {"count": len(thin)},
            url=url,
            action=_("Propose a rota"),
            urgency=Urgency.SOON,
            count=len(thin),
        )
    ]
