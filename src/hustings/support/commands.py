"""`hustings support`: what is active and where people are missing, making places active and quiet, and looking after it all."""

from pathlib import Path
from typing import Annotated, Any

import typer

from hustings.accounts.access import Right
from hustings.accounts.commands import acting_in, done_now, fetched
from hustings.basics.clock import clock
from hustings.basics.money import format_pence
from hustings.basics.refusals import Refusal
from hustings.places.models import Venue
from hustings.platform.commands import checked, print_json, read_text, refuse
from hustings.support.access import period_for
from hustings.support.models import CoverPeriod
from hustings.support.pages.forms import CallOutForm, RotaTextForm, rings_text
from hustings.support.pages.words import gap_words
from hustings.support.queries import call_out_settings, needs_of
from hustings.support.rules.rings import RingsRefused
from hustings.support.rules.rota import gaps_of
from hustings.support.usecases.activate_place import activate_place
from hustings.support.usecases.change_cover import save_call_out_settings
from hustings.support.usecases.check_in import tend_check_ins
from hustings.support.usecases.close_cover import close_cover
from hustings.support.usecases.delete_case import delete_due_cases
from hustings.support.usecases.tend_cases import tend_cases
from hustings.support.usecases.tend_cover import tend_cover
from hustings.support.usecases.text_rota import plan_text, text_rota

app = typer.Typer(no_args_is_help=True, help="Cover of places, and care of people.")

IsJson = Annotated[bool, typer.Option("--json", help="Print as JSON.")]
By = Annotated[str, typer.Option(help="The email address of the login that acts; it must run cover there.")]


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


@app.command("text")
def text(
    cover: Annotated[int, typer.Argument(help="The cover's number, as `hustings support cover` shows it.")],
    file: Annotated[
        Path, typer.Argument(help="A text file with what they should know, or - for standard input.")
    ],
    by: By,
    is_sent: Annotated[
        bool, typer.Option("--send", help="Send it; without it parts and cost are told.")
    ] = False,
    is_json: IsJson = False,
) -> None:
    """Write to everybody on a rota by text message, or by email where no text reaches them."""
    user, scope = acting_in(email=by, right=Right.RUN_COVER)
    period = fetched(
        period_for,
        scope=scope,
        pk=cover,
        missing=f"There is no cover {cover} of yours. `hustings support cover` lists them.",
    )
    words = checked(RotaTextForm, given={"text": read_text(file=file)}).cleaned_data["text"]
    plan = done_now(plan_text, period=period, text=words)
    sent = done_now(text_rota, period=period, text=words, by=user) if is_sent else 0
    if is_json:
        print_json(
            {
                "cover": period.pk,
                "parts": plan.size.parts,
                "by_text": plan.by_text,
                "by_email": plan.by_email,
                "unreached": plan.unreached,
                "cost_pence": plan.cost_pence,
                "sent": sent,
            }
        )
        return
    typer.echo(
        f"{plan.by_text} by text message, in {plan.size.parts} parts for {format_pence(plan.cost_pence)}; {plan.by_email} by "
        f"email; {plan.unreached} by neither."
    )
    typer.echo(f"{sent} messages go out." if is_sent else "Nothing is sent yet: give --send.")


@app.command("settings")
def settings(
    by: By,
    ring: Annotated[
        list[str] | None,
        typer.Option(
            help="Kilometres and minutes to wait, as “5 10”; once for each, from the nearest outwards."
        ),
    ] = None,
    asks_a_place: Annotated[int | None, typer.Option(help="People asked for each open place.")] = None,
    most_asks_a_day: Annotated[
        int | None, typer.Option(help="Most often that one person is asked in 24 hours.")
    ] = None,
    rest_minutes: Annotated[
        int | None, typer.Option(help="Minutes of rest before everybody is asked once more.")
    ] = None,
    shift_minutes: Annotated[int | None, typer.Option(help="Minutes of a shift.")] = None,
    ahead_hours: Annotated[int | None, typer.Option(help="Hours that a rota reaches ahead.")] = None,
    required_course: Annotated[
        str | None, typer.Option(help="The slug of the course that cover needs; empty for none.")
    ] = None,
    is_json: IsJson = False,
) -> None:
    """Change how call-outs go, for the whole organisation; what is left out stays, and what runs goes on by it."""
    user, scope = acting_in(email=by, right=Right.RUN_COVER)
    if not scope.is_everything:
        raise refuse("How call-outs go is set for the whole organisation, by whoever runs cover everywhere.")
    given = {
        "asks_a_place": asks_a_place,
        "most_asks_a_day": most_asks_a_day,
        "rest_minutes": rest_minutes,
        "shift_minutes": shift_minutes,
        "ahead_hours": ahead_hours,
        "required_course": required_course,
    }
    choices = call_out_settings()
    initial = {"rings": rings_text(choices=choices), **{name: getattr(choices, name) for name in given}}
    form = checked(CallOutForm, given={**given, "rings": "\n".join(ring) if ring else None}, initial=initial)
    try:
        kept = done_now(save_call_out_settings, by=user, **form.cleaned_data)
    except RingsRefused as fault:
        raise refuse(str(fault)) from fault
    if is_json:
        print_json({"rings": kept.rings, **{name: getattr(kept, name) for name in given}})
    else:
        typer.echo("Saved. What runs goes on by this.")


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
