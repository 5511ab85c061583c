"""Call lists on paper: made and printed on the desk, and keyed in when they come back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hustings.accounts.access import Right, scope_of
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.basics.clock import clock, uk_date
from hustings.basics.refusals import Refusal
from hustings.outreach.phonebank.access import bank_for, sheet_for, sheets_for
from hustings.outreach.phonebank.models import CallSheet, SheetLine
from hustings.outreach.phonebank.pages.forms import CodeForm, DayForm, LineForm, SheetForm
from hustings.outreach.phonebank.queries import held_lines, keyed_tokens, signs_of
from hustings.outreach.phonebank.rules.sheet_code import read_code
from hustings.outreach.phonebank.usecases.answer_call import Said
from hustings.outreach.phonebank.usecases.key_sheet import Keyed, key_sheet
from hustings.outreach.phonebank.usecases.make_sheet import end_sheet, make_sheet
from hustings.outreach.phonebank.usecases.print_sheet import print_sheet
from hustings.platform.pages.parts import Action, Fact


@needs(Right.SEND)
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_new(request: DeskRequest, pk: int) -> HttpResponse:
    """Hold people for a named caller, to be printed."""
    bank = bank_for(scope=request.scope, pk=pk)
    form = SheetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sheet = make_sheet(
                bank=bank,
                for_name=form.cleaned_data["for_name"],
                lines=form.cleaned_data["lines"],
                return_by=form.cleaned_data["return_by"],
                by=request.user,
                now=clock().now(),
            )
        except Refusal as problem:
            form.add_error(None, problem.told(_))
        else:
            return redirect("outreach_desk:sheet", code=sheet.code)
    back = reverse("outreach_desk:phone_bank", args=[bank.pk])
    return render(
        request,
        "desk/form.html",
        {
            "title": _("Print a call list"),
            "subtitle": bank.title,
            "icon": "doc-full",
            "intro": _(
                "For somebody who rings without a screen. The gate is asked about each person before their name is printed."
            ),
            "form": form,
            "submit_label": _("Make the sheet"),
            "cancel_url": back,
            "back": Action(label=bank.title, url=back),
        },
        status=422 if form.errors else 200,
    )


@needs(Right.SEND)
@require_safe
def sheet_detail(request: DeskRequest, code: str) -> HttpResponse:
    """One sheet: for whom, until when, how much of it is back; to be printed, keyed or ended."""
    sheet = sheet_for(scope=request.scope, code=code)
    lines = SheetLine.objects.filter(sheet=sheet)
    held = held_lines(sheet=sheet).count()
    back = reverse("outreach_desk:phone_bank", args=[sheet.bank_id])
    return render(
        request,
        "desk/detail.html",
        {
            "title": _("Sheet %(code)s") % {"code": sheet.code},
            "subtitle": sheet.bank.title,
            "icon": "doc-full",
            "back": Action(label=sheet.bank.title, url=back),
            "facts": [
                Fact(label=_("For"), value=sheet.for_name),
                Fact(label=_("Back, or destroyed, by"), value=sheet.return_by),
                Fact(label=_("Lines"), value=lines.count()),
                Fact(label=_("Keyed in"), value=len(keyed_tokens(sheet=sheet))),
                Fact(label=_("Still held for it"), value=held),
                Fact(label=_("Ended"), value=sheet.returned_at),
            ],
            "actions": [
                Action(
                    label=_("PDF to print"),
                    url=reverse("outreach_desk:sheet_pdf", args=[sheet.code]),
                    icon="download",
                    is_primary=True,
                    is_allowed=held > 0,
                ),
                Action(
                    label=_("Key it in"),
                    url=reverse("outreach_desk:sheet_key", args=[sheet.code]),
                    icon="edit",
                ),
                Action(
                    label=_("It is back or destroyed"),
                    url=reverse("outreach_desk:sheet_end", args=[sheet.code]),
                    is_post=True,
                    is_allowed=sheet.returned_at is None,
                ),
            ],
        },
    )


@needs(Right.SEND)
@require_safe
def sheet_pdf(request: DeskRequest, code: str) -> HttpResponse:
    """The sheet to print."""
    sheet = sheet_for(scope=request.scope, code=code)
    try:
        pdf = print_sheet(sheet=sheet, by=request.user, now=clock().now())
    except Refusal as problem:
        messages.error(request, problem.told(_))
        return redirect("outreach_desk:sheet", code=sheet.code)
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="call-list-{sheet.code}.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


@needs(Right.SEND)
@require_POST
def sheet_end(request: DeskRequest, code: str) -> HttpResponse:
    """The paper is back, or gone: whoever was not rung waits again."""
    sheet = sheet_for(scope=request.scope, code=code)
    freed = end_sheet(sheet=sheet, by=request.user, now=clock().now())
    messages.success(
        request,
        ngettext("One person waits again.", "%(count)s people wait again.", freed) % {"count": freed},
    )
    return redirect("outreach_desk:sheet", code=sheet.code)


@needs(Right.RECORD_CONTACTS)
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_find(request: DeskRequest) -> HttpResponse:
    """Find a sheet that came back by its code."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        entered = form.cleaned_data["code"]
        try:
            code = read_code(entered=entered)
        except Refusal as problem:
            form.add_error("code", problem.told(_))
        else:
            if sheets_for(scope=request.scope).filter(code=code).exists():
                return redirect("outreach_desk:sheet_key", code=code)
            form.add_error("code", _("No sheet of yours has this code. Look again, letter by letter."))
    runs_banks = not scope_of(user=request.user, right=Right.SEND, on=clock().today_in_uk()).is_empty
    banks = Action(label=_("Phone banks"), url=reverse("outreach_desk:phone_banks"))
    return render(
        request,
        "desk/form.html",
        {
            "title": _("Key in a call list"),
            "icon": "edit",
            "form": form,
            "submit_label": _("Find it"),
            # Whoever only rings may key sheets in, and has no list of phone banks to go back to.
            **({"back": banks, "cancel_url": banks.url} if runs_banks else {}),
        },
        status=422 if form.errors else 200,
    )


