"""Phone banks in the desk: the list, writing one, one bank with its figures, and its results as CSV."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.outreach.phonebank.access import bank_for, banks_for
from hustings.outreach.phonebank.models import BankState
from hustings.outreach.phonebank.pages.forms import BankForm
from hustings.outreach.phonebank.pages.overview import overview, progress_bar, state_badge
from hustings.outreach.phonebank.queries import result_rows
from hustings.outreach.phonebank.usecases.save_bank import save_bank
from hustings.platform import audit
from hustings.platform.pages.listing import ChoiceFilter, Column, Export, Listing, csv_lines, list_page
from hustings.platform.pages.parts import Action, Empty


@needs(Right.SEND)
@require_safe
def bank_list(request: DeskRequest) -> HttpResponseBase:
    """Every phone bank of the places the login looks after."""
    new = Action(
        label=_("New phone bank"), url=reverse("outreach_desk:phone_bank_new"), icon="plus", is_primary=True
    )
    key = Action(label=_("Key in a call list"), url=reverse("outreach_desk:sheet_find"), icon="edit")
    return list_page(
        request,
        Listing(
            title=_("Phone banks"),
            icon="mobile-alt",
            rows=banks_for(scope=request.scope),
            columns=(
                Column(
                    key="title",
                    label=_("Phone bank"),
                    value="title",
                    sort=("title",),
                    link=lambda bank: reverse("outreach_desk:phone_bank", args=[bank.pk]),
                ),
                Column(key="state", label=_("State"), value=state_badge, sort=("state",)),
                Column(key="place", label=_("Place"), value="area.name", sort=("area__name",)),
                Column(key="audience", label=_("Audience"), value="audience.name", is_minor=True),
                Column(
                    key="cleared",
                    label=_("Cleared"),
                    value="clearance.cleared",
                    is_number=True,
                    sort=("clearance__cleared",),
                ),
                Column(key="opened", label=_("Opened"), value="opened_at", sort=("opened_at",)),
                Column(key="made", label=_("Written"), value="made_at", sort=("made_at",), is_minor=True),
            ),
            search=("title",),
            filters=(
                ChoiceFilter(
                    key="state",
                    label=_("State"),
                    choices=[(state.value, str(state.label)) for state in BankState],
                    field="state",
                ),
            ),
            order="-made",
            left_out="" if request.scope.is_everything else _("Phone banks of places you do not look after."),
            empty=Empty(
                title=_("Nobody has been rung yet"),
                text=_(
                    "A phone bank gives volunteers one person at a time to ring, never two of them the same, in decent hours. "
                    "The gate is asked about everybody before, and again about each."
                ),
                actions=(new,),
            ),
            actions=(new, key),
            export=Export(file_name="phone-banks"),
        ),
    )


@needs(Right.SEND)
@require_http_methods(["GET", "HEAD", "POST"])
def bank_edit(request: DeskRequest, pk: int | None = None) -> HttpResponse:
    """Write a phone bank, or change one that is not closed."""
    bank = None if pk is None else bank_for(scope=request.scope, pk=pk)
    if bank is not None and bank.state == BankState.CLOSED:
        return redirect("outreach_desk:phone_bank", pk=bank.pk)
    form = BankForm(
        request.POST or None,
        scope=request.scope,
        bank=bank,
        **({} if bank else {"initial": {"audience": request.GET.get("audience", "")}}),
    )
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_bank(
                title=form.cleaned_data["title"],
                subject=form.subject(),
                plan=form.plan(),
                by=request.user,
                now=clock().now(),
                bank=bank,
            )
        except Refusal as problem:
            form.add_error(None, problem.told(_))
        else:
            messages.success(request, _("The phone bank was saved."))
            return redirect("outreach_desk:phone_bank", pk=saved.pk)
    cancel = (
        reverse("outreach_desk:phone_bank", args=[bank.pk]) if bank else reverse("outreach_desk:phone_banks")
    )
    return render(
        request,
        "desk/form.html",
        {
            "title": _("Change the phone bank") if bank else _("New phone bank"),
            "icon": "mobile-alt",
            "form": form,
            "submit_label": _("Save"),
            "cancel_url": cancel,
            "back": Action(label=bank.title if bank else _("Phone banks"), url=cancel),
        },
        status=422 if form.errors else 200,
    )


@needs(Right.SEND)
@require_safe
def bank_detail(request: DeskRequest, pk: int) -> HttpResponse:
    """One phone bank: whom it rings, what the gate says or said, how far it is, who rings."""
    bank = bank_for(scope=request.scope, pk=pk)
    return render(
        request,
        "outreach/phonebank/detail.html",
        {
            "title": bank.title,
            "icon": "mobile-alt",
            "back": Action(label=_("Phone banks"), url=reverse("outreach_desk:phone_banks")),
            "bank": bank,
            "refresh_seconds": 15 if bank.state == BankState.OPEN else 0,
            **overview(bank=bank, request=request, now=clock().now()),
        },
    )


@needs(Right.SEND)
@require_safe
def bank_progress(request: DeskRequest, pk: int) -> HttpResponse:
    """The progress bar alone, which refreshes itself; once nothing moves, the whole page is asked for again."""
    bar = progress_bar(bank=bank_for(scope=request.scope, pk=pk))
    if bar is None or not bar.is_running:
        answer = HttpResponse(status=204)
        answer["HX-Refresh"] = "true"
        return answer
    return render(request, "desk/parts/progress.html", {"bar": bar})


@needs(Right.SEND)
@require_safe
def bank_csv(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Everybody with what came of them, or the gate's reason; noted in the audit log before the first row goes out."""
    bank = bank_for(scope=request.scope, pk=pk)
    audit.record(
        now=clock().now(),
        actor=request.user,
        verb="phone bank exported",
        subject_type="outreach.PhoneBank",
        subject_id=bank.pk,
        area_code=bank.area_id or "",
    )
    names = ("person", "name", "ward", "state", "result", "tries", "reason")
    columns = (
        *(Column(key=name, label=name, value=name) for name in names),
        Column(key="agreed", label="agreed", value=lambda row: " ".join(row.agreed)),
        Column(key="cleared", label="cleared", value=lambda row: "yes" if row.cleared else "no"),
        Column(key="verdict", label="verdict", value=lambda row: _(row.verdict) if row.verdict else ""),
    )
    return StreamingHttpResponse(
        csv_lines(columns=columns, rows=result_rows(bank=bank)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="phone-bank-{bank.pk}.csv"'},
    )
