"""Who is behind the ads: look somebody up, move an advertiser, reject a link to a register, start and decide rounds of coding."""

from typing import Annotated, Any

import typer
from django.db import transaction

from hustings.accounts.access import Right
from hustings.accounts.commands import acting_in, acting_login, done_now, fetched
from hustings.adwatch.access import advertiser_for, entities_for, link_for, need_whole, round_for
from hustings.adwatch.models import Code
from hustings.adwatch.pages.coding import AdjudicateForm
from hustings.adwatch.pages.entities import MoveForm, ReasonForm
from hustings.adwatch.pages.rounds import RoundForm, drawn_entities
from hustings.adwatch.usecases.adjudicate import adjudicate
from hustings.adwatch.usecases.move_advertiser import move_advertiser
from hustings.adwatch.usecases.reject_link import reject_link
from hustings.adwatch.usecases.resolve_advertisers import entity_named
from hustings.adwatch.usecases.start_round import start_round
from hustings.platform.commands import checked, print_json, refuse

_Json = Annotated[bool, typer.Option("--json", help="Print as JSON.")]
_By = Annotated[
    str,
    typer.Option("--by", help="The email address of the login that acts; it must code the archive's ads."),
]
_Reason = Annotated[str, typer.Option(help="How you know; it is kept.")]


def who(
    name: Annotated[str, typer.Argument(help="A part of the name.")],
    by: Annotated[str, typer.Option("--by", help="The email address of a login that may see the archive.")],
    is_json: _Json = False,
) -> None:
    """Look up who stands behind ads: their pages and disclaimers, and their links to registers, each with its number."""
    _user, scope = acting_in(email=by, right=Right.SEE_ADS)
    found = entities_for(scope=scope).filter(name__icontains=name.strip()).order_by("name", "pk")
    rows: list[dict[str, Any]] = [
        {
            "entity": one.pk,
            "name": one.name,
            "code": one.code,
            "advertisers": [
                {"advertiser": each.pk, "page": each.page, "disclaimer": each.disclaimer}
                for each in one.advertisers.order_by("page", "pk")
            ],
            "links": [
                {
                    "link": each.pk,
                    "name": each.name,
                    "number": each.number,
                    "rejected": bool(each.rejected_at),
                }
                for each in one.links.order_by("pk")
            ],
        }
        for one in found
    ]
    if is_json:
        print_json(rows)
        return
    for row in rows:
        typer.echo(f"{row['entity']:>6}  {row['name']} ({row['code'] or 'not coded'})")
        for each in row["advertisers"]:
            typer.echo(f"        advertiser {each['advertiser']}: {each['page']}; {each['disclaimer']}")
        for each in row["links"]:
            state = ", rejected" if each["rejected"] else ""
            typer.echo(f"        link {each['link']}: {each['name']} ({each['number']}{state})")
    if not rows:
        typer.echo("Nobody in the archive is called so.")


def move(
    advertiser: Annotated[int, typer.Argument(help="The advertiser's number, from `hustings adwatch who`.")],
    to: Annotated[str, typer.Argument(help="Who is behind it, by name; a new name makes a new entity.")],
    reason: _Reason,
    by: _By,
    is_json: _Json = False,
) -> None:
    """Put an advertiser to another entity, where the rules got it wrong."""
    user, scope = acting_in(email=by, right=Right.CODE_ADS)
    held = fetched(
        advertiser_for,
        scope=scope,
        pk=advertiser,
        missing=f"There is no advertiser {advertiser} in your archive.",
    )
    values = checked(MoveForm, given={"to": to, "reason": reason}).cleaned_data
    with transaction.atomic():  # where the move is refused, a new name makes no entity
        entity = entity_named(name=values["to"])
        done = done_now(move_advertiser, advertiser=held, to=entity, reason=values["reason"], by=user)
    if is_json:
        print_json({"advertiser": held.pk, "was": done.was_id, "entity": done.now_id})
    else:
        typer.echo(f"“{held.page}” belongs to {entity.name} now. The reason is kept.")


