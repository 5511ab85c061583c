"""What an organiser should look at: gaps where a place is active. Cases are not here, as only their teams know of them."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hustings.accounts.access import Scope
from hustings.platform.attention import Attention, Urgency
from hustings.support.access import periods_for
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
