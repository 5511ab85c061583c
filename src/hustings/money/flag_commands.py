"""Flags about gifts, gifts struck out, and proposed rules on the command line."""

from typing import Annotated

import typer
from django.db.models import Exists, OuterRef

from hustings.accounts.access import Right
from hustings.accounts.commands import done_now, fetched
from hustings.basics.money import format_pence
from hustings.money.access import flag_for, flags_for
from hustings.money.books_commands import ByOption, JsonOption, keeper, need_installation
from hustings.money.gift_commands import GiftArgument, gift_of
from hustings.money.models import SplitVerdict, Verdict
from hustings.money.pages.gift_forms import ConcludeForm
from hustings.money.queries.pending import proposed_rules
from hustings.money.usecases.conclude_flag import conclude_flag
from hustings.money.usecases.record_gift import cancel_gift
from hustings.money.usecases.switch_pending_rule import switch_pending_rule
from hustings.platform.commands import checked, print_json, refuse

app = typer.Typer(no_args_is_help=True, help="Gifts that may be parts of one: list the flags, conclude.")
proposed_app = typer.Typer(
    no_args_is_help=True, help="Proposed rules about donations: off until somebody switches one on."
)


def strike_out(
    gift: GiftArgument,
    reason: Annotated[str, typer.Option(help="Why it was a mistake; it is kept.")],
    by: ByOption,
    is_json: JsonOption = False,
) -> None:
    """Strike out a gift that was written down by mistake. A gift that goes back is decided about instead."""
    user, scope = keeper(email=by)
    struck = done_now(cancel_gift, gift=gift_of(scope, gift), reason=reason, by=user)
    if is_json:
        print_json({"gift": struck.pk, "replaces": struck.replaces_id, "is_cancelled": struck.is_cancelled})
    else:
        typer.echo(f"Gift {gift} is struck out. The row is kept with its reason.")


@app.command("list")
def list_flags(
    by: ByOption,
    open_only: Annotated[
        bool, typer.Option("--open", help="Only those about which nobody concluded.")
    ] = False,
    is_json: JsonOption = False,
) -> None:
    """List the flags, the most urgent first."""
    _user, scope = keeper(email=by, right=Right.SEE_MONEY)
    verdicts = SplitVerdict.objects.filter(flag=OuterRef("pk"))
    flags = flags_for(scope=scope).annotate(is_concluded=Exists(verdicts)).order_by("decide_by", "pk")
    rows = [
        {
            "flag": flag.pk,
            "campaign": flag.campaign_id,
            "kind": flag.kind,
            "grade": flag.grade,
            "sentence": flag.sentence,
            "amount_pence": flag.amount_pence,
            "decide_by": flag.decide_by,
            "is_concluded": flag.is_concluded,
        }
        for flag in (flags.filter(is_concluded=False) if open_only else flags)
    ]
    if is_json:
        print_json(rows)
        return
    for row in rows:
        state = "concluded" if row["is_concluded"] else f"decide by {row['decide_by']}"
        together = format_pence(int(str(row["amount_pence"])))
        typer.echo(f"{row['flag']:5}  {together:>12}  {row['sentence']} ({state})")
    if not rows:
        typer.echo("No flags.")


@app.command("conclude")
def conclude(
    flag: Annotated[int, typer.Argument(help="The flag's number, as `hustings money flags list` shows it.")],
    verdict: Annotated[str, typer.Argument(help=f"What you conclude: {', '.join(Verdict.values)}.")],
    reason: Annotated[str, typer.Option(help="Why; it is kept with the flag.")],
    by: ByOption,
    is_json: JsonOption = False,
) -> None:
    """Conclude about a flag; the gifts themselves are decided about one by one."""
    user, scope = keeper(email=by)
    held = fetched(
        flag_for,
        scope=scope,
        pk=flag,
        missing=f"There is no flag {flag} in the books of this login. “hustings money flags list” shows them.",
    )
    form = checked(ConcludeForm, given={"verdict": verdict, "reason": reason})
    kept = done_now(conclude_flag, flag=held, **form.cleaned_data, by=user)
    if is_json:
        print_json({"flag": held.pk, "verdict": kept.verdict, "reason": kept.reason})
    else:
        typer.echo(f"Kept: {kept.get_verdict_display()}. The gifts themselves are decided about one by one.")


@proposed_app.command("list")
def list_proposed(is_json: JsonOption = False) -> None:
    """List the proposed rules, and whether each is switched on."""
    need_installation()
    rows = [
        {
            "key": rule.key,
            "is_on": rule.is_on,
            "says": rule.entry.text("says"),
            "status": str(rule.entry.status),
            "source": rule.entry.source,
        }
        for rule in proposed_rules()
    ]
    if is_json:
        print_json(rows)
        return
    for row in rows:
        typer.echo(f"{row['key']} ({'on' if row['is_on'] else 'off'}, {row['status']}): {row['says']}")


@proposed_app.command("switch")
def switch(
    key: Annotated[str, typer.Argument(help="The rule's key, as `list` shows it.")],
    state: Annotated[str, typer.Argument(help="on or off.")],
    reason: Annotated[str, typer.Option(help="Why, for example that the Act commenced; it is kept.")],
    by: ByOption,
    is_json: JsonOption = False,
) -> None:
    """Switch a proposed rule on or off for the whole organisation; it warns while it is on, and never refuses."""
    user, _scope = keeper(email=by)
    if state not in {"on", "off"}:
        raise typer.BadParameter("STATE is on or off.")
    standing = {rule.key: rule.is_on for rule in proposed_rules()}
    if standing.get(key) is (state == "on"):
        raise refuse(f"This rule is {state} already.")
    kept = done_now(switch_pending_rule, key=key, is_on=state == "on", reason=reason, by=user)
    if is_json:
        print_json({"key": kept.key, "is_on": kept.is_on, "reason": kept.reason})
    else:
        typer.echo(f"Switched {state}.")
