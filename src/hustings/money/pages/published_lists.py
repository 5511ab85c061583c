"""Desk pages of published loans, registers and candidates' returns: lists that search, filter and export."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.money.access import published_for
from hustings.money.models import PublishedBody, PublishedLoan, PublishedReturn
from hustings.platform.pages.listing import ChoiceFilter, Column, DateFilter, Export, Listing, list_page
from hustings.platform.pages.parts import Action, Badge, Empty, Tone
from hustings.platform.words import pounds

_HOW = "“hustings import FILE”"


def imports_action() -> Action:
    """The way to the files that were brought in."""
    return Action(label=_("Files brought in"), url=reverse("money_desk:imports"), icon="upload")


@needs(Right.SEE_MONEY)
@require_safe
def loan_list(request: DeskRequest) -> HttpResponseBase:
    """Loans to parties and holders of office, as published."""
    rows = published_for(scope=request.scope, model=PublishedLoan)
    return list_page(
        request,
        Listing(
            title=_("Published loans"),
            icon="view",
            intro=_("Loans, credit facilities and guarantees as the Electoral Commission published them."),
            rows=rows,
            columns=(
                Column(
                    key="lender",
                    label=_("Lender"),
                    value=lambda row: row.lender or _("not named"),
                    link=lambda row: reverse("money_desk:published_loan", args=[row.pk]),
                    sort=("lender",),
                ),
                Column(
                    key="value",
                    label=_("Value"),
                    value=lambda row: pounds(row.value_pence),
                    export="value_pence",
                    sort=("value_pence",),
                    is_number=True,
                ),
                Column(
                    key="owed",
                    label=_("Still owed"),
                    value=lambda row: pounds(row.outstanding_pence),
                    export="outstanding_pence",
                    sort=("outstanding_pence",),
                    is_number=True,
                ),
                Column(key="recipient", label=_("Recipient"), value="recipient", sort=("recipient",)),
                Column(
                    key="status",
                    label=_("State"),
                    value=lambda row: Badge(text=row.status or _("not said")),
                    export="status",
                    sort=("status",),
                    is_minor=True,
                ),
                Column(
                    key="started",
                    label=_("Begun on"),
                    value="started_on",
                    sort=("started_on",),
                    is_minor=True,
                ),
                Column(
                    key="lender_kind", label=_("Kind of lender"), value="lender_kind", is_export_only=True
                ),
                Column(key="rate", label=_("Rate"), value="rate", is_export_only=True),
                Column(key="ref", label=_("Reference"), value="ref", is_export_only=True),
            ),
            search=("lender", "recipient", "unit", "ref", "company_number"),
            filters=(
                _choices(rows, "status", _("State")),
                _choices(rows, "lender_kind", _("Kind of lender")),
                DateFilter(key="started", label=_("Begun on"), field="started_on"),
            ),
            order="-value",
            empty=_empty(_("Ask for the Electoral Commission's loans and run %(how)s.") % {"how": _HOW}),
            actions=(imports_action(),),
            export=Export(file_name="published-loans"),
        ),
    )


@needs(Right.SEE_MONEY)
@require_safe
def body_list(request: DeskRequest) -> HttpResponseBase:
    """Parties, campaigners and unions on public registers."""
    rows = published_for(scope=request.scope, model=PublishedBody)
    return list_page(
        request,
        Listing(
            title=_("Registers of parties and campaigners"),
            icon="list-ul",
            intro=_(
                "Parties, minor parties and campaigners on the Electoral Commission's registers, and unions on the Certification "
                "Officer's list. A donor who is no person is looked for here."
            ),
            rows=rows,
            columns=(
                Column(
                    key="name",
                    label=_("Name"),
                    value="name",
                    link=lambda row: reverse("money_desk:published_body", args=[row.pk]),
                    sort=("name",),
                ),
                Column(key="kind", label=_("Kind"), value="kind", sort=("kind",)),
                Column(
                    key="status",
                    label=_("Registration"),
                    value=status_badge,
                    export="status",
                    sort=("status",),
                ),
                Column(
                    key="register", label=_("Register"), value="register", sort=("register",), is_minor=True
                ),
                Column(
                    key="since",
                    label=_("Since"),
                    value="registered_on",
                    sort=("registered_on",),
                    is_minor=True,
                ),
                Column(key="ref", label=_("Reference"), value="ref", sort=("ref",), is_minor=True),
                Column(
                    key="company_number",
                    label=_("Company number"),
                    value="company_number",
                    is_export_only=True,
                ),
            ),
            search=("name", "ref", "company_number"),
            filters=(
                _choices(rows, "kind", _("Kind")),
                _choices(rows, "status", _("Registration")),
                _choices(rows, "register", _("Register")),
                DateFilter(key="since", label=_("Since"), field="registered_on"),
            ),
            order="name",
            empty=_empty(_("Download the registers and run %(how)s.") % {"how": _HOW}),
            actions=(imports_action(),),
            export=Export(file_name="registers"),
        ),
    )


def status_badge(body: PublishedBody) -> Badge:
    """A registration's state with its colour."""
    tone: Tone = "good" if body.status.casefold() == "registered" else "warn"
    return Badge(text=body.status or _("not said"), tone=tone)


