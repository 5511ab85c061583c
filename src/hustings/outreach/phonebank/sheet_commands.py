"""Call lists on paper on the command line: made and printed, keyed in from a file when they come back, and ended."""

from pathlib import Path
from typing import Annotated, Any

import typer
from django import forms

from hustings.accounts.access import Right, scope_of
from hustings.accounts.commands import acting_login, done_now
from hustings.accounts.models import User
from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.outreach.conversations.commands import keyed_rows, print_blank, tell_keyed
from hustings.outreach.phonebank.access import banks_for, sheets_for
from hustings.outreach.phonebank.models import CallSheet, PhoneBank
from hustings.outreach.phonebank.pages.forms import LineForm
from hustings.outreach.phonebank.queries import SheetSigns, keyed_tokens, signs_of
from hustings.outreach.phonebank.rules.sheet_code import read_code
from hustings.outreach.phonebank.usecases.answer_call import Said
from hustings.outreach.phonebank.usecases.key_sheet import key_sheet
from hustings.outreach.phonebank.usecases.make_sheet import end_sheet, make_sheet
from hustings.outreach.phonebank.usecases.print_sheet import print_sheet
from hustings.platform.commands import day_given, print_json, refuse

Json = Annotated[bool, typer.Option("--json", help="Print as JSON.")]
By = Annotated[str, typer.Option(help="The email address of the login that acts; it must hold the right.")]
Code = Annotated[str, typer.Argument(help="The code at the top right of the sheet.")]
Out = Annotated[Path, typer.Option(help="Where to write the PDF.")]


def sheet(
    bank: Annotated[int, typer.Argument(help="The phone bank's number, from `hustings phonebanks list`.")],
    by: By,
    for_name: Annotated[str, typer.Option("--for", help="Who rings from the sheet.")],
    return_by: Annotated[str, typer.Option(help="The day by which it is back or destroyed, as 2026-05-07.")],
    out: Out,
    lines: Annotated[int, typer.Option(help="How many people.")] = 20,
    is_json: Json = False,
) -> None:
    """Hold people for a named caller, and write their call list as a PDF."""
    user, day = acting_login(email=by), day_given(text=return_by, option="--return-by")
    made = done_now(
        make_sheet, bank=_bank(bank, user), for_name=for_name, lines=lines, return_by=day, by=user
    )
    _write(made, user, out, is_json)


def print_again(code: Code, by: By, out: Out, is_json: Json = False) -> None:
    """Write the PDF of a call list once more, with those whom it still holds."""
    user = acting_login(email=by)
    _write(_sheet(code, user, Right.SEND), user, out, is_json)


def key(
    code: Code,
    by: By,
    file: Annotated[
        Path | None,
        typer.Argument(
            help="A CSV file or spreadsheet with the columns line and result, and any of vote, issues, agreed (signs as on the "
            "paper), email, mobile and wish. Left out: the lines not keyed yet are printed as CSV, to be filled in."
        ),
    ] = None,
    on: Annotated[str, typer.Option(help="The day of the calls, as 2026-05-07.")] = "",
    is_json: Json = False,
) -> None:
    """Key in a call list. Each line counts once, so a mended file is sent again as a whole; exit code 1 if a line was refused."""
    user = acting_login(email=by)
    wanted = _sheet(code, user, Right.RECORD_CONTACTS)
    signs = signs_of(sheet=wanted)
    if file is None:
        _print_lines(wanted, signs)
        return
    if not on:
        raise typer.BadParameter("Give the day of the calls: --on 2026-05-07.")
    said, faults = _read(wanted, signs, file)
    keyed = done_now(key_sheet, sheet=wanted, rung_on=day_given(text=on, option="--on"), lines=said, by=user)
    fresh = sum(answered.is_new for answered in keyed.kept.values())
    tell_keyed(
        kept=fresh,
        kept_before=len(keyed.kept) - fresh,
        refused=[*faults, *((number, str(problem)) for number, problem in keyed.refused.items())],
        not_kept=[
            (number, str(problem)) for number, answered in keyed.kept.items() for problem in answered.not_kept
        ],
        is_json=is_json,
    )


