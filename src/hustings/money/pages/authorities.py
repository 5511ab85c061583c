"""Desk pages of written authorities: give one, end one."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.money.access import authority_for, campaign_for
from hustings.money.pages.small_forms import AuthorityForm, EndForm
from hustings.money.usecases.give_authority import end_authority, give_authority
from hustings.platform.pages.parts import Action
from hustings.platform.words import pounds


@needs(Right.EDIT_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Write down a letter by which the agent let somebody spend."""
    campaign = campaign_for(scope=request.scope, pk=pk)
    form = AuthorityForm(request.POST or None)
    url = reverse("money_desk:campaign", args=[pk])
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            give_authority(
                campaign=campaign,
                kind=given["kind"],
                name=given["name"],
                address=given["address"],
                most_pence=given["most"],
                given_on=given["given_on"],
                evidence=given["evidence"],
                by=request.user,
                now=clock().now(),
            )
        except Refusal as refusal:
            form.add_error(None, refusal.told(_))
        else:
            messages.success(request, _("Written down. Items can be entered under it now."))
            return redirect(url)
    return render(
        request,
        "desk/form.html",
        {
            "title": _("Written authority to spend"),
            "icon": "user",
            "form": form,
            "intro": _(
                "The agent signs a letter first; here it is written down for whom, for what and up to how much."
            ),
            "cancel_url": url,
            "back": Action(label=campaign.name, url=url),
        },
        status=422 if form.is_bound else 200,
    )


@needs(Right.EDIT_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Close an authority; what was spent under it stays."""
    authority = authority_for(scope=request.scope, pk=pk)
    form = EndForm(request.POST or None, initial={"on": clock().today_in_uk()})
    url = reverse("money_desk:campaign", args=[authority.campaign_id])
    if request.method == "POST" and form.is_valid():
        try:
            end_authority(authority=authority, on=form.cleaned_data["on"], by=request.user, now=clock().now())
        except Refusal as refusal:
            form.add_error(None, refusal.told(_))
        else:
            messages.success(request, _("Ended."))
            return redirect(url)
    return render(
        request,
        "desk/form.html",
        {
            "title": _("End the authority of %(name)s") % {"name": authority.name},
            "icon": "user",
            "form": form,
            "intro": _("It was for up to %(most)s.") % {"most": pounds(authority.most_pence)},
            "cancel_url": url,
            "back": Action(label=authority.campaign.name, url=url),
        },
        status=422 if form.is_bound else 200,
    )
