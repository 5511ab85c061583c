"""What needs somebody's attention: material that could be approved, and promoters nobody verified."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import ngettext

from hustings.accounts.access import Scope
from hustings.clearance.access import materials_for, promoters_for
from hustings.clearance.models import MaterialState
from hustings.platform.attention import Attention, Urgency


def attention(*, scope: Scope, now: datetime) -> list[Attention]:
    """What waits for an approval in these places."""
    waiting = materials_for(scope=scope).filter(state=MaterialState.CHECKED).count()
    if not waiting:
        return []
    return [
        Attention(
            text=ngettext(
                "One material passed its checks and waits for an approval.",
                "%(count)d materials passed their checks and wait for an approval.",
                waiting,
            )
            % {"count": waiting},
            url=reverse("clearance_desk:materials") + "?state=checked",
            action=ngettext("Look at it", "Look at them", waiting),
            urgency=Urgency.SOON,
            count=waiting,
        )
    ]


def unverified_promoters(*, scope: Scope, now: datetime) -> list[Attention]:
    """Who cannot be named yet; asked for those who may verify."""
    waiting = promoters_for(scope=scope).filter(verified_at=None).count()
    if not waiting:
        return []
    return [
        Attention(
            text=ngettext(
                "The name and address of one promoter were not verified yet.",
                "The names and addresses of %(count)d promoters were not verified yet.",
                waiting,
            )
            % {"count": waiting},
            url=reverse("clearance_desk:promoters") + "?verified=no",
            action=ngettext("Verify it", "Verify them", waiting),
            urgency=Urgency.SOON,
            count=waiting,
        )
    ]
