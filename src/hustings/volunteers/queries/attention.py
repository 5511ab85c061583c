"""What needs somebody's attention about volunteers."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import ngettext

from hustings.accounts.access import Scope
from hustings.platform.attention import Attention, Urgency
from hustings.volunteers.access import reports_for
from hustings.volunteers.models import ReportKind, ReportState


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
