"""The command line of election money."""

from datetime import datetime
from typing import Annotated, cast

import typer

from hustings.basics.money import format_pence
from hustings.basics.refusals import Refusal
from hustings.money.rules.limits import Nation, candidate_limit
from hustings.platform.commands import print_json, refuse


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
