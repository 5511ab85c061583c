"""Sending domains on the desk: whether mailbox providers will accept our mail, and what to do where they will not."""

from django import forms
from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, may, needs
from hustings.basics.clock import clock
from hustings.platform.pages.listing import Column, Export, Listing, list_page
from hustings.platform.pages.parts import Action, Badge, Callout, Empty, Fact, Tone
from hustings.postroom.models import SendingDomainCheck
from hustings.postroom.usecases.check_sending_domain import NotADomain, advice, check_sending_domain

_TONES: dict[str, Tone] = {"good": "good", "warn": "warn", "bad": "bad"}
_TITLES = {"spf": "SPF", "dkim": "DKIM", "dmarc": "DMARC"}


class DomainForm(forms.Form):
    """Which domain to check, and under which DKIM selectors."""

    domain = forms.CharField(
        label=gettext_lazy("Domain"),
        help_text=gettext_lazy("The part of your sending address after the @."),
        max_length=253,
    )
    selectors = forms.CharField(
        label=gettext_lazy("DKIM selectors"),
        help_text=gettext_lazy(
            "As your mail provider names them, with commas between. Leave empty to try the usual ones."
        ),
        max_length=200,
        required=False,
    )


@needs(Right.SEE_OUTBOX)
def domain_list(request: DeskRequest) -> HttpResponseBase:
    """The checks made so far, and a form for the next. Domains are the organisation's, so every login sees them all."""
    form = DomainForm(
        request.POST or None, initial={"domain": settings.HUSTINGS_MAIL_FROM.rpartition("@")[2]}
    )
    if request.method == "POST" and may(request, Right.SEND) and form.is_valid():
        selectors = [word.strip() for word in form.cleaned_data["selectors"].split(",") if word.strip()]
        try:
            found = check_sending_domain(
                domain=form.cleaned_data["domain"], now=clock().now(), selectors=selectors
            )
        except NotADomain as fault:
            form.add_error("domain", str(fault))
        else:
            return redirect("postroom_desk:domain", pk=found.pk)
    listing = Listing(
        title=_("Sending domains"),
        icon="globe",
        intro=_(
            "Mailbox providers refuse or hide mail whose domain does not say who may send for it. Check before a first mailing "
            "and once a month."
        ),
        rows=SendingDomainCheck.objects.all(),
        columns=(
            Column(
                key="domain", label=_("Domain"), value="domain", sort=("domain",),
                link=lambda row: reverse("postroom_desk:domain", args=[row.pk]),
            ),
            Column(key="ready", label=_("Result"), value=_result, sort=("is_ready",), export="is_ready"),
            Column(key="at", label=_("Checked"), value="at", sort=("at",)),
        ),
        order="-at",
        empty=Empty(title=_("No domain was checked yet"), text=_("Enter yours below; it takes some seconds.")),
        export=Export(file_name="sending-domains"),
        back=Action(label=_("Outbox"), url=reverse("postroom_desk:outbox")),
    )  # fmt: skip
    may_check = may(request, Right.SEND)
    return list_page(
        request, listing, template="postroom/desk/domains.html", form=form if may_check else None
    )


@needs(Right.SEE_OUTBOX)
def domain(request: DeskRequest, pk: int) -> HttpResponse:
    """One check: each finding with its advice and the record it is about."""
    check = get_object_or_404(SendingDomainCheck, pk=pk)
    callouts = [
        Callout(title=_TITLES[row["check"]], text=row["sentence"], tone=_TONES[row["level"]])
        for row in advice(check=check)
    ]
    facts = [
        Fact(label=_("Checked"), value=check.at),
        Fact(label=_("DKIM selectors tried"), value=", ".join(check.selectors)),
        *(
            Fact(label=_("Record (%(kind)s)") % {"kind": _TITLES[row["check"]]}, value=row["record"])
            for row in advice(check=check)
            if row["record"]
        ),
    ]
    summary = (
        Callout(title=check.domain, text=_("Ready for bulk mail."), tone="good")
        if check.is_ready
        else Callout(
            title=check.domain, text=_("Not ready for bulk mail: follow the advice in red."), tone="bad"
        )
    )
    context = {
        "title": check.domain,
        "icon": "globe",
        "back": Action(label=_("Sending domains"), url=reverse("postroom_desk:domains")),
        "callouts": [summary, *callouts],
        "facts": facts,
    }
    return render(request, "desk/detail.html", context)


def _result(check: SendingDomainCheck) -> Badge:
    return Badge(text=_("ready"), tone="good") if check.is_ready else Badge(text=_("not ready"), tone="bad")
