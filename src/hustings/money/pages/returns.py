"""Desk pages of returns: what it would say, finishing it, its papers, signing and delivering it."""

import json

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hustings.accounts.access import Right, scope_of
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.money.access import campaign_for, return_for
from hustings.money.documents.papers import paper
from hustings.money.documents.receipts import receipt_bundle
from hustings.money.models import CampaignKind, DocumentKind, Return, ReturnStepKind
from hustings.money.pages.items import download
from hustings.money.pages.small_forms import StepForm, WhyForm
from hustings.money.queries.return_facts import draft_content, missing_of, newest_return, officer_of
from hustings.money.rules.return_content import CATEGORY_WORDS
from hustings.money.usecases.finish_return import finish_return
from hustings.money.usecases.remember_limits import remember_limits
from hustings.money.usecases.take_return_step import take_return_step
from hustings.platform.pages.parts import Action, Callout, Fact, Moment
from hustings.platform.words import pounds

_ENDINGS = {DocumentKind.SPREADSHEET: "xlsx"}


@needs(Right.SEE_MONEY)
@require_safe
def return_page(request: DeskRequest, pk: int) -> HttpResponse:
    """What the return would say now, what is missing, and the versions that were finished."""
    campaign = campaign_for(scope=request.scope, pk=pk)
    now, today = clock().now(), clock().today_in_uk()
    remember_limits(campaign=campaign, now=now)
    content = draft_content(campaign=campaign)
    newest = newest_return(campaign=campaign)
    may_edit = scope_of(user=request.user, right=Right.EDIT_MONEY, on=today).covers(code=campaign.area_id)
    back_url = reverse("money_desk:campaign", args=[pk])
    gone = missing_of(campaign=campaign, on=today)
    return render(
        request,
        "money/return.html",
        {
            "title": _("Return of %(name)s") % {"name": campaign.name},
            "icon": "doc-full",
            "subtitle": _("It goes to %(officer)s.") % {"officer": officer_of(campaign=campaign)},
            "back": Action(label=campaign.name, url=back_url),
            "actions": (
                Action(
                    label=_("Finish a new version") if newest else _("Finish the return"),
                    url=reverse("money_desk:finish", args=[pk]),
                    icon="lock",
                    is_primary=True,
                    is_allowed=may_edit and today > campaign.poll_on,
                ),
                Action(label=_("Draft as PDF"), url=reverse("money_desk:draft", args=[pk]), icon="download"),
            ),
            "callouts": _callouts(today > campaign.poll_on, newest, gone),
            "content": content,
            "categories": [
                (_(words), pounds(content["totals"]["by_category"][key]))
                for key, words in CATEGORY_WORDS.items()
            ],
            "missing": [
                (one.said.told(_), reverse("money_desk:item", args=[one.item]) if one.item else "")
                for one in gone
            ],
            "versions": list(campaign.returns.select_related("frozen_by").order_by("-version")),
        },
    )


def _callouts(is_over: bool, newest: Return | None, gone: tuple[object, ...]) -> list[Callout]:
    if not is_over:
        return [
            Callout(text=_("The poll is not over. This is how the return would look today."), tone="info")
        ]
    if newest is None:
        return [
            Callout(
                title=_("Not finished yet"),
                text=_(
                    "Put right what is missing below, then finish it. What is finished can be corrected by a new version only."
                ),
                tone="warn" if gone else "info",
            )
        ]
    if not gone:
        return [Callout(text=_("Finished, signed and delivered. Nothing is missing."), tone="good")]
    return [Callout(text=_("A version is finished. See below what is still to be done."), tone="info")]


@needs(Right.SEE_MONEY)
@require_safe
def draft(request: DeskRequest, pk: int) -> HttpResponse:
    """The return as it would look now, as PDF, marked as a draft."""
    campaign = campaign_for(scope=request.scope, pk=pk)
    remember_limits(campaign=campaign, now=clock().now())
    made = paper(content=draft_content(campaign=campaign), kind=DocumentKind.RETURN, sha256="")
    return download(content=made, media_type="application/pdf", name=f"draft-return-{pk}.pdf")


