"""Desk pages of the files that show a gift: add one, take one out."""

from django.contrib import messages
from django.core.files import File
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hustings.accounts.access import Right
from hustings.accounts.models import User
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.basics.clock import clock
from hustings.money.access import gift_evidence_for, gift_for
from hustings.money.models import Gift, GiftEvidence
from hustings.money.pages.gift_words import donor_name, pounds
from hustings.money.pages.items import download
from hustings.money.pages.small_forms import GiftEvidenceForm
from hustings.money.usecases.add_evidence import LARGEST_FILE, NotEvidence, add_gift_evidence
from hustings.platform.pages.parts import Action


@needs(Right.EDIT_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def attach(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Keep a file with a gift."""
    gift = gift_for(scope=request.scope, pk=pk)
    form = GiftEvidenceForm(request.POST or None, request.FILES or None)
    url = reverse("money_desk:gift", args=[pk])
    if request.method == "POST" and form.is_valid():
        try:
            keep_file(gift=gift, file=form.cleaned_data["file"], by=request.user)
        except NotEvidence as refusal:
            form.add_error("file", refusal.told(_))
        else:
            messages.success(request, _("The file is kept with the gift."))
            return redirect(url)
    return render(
        request,
        "desk/form.html",
        {
            "title": _("Add a file to a gift"),
            "icon": "upload",
            "subtitle": _("%(amount)s from %(donor)s")
            % {"amount": pounds(gift.amount_pence), "donor": donor_name(gift)},
            "form": form,
            "submit_label": _("Keep the file"),
            "cancel_url": url,
            "back": Action(label=_("The gift"), url=url),
        },
        status=422 if form.is_bound else 200,
    )


def keep_file(*, gift: Gift, file: File[bytes], by: User) -> GiftEvidence:
    """Keep an uploaded file; one over the limit is refused by its size, without reading more than that.

    Raises `NotEvidence`.
    """
    return add_gift_evidence(
        gift=gift,
        name=file.name or "",
        content=file.read(LARGEST_FILE + 1),
        by=by,
        now=clock().now(),
    )


@needs(Right.SEE_MONEY)
@require_safe
def evidence_file(request: DeskRequest, pk: int) -> HttpResponse:
    """A file of a gift as it was uploaded; as a file and never in the page."""
    kept = gift_evidence_for(scope=request.scope, pk=pk)
    return download(content=bytes(kept.content), media_type=kept.media_type, name=kept.name)
