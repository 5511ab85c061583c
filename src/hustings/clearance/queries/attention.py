"""What needs somebody's attention: material that could be approved, and promoters nobody verified."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import ngettext

from hustings.accounts.access import Scope
from hustings.clearance.access import materials_for, promoters_for
from hustings.clearance.models import LinkedImprint, MaterialState
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


def links_in_trouble(*, scope: Scope, now: datetime) -> list[Attention]:
    """Pages with an imprint that did not answer, or lost it, while material that needs them is up."""
    troubled = (
        LinkedImprint.objects.filter(material__in=materials_for(scope=scope), ended_at=None)
        .exclude(trouble="")
        .order_by("material")
    )
    count = troubled.count()
    if not count:
        return []
    return [
        Attention(
            text=ngettext(
                "The page that holds an imprint is not as it must be.",
                "The pages that hold %(count)d imprints are not as they must be.",
                count,
            )
            % {"count": count},
            url=reverse("clearance_desk:material", args=[troubled[0].material_id]),
            action=ngettext("Look at it", "Look at the first", count),
            urgency=Urgency.TODAY,
            count=count,
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
