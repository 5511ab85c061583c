"""The desk page of proposed rules: each with what it says, how certain it is, and its switch."""

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, may, needs
from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.money.pages.gift_forms import ReasonForm
from hustings.money.queries.pending import proposed_rules
from hustings.money.usecases.switch_pending_rule import switch_pending_rule
from hustings.platform.pages.parts import Action, Callout, Fact


@needs(Right.SEE_MONEY)
@require_safe
def proposed_page(request: DeskRequest) -> HttpResponseBase:
    """Every proposed rule, off unless somebody switched it on."""
    return render(
        request,
        "money/proposed.html",
        {
            "title": _("Proposed rules about donations"),
            "icon": "time",
            "back": Action(label=_("Gifts"), url=reverse("money_desk:gifts")),
            "callouts": [
                Callout(
                    text=_(
                        "Whether any of these has become law is not known here. Each is off until somebody switches it on; then "
                        "it asks "
                        "and warns, and never refuses."
                    ),
                    tone="warn",
                )
            ],
            "rules": proposed_rules(),
            "may_switch": may(request, Right.EDIT_MONEY) and request.scope.is_everything,
        },
    )


@needs(Right.EDIT_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def switch(request: DeskRequest, key: str) -> HttpResponseBase:
    """Switch one rule, with a reason."""
    rule = next((one for one in proposed_rules() if one.key == key), None)
    if rule is None:
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            switch_pending_rule(
                key=key,
                is_on=not rule.is_on,
                reason=form.cleaned_data["reason"],
                by=request.user,
                now=clock().now(),
            )
        except Refusal as refusal:
            form.add_error(None, refusal.told(_))
        else:
            messages.success(request, _("Switched off.") if rule.is_on else _("Switched on."))
            return redirect("money_desk:proposed")
    return render(
        request,
        "desk/confirm.html",
        {
            "title": _("Switch a proposed rule off") if rule.is_on else _("Switch a proposed rule on"),
            "icon": "time",
            "question": rule.entry.text("says"),
            "facts": [
                Fact(label=_("Source"), value=rule.entry.source),
                Fact(label=_("How certain"), value=rule.entry.status, note=rule.entry.note),
            ],
            "form": form,
            "confirm_label": _("Switch off") if rule.is_on else _("Switch on"),
            "is_danger": False,
            "cancel_url": reverse("money_desk:proposed"),
        },
        status=422 if form.is_bound else 200,
    )
