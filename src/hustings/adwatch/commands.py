"""The command line of the archive: reports, snapshots, faults, comparisons."""

from datetime import date, datetime
from typing import Annotated, cast

import typer

from hustings.adwatch import finding_commands, further_commands, who_commands
from hustings.adwatch.models import ArchiveFault, Snapshot
from hustings.adwatch.queries.as_json import (
    changes_as_json,
    fault_as_json,
    report_as_json,
    snapshot_as_json,
)
from hustings.adwatch.queries.comparing import changes_since
from hustings.adwatch.queries.faults import spend_words
from hustings.adwatch.queries.periods_compared import NotAPeriod, compare, read_period
from hustings.adwatch.queries.report import BYS, Report, Row, ad_report
from hustings.adwatch.queries.series import beside_report, by_day, daily_spend
from hustings.adwatch.rules.choosing import Basis
from hustings.adwatch.rules.periods import NotADay, period_of
from hustings.adwatch.usecases.take_snapshot import date_snapshot
from hustings.platform.commands import print_json, refuse
from hustings.platform.words import number, pounds

app = typer.Typer(no_args_is_help=True, help="Other people's advertising archives.")
further_commands.add_to(app)
app.add_typer(finding_commands.app, name="findings")
app.command("who")(who_commands.who)
app.command("move")(who_commands.move)
app.command("reject-link")(who_commands.reject)
app.command("code-start")(who_commands.start)
app.command("code-decide")(who_commands.decide)

_From = Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day.")]
_To = Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day.")]
_Json = Annotated[bool, typer.Option("--json", help="Print as JSON.")]


@app.command("report")
def report(
    from_: _From = None,
    to: _To = None,
    by: Annotated[str, typer.Option(help="page, entity, party, platform or week.")] = "page",
    against: Annotated[
        str, typer.Option(help="A second period to compare with, like 2019-11-06..2019-12-12.")
    ] = "",
    basis: Annotated[
        str, typer.Option(help="auto, totals (exact sums alone) or ads (single ads alone).")
    ] = "auto",
    snapshot: Annotated[list[int] | None, typer.Option(help="Only this snapshot; may be repeated.")] = None,
    top: Annotated[int | None, typer.Option(help="Only so many rows.")] = None,
    is_json: _Json = False,
) -> None:
    """Add up what the archives say, as intervals; say what the figures rest on and what was left out."""
    if by not in BYS or basis not in {"auto", "totals", "ads"}:
        raise typer.BadParameter(f"--by is one of {', '.join(BYS)}; --basis one of auto, totals, ads.")
    first, last = _day(from_), _day(to)
    if first and last and first > last:
        raise typer.BadParameter("The period ends before it begins.")
    known = set(Snapshot.objects.values_list("pk", flat=True))
    if unknown := [str(one) for one in snapshot or [] if one not in known]:
        raise refuse(f"There is no snapshot {', '.join(unknown)}. `hustings adwatch snapshots` lists them.")

    def made(begin: date | None, end: date | None) -> Report:
        return ad_report(
            first_on=begin,
            last_on=end,
            by=by,
            basis=cast(Basis, basis),
            only=snapshot or (),
        )

    found = made(first, last)
    other = compared = None
    if against:
        try:
            other = made(*read_period(text=against))
        except NotAPeriod as problem:
            raise typer.BadParameter(str(problem)) from problem
        compared = compare(now=found, then=other)
    if is_json:
        print_json(report_as_json(report=found, compared=compared, other=other, most=top))
        return
    typer.echo(f"{number(found.ads)} ads, {spend_words(found.spend.low, found.spend.high)}")
    for one in found.estimates:
        typer.echo(f"  about {pounds(one.value)} ({one.method})")
    if compared is not None and other is not None:
        typer.echo(f"  against {number(other.ads)} ads, {spend_words(other.spend.low, other.spend.high)}")
        for line in compared[: top or 40]:
            words = " · ".join(str(value) for value in line.about.values() if value not in ("", None))
            typer.echo(
                f"{words}: {spend_words(line.now.low, line.now.high)}, then {spend_words(line.then.low, line.then.high)} "
                f"({line.change})"
            )
    else:
        for row in found.rows[: top or 40]:
            typer.echo(_line(row))
        if len(found.rows) > (top or 40):
            typer.echo(f"… and {len(found.rows) - (top or 40):,} more rows; --json prints them all.")
    for source in found.choice.chosen:
        typer.echo(f"Rests on snapshot {source.id}: {source.label}")
    for left in found.choice.left_out:
        typer.echo(f"Left out snapshot {left.source.id}: {left.source.label}. {left.reason}")
    for caution in found.cautions:
        typer.echo(f"Careful: {caution}")


def _line(row: Row) -> str:
    words = " · ".join(str(value) for value in row.about.values() if value not in ("", None, True, False))
    return f"{spend_words(row.spend.low, row.spend.high):>28}  {number(row.ads):>8} ads  {words}"


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


@app.command("snapshots")
def snapshots(is_json: _Json = False) -> None:
    """List every snapshot, newest first, with its hash, days and sums."""
    rows = list(Snapshot.objects.all())
    if is_json:
        print_json([snapshot_as_json(snapshot=one) for one in rows])
        return
    for one in rows:
        days = f"{one.covers_from or '?'} to {one.covers_until or '?'}"
        typer.echo(
            f"{one.pk:>4}  {one.label}\n      {number(one.rows)} rows, {number(one.ads)} ads, "
            f"{spend_words(one.spend_low_pence, one.spend_high_pence)}; {days}; {one.sha256[:12]}"
        )