@needs(Right.RECORD_CONTACTS)
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_key(request: DeskRequest, code: str) -> HttpResponse:
    """All lines of a sheet on one page. What is right is kept; a faulty line keeps what was typed, and says what is wrong."""
    sheet = sheet_for(scope=request.scope, code=code)
    now = clock().now()
    done = keyed_tokens(sheet=sheet)
    data = request.POST or None
    day = DayForm(data, initial={"rung_on": uk_date(now)})
    signs, asks = signs_of(sheet=sheet), sheet.bank.asks_intention
    rows: list[tuple[SheetLine, bool, LineForm | None]] = []
    for line in sheet.lines.select_related("call__person"):
        is_done = line.token in done
        prefix = f"line{line.number}"
        form = None if is_done else LineForm(data, prefix=prefix, signs=signs, asks_intention=asks)
        rows.append((line, is_done, form))
    if data is not None:
        are_right = [form.is_valid() for _line, _done, form in rows if form is not None]
        if day.is_valid():
            keyed = _keep(request, sheet, day, rows)
            if keyed is not None and not keyed.refused and all(are_right):
                return redirect("outreach_desk:sheet_key", code=sheet.code)
            kept = keyed.kept if keyed else {}
            rows = [
                (line, is_done or line.number in kept, None if line.number in kept else form)
                for line, is_done, form in rows
            ]
    has_faults = day.errors or any(form.errors for _line, _done, form in rows if form is not None)
    return render(
        request,
        "outreach/phonebank/key.html",
        {
            "title": _("Sheet %(code)s") % {"code": sheet.code},
            "subtitle": f"{sheet.bank.title}, {sheet.for_name}",
            "icon": "edit",
            "back": Action(label=_("Key in a call list"), url=reverse("outreach_desk:sheet_find")),
            "sheet": sheet,
            "day": day,
            "rows": rows,
            "has_faults": has_faults,
            "are_all_done": all(is_done for _line, is_done, _form in rows),
        },
        status=422 if has_faults else 200,
    )


def _keep(
    request: DeskRequest, sheet: CallSheet, day: DayForm, rows: list[tuple[SheetLine, bool, LineForm | None]]
) -> Keyed | None:
    """Keep the lines that are right; the faults of the others are told at the line. None where the day is wrong."""
    said: dict[int, Said] = {}
    for line, _is_done, form in rows:
        if form is not None and form.is_valid() and form.is_rung:
            said[line.number] = form.said(election_id=sheet.bank.election_id or "")
    try:
        keyed = key_sheet(sheet=sheet, rung_on=day.day(), lines=said, by=request.user, now=clock().now())
    except Refusal as problem:
        day.add_error("rung_on", problem.told(_))
        return None
    for line, _is_done, form in rows:
        if form is not None and line.number in keyed.refused:
            form.refuse(keyed.refused[line.number])
    fresh = sum(answered.is_new for answered in keyed.kept.values())
    if fresh:
        messages.success(
            request, ngettext("One line was kept.", "%(count)s lines were kept.", fresh) % {"count": fresh}
        )
    elif not keyed.refused:
        messages.info(request, _("Nothing new stands on these lines."))
    for number, answered in sorted(keyed.kept.items()):
        for refused in answered.not_kept:
            messages.warning(
                request, _("Line %(number)s: %(why)s") % {"number": number, "why": refused.told(_)}
            )
    return keyed