def reject(
    link: Annotated[int, typer.Argument(help="The link's number, from `hustings adwatch who`.")],
    reason: _Reason,
    by: _By,
    is_json: _Json = False,
) -> None:
    """Say that a link to a register is to another body of the same name; it counts for nothing from now on."""
    user, scope = acting_in(email=by, right=Right.CODE_ADS)
    held = fetched(link_for, scope=scope, pk=link, missing=f"There is no link {link} in your archive.")
    form = checked(ReasonForm, given={"reason": reason})
    done_now(reject_link, link=held, reason=form.cleaned_data["reason"], by=user)
    if is_json:
        print_json({"link": held.pk, "entity": held.entity_id, "rejected_at": held.rejected_at})
    else:
        typer.echo("The link no longer counts. Your reason is kept.")


def start(
    title: Annotated[str, typer.Argument(help="What the round is called.")],
    by: _By,
    number: Annotated[int | None, typer.Option(help="How many advertisers; 20 where it is left out.")] = None,
    drawn: Annotated[str | None, typer.Option(help="Which: largest, largest-not-party or chance.")] = None,
    anew: Annotated[
        bool | None, typer.Option("--anew/--coded-too", help="Whether who has a code already is left out.")
    ] = None,
    first_coder: Annotated[
        str | None, typer.Option(help="The first coder's login; the one that acts where it is left out.")
    ] = None,
    second_coder: Annotated[str | None, typer.Option(help="The second coder's login; nobody.")] = None,
    suggestions: Annotated[
        bool | None, typer.Option(help="Show what the rules propose; it sways the coder.")
    ] = None,
    is_json: _Json = False,
) -> None:
    """Start a round of coding."""
    user, scope = acting_in(email=by, right=Right.CODE_ADS)
    fetched(need_whole, scope=scope, missing="The archive belongs to the whole organisation.")
    given = {
        "title": title,
        "number": number,
        "drawn": drawn,
        "is_anew": anew,
        "first_coder": None if first_coder is None else acting_login(email=first_coder).pk,
        "second_coder": None if second_coder is None else acting_login(email=second_coder).pk,
        "shows_suggestions": suggestions,
    }
    values = checked(RoundForm, given=given, initial={"first_coder": user.pk}).cleaned_data
    entities, words = drawn_entities(how=values["drawn"], number=values["number"], is_anew=values["is_anew"])
    made = done_now(
        start_round,
        title=values["title"],
        first_coder=values["first_coder"],
        second_coder=values["second_coder"],
        entities=entities,
        how_drawn=words,
        shows_suggestions=values["shows_suggestions"],
        by=user,
    )
    if is_json:
        print_json({"round": made.pk, "title": made.title, "entities": len(entities), "how_drawn": words})
    else:
        typer.echo(f"Round {made.pk} is started: {words}.")


def decide(
    round_: Annotated[
        int, typer.Argument(help="The round, from `hustings adwatch code-export`.", metavar="ROUND")
    ],
    entity: Annotated[int, typer.Argument(help="The number of who is decided about.")],
    code: Annotated[str, typer.Argument(help=f"What holds: {', '.join(Code.values)}.")],
    reason: Annotated[str, typer.Option(help="Why; it is kept with both codes.")],
    by: _By,
    is_json: _Json = False,
) -> None:
    """Decide where two coders differ, as a third person."""
    user, scope = acting_in(email=by, right=Right.CODE_ADS)
    held = fetched(round_for, scope=scope, pk=round_, missing=f"There is no round {round_} in your archive.")
    item = held.items.select_related("entity").filter(entity=entity).first()
    if item is None:
        raise refuse(f"“{held.title}” has no entity {entity}.")
    values = checked(AdjudicateForm, given={"code": code, "reason": reason}).cleaned_data
    made = done_now(adjudicate, round=held, entity=item.entity, **values, by=user)
    if is_json:
        print_json({"round": held.pk, "entity": item.entity_id, "code": made.code})
    else:
        typer.echo(
            f"Decided: {item.entity.name} is {made.get_code_display()}. Both codes and your reason are kept."
        )
