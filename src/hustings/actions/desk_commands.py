"""`hustings petitions write`, `open`, `close`, `state-outcome`."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from hustings.accounts.access import Right, Scope
from hustings.accounts.commands import acting_in, done_now, fetched
from hustings.actions.access import petition_for
from hustings.actions.models import Petition
from hustings.actions.pages.desk_forms import OutcomeForm, PetitionForm
from hustings.actions.queries import standing_of
from hustings.actions.usecases.close_petition import NeverOpened, close_petition, state_outcome
from hustings.actions.usecases.offer_wordings import OFFERS
from hustings.actions.usecases.open_petition import NotReadyToOpen, open_petition
from hustings.actions.usecases.save_petition import save_petition
from hustings.basics.clock import clock
from hustings.contacts.models import Issue
from hustings.elections.models import Party
from hustings.platform.commands import checked, print_json, read_text, refuse

Json = Annotated[bool, typer.Option("--json", help="Print as JSON.")]
By = Annotated[str, typer.Option(help="The email address of the login that acts; it must hold the right.")]
Slug = Annotated[str, typer.Argument(help="The petition's slug, as in its address.")]
_ASKS = ", ".join(f"{channel}.{purpose}" for channel, purpose in OFFERS)


def petition_of(*, slug: str, scope: Scope) -> Petition:
    """A petition that the login looks after; exit code 1 where there is none of that slug."""
    found = Petition.objects.filter(slug=slug).values_list("pk", flat=True).first() or 0
    missing = (
        f"There is no petition “{slug}” in the places this login looks after. See `hustings petitions list`."
    )
    return fetched(petition_for, missing, scope=scope, pk=found)


def write(
    by: By,
    slug: Annotated[str, typer.Argument(help="The slug of the one to change; left out: a new draft.")] = "",
    title: Annotated[str | None, typer.Option(help="Its title.")] = None,
    text: Annotated[
        Path | None, typer.Option(help="A file with the words people sign; “-” reads standard input.")
    ] = None,
    background: Annotated[Path | None, typer.Option(help="A file with what is shown folded below.")] = None,
    asked_of: Annotated[str | None, typer.Option(help="Who is asked, as Barset Council.")] = None,
    asked_by: Annotated[str | None, typer.Option(help="Who asks, as The residents of East Ward.")] = None,
    language: Annotated[str | None, typer.Option(help="Language of the words, as en-gb.")] = None,
    area: Annotated[str | None, typer.Option(help="The GSS code of the place it belongs to.")] = None,
    ward: Annotated[
        list[str] | None, typer.Option(help="The code of a ward counted on the page; once for each.")
    ] = None,
    goal: Annotated[int | None, typer.Option(help="How many signatures you hope for.")] = None,
    promoter: Annotated[int | None, typer.Option(help="The number of the promoter in the imprint.")] = None,
    on_behalf_of: Annotated[int | None, typer.Option("--behalf", help="On whose behalf, by number.")] = None,
    opens_at: Annotated[
        str | None, typer.Option(help="Opens at this moment, as 2026-05-01T10:00; UK time.")
    ] = None,
    closes_at: Annotated[str | None, typer.Option(help="Closes at this moment.")] = None,
    ask: Annotated[
        list[str] | None, typer.Option(help=f"What the form asks leave for, once for each: {_ASKS}.")
    ] = None,
    issue: Annotated[list[str] | None, typer.Option(help="An issue to choose from; once for each.")] = None,
    asks_intention: Annotated[
        bool | None, typer.Option("--ask-vote/--no-ask-vote", help="Whether it asks how people would vote.")
    ] = None,
    party: Annotated[
        list[str] | None, typer.Option(help="A party to choose from, by its name; once for each.")
    ] = None,
    election: Annotated[
        str | None, typer.Option(help="The election meant, from `hustings elections list`.")
    ] = None,
    is_json: Json = False,
) -> None:
    """Write a petition as a draft, or change one: what is left out stays. Words that were signed stay with who signed them."""
    user, scope = acting_in(email=by, right=Right.EDIT_PETITIONS)
    held = petition_of(slug=slug, scope=scope) if slug else Petition()
    given = {
        "title": title,
        "text": None if text is None else read_text(file=text),
        "background": None if background is None else read_text(file=background),
        "asked_of": asked_of,
        "asked_by": asked_by,
        "language": language,
        "area": area,
        "wards": ward,
        "goal": goal,
        "promoter": promoter,
        "on_behalf_of": on_behalf_of,
        "opens_at": opens_at,
        "closes_at": closes_at,
        "asks": ask,
        "asks_intention": asks_intention,
        "parties": _party_ids(party),
        "election": election,
        **_issues(issue),
    }
    form = checked(PetitionForm, given=given, instance=held, scope=scope)
    saved = done_now(save_petition, petition=form.instance, words=form.words(), links=form.links(), by=user)
    _told(saved, is_json)


def open_(slug: Slug, by: By, is_json: Json = False) -> None:
    """Open a petition, now or on its opening day; everything that is missing is said."""
    _act(slug, by, open_petition, NotReadyToOpen, is_json)


def close(slug: Slug, by: By, is_json: Json = False) -> None:
    """Close a petition now; what was signed before may still be confirmed for a week."""
    _act(slug, by, close_petition, NeverOpened, is_json)


def state(
    slug: Slug,
    outcome: Annotated[
        Path, typer.Argument(help="A file that says what came of it; empty takes it down; “-” reads input.")
    ],
    by: By,
    is_json: Json = False,
) -> None:
    """Say on the public page what came of a petition."""
    user, scope = acting_in(email=by, right=Right.EDIT_PETITIONS)
    held = petition_of(slug=slug, scope=scope)
    form = checked(OutcomeForm, given={"outcome": read_text(file=outcome)})
    _told(done_now(state_outcome, petition=held, outcome=form.cleaned_data["outcome"], by=user), is_json)


def _act(slug: str, by: str, act: Callable[..., Petition], refusal: type[Exception], is_json: bool) -> None:
    user, scope = acting_in(email=by, right=Right.EDIT_PETITIONS)
    _told(done_now(act, refusal, petition=petition_of(slug=slug, scope=scope), by=user), is_json)


def _issues(names: list[str] | None) -> dict[str, Any]:
    """Issues by their names; those that are new are added to the list, as on the page."""
    if names is None:
        return {}
    known = dict(Issue.objects.filter(name__in=names).values_list("name", "pk"))
    return {
        "issues": list(known.values()),
        "new_issues": "\n".join(name for name in names if name not in known),
    }


def _party_ids(names: list[str] | None) -> list[int] | None:
    if names is None:
        return None
    known = dict(Party.objects.filter(name__in=names).values_list("name", "pk"))
    if unknown := [name for name in names if name not in known]:
        raise refuse(f"There is no party of this name: {', '.join(unknown)}.")
    return list(known.values())


def _told(petition: Petition, is_json: bool) -> None:
    standing = standing_of(petition=petition, now=clock().now()).value
    if is_json:
        print_json(
            {
                "slug": petition.slug,
                "title": petition.title,
                "state": standing,
                "opens_at": petition.opens_at,
                "closes_at": petition.closes_at,
                "outcome_at": petition.outcome_at,
            }
        )
    else:
        typer.echo(f"“{petition.title}” ({petition.slug}) is saved: {standing}.")
