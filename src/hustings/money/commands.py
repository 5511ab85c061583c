"""The command line of election money."""

from collections import Counter
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated, cast

import typer

from hustings.basics.clock import clock
from hustings.basics.money import format_pence
from hustings.basics.refusals import Refusal
from hustings.money import (
    books_commands,
    expense_commands,
    flag_commands,
    gift_commands,
    keeping_commands,
    return_commands,
)
from hustings.money.importers.candidate_returns import poll_date_in, read_returns
from hustings.money.importers.donation_rows import read_donations
from hustings.money.importers.gift_look import look_through
from hustings.money.pictures import spending_against_limit
from hustings.money.rules.limits import Nation, candidate_limit
from hustings.money.rules.published.donations import PublishedGift
from hustings.money.rules.published.elections import known_elections
from hustings.money.rules.published.report import Report, report_on
from hustings.money.rules.returns_audit import CHECKS, CandidateReturn, Check, Grade, audit_returns
from hustings.money.usecases.remember_limits import remember_asked
from hustings.platform.commands import print_json, refuse
from hustings.platform.importing.importer import ImportRefused
from hustings.platform.importing.source import UnreadableFile

app = typer.Typer(no_args_is_help=True, help="Election money: ours and other people's.")
app.command("campaigns")(books_commands.campaigns)
app.command("expenses")(books_commands.expenses)
app.command("headroom")(books_commands.headroom)
app.command("missing")(books_commands.missing)
app.command("return")(books_commands.print_return)
app.command("books")(keeping_commands.keep_books)
app.command("enter-limit")(keeping_commands.enter)
app.add_typer(keeping_commands.authority_app, name="authority")
app.add_typer(expense_commands.app, name="expense")
app.add_typer(return_commands.app, name="returns")
app.add_typer(return_commands.reports_app, name="reports")
gift_commands.app.command("strike-out")(flag_commands.strike_out)
app.add_typer(gift_commands.app, name="gifts")
app.add_typer(flag_commands.app, name="flags")
app.add_typer(flag_commands.proposed_app, name="proposed")


def limit(
    election: Annotated[
        str, typer.Option(help="parl, parl-long, parl-by-election, local, parish, mayor-local, …")
    ],
    electors: Annotated[
        int, typer.Option(help="The register on the last day for publishing the notice of election.")
    ],
    poll_date: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="Polling day.")],
    nation: Annotated[str, typer.Option(help="england, wales, scotland or northern-ireland.")] = "england",
    kind: Annotated[
        str, typer.Option(help="county or borough, for UK parliamentary constituencies.")
    ] = "any",
    joint: Annotated[int, typer.Option(help="How many candidates of the ward campaign jointly.")] = 1,
    councils: Annotated[int, typer.Option(help="Constituent councils of a combined authority.")] = 1,
    parliament_month: Annotated[
        int | None, typer.Option(help="For parl-long: the month of the Parliament in which it was dissolved.")
    ] = None,
    is_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Work out what a candidate may spend, with the table entries that made the figure; an installation keeps the answer."""
    question: dict[str, object] = {
        "election": "parl-short" if election == "parl" else election,
        "electors": electors,
        "nation": nation,
        "kind": kind,
        "joint": joint,
        "councils": councils,
        "parliament_month": parliament_month,
    }
    try:
        found = candidate_limit(
            election=str(question["election"]),
            electors=electors,
            poll_on=poll_date.date(),
            nation=cast(Nation, nation),
            kind=kind,
            joint=joint,
            councils=councils,
            parliament_month=parliament_month,
        )
    except Refusal as problem:
        raise refuse(str(problem)) from problem
    if books_commands.is_installed():
        remember_asked(
            question={**question, "poll_on": poll_date.date().isoformat()}, limit=found, now=clock().now()
        )
    if is_json:
        print_json(
            {
                "limit_pence": found.limit_pence,
                "formula": found.formula,
                "entries": list(found.entries),
                "status": found.status,
                "warnings": list(found.warnings),
            }
        )
        return
    typer.echo(f"{format_pence(found.limit_pence)} = {found.formula}")
    for warning in found.warnings:
        typer.echo(f"Careful: {warning}")


@app.command("audit-returns")
def audit_returns_file(
    file: Annotated[Path, typer.Argument(help="A published file of candidates' spending returns.")],
    poll_date: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Polling day, where the file's name does not tell."),
    ] = None,
    picture: Annotated[
        Path | None, typer.Option(help="Write a picture of spending against limit (SVG).")
    ] = None,
    is_json: Annotated[bool, typer.Option("--json", help="Print every finding as JSON.")] = False,
) -> None:
    """Check every return: do limits follow from electorates, do categories add up, what is missing?"""
    poll_on = poll_date.date() if poll_date else poll_date_in(name=file.name)
    if poll_on is None:
        raise refuse(f"The name {file.name} does not say which election this is. Give --poll-date.")
    try:
        returns = list(read_returns(path=file))
    except (ImportRefused, UnreadableFile) as problem:
        raise refuse(str(problem)) from problem
    findings = list(audit_returns(returns=returns, poll_on=poll_on))
    if picture:
        picture.write_text(spending_against_limit(returns=returns), encoding="utf-8")
    if is_json:
        print_json({"rows": len(returns), "findings": [asdict(finding) for finding in findings]})
        return
    counts = Counter((finding.check, finding.grade) for finding in findings)
    typer.echo(
        f"{len(returns):,} returns, {len(findings):,} findings. Each differs from our calculation; none is a judgement."
    )
    typer.echo(_limits_that_differ(returns, counts))
    for check in CHECKS:
        grades = {grade: counts[check, grade] for grade in ("material", "minor", "rounding")}
        typer.echo(f"{check:16} " + "  ".join(f"{grade} {number:,}" for grade, number in grades.items()))
    for finding in findings:
        if finding.grade == "material":
            typer.echo(f"{finding.constituency}, {finding.candidate}: {finding.message}")


def _limits_that_differ(returns: list[CandidateReturn], counts: Counter[tuple[Check, Grade]]) -> str:
    """How many stated limits differ from what the stated electorate gives, in a sentence."""
    both = sum(item.electors_on_return is not None and item.limit_on_return is not None for item in returns)
    larger = counts["limit_on_return", "material"] + counts["limit_on_return", "minor"]
    differing = larger + counts["limit_on_return", "rounding"]
    if not both:
        return "No return states both an electorate and a limit."
    return (
        f"Of {both:,} returns that state an electorate and a limit, {differing:,} ({differing / both:.1%}) differ from what the "
        f"electorate gives, {larger:,} ({larger / both:.1%}) by more than a pound."
    )


@app.command("split-gifts")
def split_gifts_file(
    file: Annotated[
        Path, typer.Argument(help="A sheet of gifts, as `hustings importers` describes gift-sheet.")
    ],
    floor: Annotated[
        float, typer.Option(help="Pounds above which a gift is a donation: 500, or 50 for a candidate.")
    ] = 500,
    is_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Look through a sheet of gifts for gifts in parts, and test whether amounts bunch below thresholds. Nothing is stored."""
    try:
        found = look_through(path=file, floor_pence=round(floor * 100))
    except (ImportRefused, UnreadableFile) as problem:
        raise refuse(str(problem)) from problem
    if is_json:
        print_json(found.as_json())
        return
    typer.echo(f"{found.read:,} gifts read, {len(found.rejected):,} left out, {len(found.flags):,} flags.")
    for flag in found.flags:
        typer.echo(f"{flag.grade}: {flag.sentence} (lines {', '.join(map(str, flag.gift_ids))})")
    for test in found.tests:
        typer.echo(f"Below {format_pence(test.threshold_pence)}: {test.sentence}")


