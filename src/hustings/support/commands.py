"""`hustings support`: what is active and where people are missing, making places active and quiet, and looking after it all."""

from typing import Annotated, Any

import typer

from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.places.models import Venue
from hustings.platform.commands import print_json, refuse
from hustings.support.models import CoverPeriod
from hustings.support.pages.words import gap_words
from hustings.support.queries import needs_of
from hustings.support.rules.rota import gaps_of
from hustings.support.usecases.activate_place import activate_place
from hustings.support.usecases.check_in import tend_check_ins
from hustings.support.usecases.close_cover import close_cover
from hustings.support.usecases.delete_case import delete_due_cases
from hustings.support.usecases.tend_cases import tend_cases
from hustings.support.usecases.tend_cover import tend_cover

app = typer.Typer(no_args_is_help=True, help="Cover of places, and care of people.")

IsJson = Annotated[bool, typer.Option("--json", help="Print as JSON.")]


@app.command("cover")
def cover(is_json: IsJson = False) -> None:
    """Show every active place with its gaps from now on."""
    now = clock().now()
    rows: list[dict[str, Any]] = []
    for period in (
        CoverPeriod.objects.filter(closed_at=None).select_related("venue").order_by("opened_at", "pk")
    ):
        needs = needs_of(period=period, since=now)
        gaps = gaps_of(shifts=needs, since=now)
        rows.append(
            {
                "cover": period.pk,
                "place": period.venue.name,
                "since": period.opened_at.isoformat(),
                "missing": sum(need.missing for need in needs),
                "gaps": [
                    {
                        "from": gap.starts_at.isoformat(),
                        "until": gap.ends_at.isoformat(),
                        "missing": gap.missing,
                    }
                    for gap in gaps
                ],
                "asked": period.asks.count(),
                "is_exhausted": period.is_exhausted,
                "words": gap_words(gaps=gaps),
            }
        )
    if is_json:
        print_json([{name: value for name, value in row.items() if name != "words"} for row in rows])
        return
    for row in rows:
        typer.echo(f"{row['cover']:>5}  {row['place']}: {row['missing']} missing, {row['asked']} asked")
        for words in row["words"]:
            typer.echo(f"         {words}")
    if not rows:
        typer.echo("Every place is quiet.")


@app.command("activate")
def activate(
    venue: Annotated[
        int, typer.Argument(help="The place's number, as `hustings places venues --json` shows it.")
    ],
    reason: Annotated[
        str, typer.Option(help="Why people are needed there; nothing that anybody is alleged to have done.")
    ],
    minimum: Annotated[int, typer.Option(help="People wanted in each hour.")] = 2,
    is_json: IsJson = False,
) -> None:
    """Make a place active: a rota opens, and the next run of the schedule calls people out."""
    found = Venue.objects.filter(pk=venue).first()
    if found is None:
        raise refuse(f"There is no place number {venue}. `hustings places venues` lists them.")
    try:
        period = activate_place(venue=found, reason=reason, minimum=minimum, by=None, now=clock().now())
    except Refusal as fault:
        raise refuse(str(fault)) from fault
    if is_json:
        print_json(
            {"cover": period.pk, "place": found.name, "covered_until": period.covered_until.isoformat()}
        )
    else:
        typer.echo(f"{found.name} is active (cover {period.pk}).")


@app.command("quiet")
def quiet(
    cover: Annotated[int, typer.Argument(help="The cover's number, as `hustings support cover` shows it.")],
    is_json: IsJson = False,
) -> None:
    """Say that it is quiet again: close the cover and thank everybody."""
    period = CoverPeriod.objects.filter(pk=cover, closed_at=None).first()
    if period is None:
        raise refuse(f"There is no open cover number {cover}. `hustings support cover` lists them.")
    thanked = close_cover(period=period, by=None, now=clock().now())
    if is_json:
        print_json({"cover": cover, "thanked": thanked})
    else:
        typer.echo(f"Quiet again. {thanked} people are thanked.")


@app.command("tend")
def tend(is_json: IsJson = False) -> None:
    """Do now what the schedule does: call-outs, check-ins, reminders, and the deletion of cases whose day has come."""
    now = clock().now()
    done = {
        **tend_cover(now=now),
        **tend_check_ins(now=now),
        **tend_cases(now=now),
        "deleted_cases": delete_due_cases(now=now),
    }
    if is_json:
        print_json(done)
        return
    for name, count in done.items():
        typer.echo(f"{name.replace('_', ' '):14} {count}")