@needs(Right.SEE_MONEY)
@require_safe
def return_list(request: DeskRequest) -> HttpResponseBase:
    """Other candidates' spending returns, as published."""
    rows = published_for(scope=request.scope, model=PublishedReturn)
    return list_page(
        request,
        Listing(
            title=_("Published candidates' returns"),
            icon="doc-full",
            intro=_("What candidates said they spent, as the Electoral Commission published it."),
            rows=rows,
            columns=(
                Column(
                    key="candidate",
                    label=_("Candidate"),
                    value="candidate",
                    link=lambda row: reverse("money_desk:published_return", args=[row.pk]),
                    sort=("candidate",),
                ),
                Column(
                    key="constituency", label=_("Constituency"), value="constituency", sort=("constituency",)
                ),
                Column(key="party", label=_("Party"), value="party", sort=("party",), is_minor=True),
                Column(
                    key="spent",
                    label=_("Spent"),
                    value=lambda row: pounds(row.total_pence),
                    export="total_pence",
                    sort=("total_pence",),
                    is_number=True,
                ),
                Column(
                    key="limit",
                    label=_("Limit as stated"),
                    value=lambda row: pounds(row.limit_pence),
                    export="limit_pence",
                    sort=("limit_pence",),
                    is_number=True,
                ),
                Column(
                    key="share",
                    label=_("Of the limit"),
                    value=_share,
                    is_number=True,
                    is_minor=True,
                ),
                Column(key="poll", label=_("Poll"), value="poll_on", sort=("poll_on",), is_minor=True),
            ),
            search=("candidate", "constituency", "party"),
            filters=(
                ChoiceFilter(
                    key="poll",
                    label=_("Poll"),
                    choices=[
                        (one.isoformat(), one.isoformat())
                        for one in rows.order_by("-poll_on").values_list("poll_on", flat=True).distinct()
                    ],
                    field="poll_on",
                ),
                _choices(rows, "nation", _("Nation")),
                _choices(rows, "party", _("Party")),
            ),
            order="constituency",
            empty=_empty(
                _("Download the Electoral Commission's file of returns and run %(how)s.") % {"how": _HOW}
            ),
            actions=(imports_action(),),
            export=Export(file_name="published-returns"),
        ),
    )


def _share(row: PublishedReturn) -> str:
    if row.total_pence is None or not row.limit_pence:
        return ""
    return f"{row.total_pence / row.limit_pence:.0%}"


def _choices(rows: QuerySet[Any], field: str, label: str) -> ChoiceFilter:
    """The values that the rows have in a field, as a filter."""
    values = rows.order_by(field).values_list(field, flat=True).distinct()
    return ChoiceFilter(key=field, label=label, choices=[(one, one) for one in values if one], field=field)


def _empty(how: str) -> Empty:
    return Empty(title=_("Nothing was brought in yet"), text=how)
