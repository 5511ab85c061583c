"""The desk page of the organisation's own limits."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hustings.accounts.access import NotAllowed, Right
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.basics.clock import clock
from hustings.clearance.models import OwnLimits
from hustings.clearance.pages.forms import LimitsForm
from hustings.clearance.queries.own_limits import limits_in_force
from hustings.clearance.usecases import set_limits
from hustings.platform.pages.parts import Moment


def present_limits() -> dict[str, Any]:
    """What the form begins with: the limits in force, and screened numbers where none were ever set."""
    now_in_force = limits_in_force()
    return {
        "most_contacts": now_in_force.most_contacts,
        "within_days": now_in_force.within_days,
        "needs_verified_email": now_in_force.needs_verified_email,
        "needs_screened_number": now_in_force.needs_screened_number if now_in_force.pk else True,
        "leaves_out_under_16": now_in_force.leaves_out_under_16,
    }


@needs(Right.OVERRIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def own_limits(request: DeskRequest) -> HttpResponseBase:
    """See and set the limits that are stricter than the law; they hold for the whole organisation."""
    if not request.scope.is_everything:
        raise NotAllowed("Limits are set for the whole organisation.")
    kept = list(OwnLimits.objects.select_related("set_by"))
    form = LimitsForm(request.POST or None, initial=present_limits())
    if request.method == "POST" and form.is_valid():
        set_limits(**form.cleaned_data, by=request.user, now=clock().now())
        messages.success(request, _("The new limits hold from now on."))
        return redirect("clearance_desk:limits")
    return render(
        request,
        "clearance/limits.html",
        {
            "title": _("Our own limits"),
            "icon": "warning",
            "intro": _(
                "Stricter than the law, and yours to choose. The gate keeps to them for every marketing "
                "message."
            ),
            "form": form,
            "submit_label": _("Set limits"),
            "moments": [
                Moment(at=one.set_at, title=_in_words(one), text=one.reason, by=str(one.set_by))
                for one in reversed(kept)
            ],
        },
        status=422 if form.is_bound else 200,
    )


def _in_words(limits: OwnLimits) -> str:
    words = []
    if limits.most_contacts is None:
        words.append(_("no limit on how often"))
    else:
        words.append(
            _("at most %(most)d contacts within %(days)d days")
            % {"most": limits.most_contacts, "days": limits.within_days}
        )
    if limits.needs_verified_email:
        words.append(_("confirmed email addresses only"))
    if limits.needs_screened_number:
        words.append(_("screened telephone numbers only"))
    words.append(_("under 16s left out") if limits.leaves_out_under_16 else _("under 16s not left out"))
    return "; ".join(words)
