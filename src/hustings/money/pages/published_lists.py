"""Desk pages of published loans, registers and candidates' returns: lists that search, filter and export."""

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.money.access import published_for
from hustings.money.models import PublishedBody, PublishedLoan, PublishedReturn
from hustings.money.pages.published_shape import amount, brought_in, choices, imports_action, in_file, words
from hustings.platform.pages.listing import Column, DateFilter, list_page
from hustings.platform.pages.parts import Badge, Tone

_HOW = "“hustings import FILE”"


@needs(Right.SEE_MONEY)
@require_safe
def loan_list(request: DeskRequest) -> HttpResponseBase:
    """Loans to parties and holders of office, as published."""
    rows = published_for(scope=request.scope, model=PublishedLoan)
    return list_page(
        request,
        brought_in(
            rows=rows,
            title=_("Published loans"),
            intro=_("Loans, credit facilities and guarantees as the Electoral Commission published them."),
            columns=(
                words(
                    "lender",
                    _("Lender"),
                    shown=lambda row: row.lender or _("not named"),
                    page="published_loan",
                ),
                amount("value", _("Value"), "value_pence"),
                amount("owed", _("Still owed"), "outstanding_pence"),
                words("recipient", _("Recipient")),
                words(
                    "status",
                    _("State"),
                    shown=lambda row: Badge(text=row.status or _("not said")),
                    is_minor=True,
                ),
                words("started", _("Begun on"), "started_on", is_minor=True),
                in_file("lender_kind", _("Kind of lender")),
                in_file("rate", _("Rate")),
                in_file("ref", _("Reference")),
            ),
            search=("lender", "recipient", "unit", "ref", "company_number"),
            filters=(
                choices(rows, "status", _("State")),
                choices(rows, "lender_kind", _("Kind of lender")),
                DateFilter(key="started", label=_("Begun on"), field="started_on"),
            ),
            order="-value",
            how=_("Ask for the Electoral Commission's loans and run %(how)s.") % {"how": _HOW},
            actions=(imports_action(),),
            file_name="published-loans",
        ),
    )


@needs(Right.SEE_MONEY)
@require_safe
def body_list(request: DeskRequest) -> HttpResponseBase:
    """Parties, campaigners and unions on public registers."""
    rows = published_for(scope=request.scope, model=PublishedBody)
    return list_page(
        request,
        brought_in(
            rows=rows,
            title=_("Registers of parties and campaigners"),
            icon="list-ul",
            intro=_(
                "Parties, minor parties and campaigners on the Electoral Commission's registers, and unions on the Certification "
                "Officer's list. A donor who is no person is looked for here."
            ),
            columns=(
                words("name", _("Name"), page="published_body"),
                words("kind", _("Kind")),
                words("status", _("Registration"), shown=status_badge),
                words("register", _("Register"), is_minor=True),
                words("since", _("Since"), "registered_on", is_minor=True),
                words("ref", _("Reference"), is_minor=True),
                in_file("company_number", _("Company number")),
            ),
            search=("name", "ref", "company_number"),
            filters=(
                choices(rows, "kind", _("Kind")),
                choices(rows, "status", _("Registration")),
                choices(rows, "register", _("Register")),
                DateFilter(key="since", label=_("Since"), field="registered_on"),
            ),
            order="name",
            how=_("Download the registers and run %(how)s.") % {"how": _HOW},
            actions=(imports_action(),),
            file_name="registers",
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
        brought_in(
            rows=rows,
            title=_("Published candidates' returns"),
            icon="doc-full",
            intro=_("What candidates said they spent, as the Electoral Commission published it."),
            columns=(
                words("candidate", _("Candidate"), page="published_return"),
                words("constituency", _("Constituency")),
                words("party", _("Party"), is_minor=True),
                amount("spent", _("Spent"), "total_pence"),
                amount("limit", _("Limit as stated"), "limit_pence"),
                Column(key="share", label=_("Of the limit"), value=_share, is_number=True, is_minor=True),
                words("poll", _("Poll"), "poll_on", is_minor=True),
            ),
            search=("candidate", "constituency", "party"),
            filters=(
                choices(rows, "poll_on", _("Poll"), key="poll", order="-poll_on"),
                choices(rows, "nation", _("Nation")),
                choices(rows, "party", _("Party")),
            ),
            order="constituency",
            how=_("Download the Electoral Commission's file of returns and run %(how)s.") % {"how": _HOW},
            actions=(imports_action(),),
            file_name="published-returns",
        ),
    )


def _share(row: PublishedReturn) -> str:
    if row.total_pence is None or not row.limit_pence:
        return ""
    return f"{row.total_pence / row.limit_pence:.0%}"
