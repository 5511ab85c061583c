"""The command line of the postroom: `hustings postroom …`."""

import sys
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from hustings.accounts.access import EVERYTHING, Right
from hustings.accounts.commands import acting_in, done_now, fetched
from hustings.basics.clock import clock
from hustings.platform.commands import print_json, refuse
from hustings.platform.progress import bar
from hustings.postroom.access import dispatch_for, unknowns_for
from hustings.postroom.delivery.courier import deliver_dispatch, deliver_singles
from hustings.postroom.delivery.name_servers import ResolverMalformed
from hustings.postroom.delivery.text_courier import deliver_texts
from hustings.postroom.models import Dispatch, Message, MessageState
from hustings.postroom.queries import counts_by_dispatch, may_send_texts, text_cost_pence, text_figures
from hustings.postroom.rules.text_parts import plainer, size_of
from hustings.postroom.usecases.check_sending_domain import NotADomain, advice, check_sending_domain
from hustings.postroom.usecases.read_mailbox import MailboxUnreadable, read_mailbox
from hustings.postroom.usecases.resend_unknown import resend_unknown
from hustings.postroom.usecases.tend_outbox import tend_outbox

app = typer.Typer(no_args_is_help=True, help="The outbox: what waits, what was sent, what came back.")

IsJson = Annotated[bool, typer.Option("--json", help="Print as JSON.")]


@app.command("status")
def status(is_json: IsJson = False) -> None:
    """Show each sending and how many of its messages stand where, and the single messages."""
    dispatches = list(Dispatch.objects.all()[:100])
    counts = counts_by_dispatch(dispatch_ids=[dispatch.pk for dispatch in dispatches])
    rows: list[dict[str, Any]] = [
        {
            "dispatch": dispatch.pk,
            "label": dispatch.label,
            "state": dispatch.state,
            "problem": dispatch.problem,
            **{name: getattr(counts[dispatch.pk], name) for name in ("total", *MessageState.values)},
            "bounced": counts[dispatch.pk].bounced,
            "complained": counts[dispatch.pk].complained,
        }
        for dispatch in dispatches
    ]
    singles = {
        state: Message.objects.filter(dispatch=None, state=state).count() for state in MessageState.values
    }
    if is_json:
        print_json({"dispatches": rows, "singles": singles})
        return
    for row in rows:
        typer.echo(f"{row['dispatch']:>6}  {row['label']} ({row['state']}): {_figures(row)}")
    typer.echo(f"Single messages: {_figures(singles)}")


@app.command("send")
def send(is_json: IsJson = False) -> None:
    """Send everything that waits now, in this process, until nothing is left that could go."""
    now = clock().now()
    tend_outbox(now=now)
    with bar(title="Single messages", is_shown=sys.stderr.isatty()):
        singles = deliver_singles(clock=clock())
    result: dict[str, Any] = {"singles": singles.as_json(), "dispatches": {}}
    problems = [singles.problem]
    if may_send_texts():
        with bar(title="Text messages", is_shown=sys.stderr.isatty()):
            sent = deliver_texts(clock=clock())
        result["texts"] = sent.as_json()
        problems.append(sent.problem)
    for dispatch in Dispatch.objects.filter(state__in=["ready", "sending"]).order_by("pk"):
        with bar(title=dispatch.label, is_shown=sys.stderr.isatty()) as progress:
            tally = deliver_dispatch(dispatch_id=dispatch.pk, clock=clock(), progress=progress)
        result["dispatches"][str(dispatch.pk)] = tally.as_json()
        problems.append(tally.problem)
    if is_json:
        print_json(result)
    else:
        typer.echo(f"Single messages: {_figures(result['singles'])}")
        if "texts" in result:
            typer.echo(f"Text messages: {_figures(result['texts'])}")
        for pk, figures in result["dispatches"].items():
            typer.echo(f"Sending {pk}: {_figures(figures)}")
    if said := [problem for problem in problems if problem]:
        raise refuse("\n".join(dict.fromkeys(said)))


@app.command("unknown")
def unknown(is_json: IsJson = False) -> None:
    """List the messages of unknown fate: sent to the end, and no answer came. Most have arrived."""
    rows = [
        {"id": one.pk, "dispatch": one.dispatch_id, "channel": one.channel, "ended_at": one.ended_at}
        for one in unknowns_for(scope=EVERYTHING).order_by("-ended_at", "pk")
    ]
    if is_json:
        print_json(rows)
        return
    for row in rows:
        sending = f"sending {row['dispatch']}" if row["dispatch"] else "a single message"
        typer.echo(f"{row['id']:>8}  {row['channel']}, {sending}, {row['ended_at']}")
    if not rows:
        typer.echo("Nothing is in doubt.")


