"""Cases that nobody looks after, for the officer who may take them over. Nothing of what is in them is shown before."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.platform.pages.listing import Column, Listing, list_page
from hustings.platform.pages.parts import Action, Badge, Callout, Empty
from hustings.support.models import Case
from hustings.support.pages.case_forms import TakeOverForm
from hustings.support.pages.desk_cases import call_999, due_badge
from hustings.support.queries.left_alone import cases_left_alone
from hustings.support.usecases.take_over_case import take_over_case


def _why(row: Case) -> Badge:
    if row.able_members:  # type: ignore[attr-defined]  # an annotation of the query
        return Badge(text=_("a step is overdue by more than an hour"), tone="bad")
    return Badge(text=_("nobody is left on its team"), tone="bad")


@needs(Right.TAKE_OVER_CASES)
@require_safe
def left_alone_list(request: DeskRequest) -> HttpResponseBase:
    """Numbers and clocks of cases whose team is empty or away."""
    now = clock().now()
    return list_page(
        request,
        Listing(
            title=_("Cases that nobody looks after"),
            icon="help",
            intro=_("Open one to take it over: say why, and you are on its team. Until then you see its number and clock alone."),
            rows=cases_left_alone(scope=request.scope, now=now),
            columns=(
                Column(
                    key="case", label=_("Case"), value=lambda row: _("Case %(number)s") % {"number": row.pk},
                    link=lambda row: reverse("support_desk:take_over", args=[row.pk]),
                ),
                Column(key="why", label=_("Why"), value=_why),
                Column(key="due", label=_("Next step"), value=lambda row: due_badge(case=row)),
                Column(key="opened", label=_("Opened"), value="opened_at", sort=("opened_at",), is_minor=True),
                Column(key="delete", label=_("Deleted on"), value="delete_on", sort=("delete_on",), is_minor=True),
            ),
            order="-opened",
            left_out=_("Cases whose team looks after them. What a case says is shown to its team alone."),
            empty=Empty(
                title=_("Every case is looked after"),
                text=_("A case stands here when nobody is left on its team, or when a step is overdue by more than an hour."),
            ),
            back=Action(label=_("Cases"), url=reverse("support_desk:cases")),
            callouts=(call_999(),),
        ),
    )  # fmt: skip


@needs(Right.TAKE_OVER_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def take_over(request: DeskRequest, pk: int) -> HttpResponse:
    """Give the reason, and be on the team."""
    now = clock().now()
    if not cases_left_alone(scope=request.scope, now=now).filter(pk=pk).exists():
        raise Http404
    form = TakeOverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            take_over_case(case_id=pk, reason=form.cleaned_data["reason"], by=request.user, now=now)
        except Refusal as fault:
            form.add_error("reason", fault.told(_))
        else:
            messages.success(request, _("You are on the team now. Set the next step first."))
            return redirect("support_desk:case", pk)
    told = Callout(
        text=_("Your name, the moment and your reason are kept in the case, and its team is told. Look at it only to help."),
        tone="warn",
    )  # fmt: skip
    return render(
        request,
        "desk/form.html",
        {
            "title": _("Take over case %(number)s") % {"number": pk},
            "icon": "help",
            "back": Action(
                label=_("Cases that nobody looks after"), url=reverse("support_desk:cases_left_alone")
            ),
            "callouts": [call_999(), told],
            "form": form,
            "submit_label": _("Take it over"),
            "cancel_url": reverse("support_desk:cases_left_alone"),
        },
        status=422 if form.errors else 200,
    )