@app.command("donations")
def donations_file(
    file: Annotated[Path, typer.Argument(help="A published file of donations.")],
    election: Annotated[
        list[int] | None,
        typer.Option(help="General elections to set side by side, by year: 2017, 2019, 2024."),
    ] = None,
    most: Annotated[int, typer.Option(help="How many lines of each list to print as text.")] = 15,
    is_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
) -> None:
    """Read a published file of donations: totals, donors across spellings, sums against thresholds, elections side by side."""
    years = election or [2017, 2019]
    known = known_elections()
    if unknown := [year for year in years if year not in known]:
        raise refuse(
            f"No dissolution is known for {', '.join(map(str, unknown))}. There are {', '.join(map(str, sorted(known)))}."
        )
    gifts: list[PublishedGift] = []
    rejected = []
    read = 0
    try:
        for line, _row, gift in read_donations(path=file):
            read += 1
            if isinstance(gift, PublishedGift):
                gifts.append(gift)
            else:
                rejected.append({"line": line, "reason": str(gift)})
    except (ImportRefused, UnreadableFile) as problem:
        raise refuse(str(problem)) from problem
    report = report_on(gifts=gifts, years=years)
    if is_json:
        print_json({"file": file.name, "read": read, "rejected": rejected, **report.as_json()})
        return
    _print_report(report, most)
    for one in rejected[:most]:
        typer.echo(f"Line {one['line']} was left out: {one['reason']}", err=True)


def _print_report(report: Report, most: int) -> None:
    span = f", {report.first_on} to {report.last_on}" if report.first_on else ""
    typer.echo(
        f"{report.gifts:,} gifts, {format_pence(report.pence)}{span}; {report.undated:,} without a date."
    )
    typer.echo("\nBy recipient")
    for total in report.by_recipient[:most]:
        typer.echo(f"{format_pence(total.pence):>18}  {total.gifts:>6,}  {total.key}")
    typer.echo("\nBy donor, across spellings")
    for donor in report.by_donor[:most]:
        also = f" ({len(donor.spellings)} spellings)" if len(donor.spellings) > 1 else ""
        typer.echo(f"{format_pence(donor.pence):>18}  {donor.gifts:>6,}  {donor.donor}{also}")
    typer.echo("\nYearly sums above the reporting threshold of their day")
    above = [one for one in report.aggregates if one.is_above and one.threshold_pence is not None]
    for one in above[:most]:
        careful = " (the threshold was not read in a source)" if one.warning else ""
        typer.echo(
            f"{format_pence(one.pence):>18}  {one.year}  {one.donor} to {one.recipient}{': ' + one.unit if one.unit else ''}; "
            f"passed {format_pence(one.threshold_pence or 0)} on {one.crossed_on}{careful}"
        )
    typer.echo("\nThe weeks before a general election, from dissolution to the poll")
    for campaign in report.pre_poll:
        typer.echo(
            f"{campaign.year}: received {format_pence(campaign.received_pence)}, in weekly reports "
            f"{format_pence(campaign.reported_pence)}"
        )
    typer.echo(f"\n{report.example.sentence}")
    for warning in report.warnings:
        typer.echo(f"Careful: {warning}")
