"""Desk pages of one published row: everything it says, and the file it came from with its fingerprint."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.money.access import published_row_for
from hustings.money.importers.candidate_returns import stored_return
from hustings.money.models import PublishedBody, PublishedDonation, PublishedLoan, PublishedReturn
from hustings.money.pages.gift_words import pounds
from hustings.money.pages.published_lists import status_badge
from hustings.money.rules.returns_audit import audit_returns
from hustings.platform.models import ImportRun
from hustings.platform.pages.parts import Action, Badge, Callout, Fact
from hustings.platform.words import moment


@needs(Right.SEE_MONEY)
@require_safe
def donation(request: DeskRequest, pk: int) -> HttpResponse:
    """One published donation."""
    row = published_row_for(scope=request.scope, model=PublishedDonation, pk=pk)
    facts = [
        Fact(label=_("Recipient"), value=row.recipient, note=row.recipient_kind),
        Fact(label=_("Unit"), value=row.unit),
        Fact(label=_("Donor"), value=row.donor, note=row.donor_kind),
        Fact(label=_("Company number"), value=row.company_number),
        Fact(label=_("Postcode"), value=row.postcode),
        Fact(label=_("Value"), value=pounds(row.value_pence)),
        Fact(label=_("Received"), value=row.received_on),
        Fact(label=_("Accepted"), value=row.accepted_on),
        Fact(label=_("Reported"), value=row.reported_on, note=row.period),
        Fact(label=_("Kind"), value=row.kind, note=row.nature),
        Fact(label=_("What was done"), value=row.action),
        Fact(label=_("Register"), value=row.register),
        Fact(label=_("Marked as"), value=", ".join(_marks(row))),
    ]
    return _page(
        request,
        title=_("%(value)s from %(donor)s")
        % {"value": pounds(row.value_pence), "donor": row.donor or row.ref},
        back=Action(label=_("Other people's money"), url=reverse("money_desk:published")),
        ref=row.ref,
        facts=facts,
        run=row.run,
    )


def _marks(row: PublishedDonation) -> list[str]:
    marks = {
        _("reported before a poll"): row.is_pre_poll,
        _("an aggregation"): row.is_aggregation,
        _("a bequest"): row.is_bequest,
        _("sponsorship"): row.is_sponsorship,
    }
    return [words for words, is_set in marks.items() if is_set]


@needs(Right.SEE_MONEY)
@require_safe
def loan(request: DeskRequest, pk: int) -> HttpResponse:
    """One published loan."""
    row = published_row_for(scope=request.scope, model=PublishedLoan, pk=pk)
    facts = [
        Fact(label=_("Lender"), value=row.lender, note=row.lender_kind),
        Fact(label=_("Company number"), value=row.company_number),
        Fact(label=_("Recipient"), value=row.recipient, note=row.recipient_kind),
        Fact(label=_("Unit"), value=row.unit),
        Fact(label=_("Kind"), value=row.kind, note=row.status),
        Fact(label=_("Value"), value=pounds(row.value_pence)),
        Fact(label=_("Repaid"), value=pounds(row.repaid_pence)),
        Fact(label=_("Turned into a donation"), value=pounds(row.converted_pence)),
        Fact(label=_("Still owed"), value=pounds(row.outstanding_pence)),
        Fact(label=_("Rate"), value=row.rate),
        Fact(label=_("Begun on"), value=row.started_on),
        Fact(label=_("Ended on"), value=row.ended_on),
    ]
    return _page(
        request,
        title=_("%(value)s lent by %(lender)s")
        % {"value": pounds(row.value_pence), "lender": row.lender or row.ref},
        back=Action(label=_("Published loans"), url=reverse("money_desk:published_loans")),
        ref=row.ref,
        facts=facts,
        run=row.run,
    )


@needs(Right.SEE_MONEY)
@require_safe
def body(request: DeskRequest, pk: int) -> HttpResponse:
    """One row of a register."""
    row = published_row_for(scope=request.scope, model=PublishedBody, pk=pk)
    facts = [
        Fact(label=_("Kind"), value=row.kind, note=row.entity_status),
        Fact(label=_("Register"), value=row.register),
        Fact(label=_("Registration"), value=row.status),
        Fact(label=_("Since"), value=row.registered_on),
        Fact(label=_("Company number"), value=row.company_number),
    ]
    if row.seen_in is not None and row.seen_in_id != row.run_id:
        facts.append(
            Fact(
                label=_("Last seen in"),
                value=row.seen_in.file_name,
                url=reverse("money_desk:import", args=[row.seen_in_id]),
                note=moment(row.seen_in.started_at),
            )
        )
    return _page(
        request,
        title=row.name,
        back=Action(
            label=_("Registers of parties and campaigners"), url=reverse("money_desk:published_bodies")
        ),
        ref="" if row.ref == row.name else row.ref,
        facts=facts,
        run=row.run,
        badge=status_badge(row),
    )


@needs(Right.SEE_MONEY)
@require_safe
def candidate_return(request: DeskRequest, pk: int) -> HttpResponse:
    """One candidate's published return: every figure as published, and where it differs from our calculation."""
    row = published_row_for(scope=request.scope, model=PublishedReturn, pk=pk)
    found = stored_return(figures=row.figures)
    findings = [] if found is None else list(audit_returns(returns=[found], poll_on=row.poll_on))
    return _page(
        request,
        title=row.candidate,
        subtitle=", ".join(filter(None, (row.constituency, row.party))),
        back=Action(label=_("Published candidates' returns"), url=reverse("money_desk:published_returns")),
        ref="",
        facts=[
            Fact(label=_("Poll"), value=row.poll_on),
            Fact(label=_("Spent"), value="" if row.total_pence is None else pounds(row.total_pence)),
            Fact(
                label=_("Limit as stated"), value="" if row.limit_pence is None else pounds(row.limit_pence)
            ),
        ],
        run=row.run,
        figures=list(row.figures.items()),
        callouts=[
            Callout(text=one.message, tone="warn" if one.grade == "material" else "info") for one in findings
        ],
    )


def _page(
    request: DeskRequest,
    *,
    title: str,
    back: Action,
    ref: str,
    facts: list[Fact],
    run: ImportRun,
    subtitle: str = "",
    badge: Badge | None = None,
    callouts: Sequence[Callout] = (),
    figures: Sequence[tuple[str, str]] = (),
) -> HttpResponse:
    """One row with what it says and where it came from."""
    return render(
        request,
        "money/published_row.html",
        {
            "title": title,
            "icon": "view",
            "subtitle": subtitle or ref,
            "back": back,
            "badge": badge,
            "callouts": callouts,
            "figures": figures,
            "facts": [
                *(fact for fact in facts if fact.value not in {"", None}),
                Fact(
                    label=_("From the file"),
                    value=run.file_name,
                    url=reverse("money_desk:import", args=[run.pk]),
                    note=_("brought in on %(when)s") % {"when": moment(run.started_at)},
                ),
                Fact(label=_("Fingerprint of the file (SHA-256)"), value=run.file_sha256),
            ],
        },
    )
