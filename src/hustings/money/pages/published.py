"""Desk pages of other people's money: published donations row by row, and what they add up to."""

from django.db.models import Q
from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.money.access import published_for
from hustings.money.models import PublishedBody, PublishedDonation, PublishedLoan, PublishedReturn
from hustings.money.pages.gift_words import pounds
from hustings.money.pages.published_shape import amount, brought_in, imports_action, in_file, words
from hustings.money.queries.published import published_gifts
from hustings.money.rules.published.elections import known_elections
from hustings.money.rules.published.report import Report, report_on
from hustings.platform.pages.listing import (
    ChoiceFilter,
    DateFilter,
    YesNoFilter,
    list_page,
)
from hustings.platform.pages.parts import Action, Callout, Tile
from hustings.platform.words import number

_SOURCES = (
    ("ec-donations", "Electoral Commission"),
    ("mps-register", "Register of Members' Financial Interests"),
    ("donor-totals", "Totals by donor"),
)
_LINES = 25


@needs(Right.SEE_MONEY)
@require_safe
def donation_list(request: DeskRequest) -> HttpResponseBase:
    """Published donations as they were published; they belong to no place, so every treasurer sees them."""
    return list_page(
        request,
        brought_in(
            rows=published_for(scope=request.scope, model=PublishedDonation),
            title=_("Other people's money"),
            intro=_(
                "Donations as the Electoral Commission and Parliament published them. Bring files in with “hustings "
                "import”. Names "
                "are the publisher's."
            ),
            columns=(
                words(
                    "donor",
                    _("Donor"),
                    shown=lambda row: row.donor or _("not named"),
                    page="published_donation",
                ),
                amount("value", _("Value"), "value_pence"),
                words("recipient", _("Recipient")),
                words("unit", _("Unit"), is_minor=True),
                words("received", _("Received"), "received_on"),
                words("kind", _("Kind of donor"), "donor_kind", is_minor=True),
                words("period", _("Reported for"), is_minor=True),
                in_file("ref", _("Reference")),
            ),
            search=("donor", "recipient", "unit", "ref", "company_number"),
            filters=(
                ChoiceFilter(key="source", label=_("Publication"), choices=_SOURCES, field="source"),
                YesNoFilter(key="prepoll", label=_("Reported before a poll"), yes=_pre_poll()),
                DateFilter(key="received", label=_("Received"), field="received_on"),
            ),
            order="-value",
            how=_("Ask for the Electoral Commission's export and run “hustings import FILE”."),
            actions=(
                Action(
                    label=_("What it adds up to"), url=reverse("money_desk:published_totals"), icon="table"
                ),
                imports_action(),
            ),
            file_name="published-donations",
        ),
    )


def _pre_poll() -> Q:
    return Q(is_pre_poll=True) | Q(period__icontains="pre-poll")


@needs(Right.SEE_MONEY)
@require_safe
def totals(request: DeskRequest) -> HttpResponseBase:
    """Totals by recipient and donor, sums above thresholds, and two elections side by side."""
    sources = dict(_SOURCES)
    source = request.GET.get("source", "ec-donations")
    source = source if source in sources else "ec-donations"
    years = [
        year
        for year in (_year(request, "one", 2017), _year(request, "other", 2019))
        if year in known_elections()
    ]
    report = report_on(gifts=published_gifts(source=source), years=years)
    return render(
        request,
        "money/published.html",
        {
            "title": _("What it adds up to"),
            "icon": "table",
            "subtitle": sources[source],
            "back": Action(label=_("Other people's money"), url=reverse("money_desk:published")),
            "sources": _SOURCES,
            "source": source,
            "elections": sorted(known_elections()),
            "years": years,
            "tiles": _tiles(report),
            "callouts": [
                Callout(
                    text=report.example.sentence, tone="good" if report.example.is_reproduced else "info"
                ),
                *(Callout(text=warning, tone="warn") for warning in report.warnings),
            ],
            "recipients": [(one, pounds(one.pence)) for one in report.by_recipient[:_LINES]],
            "donors": [(one, pounds(one.pence)) for one in report.by_donor[:_LINES]],
            "aggregates": [
                (one, pounds(one.pence), pounds(one.threshold_pence or 0))
                for one in report.aggregates
                if one.is_above
            ][:_LINES],
            "campaigns": [
                (
                    one,
                    pounds(one.received_pence),
                    pounds(one.reported_pence),
                    [(total, pounds(total.pence)) for total in one.received[:10]],
                )
                for one in report.pre_poll
            ],
        },
    )


def _year(request: DeskRequest, name: str, default: int) -> int:
    asked = request.GET.get(name, "")
    return int(asked) if asked.isdecimal() and len(asked) == 4 else default


def _tiles(report: Report) -> list[Tile]:
    return [
        Tile(
            label=_("Donations"),
            value=number(report.gifts),
            note=f"{report.first_on} – {report.last_on}" if report.first_on else "",
        ),
        Tile(label=_("Together"), value=f"£{number(report.pence // 100)}"),
        Tile(label=_("Donors across spellings"), value=number(len(report.by_donor))),
        Tile(
            label=_("Also brought in"),
            value=number(
                PublishedLoan.objects.count()
                + PublishedBody.objects.count()
                + PublishedReturn.objects.count()
            ),
            note=_("loans, registrations, returns"),
        ),
    ]
