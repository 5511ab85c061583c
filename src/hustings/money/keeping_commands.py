"""Keeping a campaign's books on the command line: open them or change their facts, limits from outside, written authorities."""

from pathlib import Path
from typing import Annotated

import typer

from hustings.accounts.commands import acting_login, done_now, fetched
from hustings.basics.clock import clock
from hustings.basics.money import format_pence
from hustings.money.access import authority_for
from hustings.money.books_commands import ByOption, CampaignArgument, JsonOption, keeper, kept_books
from hustings.money.models import AuthorityKind, Campaign, CampaignKind, ElectionType, Nation, SeatKind
from hustings.money.pages.campaign_form import CampaignForm
from hustings.money.pages.small_forms import AuthorityForm, EndForm, LimitForm
from hustings.money.queries.books import newest_limits
from hustings.money.usecases.give_authority import end_authority, give_authority
from hustings.money.usecases.open_books import open_books
from hustings.money.usecases.remember_limits import enter_limit, why_no_limit
from hustings.platform.commands import checked, print_json, read_text, refuse

authority_app = typer.Typer(
    no_args_is_help=True, help="Written authorities of the agent to spend: give one, end one."
)


def keep_books(
    by: ByOption,
    campaign: Annotated[
        int | None, typer.Argument(help="The number of the books to change; left out: new ones.")
    ] = None,
    kind: Annotated[str | None, typer.Option(help=f"Whose books: {', '.join(CampaignKind.values)}.")] = None,
    name: Annotated[
        str | None, typer.Option(help="The candidate, party or campaigner, as on the return.")
    ] = None,
    area: Annotated[
        str | None, typer.Option(help="The place's name or GSS code; whoever looks after it sees the books.")
    ] = None,
    election_type: Annotated[
        str | None, typer.Option(help=f"One of {', '.join(ElectionType.values)}.")
    ] = None,
    electoral_area: Annotated[
        str | None, typer.Option(help="The electoral area's name; the place's where it is left out.")
    ] = None,
    nation: Annotated[str | None, typer.Option(help=f"One of {', '.join(Nation.values)}.")] = None,
    seat_kind: Annotated[str | None, typer.Option(help=f"One of {', '.join(SeatKind.values)}.")] = None,
    election: Annotated[
        str | None, typer.Option(help="The election in our records, from `hustings elections list`.")
    ] = None,
    poll_on: Annotated[str | None, typer.Option(help="Polling day, as 2026-05-07.")] = None,
    result_on: Annotated[str | None, typer.Option(help="Day of the result; deadlines count from it.")] = None,
    declared_on: Annotated[
        str | None, typer.Option(help="Day on which they were first said to be standing.")
    ] = None,
    earliest_on: Annotated[str | None, typer.Option(help="Dissolution, vacancy or list.")] = None,
    regulated_from: Annotated[
        str | None, typer.Option(help="Spending counts from; worked out where it is left out.")
    ] = None,
    parliament_met_on: Annotated[
        str | None, typer.Option(help="Only for a long campaign: the day Parliament first met.")
    ] = None,
    parliament_month: Annotated[
        int | None, typer.Option(help="Month of the Parliament in which it was dissolved.")
    ] = None,
    electors: Annotated[
        int | None, typer.Option(help="On the last day for publishing the notice of election.")
    ] = None,
    electors_source: Annotated[str | None, typer.Option(help="Where that figure is from.")] = None,
    councils: Annotated[
        int | None, typer.Option(help="Constituent councils of a combined authority.")
    ] = None,
    seats: Annotated[int | None, typer.Option(help="For a party's books: seats contested.")] = None,
    shares_rooms_with: Annotated[
        list[int] | None, typer.Option(help="A campaign with the same campaign rooms; once for each.")
    ] = None,
    agent: Annotated[
        str | None, typer.Option(help="Email address of the agent's login; reminders go there.")
    ] = None,
    agent_name: Annotated[str | None, typer.Option(help="The agent's full name.")] = None,
    agent_address: Annotated[
        str | None, typer.Option(help="The agent's address, as it is published.")
    ] = None,
    candidate_address_file: Annotated[
        Path | None,
        typer.Option(
            help="A file with the candidate's own address, or - for standard input; it is shown to nobody."
        ),
    ] = None,
    is_json: JsonOption = False,
) -> None:
    """Open a campaign's books, or change the facts about them: what is left out stays. The limit is worked out again."""
    user, scope = keeper(email=by)
    books = Campaign() if campaign is None else kept_books(scope=scope, number=campaign)
    given = {
        "kind": kind,
        "name": name,
        "area": area,
        "election_type": election_type,
        "area_name": electoral_area,
        "nation": nation,
        "seat_kind": seat_kind,
        "election": election,
        "poll_on": poll_on,
        "result_on": result_on,
        "declared_on": declared_on,
        "earliest_on": earliest_on,
        "regulated_from": regulated_from,
        "parliament_met_on": parliament_met_on,
        "parliament_month": parliament_month,
        "electorate": electors,
        "electorate_source": electors_source,
        "councils": councils,
        "seats_contested": seats,
        "shares_rooms_with": shares_rooms_with or None,
        "agent": None if agent is None else acting_login(email=agent).pk,
        "agent_name": agent_name,
        "agent_address": agent_address,
        "candidate_address": None
        if candidate_address_file is None
        else read_text(file=candidate_address_file),
    }
    form = checked(CampaignForm, given=given, instance=books, scope=scope, today=clock().today_in_uk())
    written = done_now(
        open_books,
        campaign=form.described(),
        rooms_with=form.cleaned_data["shares_rooms_with"],
        by=user,
    )
    limits = {period: record.limit_pence for period, record in newest_limits(campaign=written).items()}
    if is_json:
        print_json(
            {
                "campaign": written.pk,
                "name": written.name,
                "regulated_from": written.regulated_from,
                "poll_on": written.poll_on,
                "limit_pence": limits,
            }
        )
        return
    typer.echo(f"The books of {written.name} are kept under the number {written.pk}.")
    for period, pence in limits.items():
        typer.echo(f"{period}: {format_pence(pence)}")
    if not limits:
        typer.echo(f"No limit is known yet: {why_no_limit(campaign=written)}")


