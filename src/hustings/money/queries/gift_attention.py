"""What needs somebody's eye among the gifts: clocks that run out, open flags, reports that are due."""

from datetime import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from hustings.accounts.access import Scope
from hustings.basics.clock import uk_date
from hustings.money.access import campaigns_for, flags_for, gifts_for
from hustings.money.models import SplitVerdict
from hustings.money.queries.donation_reports import due_reports, owes_reports
from hustings.money.queries.ledger import is_donation_in_law, standing_gifts, with_state
from hustings.money.rules.gift_state import Standing, standing_of
from hustings.platform.attention import Attention, Urgency


def gift_attention(*, scope: Scope, now: datetime) -> list[Attention]:
    """Gifts whose time runs out or ran out, questions nobody answered, reports that must be sent."""
    return [*_clocks(scope, now), *_flags(scope, now), *_reports(scope, now)]


def _clocks(scope: Scope, now: datetime) -> list[Attention]:
    today = uk_date(now)
    waiting: list[Standing] = []
    gifts = (
        with_state(gifts=standing_gifts())
        .filter(pk__in=gifts_for(scope=scope).values("pk"), act=None)
        .select_related("campaign")
    )
    for gift in gifts:
        found = standing_of(
            is_donation=is_donation_in_law(gift=gift),
            outcome=gift.outcome,  # type: ignore[attr-defined]  # an annotation of the query
            act=None,
            clock_from=gift.clock_from,
            today=today,
        )
        if found.is_over or found.is_soon:
            waiting.append(found)
    over = sum(one.is_over for one in waiting)
    soon = [one for one in waiting if one.is_soon]
    url = reverse("money_desk:gifts") + "?decided=no&sort=received"
    entries = []
    if over:
        entries.append(
            Attention(
                text=ngettext(
                    "The thirty days of one gift ended with nothing decided: it counts as accepted.",
                    "The thirty days of %(count)d gifts ended with nothing decided: they count as accepted.",
                    over,
                )
                % {"count": over},
                url=url,
                action=ngettext("Look at it", "Look at them", over),
                urgency=Urgency.OVERDUE,
                count=over,
            )
        )
    if soon:
        first = min(one.last_day for one in soon)
        entries.append(
            Attention(
                text=ngettext(
                    "One gift must be checked and decided about within the week.",
                    "%(count)d gifts must be checked and decided about within the week.",
                    len(soon),
                )
                % {"count": len(soon)},
                url=url,
                action=ngettext("Decide", "Decide", len(soon)),
                urgency=Urgency.TODAY if first <= today else Urgency.SOON,
                count=len(soon),
                due_on=first,
                why=gettext("A gift kept longer than thirty days counts as accepted."),
            )
        )
    return entries


def _flags(scope: Scope, now: datetime) -> list[Attention]:
    open_flags = flags_for(scope=scope).filter(
        ~Exists(SplitVerdict.objects.filter(flag=OuterRef("pk"))), grade="question"
    )
    count = open_flags.count()
    if not count:
        return []
    first = open_flags.order_by("decide_by", "pk").values_list("decide_by", flat=True)[0]
    return [
        Attention(
            text=ngettext(
                "Gifts that may be parts of one: a flag waits for your conclusion.",
                "Gifts that may be parts of one: %(count)d flags wait for your conclusion.",
                count,
            )
            % {"count": count},
            url=reverse("money_desk:flags") + "?concluded=no",
            action=gettext("Look and conclude"),
            urgency=Urgency.OVERDUE if first < uk_date(now) else Urgency.SOON,
            count=count,
            due_on=first,
        )
    ]


def _reports(scope: Scope, now: datetime) -> list[Attention]:
    today = uk_date(now)
    entries = []
    for campaign in campaigns_for(scope=scope):
        if not owes_reports(campaign=campaign):
            continue
        due = [
            report
            for report in due_reports(campaign=campaign, today=today)
            if report.is_needed and report.filed is None and report.is_over(today=today)
        ]
        if due:
            first = min(report.period.due_on for report in due)
            entries.append(
                Attention(
                    text=ngettext(
                        "%(name)s: one report of donations must be sent.",
                        "%(name)s: %(count)d reports of donations must be sent.",
                        len(due),
                    )
                    % {"count": len(due), "name": campaign.name},
                    url=reverse("money_desk:donation_reports", args=[campaign.pk]),
                    action=gettext("Open the reports"),
                    urgency=Urgency.OVERDUE if first < today else Urgency.SOON,
                    count=len(due),
                    due_on=first,
                )
            )
    return entries
