"""The books on the command line: campaigns, items, head-room, what is missing, and the return."""

from pathlib import Path
from typing import Annotated, Any

import typer
from django.conf import settings
from django.db import connection

from hustings.accounts.access import Right, Scope
from hustings.accounts.commands import acting_in, fetched
from hustings.accounts.models import User
from hustings.basics.clock import clock
from hustings.basics.money import format_pence
from hustings.money.access import campaign_for
from hustings.money.documents.papers import paper
from hustings.money.documents.spreadsheet import spreadsheet
from hustings.money.models import Campaign, DocumentKind, LimitRecord
from hustings.money.queries.books import headroom_of, items_of, joint_of, newest_limits
from hustings.money.queries.return_facts import deadlines_of, draft_content, missing_of, newest_return
from hustings.money.usecases.remember_limits import remember_limits
from hustings.platform.commands import day_given, print_json, refuse

CampaignArgument = Annotated[
    int, typer.Argument(help="The campaign's number, as `hustings money campaigns` shows it.")
]
ByOption = Annotated[
    str, typer.Option("--by", help="Email address of the login that acts; it must keep these books.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print as JSON.")]
NO_BOOKS = (
    "There are no such books, or this login may not see them. “hustings money campaigns” lists the books."
)


def is_installed() -> bool:
    """Whether there is an installation whose books can be read and written."""
    return (
        settings.HUSTINGS_MODE != "files"
        and LimitRecord._meta.db_table in connection.introspection.table_names()
    )


def need_installation() -> None:
    """End with exit code 1 where there is no installation: books are kept in one."""
    if not is_installed():
        raise refuse("There is no installation here yet. Run “hustings init” first.")


def keeper(*, email: str, right: Right = Right.EDIT_MONEY) -> tuple[User, Scope]:
    """The login that acts, and the places in which it has the right."""
    need_installation()
    return acting_in(email=email, right=right)


def kept_books(*, scope: Scope, number: int) -> Campaign:
    """The books of one campaign of these places; exit code 1 for any other."""
    return fetched(campaign_for, scope=scope, pk=number, missing=NO_BOOKS)


def _campaign(number: int) -> Campaign:
    need_installation()
    books = Campaign.objects.filter(pk=number).first()
    if books is None:
        raise refuse(f"There are no books with the number {number}. “hustings money campaigns” lists them.")
    remember_limits(campaign=books, now=clock().now())
    return books


def campaigns(is_json: JsonOption = False) -> None:
    """List the campaigns whose books are kept, latest poll first."""
    need_installation()
    rows = [
        {
            "campaign": one.pk,
            "name": one.name,
            "area": one.area_name,
            "election": one.election_type,
            "poll_on": one.poll_on,
            "agent": one.agent_name,
        }
        for one in Campaign.objects.all()
    ]
    if is_json:
        print_json(rows)
        return
    for row in rows:
        typer.echo(f"{row['campaign']:5}  {row['poll_on']}  {row['name']}, {row['area']} ({row['election']})")
    if not rows:
        typer.echo("No books are kept yet.")


def expenses(campaign: CampaignArgument, is_json: JsonOption = False) -> None:
    """List a campaign's items with what counts of each, and why."""
    rows = [
        {
            "item": item.expense.pk,
            "what": item.expense.what,
            "category": item.expense.category,
            "supplier": item.expense.supplier_name,
            "committed_on": item.expense.committed_on,
            "full_pence": item.expense.value_pence,
            "share_pence": item.share.share_pence,
            "counts_pence": item.counts_pence,
            "planned_pence": item.planned_pence,
            "paid_pence": item.paid_pence,
            "unpaid_pence": item.unpaid_pence,
            "disputed_pence": item.disputed_pence,
            "notional_pence": item.notional_pence,
            "why": str(item.split.said),
        }
        for item in items_of(campaign=_campaign(campaign))
    ]
    if is_json:
        print_json(rows)
        return
    for row in rows:
        state = "planned" if row["committed_on"] is None else str(row["committed_on"])
        typer.echo(
            f"{row['item']:5}  {state:10}  {_pounds(row['counts_pence'] or row['planned_pence']):>12}  {row['what']}"
        )
        typer.echo(f"       {row['why']}")