def enter(
    campaign: CampaignArgument,
    amount: Annotated[str, typer.Option(help="The limit in pounds, as the returning officer gave it.")],
    source: Annotated[str, typer.Option(help="Who gave it to you, when and how.")],
    by: ByOption,
    is_json: JsonOption = False,
) -> None:
    """Enter the limit that the returning officer gave, where our tables have none."""
    user, scope = keeper(email=by)
    books = kept_books(scope=scope, number=campaign)
    if why_no_limit(campaign=books) is None:
        raise refuse("Our tables give this limit; there is nothing to enter.")
    form = checked(LimitForm, given={"limit": amount, "source": source})
    kept = done_now(
        enter_limit,
        campaign=books,
        limit_pence=form.cleaned_data["limit"],
        source=form.cleaned_data["source"],
        by=user,
    )
    if is_json:
        print_json({"campaign": books.pk, "period": kept.period, "limit_pence": kept.limit_pence})
    else:
        typer.echo(f"{books.name}: {format_pence(kept.limit_pence)}. {' '.join(kept.warnings)}")


@authority_app.command("give")
def give(
    campaign: CampaignArgument,
    name: Annotated[str, typer.Option(help="Who may spend.")],
    most: Annotated[str, typer.Option(help="Up to how much, in pounds.")],
    given_on: Annotated[str, typer.Option(help="Day of the signed letter, as 2026-04-01.")],
    evidence: Annotated[str, typer.Option(help="Where the signed letter is; it goes with the return.")],
    by: ByOption,
    kind: Annotated[
        str, typer.Option(help=f"For what: {', '.join(AuthorityKind.values)}.")
    ] = AuthorityKind.SPEND.value,
    address: Annotated[str, typer.Option(help="Their address.")] = "",
    is_json: JsonOption = False,
) -> None:
    """Write down a letter by which the agent let somebody spend."""
    user, scope = keeper(email=by)
    books = kept_books(scope=scope, number=campaign)
    given = {
        "kind": kind, "name": name, "address": address, "most": most, "given_on": given_on, "evidence": evidence,
    }  # fmt: skip
    values = checked(AuthorityForm, given=given).cleaned_data
    made = done_now(
        give_authority,
        campaign=books,
        kind=values["kind"],
        name=values["name"],
        address=values["address"],
        most_pence=values["most"],
        given_on=values["given_on"],
        evidence=values["evidence"],
        by=user,
    )
    if is_json:
        print_json({"authority": made.pk, "name": made.name, "most_pence": made.most_pence})
    else:
        typer.echo(f"{made.name} may spend up to {format_pence(made.most_pence)}; its number is {made.pk}.")


@authority_app.command("end")
def end(
    authority: Annotated[int, typer.Argument(help="The authority's number, as `give` and `list` show it.")],
    by: ByOption,
    on: Annotated[
        str | None, typer.Option(help="From this day on it no longer holds; today where it is left out.")
    ] = None,
    is_json: JsonOption = False,
) -> None:
    """End an authority; what was spent under it stays."""
    user, scope = keeper(email=by)
    held = fetched(
        authority_for,
        scope=scope,
        pk=authority,
        missing=f"There is no authority {authority} in the books of this login. “hustings money authority list” shows them.",
    )
    form = checked(EndForm, given={"on": on}, initial={"on": clock().today_in_uk()})
    ended = done_now(end_authority, authority=held, on=form.cleaned_data["on"], by=user)
    if is_json:
        print_json({"authority": ended.pk, "name": ended.name, "ended_on": ended.ended_on})
    else:
        typer.echo(f"The authority of {ended.name} no longer holds from {ended.ended_on}.")


@authority_app.command("list")
def list_authorities(campaign: CampaignArgument, by: ByOption, is_json: JsonOption = False) -> None:
    """List a campaign's written authorities, ended ones too."""
    _user, scope = keeper(email=by)
    rows = [
        {
            "authority": one.pk,
            "kind": one.kind,
            "name": one.name,
            "most_pence": one.most_pence,
            "given_on": one.given_on,
            "ended_on": one.ended_on,
        }
        for one in kept_books(scope=scope, number=campaign).authorities.order_by("given_on", "pk")
    ]
    if is_json:
        print_json(rows)
        return
    for row in rows:
        ended = f", ended {row['ended_on']}" if row["ended_on"] else ""
        typer.echo(
            f"{row['authority']:5}  {row['given_on']}  {format_pence(row['most_pence']):>12}  {row['name']}{ended}"
        )
    if not rows:
        typer.echo("No written authorities.")
