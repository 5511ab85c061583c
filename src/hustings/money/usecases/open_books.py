"""Open a campaign's books, or change the facts about it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from hustings.accounts.access import Right
from hustings.accounts.models import User
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.money.access import require_in
from hustings.money.models import Campaign, Return
from hustings.money.queries.books import standings
from hustings.money.usecases.remember_limits import remember_limits
from hustings.platform import audit


class PeriodDoesNotFit(Refusal):
    """The days of the regulated period and the poll do not go together."""


@transaction.atomic
def open_books(
    *, campaign: Campaign, rooms_with: Iterable[Campaign] = (), by: User, now: datetime
) -> Campaign:
    """Store a new campaign, or changed facts about one, and work its limits out again, with those of its joint partners.

    Both the place it had and the place it gets must be the user's, or `NotAllowed` is raised. Raises `PeriodDoesNotFit`
    where the period does not end with the poll. Returns that were finished stay as they were.
    """
    require_in(user=by, right=Right.EDIT_MONEY, code=campaign.area_id, now=now)
    is_new = campaign.pk is None
    if is_new:
        campaign.made_at, campaign.made_by = now, by
    else:
        before = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
        require_in(user=by, right=Right.EDIT_MONEY, code=before.area_id, now=now)
    if not campaign.regulated_from <= campaign.poll_on < campaign.regulated_until:
        raise PeriodDoesNotFit(
            "period", gettext_noop("Spending counts from a day before the poll up to polling day itself.")
        )
    campaign.save()
    campaign.shares_rooms_with.set(rooms_with)
    audit.record(
        now=now,
        actor=by,
        verb="opened" if is_new else "changed",
        subject_type="money.Campaign",
        subject_id=campaign.pk,
        area_code=campaign.area_id or "",
        returns=Return.objects.filter(campaign=campaign).count(),
    )
    for partner in Campaign.objects.filter(pk__in=standings(campaign=campaign)).order_by("pk"):
        remember_limits(campaign=partner, now=now, by=by)
    remember_limits(campaign=campaign, now=now, by=by)
    return campaign