def headroom(campaign: CampaignArgument, is_json: JsonOption = False) -> None:
    """Tell what may still be spent, in each period; exit code 1 where a limit is broken."""
    books = _campaign(campaign)
    limits = newest_limits(campaign=books)
    rooms = headroom_of(campaign=books)
    rows = [
        {
            "period": room.period,
            "limit_pence": room.limit_pence,
            "is_confirmed": room.is_confirmed,
            "committed_pence": room.committed_pence,
            "room_pence": room.room_pence,
            "planned_pence": room.planned_pence,
            "forecast_pence": room.forecast_pence,
            "state": str(room.weight),
            "forecast_state": str(room.forecast_weight),
            "formula": limits[room.period].formula if room.period in limits else "",
            "entries": limits[room.period].entries if room.period in limits else [],
            "warnings": limits[room.period].warnings if room.period in limits else [],
        }
        for room in rooms
    ]
    if is_json:
        print_json({"campaign": books.pk, "joint": joint_of(campaign=books).number, "periods": rows})
    else:
        for room in rooms:
            limit = "no limit known" if room.limit_pence is None else format_pence(room.limit_pence)
            left = "" if room.room_pence is None else f", {format_pence(room.room_pence)} left"
            typer.echo(
                f"{room.period}: {format_pence(room.committed_pence)} of {limit}{left}; "
                f"{format_pence(room.forecast_pence)} with everything planned ({room.weight})"
            )
        for row in rows:
            for warning in row["warnings"]:
                typer.echo(f"Careful: {warning}")
    if any(room.weight == "over" for room in rooms):
        raise typer.Exit(1)


def missing(
    campaign: CampaignArgument,
    on: Annotated[
        str, typer.Option(help="As of this day, like 2026-06-01; today where it is left out.")
    ] = "",
    is_json: JsonOption = False,
) -> None:
    """List what a return still lacks, and its deadlines; exit code 1 where anything does."""
    books = _campaign(campaign)
    day = day_given(text=on, option="--on") if on else clock().today_in_uk()
    lacks = missing_of(campaign=books, on=day)
    due = deadlines_of(campaign=books)
    if is_json:
        print_json(
            {
                "missing": [{"key": one.key, "item": one.item, "sentence": str(one.said)} for one in lacks],
                "deadlines": [
                    {
                        "task": str(one.task),
                        "due_on": one.due_on,
                        "entry": one.entry_id,
                        "warning": one.warning,
                    }
                    for one in due
                ],
            }
        )
    else:
        for one in lacks:
            typer.echo(str(one.said))
        for deadline in due:
            typer.echo(
                f"{deadline.task}: {deadline.due_on or 'counts from the result'} {deadline.warning}".rstrip()
            )
    if lacks:
        raise typer.Exit(1)


def print_return(
    campaign: CampaignArgument,
    pdf: Annotated[Path | None, typer.Option(help="Write the return as PDF.")] = None,
    xlsx: Annotated[Path | None, typer.Option(help="Write it as a spreadsheet.")] = None,
    is_json: Annotated[bool, typer.Option("--json", help="Print everything it says as JSON.")] = False,
) -> None:
    """Give a campaign's return: the newest finished version, or a draft where there is none."""
    import json

    books = _campaign(campaign)
    newest = newest_return(campaign=books)
    content: dict[str, Any]
    if newest is None:
        typer.echo("Nothing is finished yet: this is a draft.", err=True)
        content = draft_content(campaign=books)
    else:
        content = json.loads(newest.content)
    if pdf:
        kept = newest.documents.get(kind=DocumentKind.RETURN) if newest else None
        pdf.write_bytes(
            bytes(kept.content) if kept else paper(content=content, kind=DocumentKind.RETURN, sha256="")
        )
    if xlsx:
        kept = newest.documents.get(kind=DocumentKind.SPREADSHEET) if newest else None
        xlsx.write_bytes(bytes(kept.content) if kept else spreadsheet(content=content))
    if is_json:
        print_json({"sha256": newest.sha256 if newest else None, **content})
        return
    totals = content["totals"]
    typer.echo(
        f"{content['head']['title']}: {content['head']['name']}, {content['head']['area_name']}\n"
        f"stated {_pounds(totals['stated_pence'])}: paid {_pounds(totals['paid_pence'])}, unpaid "
        f"{_pounds(totals['unpaid_pence'])}, disputed {_pounds(totals['disputed_pence'])}, notional "
        f"{_pounds(totals['notional_pence'])}"
    )


def _pounds(pence: object) -> str:
    return format_pence(int(str(pence or 0)))
