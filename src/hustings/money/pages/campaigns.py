"""Desk pages of campaigns: the list of books, and the facts about one."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, may, needs
from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.money.access import campaign_for, campaigns_for
from hustings.money.models import Campaign, ElectionType
from hustings.money.pages.campaign_form import CampaignForm
from hustings.money.pages.small_forms import LimitForm
from hustings.money.usecases.open_books import open_books
from hustings.money.usecases.remember_limits import enter_limit, why_no_limit
from hustings.platform.pages.listing import ChoiceFilter, Column, DateFilter, Export, Listing, list_page
from hustings.platform.pages.parts import Action, Callout, Empty


@needs(Right.SEE_MONEY)
@require_safe
def campaign_list(request: DeskRequest) -> HttpResponseBase:
    """The books of every campaign in the places of whoever asks; CSV of what is shown."""
    add = Action(
        label=_("Open books"),
        url=reverse("money_desk:add_campaign"),
        icon="plus",
        is_primary=True,
        is_allowed=may(request, Right.EDIT_MONEY),
    )
    return list_page(
        request,
        Listing(
            title=_("Campaign books"),
            icon="table",
            intro=_(
                "One set of books for each candidate at each election: what was spent, what is left, and the return."
            ),
            rows=campaigns_for(scope=request.scope),
            columns=(
                Column(
                    key="name",
                    label=_("Name"),
                    value="name",
                    link=lambda one: reverse("money_desk:campaign", args=[one.pk]),
                    sort=("name",),
                ),
                Column(key="area", label=_("Electoral area"), value="area_name", sort=("area_name",)),
                Column(
                    key="type",
                    label=_("Election"),
                    value="get_election_type_display",
                    sort=("election_type",),
                    is_minor=True,
                ),
                Column(key="poll", label=_("Poll"), value="poll_on", sort=("poll_on",)),
                Column(
                    key="agent", label=_("Agent"), value="agent_name", sort=("agent_name",), is_minor=True
                ),
            ),
            search=("name", "area_name", "agent_name"),
            filters=(
                ChoiceFilter(
                    key="type",
                    label=_("Election"),
                    choices=[(str(value), str(label)) for value, label in ElectionType.choices],
                    field="election_type",
                ),
                DateFilter(key="poll", label=_("Poll"), field="poll_on"),
            ),
            order="-poll",
            left_out=""
            if request.scope.is_everything
            else _(
                "Books of other places, and of the whole organisation, are shown to those appointed for them."
            ),
            empty=Empty(
                title=_("No books are kept yet"),
                text=_("Open them as soon as somebody will stand: spending may count before you expect it."),
                actions=(add,),
            ),
            actions=(add,),
            export=Export(file_name="campaigns"),
        ),
    )


@needs(Right.EDIT_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def add_campaign(request: DeskRequest) -> HttpResponseBase:
    """Open the books of a campaign."""
    return _form(request, None)


@needs(Right.EDIT_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_campaign(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Change the facts; limits are worked out again, and the old ones kept."""
    return _form(request, campaign_for(scope=request.scope, pk=pk))


def _form(request: DeskRequest, campaign: Campaign | None) -> HttpResponseBase:
    form = CampaignForm(
        request.POST or None,
        instance=campaign or Campaign(),
        scope=request.scope,
        today=clock().today_in_uk(),
    )
    if request.method == "POST" and form.is_valid():
        try:
            written = open_books(
                campaign=form.described(),
                rooms_with=form.cleaned_data["shares_rooms_with"],
                by=request.user,
                now=clock().now(),
            )
        except Refusal as refusal:
            form.add_error(None, refusal.told(_))
        else:
            messages.success(request, _("Saved. The limit was worked out from the tables."))
            return redirect("money_desk:campaign", pk=written.pk)
    back_url = (
        reverse("money_desk:campaign", args=[campaign.pk]) if campaign else reverse("money_desk:campaigns")
    )
    return render(
        request,
        "desk/grouped_form.html",
        {
            "title": campaign.name if campaign else _("Open books"),
            "icon": "table",
            "form": form,
            "submit_label": _("Save and work out the limit"),
            "cancel_url": back_url,
            "back": Action(label=campaign.name if campaign else _("Campaign books"), url=back_url),
        },
        status=422 if form.is_bound else 200,
    )


@needs(Right.EDIT_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def give_limit(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Enter the limit that the returning officer gave, where our tables have none."""
    campaign = campaign_for(scope=request.scope, pk=pk)
    form = LimitForm(request.POST or None)
    back_url = reverse("money_desk:campaign", args=[pk])
    reason = why_no_limit(campaign=campaign)
    if reason is None:
        messages.info(request, _("Our tables give this limit; there is nothing to enter."))
        return redirect(back_url)
    if request.method == "POST" and form.is_valid():
        try:
            enter_limit(
                campaign=campaign,
                limit_pence=form.cleaned_data["limit"],
                source=form.cleaned_data["source"],
                by=request.user,
                now=clock().now(),
            )
        except Refusal as refusal:
            form.add_error(None, refusal.told(_))
        else:
            return redirect(back_url)
    return render(
        request,
        "desk/form.html",
        {
            "title": _("The limit as the returning officer gave it"),
            "icon": "table",
            "form": form,
            "callouts": [Callout(text=reason.told(_), tone="info")],
            "cancel_url": back_url,
            "back": Action(label=campaign.name, url=back_url),
        },
        status=422 if form.is_bound else 200,
    )
