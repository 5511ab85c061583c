"""The desk page of the two ledgers, and the test of the whole ledger below each threshold."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.basics.clock import clock
from hustings.money.access import campaign_for
from hustings.money.importers.gift_look import TESTED
from hustings.money.models import Campaign
from hustings.money.pages.gift_words import pounds
from hustings.money.pictures import bunching_chart
from hustings.money.queries.ledger import standing_gifts, two_ledgers
from hustings.money.rules.splitting.bunching import Bunching, bunching_below
from hustings.platform.pages.parts import Action, Callout, Tile

#: The thresholds that are tested.
THRESHOLDS = TESTED
_YEARS_OFFERED = 6


def ledger_test(*, campaign: Campaign, threshold: int) -> Bunching:
    """The test of every gift of a campaign below one threshold; names take no part in it."""
    amounts = standing_gifts().filter(campaign=campaign).values_list("amount_pence", flat=True)
    return bunching_below(amounts_pence=amounts, threshold_pence=threshold, round_pence=THRESHOLDS[threshold])


@needs(Right.SEE_MONEY)
@require_safe
def two_ledgers_page(request: DeskRequest, pk: int) -> HttpResponseBase:
    """What the law adds up and what a careful eye adds up, by source and calendar year."""
    campaign = campaign_for(scope=request.scope, pk=pk)
    this_year = clock().today_in_uk().year
    years = sorted(
        {
            this_year,
            *(day.year for day in standing_gifts().filter(campaign=campaign).dates("received_on", "year")),
        },
        reverse=True,
    )[:_YEARS_OFFERED]
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and int(asked) in years else years[0]
    sources = two_ledgers(campaign=campaign, year=year)
    above = [source for source in sources if source.is_above_floor and source.has_unchecked]
    tests = [ledger_test(campaign=campaign, threshold=threshold) for threshold in THRESHOLDS]
    return render(
        request,
        "money/ledgers.html",
        {
            "title": _("Two ledgers, %(year)d") % {"year": year},
            "icon": "table",
            "subtitle": str(campaign),
            "back": Action(label=_("Gifts"), url=reverse("money_desk:gifts")),
            "years": years,
            "year": year,
            "callouts": [
                Callout(
                    text=_(
                        "The legal ledger adds up donations: single gifts above the floor. The risk ledger adds up every gift of "
                        "a "
                        "source, whatever its size, and joins spellings that share a card, a mailbox, a house or a company."
                    )
                )
            ],
            "tiles": [
                Tile(label=_("Legal ledger"), value=pounds(sum(one.legal_pence for one in sources))),
                Tile(label=_("Risk ledger"), value=pounds(sum(one.risk_pence for one in sources))),
                Tile(
                    label=_("Above the floor, not all checked"),
                    value=len(above),
                    note=_("sources"),
                    tone="warn" if above else "good",
                ),
            ],
            "rows": [
                (source, pounds(source.legal_pence), pounds(source.risk_pence)) for source in sources[:500]
            ],
            "tests": [
                (
                    test,
                    reverse("money_desk:bunching", args=[campaign.pk, test.threshold_pence]),
                    pounds(test.threshold_pence),
                )
                for test in tests
            ],
        },
    )


@needs(Right.SEE_MONEY)
@require_safe
def bunching_picture(request: DeskRequest, pk: int, threshold: int) -> HttpResponseBase:
    """How many gifts have each amount near a threshold, and the smooth curve; SVG."""
    campaign = campaign_for(scope=request.scope, pk=pk)
    if threshold not in THRESHOLDS:
        raise Http404
    picture = bunching_chart(test=ledger_test(campaign=campaign, threshold=threshold))
    return HttpResponse(picture, content_type="image/svg+xml")