def end(code: Code, by: By, is_json: Json = False) -> None:
    """The paper is back or destroyed: whoever was not rung waits again."""
    user = acting_login(email=by)
    ended = _sheet(code, user, Right.SEND)
    freed = done_now(end_sheet, sheet=ended, by=user)
    if is_json:
        print_json({"code": ended.code, "freed": freed})
    else:
        typer.echo(f"Sheet {ended.code} is ended; {freed} people wait again.")


def _write(made: CallSheet, user: User, out: Path, is_json: bool) -> None:
    out.write_bytes(done_now(print_sheet, sheet=made, by=user))
    report = {"code": made.code, "lines": made.lines.count(), "pdf": str(out)}
    if is_json:
        print_json(report)
    else:
        typer.echo(f"Sheet {made.code} with {report['lines']} people is in {out}.")


def _print_lines(wanted: CallSheet, signs: SheetSigns) -> None:
    """The lines that are still to be keyed, as a file to fill in, and what can be written in each column."""
    done = keyed_tokens(sheet=wanted)
    fields = LineForm(signs=signs, asks_intention=wanted.bank.asks_intention).fields
    told = []
    for name, field in fields.items():
        known = _signs_of(name, signs)
        # The labels of votes and matters begin with their signs already; of the rest the value is what is written.
        choices = [
            str(label) if str(value) in known else f"{value} ({label})"
            for value, label in getattr(field, "choices", ())
            if value
        ]
        told.append(f"{name}: {', '.join(choices)}")
    print_blank(
        columns=["line", *fields],
        rows=[[line.number] for line in wanted.lines.all() if line.token not in done],
        signs=told,
    )


def _read(wanted: CallSheet, signs: SheetSigns, file: Path) -> tuple[dict[int, Said], list[tuple[int, str]]]:
    """What stands on each line of the file, and the faults of the others."""
    said: dict[int, Said] = {}
    rows, faults = keyed_rows(file=file, needed=("result",))
    for number, row in rows.items():
        form = _line_form(wanted, signs, row, number)
        if not form.is_valid():
            faults.append((number, " ".join(str(fault) for told in form.errors.values() for fault in told)))
        elif form.is_rung:
            said[number] = form.said(election_id=wanted.bank.election_id or "")
    return said, faults


def _line_form(wanted: CallSheet, signs: SheetSigns, row: dict[str, str], number: int) -> LineForm:
    """The screen's own form for a line, filled with a row of the file: the same checks."""
    form = LineForm(signs=signs, asks_intention=wanted.bank.asks_intention)
    data: dict[str, Any] = {}
    for name, field in form.fields.items():
        values = {sign: value for value, sign in _signs_of(name, signs).items()}
        cell = row.get(name, "")
        if isinstance(field, forms.MultipleChoiceField):
            data[f"{number}-{name}"] = [
                values.get(part.upper(), part) for part in cell.replace(",", " ").split()
            ]
        elif isinstance(field, forms.ChoiceField):
            data[f"{number}-{name}"] = values.get(cell.upper(), cell.replace(" ", "_"))
        else:
            data[f"{number}-{name}"] = cell
    return LineForm(data, prefix=str(number), signs=signs, asks_intention=wanted.bank.asks_intention)


def _signs_of(name: str, signs: SheetSigns) -> dict[str, str]:
    """The signs on paper by what the form sends, for the fields that have any."""
    if name == "vote":
        return signs.of_votes
    if name == "agreed":
        return signs.of_offers
    return {str(pk): sign for pk, sign in signs.of_issues.items()} if name == "issues" else {}


def _bank(pk: int, user: User) -> PhoneBank:
    scope = scope_of(user=user, right=Right.SEND, on=clock().today_in_uk())
    found = banks_for(scope=scope).filter(pk=pk).first()
    if found is None:
        raise refuse(f"There is no phone bank {pk} among those that {user.email} runs.")
    return found


def _sheet(code: str, user: User, right: Right) -> CallSheet:
    try:
        kept = read_code(entered=code)
    except Refusal as problem:
        raise refuse(str(problem)) from problem
    found = (
        sheets_for(scope=scope_of(user=user, right=right, on=clock().today_in_uk())).filter(code=kept).first()
    )
    if found is None:
        raise refuse(f"There is no sheet {kept} among those of {user.email}.")
    return found
