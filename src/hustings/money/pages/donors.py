"""The desk page of one donor: what was given, and how each gift was checked."""

from django.db.models import Sum
from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.basics.clock import clock
from hustings.money.access import donor_for
from hustings.money.models import SplitFlag
from hustings.money.pages.gift_words import pounds, state_badge
from hustings.money.queries.ledger import standing_gifts, with_state
from hustings.platform.pages.parts import Action, Callout, Fact, Tile


@needs(Right.SEE_MONEY)
@require_safe
def donor_page(request: DeskRequest, pk: int) -> HttpResponseBase:
    """One donor as written, with every gift under exactly this spelling."""
    donor = donor_for(scope=request.scope, pk=pk)
    today = clock().today_in_uk()
    gifts = list(
        with_state(gifts=standing_gifts())
        .filter(donor=donor)
        .select_related("campaign")
        .order_by("-received_on", "-pk")
    )
    year = (
        standing_gifts().filter(donor=donor, received_on__year=today.year).aggregate(sum=Sum("amount_pence"))
    )
    open_flags = (
        SplitFlag.objects.filter(gifts__donor=donor, verdicts=None).distinct().order_by("decide_by", "pk")
    )
    return render(
        request,
        "money/donor.html",
        {
            "title": donor.name,
            "icon": "user",
            "subtitle": donor.get_kind_display(),
            "back": Action(label=_("Gifts"), url=reverse("money_desk:gifts")),
            "callouts": [
                Callout(
                    text=flag.sentence,
                    title=_("Flagged"),
                    tone="warn",
                    actions=(Action(label=_("Look at it"), url=reverse("money_desk:flag", args=[flag.pk])),),
                )
                for flag in open_flags
            ],
            "tiles": [
                Tile(label=_("Gifts"), value=len(gifts)),
                Tile(label=_("This year"), value=pounds(year["sum"] or 0), note=_("every size")),
            ],
            "facts": [
                Fact(label=_("Address"), value=", ".join(filter(None, (donor.address, donor.postcode)))),
                Fact(label=_("Email"), value=donor.email),
                Fact(label=_("Company or registration number"), value=donor.company_number),
                Fact(
                    label=_("Controlled by"),
                    value="; ".join(f"{one['name']}, {one['postcode']}" for one in donor.controllers),
                ),
                Fact(label=_("Overseas elector"), value=donor.is_overseas),
            ],
            "gifts": [
                (gift, pounds(gift.amount_pence), state_badge(gift=gift, today=today)) for gift in gifts
            ],
        },
    )