@needs(Right.EDIT_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def finish(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Ask once more, then freeze the return."""
    campaign = campaign_for(scope=request.scope, pk=pk)
    newest = newest_return(campaign=campaign)
    form = WhyForm(request.POST if request.method == "POST" else None) if newest else None
    callouts = []
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            made = finish_return(
                campaign=campaign,
                by=request.user,
                now=clock().now(),
                correction_reason=form.cleaned_data["reason"] if form else "",
            )
        except Refusal as refusal:
            callouts.append(Callout(text=refusal.told(_), tone="bad"))
        else:
            messages.success(request, _("Finished. Read the papers, sign the declaration, and deliver it."))
            return redirect("money_desk:frozen", pk=made.pk)
    totals = draft_content(campaign=campaign)["totals"]
    return render(
        request,
        "desk/confirm.html",
        {
            "title": _("Finish the return of %(name)s?") % {"name": campaign.name},
            "icon": "lock",
            "question": _(
                "What the books say now is frozen with its fingerprint, and its papers are made. It can never be changed; "
                "a correction is a new version with a reason. The public version leaves private addresses out."
            ),
            "confirm_label": _("Finish it"),
            "is_danger": False,
            "callouts": callouts,
            "form": form,
            "cancel_url": reverse("money_desk:return", args=[pk]),
            "facts": [
                Fact(label=_("Stated"), value=pounds(totals["stated_pence"])),
                Fact(label=_("Of it paid"), value=pounds(totals["paid_pence"])),
                Fact(label=_("Of it unpaid"), value=pounds(totals["unpaid_pence"])),
                Fact(label=_("Of it disputed"), value=pounds(totals["disputed_pence"])),
            ],
        },
        status=422 if callouts or (form is not None and form.is_bound) else 200,
    )


@needs(Right.SEE_MONEY)
@require_safe
def frozen(request: DeskRequest, pk: int) -> HttpResponse:
    """One finished version: its papers, its fingerprint, and what was done with it."""
    made = return_for(scope=request.scope, pk=pk)
    campaign, today = made.campaign, clock().today_in_uk()
    may = {
        right: scope_of(user=request.user, right=right, on=today).covers(code=campaign.area_id)
        for right in (Right.EDIT_MONEY, Right.OVERRIDE)
    }
    is_newest = newest_return(campaign=campaign) == made
    steps = {step.kind: step for step in made.steps.select_related("by")}

    def step(kind: ReturnStepKind, label: str, *, is_allowed: bool) -> Action:
        return Action(
            label=label,
            url=reverse("money_desk:step", args=[pk, kind]),
            is_primary=True,
            is_allowed=is_allowed and is_newest and kind not in steps,
        )

    is_signed = ReturnStepKind.AGENT_SIGNED in steps
    content = json.loads(made.content)
    return render(
        request,
        "money/frozen.html",
        {
            "title": _("Return of %(name)s, version %(number)d")
            % {"name": campaign.name, "number": made.version},
            "icon": "lock",
            "back": Action(label=_("Return"), url=reverse("money_desk:return", args=[campaign.pk])),
            "actions": (
                step(
                    ReturnStepKind.AGENT_SIGNED,
                    _("Sign as agent"),
                    is_allowed=may[Right.EDIT_MONEY] and may[Right.OVERRIDE],
                ),
                step(
                    ReturnStepKind.DELIVERED,
                    _("Write down the delivery"),
                    is_allowed=may[Right.EDIT_MONEY] and is_signed,
                ),
                step(
                    ReturnStepKind.CANDIDATE_SIGNED,
                    _("Write down the candidate's signature"),
                    is_allowed=may[Right.EDIT_MONEY]
                    and is_signed
                    and campaign.kind == CampaignKind.CANDIDATE,
                ),
            ),
            "callouts": []
            if is_newest
            else [Callout(text=_("There is a newer version; this one is kept as it was."), tone="warn")],
            "facts": [
                Fact(label=_("Stated"), value=pounds(made.total_pence)),
                Fact(label=_("Fingerprint (SHA-256)"), value=made.sha256),
                Fact(label=_("Correction"), value=made.correction_reason),
                Fact(label=_("Items"), value=len(content["lines"])),
            ],
            "papers": [
                (
                    str(DocumentKind(paper_row.kind).label),
                    reverse("money_desk:paper", args=[pk, paper_row.kind]),
                    paper_row.media_type,
                )
                for paper_row in made.documents.defer("content")
            ],
            "has_receipts": any(line["receipts"] for line in [*content["lines"], *content["personal"]]),
            "made": made,
            "moments": _moments(made, steps),
        },
    )


def _moments(made: Return, steps: dict[str, object]) -> list[Moment]:
    found = [Moment(at=made.frozen_at, title=_("Finished"), text=made.sha256, by=str(made.frozen_by or ""))]
    found += [
        Moment(
            at=step.at,
            title=f"{step.get_kind_display()}: {step.name}",
            text=step.note,
            by=str(step.by or ""),
            tone="good",
        )
        for step in made.steps.select_related("by")
    ]
    return sorted(found, key=lambda moment: moment.at, reverse=True)


@needs(Right.EDIT_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: DeskRequest, pk: int, kind: str) -> HttpResponseBase:
    """Sign, or write down a signature or the delivery."""
    made = return_for(scope=request.scope, pk=pk)
    if kind not in ReturnStepKind.values:
        raise Http404
    today = clock().today_in_uk()
    names = {
        ReturnStepKind.AGENT_SIGNED: made.campaign.agent_name,
        ReturnStepKind.CANDIDATE_SIGNED: made.campaign.name,
        ReturnStepKind.DELIVERED: "",
    }
    form = StepForm(
        request.POST or None,
        initial={"on": today, "name": names[ReturnStepKind(kind)]},
        needs_vow=kind == ReturnStepKind.AGENT_SIGNED,
    )
    url = reverse("money_desk:frozen", args=[pk])
    if request.method == "POST" and form.is_valid():
        try:
            take_return_step(
                of=made,
                kind=kind,
                name=form.cleaned_data["name"],
                on=form.cleaned_data["on"],
                note=form.cleaned_data["note"],
                by=request.user,
                now=clock().now(),
            )
        except Refusal as refusal:
            form.add_error(None, refusal.told(_))
        else:
            messages.success(request, _("Written down."))
            return redirect(url)
    return render(
        request,
        "desk/form.html",
        {
            "title": str(ReturnStepKind(kind).label).capitalize(),
            "icon": "edit",
            "form": form,
            "cancel_url": url,
            "back": Action(label=_("Return"), url=url),
        },
        status=422 if form.is_bound else 200,
    )


@needs(Right.SEE_MONEY)
@require_safe
def paper_file(request: DeskRequest, pk: int, kind: str) -> HttpResponse:
    """One paper of a finished return, exactly as it was made."""
    made = return_for(scope=request.scope, pk=pk)
    found = made.documents.filter(kind=kind).first()
    if found is None:
        raise Http404
    ending = _ENDINGS.get(DocumentKind(found.kind), "pdf")
    return download(
        content=bytes(found.content),
        media_type=found.media_type,
        name=f"{found.kind}-{made.campaign_id}-v{made.version}.{ending}",
    )


@needs(Right.SEE_MONEY)
@require_safe
def receipts(request: DeskRequest, pk: int) -> HttpResponse:
    """Every receipt of a finished return, numbered, in one zip file."""
    made = return_for(scope=request.scope, pk=pk)
    return download(
        content=receipt_bundle(content=json.loads(made.content)),
        media_type="application/zip",
        name=f"receipts-{made.campaign_id}-v{made.version}.zip",
    )