@app.command("resend")
def resend(
    by: Annotated[
        str, typer.Option(help="The email address of the login that acts; it must hold the right.")
    ],
    message: Annotated[
        list[int] | None,
        typer.Option(help="A message's number, from `hustings postroom unknown`; once for each."),
    ] = None,
    dispatch: Annotated[
        int | None, typer.Option(help="Every message of unknown fate of this sending.")
    ] = None,
    is_json: IsJson = False,
) -> None:
    """Send messages of unknown fate once more: whoever got one gets it twice. Clearance is asked again first."""
    if bool(message) == (dispatch is not None):
        raise typer.BadParameter("Name messages with --message, or one sending with --dispatch.")
    user, scope = acting_in(email=by, right=Right.SEND)
    chosen = unknowns_for(scope=scope)
    if dispatch is not None:
        missing = f"There is no sending {dispatch} in the places this login looks after."
        chosen = chosen.filter(dispatch=fetched(dispatch_for, missing, scope=scope, pk=dispatch))
    else:
        chosen = chosen.filter(pk__in=message or [])
        if chosen.count() != len(set(message or [])):
            raise refuse(
                "Not all of these are messages of unknown fate to people whom this login looks after."
            )
    count = done_now(resend_unknown, message_ids=list(chosen.values_list("pk", flat=True)), by=user)
    if not count:
        raise refuse("Nothing was sent again: the sending was stopped, or nothing is in doubt.")
    if is_json:
        print_json({"sent_again": count})
    else:
        typer.echo(f"{count:,} messages go out again.")


@app.command("texts")
def texts(
    text: Annotated[str, typer.Option(help="Count the parts of this text instead.")] = "",
    is_json: IsJson = False,
) -> None:
    """Show text messages of the last 30 days with their parts and cost; or how many parts a text takes."""
    if text:
        size = size_of(text=plainer(text=text))
        values: dict[str, Any] = {
            "alphabet": size.alphabet, "units": size.units, "parts": size.parts, "odd_letters": size.odd_letters,
            "cost_pence": text_cost_pence(parts=size.parts),
        }  # fmt: skip
    else:
        figures = text_figures(since=clock().now() - timedelta(days=30))
        values = {
            "is_set_up": may_send_texts(), **figures.states, "delivered": figures.delivered, "parts": figures.parts,
            "cost_pence": figures.cost_pence,
        }  # fmt: skip
    if is_json:
        print_json(values)
        return
    for name, value in values.items():
        typer.echo(f"{name.replace('_', ' '):12} {value}")


@app.command("bounces")
def bounces(
    file: Annotated[
        Path, typer.Argument(help="A mailbox file (mbox) of what came back.", exists=True, dir_okay=False)
    ],
    is_json: IsJson = False,
) -> None:
    """Read bounces (RFC 3464) and complaints (RFC 5965) from a mailbox file. Safe to run again."""
    try:
        with bar(title=file.name, is_shown=sys.stderr.isatty()) as progress:
            counts = read_mailbox(path=file, now=clock().now(), progress=progress)
    except MailboxUnreadable as fault:
        raise refuse(str(fault)) from fault
    if is_json:
        print_json(counts.as_json())
        return
    typer.echo(
        f"{counts.read:,} messages read: {counts.bounces:,} bounces, {counts.complaints:,} complaints, "
        f"{counts.unchanged:,} known before, {counts.rejected:,} not reports. "
        f"{counts.addresses_unusable:,} addresses taken out of use, {counts.objections:,} objections recorded."
    )


@app.command("check-domain")
def check_domain(
    domain: Annotated[str, typer.Argument(help="The domain you send from, such as example.org.")],
    selector: Annotated[
        list[str] | None, typer.Option(help="A DKIM selector; may be given several times.")
    ] = None,
    is_json: IsJson = False,
) -> None:
    """Check SPF, DKIM and DMARC of a sending domain, with advice. Exit code 1 if it is not ready for bulk mail."""
    try:
        check = check_sending_domain(domain=domain, now=clock().now(), selectors=selector or ())
    except (NotADomain, ResolverMalformed) as fault:
        raise refuse(str(fault)) from fault
    rows = advice(check=check)
    if is_json:
        print_json(
            {
                "domain": check.domain,
                "is_ready": check.is_ready,
                "selectors": check.selectors,
                "findings": rows,
            }
        )
    else:
        for row in rows:
            typer.echo(f"{row['check'].upper():6} {row['level']:5} {row['sentence']}")
        typer.echo(f"{check.domain} is {'ready' if check.is_ready else 'not ready'} for bulk mail.")
    if not check.is_ready:
        raise typer.Exit(1)


def _figures(row: dict[str, Any]) -> str:
    shown = {
        name: count for name, count in row.items() if isinstance(count, int) and name != "dispatch" and count
    }
    return ", ".join(f"{count:,} {name}" for name, count in shown.items()) or "nothing"
