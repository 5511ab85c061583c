"""The command line of election money."""

from collections import Counter
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated, cast

import typer

from hustings.basics.money import format_pence
from hustings.basics.refusals import Refusal
from hustings.money.importers.candidate_returns import poll_date_in, read_returns
from hustings.money.pictures import spending_against_limit
from hustings.money.rules.limits import Nation, candidate_limit
from hustings.money.rules.returns_audit import CHECKS, audit_returns
from hustings.platform.commands import print_json, refuse
from hustings.platform.importing.importer import ImportRefused
from hustings.platform.importing.source import UnreadableFile

app = typer.Typer(no_args_is_help=True, help="Election money: ours and other people's.")


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
    """Work out what a candidate may spend, with the table entries that made the figure."""
    try:
        found = candidate_limit(
            election="parl-short" if election == "parl" else election,
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
    for check in CHECKS:
        grades = {grade: counts[check, grade] for grade in ("material", "minor", "rounding")}
        typer.echo(f"{check:16} " + "  ".join(f"{grade} {number:,}" for grade, number in grades.items()))
    for finding in findings:
        if finding.grade == "material":
            typer.echo(f"{finding.constituency}, {finding.candidate}: {finding.message}")
