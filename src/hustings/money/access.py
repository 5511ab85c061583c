"""Campaigns and their expenses, fetched for someone who may see the money, or not found."""

from datetime import datetime
from typing import TypeVar

from django.db.models import Q, QuerySet
from django.http import Http404

from hustings.accounts.access import NotAllowed, Right, Scope, scope_of
from hustings.accounts.models import User
from hustings.basics.clock import uk_date
from hustings.money.models import Authority, Campaign, Evidence, Expense, ExpenseShare, GiftEvidence, Return
from hustings.money.models.donations import Donor, Gift, SplitFlag
from hustings.money.models.published import (
    PublishedBody,
    PublishedDonation,
    PublishedLoan,
    PublishedReturn,
)
from hustings.platform.models import ImportRun

#: The importer of a campaign's own gifts, and those of what others published.
GIFT_SHEET = "gift-sheet"
PUBLISHED_IMPORTERS = (
    *("ec-donations", "mps-register", "donor-totals", "ec-loans", "ec-register", "union-list"),
    "candidate-returns",
)


def campaigns_for(*, scope: Scope) -> QuerySet[Campaign]:
    """The books of the places in scope; those without a place are the whole organisation's."""
    return scope.filter(Campaign.objects.select_related("area", "election", "agent"), "area")


def campaign_for(*, scope: Scope, pk: int) -> Campaign:
    """The books of one campaign in scope; `Http404` for any other, so that nobody learns that they exist."""
    found = campaigns_for(scope=scope).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def require_in(*, user: User, right: Right, code: str | None, now: datetime) -> None:
    """Raise `NotAllowed` where the user does not hold the right for this place (None: the whole organisation)."""
    if not scope_of(user=user, right=right, on=uk_date(now)).covers(code=code):
        raise NotAllowed(f"{user} may not do this here.")


def expense_for(*, scope: Scope, pk: int) -> Expense:
    """One row of an item in which any campaign in scope has a share; `Http404` for any other."""
    shared = ExpenseShare.objects.filter(campaign__in=campaigns_for(scope=scope)).values("expense")
    found: Expense | None = (
        Expense.objects.filter(pk=pk, pk__in=shared).select_related("authority", "first", "replaces").first()
    )
    if found is None:
        raise Http404
    return found


def first_campaign(*, expense: Expense, scope: Scope) -> Campaign:
    """The campaign through which somebody sees an item that they may see: the first of its shares in their places."""
    share = (
        expense.shares.filter(campaign__in=campaigns_for(scope=scope))
        .select_related("campaign", "campaign__area")
        .order_by("pk")
        .first()
    )
    assert share is not None  # `expense_for` found one
    campaign: Campaign = share.campaign
    return campaign


def evidence_for(*, scope: Scope, pk: int) -> Evidence:
    """One file of an item in which any campaign in scope has a share; `Http404` for any other."""
    shares = ExpenseShare.objects.filter(campaign__in=campaigns_for(scope=scope)).select_related("expense")
    found: Evidence | None = Evidence.objects.filter(pk=pk).first()
    if found is None or not any(
        share.expense.root_id == found.expense_id
        for share in shares.filter(Q(expense=found.expense_id) | Q(expense__first=found.expense_id))
    ):
        raise Http404
    return found


def authority_for(*, scope: Scope, pk: int) -> Authority:
    """One written authority of a campaign in scope; `Http404` for any other."""
    found: Authority | None = (
        Authority.objects.filter(pk=pk, campaign__in=campaigns_for(scope=scope))
        .select_related("campaign")
        .first()
    )
    if found is None:
        raise Http404
    return found


def return_for(*, scope: Scope, pk: int) -> Return:
    """One finished return of a campaign in scope; `Http404` for any other."""
    found: Return | None = (
        Return.objects.filter(pk=pk, campaign__in=campaigns_for(scope=scope))
        .select_related("campaign", "frozen_by")
        .first()
    )
    if found is None:
        raise Http404
    return found


def gifts_for(*, scope: Scope) -> QuerySet[Gift]:
    """Every row of gifts to the campaigns in scope, replaced and struck-out ones too."""
    found: QuerySet[Gift] = Gift.objects.filter(campaign__in=campaigns_for(scope=scope))
    return found.select_related("campaign", "donor", "replaces")


def gift_for(*, scope: Scope, pk: int) -> Gift:
    """One gift to a campaign in scope; `Http404` for any other."""
    found = gifts_for(scope=scope).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def gift_evidence_for(*, scope: Scope, pk: int) -> GiftEvidence:
    """One file of a gift to a campaign in scope, unless it was erased; `Http404` for any other."""
    found: GiftEvidence | None = GiftEvidence.objects.filter(
        pk=pk, gift__in=gifts_for(scope=scope), erased_at=None
    ).first()
    if found is None:
        raise Http404
    return found


Published = TypeVar("Published", PublishedDonation, PublishedLoan, PublishedBody, PublishedReturn)


def published_for(*, scope: Scope, model: type[Published]) -> QuerySet[Published]:
    """Other people's money as published: it belongs to no place, so whoever may see money anywhere sees all of it."""
    return model._default_manager.none() if scope.is_empty else model._default_manager.select_related("run")


def published_row_for(*, scope: Scope, model: type[Published], pk: int) -> Published:
    """One published row; `Http404` where there is none."""
    found = published_for(scope=scope, model=model).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def imports_for(*, scope: Scope) -> QuerySet[ImportRun]:
    """Files of other people's money, and sheets of gifts to the campaigns in scope."""
    own = list(campaigns_for(scope=scope).values_list("pk", flat=True))
    sheets = Q(importer=GIFT_SHEET, options__campaign__in=[*own, *map(str, own)])
    published = Q(pk__in=[]) if scope.is_empty else Q(importer__in=PUBLISHED_IMPORTERS)
    return ImportRun.objects.filter(published | sheets).select_related("started_by")


def import_for(*, scope: Scope, pk: int) -> ImportRun:
    """One file that was read, in scope; `Http404` for any other."""
    found = imports_for(scope=scope).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def donor_for(*, scope: Scope, pk: int) -> Donor:
    """One donor of a campaign in scope; `Http404` for any other."""
    found = (
        Donor.objects.filter(campaign__in=campaigns_for(scope=scope), pk=pk)
        .select_related("campaign")
        .first()
    )
    if found is None:
        raise Http404
    return found


def flags_for(*, scope: Scope) -> QuerySet[SplitFlag]:
    """The flags about gifts to the campaigns in scope."""
    return SplitFlag.objects.filter(campaign__in=campaigns_for(scope=scope)).select_related("campaign")


def flag_for(*, scope: Scope, pk: int) -> SplitFlag:
    """One flag about gifts to a campaign in scope; `Http404` for any other."""
    found = flags_for(scope=scope).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
