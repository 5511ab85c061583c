"""`hustings money expense`: write an item down or correct it, its bills and receipts, and take it back."""

from pathlib import Path
from typing import Annotated

import typer

from hustings.accounts.access import Scope
from hustings.accounts.commands import done_now, fetched
from hustings.basics.clock import clock
from hustings.basics.money import format_pence
from hustings.money.access import expense_for, first_campaign
from hustings.money.books_commands import ByOption, JsonOption, keeper, kept_books
from hustings.money.gift_commands import content_of
from hustings.money.models import (
    Category,
    ClaimEventKind,
    ExclusionReason,
    Expense,
    ExpenseKind,
    IncurredBy,
)
from hustings.money.pages.expense_form import ExpenseForm, initial_of
from hustings.money.pages.small_forms import ClaimForm
from hustings.money.queries.books import items_of
from hustings.money.queries.open_tasks import is_paid_late
from hustings.money.usecases.add_evidence import add_evidence
from hustings.money.usecases.cancel_expense import cancel_expense
from hustings.money.usecases.record_expense import record_expense
from hustings.money.usecases.settle_claim import settle_claim
from hustings.platform.commands import checked, print_json, refuse

app = typer.Typer(no_args_is_help=True, help="Items of a campaign: record, correct, settle, take back.")

ItemArgument = Annotated[
    int, typer.Argument(help="The item's number, as `hustings money expenses` shows it.")
]


@app.command("record")
def record(
    by: ByOption,
    campaign: Annotated[
        int | None, typer.Argument(help="The campaign's number; left out where an item is corrected.")
    ] = None,
    replaces: Annotated[
        int | None, typer.Option(help="The number of the item that this corrects; needs --reason.")
    ] = None,
    reason: Annotated[str | None, typer.Option(help="Why it is corrected.")] = None,
    what: Annotated[str | None, typer.Option(help="What it is, as 5,000 leaflets.")] = None,
    category: Annotated[str | None, typer.Option(help=f"One of {', '.join(Category.values)}.")] = None,
    kind: Annotated[
        str | None, typer.Option(help=f"How you got it: {', '.join(ExpenseKind.values)}.")
    ] = None,
    amount: Annotated[
        str | None, typer.Option(help="What was or will be paid with VAT, in pounds; 0 for what was free.")
    ] = None,
    supplier: Annotated[str | None, typer.Option(help="From whom.")] = None,
    supplier_address: Annotated[str | None, typer.Option(help="The supplier's address.")] = None,
    private: Annotated[
        bool | None, typer.Option("--private/--business", help="Whether the supplier is a private person.")
    ] = None,
    ordered_on: Annotated[
        str | None, typer.Option(help="The day you were bound to pay, as 2026-04-01; left out: only a plan.")
    ] = None,
    first_use: Annotated[str | None, typer.Option(help="Day of its first use.")] = None,
    last_use: Annotated[str | None, typer.Option(help="Day of its last use.")] = None,
    time_part: Annotated[
        str | None, typer.Option(help="Use in the period, if not even by days, as “4 of 6”.")
    ] = None,
    time_note: Annotated[str | None, typer.Option(help="Honest assessment of the time.")] = None,
    shared_with: Annotated[
        list[int] | None, typer.Option(help="A campaign that shares it equally; once for each.")
    ] = None,
    area_part: Annotated[str | None, typer.Option(help="Part for this area, as “3 of 4”.")] = None,
    party_part: Annotated[str | None, typer.Option(help="Part about the candidates, as “1 of 2”.")] = None,
    assessment: Annotated[str | None, typer.Option(help="Honest assessment of the split.")] = None,
    value: Annotated[str | None, typer.Option(help="Of a gift: what anybody else would have paid.")] = None,
    for_campaign: Annotated[
        bool | None, typer.Option(help="Of a gift: given for the campaign's use or benefit.")
    ] = None,
    used: Annotated[bool | None, typer.Option(help="Of a gift: it was used.")] = None,
    directed: Annotated[
        bool | None, typer.Option(help="Of a gift: candidate or agent directed or encouraged its use.")
    ] = None,
    would_count: Annotated[
        bool | None, typer.Option(help="Of a gift: an election expense, had it been paid for.")
    ] = None,
    incurred_by: Annotated[
        str | None, typer.Option(help=f"Ordered by: {', '.join(IncurredBy.values)}.")
    ] = None,
    authority: Annotated[
        int | None, typer.Option(help="The number of the written authority it was ordered under.")
    ] = None,
    excluded_for: Annotated[
        str | None, typer.Option(help=f"Does not count because of: {', '.join(ExclusionReason.values)}.")
    ] = None,
    seen_warning: Annotated[
        bool, typer.Option("--seen-warning", help="You have read the warning and want it all the same.")
    ] = False,
    override: Annotated[str, typer.Option(help="The agent's reason for going above the limit.")] = "",
    is_json: JsonOption = False,
) -> None:
    """Write an item down, after asking every limit it touches; with --replaces it corrects one, and what is left out stays."""
    user, scope = keeper(email=by)
    corrects = None if replaces is None else _item(scope, replaces)
    if corrects is not None:
        books = first_campaign(expense=corrects, scope=scope)
    elif campaign is not None:
        books = kept_books(scope=scope, number=campaign)
    else:
        raise typer.BadParameter("Give the campaign's number, or --replaces.")
    given = {
        "what": what,
        "category": category,
        "kind": kind,
        "amount": amount,
        "supplier_name": supplier,
        "supplier_address": supplier_address,
        "is_supplier_private": private,
        "committed_on": ordered_on,
        "first_use_on": first_use,
        "last_use_on": last_use,
        "time_part": time_part,
        "time_note": time_note,
        "shared_with": shared_with or None,
        "area_part": area_part,
        "party_part": party_part,
        "assessment": assessment,
        "value": value,
        "is_for_campaign": for_campaign,
        "is_used": used,
        "is_directed": directed,
        "would_be_expense": would_count,
        "incurred_by": incurred_by,
        "authority": authority,
        "excluded_for": excluded_for,
        "correction_reason": reason,
    }
    initial = initial_of(expense=corrects, campaign=books) if corrects else None
    form = checked(ExpenseForm, given=given, campaign=books, scope=scope, corrects=corrects, initial=initial)
    written = done_now(
        record_expense,
        facts=form.facts(),
        sharing=form.sharing(),
        by=user,
        has_seen_warning=seen_warning,
        override_reason=override,
        replaces=corrects,
        correction_reason=form.cleaned_data.get("correction_reason", ""),
    )
    item = next(one for one in items_of(campaign=books) if one.expense.pk == written.pk)
    if is_json:
        print_json(
            {
                "item": written.pk,
                "campaign": books.pk,
                "full_pence": written.value_pence,
                "share_pence": item.share.share_pence,
                "counts_pence": item.counts_pence,
                "planned_pence": item.planned_pence,
                "why": str(item.split.said),
            }
        )
        return
    counts = format_pence(item.counts_pence or item.planned_pence)
    typer.echo(f"Item {written.pk} is written down: {counts} for {books.name}. {item.split.said}")


