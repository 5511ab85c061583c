"""What pages and acts of hosting read."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from hustings.accounts.access import Scope
from hustings.basics.clock import uk_date
from hustings.elections.models import Contest
from hustings.platform.attention import Attention, Urgency
from hustings.volunteers.hosting.access import details_in, stays_for
from hustings.volunteers.models import HostingDetails, Report, ReportState, Stay, StayState

#: Priorities by how close the seat was, in per cent of the valid votes: the closest go first.
_BANDS = ((2.0, 3), (5.0, 2), (10.0, 1))


def priority_of(*, seat: str) -> int:
    """How much a seat needs its travellers, 0 to 3, by the majority of its latest result (2, 5 and 10 per cent)."""
    contest = (
        Contest.objects.filter(area=seat, majority__isnull=False, valid_votes__gt=0)
        .order_by("-election__poll_on", "pk")
        .first()
        if seat
        else None
    )
    if contest is None or contest.majority is None or not contest.valid_votes:
        return 0
    share = 100 * contest.majority / contest.valid_votes
    return next((priority for most, priority in _BANDS if share <= most), 0)


def subject_of(*, stay: Stay) -> str:
    """The key by which a report names a stay."""
    return f"stay {stay.pk}"


def has_open_report(*, stay: Stay) -> bool:
    """Whether somebody reported something about it that is not answered yet: then nothing of it is deleted."""
    return Report.objects.filter(subject=subject_of(stay=stay)).exclude(state=ReportState.ANSWERED).exists()


def silent_stays(*, now: datetime) -> QuerySet[Stay]:
    """Agreed stays from which a check-in is overdue: not arrived by the next morning, or nothing after the first night."""
    today = uk_date(now)
    late = Q(arrived_at=None, arrive_on__lt=today) | Q(
        first_night_at=None, arrived_at__isnull=False, arrive_on__lt=today - timedelta(days=1)
    )
    return Stay.objects.filter(late, state=StayState.AGREED, leave_on__gte=today - timedelta(days=1))


def unchecked_details(*, scope: Scope) -> QuerySet[HostingDetails]:
    """References that nobody has followed up yet, of those who offer or ask in the places of the scope."""
    return details_in(scope=scope).filter(checked_at=None)


def attention(*, scope: Scope, now: datetime) -> list[Attention]:
    """What needs a person's eye: check-ins that are overdue, and references to follow up."""
    found = []
    if silent := silent_stays(now=now).filter(pk__in=stays_for(scope=scope).values("pk")).count():
        found.append(
            Attention(
                text=ngettext(
                    "%(count)d traveller has not checked in. Ring them, then their host.",
                    "%(count)d travellers have not checked in. Ring them, then their hosts.",
                    silent,
                )
                % {"count": silent},
                url=reverse("hosting_desk:stays"),
                action=gettext("See who"),
                urgency=Urgency.TODAY,
                count=silent,
            )
        )
    if waiting := unchecked_details(scope=scope).count():
        found.append(
            Attention(
                text=ngettext(
                    "%(count)d host or traveller waits until somebody has spoken with their references.",
                    "%(count)d hosts and travellers wait until somebody has spoken with their references.",
                    waiting,
                )
                % {"count": waiting},
                url=reverse("hosting_desk:references"),
                action=gettext("Follow them up"),
                count=waiting,
            )
        )
    return found