@app.command("faults")
def faults(
    snapshot: Annotated[int | None, typer.Argument(help="A snapshot; without one, all.")] = None,
    severity: Annotated[str, typer.Option(help="serious, minor or note.")] = "",
    kind: Annotated[str, typer.Option(help="One kind of fault, such as no-disclaimer.")] = "",
    is_json: _Json = False,
) -> None:
    """List the faults of the archives, each with its evidence; exit code 1 where any is serious."""
    rows = ArchiveFault.objects.select_related("snapshot").order_by("-snapshot", "id")
    if snapshot is not None:
        rows = rows.filter(snapshot=_snapshot(snapshot))
    if severity:
        rows = rows.filter(severity=severity)
    if kind:
        rows = rows.filter(kind=kind)
    found = list(rows)
    if is_json:
        print_json([fault_as_json(fault=one) for one in found])
    else:
        for one in found:
            typer.echo(f"{one.severity:8} {one.kind:18} {one.sentence}")
        typer.echo(f"{len(found):,} faults.")
    if any(one.severity == "serious" for one in found):
        raise typer.Exit(1)


@app.command("diff")
def diff(
    older: Annotated[int, typer.Argument(help="The older snapshot.")],
    newer: Annotated[int, typer.Argument(help="The newer snapshot.")],
    is_json: _Json = False,
) -> None:
    """Compare two snapshots: what is gone, what fell, what came; exit code 1 where something is gone."""
    found = changes_since(snapshot=_snapshot(newer), older=_snapshot(older))
    if is_json:
        print_json(changes_as_json(changes=found))
    else:
        typer.echo(
            f"{number(found.before)} before, {number(found.now)} now; {number(found.gone)} gone, {number(found.came)} new."
        )
        if found.why_not:
            typer.echo(f"Careful: {found.why_not}")
        for page in found.pages:
            typer.echo(
                f"{page.page} ({page.disclaimer or 'no disclaimer'}): {number(page.ads_before)} ads, now {number(page.ads_now)}; "
                f"{spend_words(page.low_before, page.high_before)}, now {spend_words(page.low_now, page.high_now)}"
            )
    if found.is_comparable and found.gone:
        raise typer.Exit(1)


@app.command("date")
def date_(
    snapshot: Annotated[int, typer.Argument(help="The snapshot.")],
    to: Annotated[str, typer.Option(help="The last day it covers, like 2023-05-23.")],
    from_: Annotated[
        str,
        typer.Option("--from", help="The first day; left out, it follows from “last 30 days” in the name."),
    ] = "",
) -> None:
    """Say which days a snapshot covers, where its file's name did not."""
    one = _snapshot(snapshot)
    try:
        period = period_of(file_name=one.label, given_from=from_, given_to=to)
    except NotADay as problem:
        raise refuse(str(problem)) from problem
    date_snapshot(snapshot=one, period=period)
    typer.echo(f"{one.label} covers {one.covers_from or '?'} to {one.covers_until}.")


@app.command("series")
def series(
    snapshot: Annotated[int | None, typer.Argument(help="A series; without one, the newest.")] = None,
    report: Annotated[int | None, typer.Option(help="Hold it against this report.")] = None,
    days: Annotated[int, typer.Option(help="How many days the report covers.")] = 7,
    is_json: _Json = False,
) -> None:
    """Print what each party spent on each day of a published series, and how a report of about the same days compares."""
    one = (
        _snapshot(snapshot)
        if snapshot is not None
        else Snapshot.objects.filter(kind="series").order_by("-pk").first()
    )
    if one is None or one.kind != "series":
        raise refuse("There is no such series. Import a file of daily spend by party first.")
    spent = daily_spend(snapshot=one)
    beside = None if report is None else beside_report(days=spent, report=_snapshot(report), length=days)
    if is_json:
        print_json(
            {
                "snapshot": one.pk,
                "days": by_day(days=spent),
                "oddities": [] if one.run is None else one.run.details.get("oddities", []),
                "beside": None
                if beside is None
                else {
                    "report": beside.report.pk,
                    "from": beside.window.first_on.isoformat(),
                    "to": beside.window.last_on.isoformat(),
                    "parties_within": beside.window.within,
                    "parties": [
                        {
                            "party": name,
                            "series_pence": value,
                            "spend_low_pence": low,
                            "spend_high_pence": high,
                        }
                        for name, value, low, high in beside.rows
                    ],
                },
            }
        )
        return
    for day in by_day(days=spent):
        typer.echo(
            day["on"] + "  " + "  ".join(f"{name} {pounds(value)}" for name, value in day["pence"].items())
        )
    if beside is not None:
        typer.echo(
            f"Agrees best with {beside.report.label} on {beside.window.first_on} to {beside.window.last_on}:"
        )
        for name, value, low, high in beside.rows:
            typer.echo(f"  {name}: {pounds(value)} in the series, {spend_words(low, high)} in the report")


def _snapshot(pk: int) -> Snapshot:
    found: Snapshot | None = Snapshot.objects.filter(pk=pk).first()
    if found is None:
        raise refuse(f"There is no snapshot {pk}. `hustings adwatch snapshots` lists them.")
    return found