@app.command("settle")
def settle(
    item: ItemArgument,
    kind: Annotated[str, typer.Argument(help=f"What happened: {', '.join(ClaimEventKind.values)}.")],
    by: ByOption,
    on: Annotated[str | None, typer.Option(help="Day of it; today where it is left out.")] = None,
    amount: Annotated[
        str | None, typer.Option(help="In pounds with VAT; the whole bill where it is left out.")
    ] = None,
    payer: Annotated[str | None, typer.Option(help=f"Paid by: {', '.join(IncurredBy.values)}.")] = None,
    note: Annotated[str | None, typer.Option(help="Of a dispute: what is disputed, and why.")] = None,
    is_json: JsonOption = False,
) -> None:
    """Write down an invoice, a payment, a dispute or its end."""
    user, scope = keeper(email=by)
    expense = _item(scope, item)
    form = checked(
        ClaimForm,
        given={"kind": kind, "on": on, "amount": amount, "payer": payer, "note": note},
        initial={"amount": expense.amount_pence, "on": clock().today_in_uk()},
    )
    values = form.cleaned_data
    done = done_now(
        settle_claim,
        expense=expense,
        kind=values["kind"],
        on=values["on"],
        amount_pence=values["amount"],
        payer=values["payer"],
        note=values["note"],
        by=user,
    )
    is_late = done.kind == ClaimEventKind.PAID and is_paid_late(expense=expense, on=done.on)
    if is_json:
        print_json(
            {
                "item": expense.pk,
                "kind": done.kind,
                "on": done.on,
                "amount_pence": done.amount_pence,
                "is_late": is_late,
            }
        )
        return
    typer.echo(f"{expense.what}: {done.get_kind_display()}, {format_pence(done.amount_pence)}, {done.on}.")
    if is_late:
        typer.echo(
            "That payment came after the last day for paying invoices. Late payment needs leave: ask the returning officer, and "
            "keep the order with the receipt."
        )


@app.command("attach")
def attach(
    item: ItemArgument,
    file: Annotated[list[Path], typer.Argument(help="An invoice or receipt: a PDF or a picture.")],
    by: ByOption,
    is_json: JsonOption = False,
) -> None:
    """Keep invoices, receipts or pictures with an item."""
    user, scope = keeper(email=by)
    expense = _item(scope, item)
    kept = [
        done_now(add_evidence, expense=expense, name=path.name, content=content_of(path), by=user)
        for path in file
    ]
    if is_json:
        print_json([{"item": expense.pk, "name": one.name, "sha256": one.sha256} for one in kept])
        return
    for one in kept:
        typer.echo(f"{one.name} is kept with “{expense.what}”.")


@app.command("cancel")
def cancel(
    item: ItemArgument,
    reason: Annotated[
        str, typer.Option(help="Why: it was never ordered, or is written down twice. It is kept.")
    ],
    by: ByOption,
    is_json: JsonOption = False,
) -> None:
    """Take an item back; its row and the reason stay."""
    user, scope = keeper(email=by)
    row = done_now(cancel_expense, expense=_item(scope, item), reason=reason, by=user)
    if is_json:
        print_json({"item": row.pk, "replaces": row.replaces_id, "is_cancelled": row.is_cancelled})
    else:
        typer.echo(f"“{row.what}” is taken back; it no longer counts.")


def _item(scope: Scope, number: int) -> Expense:
    """The row of an item that stands, by its number."""
    sentence = (
        f"There is no item {number} in the books of this login. “hustings money expenses” lists a campaign's."
    )
    expense = fetched(expense_for, scope=scope, pk=number, missing=sentence)
    newer = Expense.objects.filter(replaces=expense).first()
    if newer is not None:
        raise refuse(f"Item {number} was corrected: the row that stands is {newer.pk}.")
    return expense
