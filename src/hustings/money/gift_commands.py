"""Gifts on the command line: written down, listed, checked and decided about by the same acts as on the desk."""

from pathlib import Path
from typing import Annotated, Any

import typer
from django.db import transaction
from django.http import Http404

from hustings.accounts.access import NotAllowed, Right, Scope
from hustings.accounts.commands import fetched
from hustings.basics.clock import clock
from hustings.basics.money import NotAnAmount, format_pence, parse_pounds
from hustings.basics.refusals import Refusal
from hustings.money.access import campaign_for, campaigns_for, gift_for
from hustings.money.books_commands import NO_BOOKS, ByOption, JsonOption, keeper
from hustings.money.models import DonorKind, Gift, GiftAct, Route
from hustings.money.queries.body_register import is_looked_up, look_up
from hustings.money.queries.donor_register import NoEntitlement, register_answer
from hustings.money.queries.gift_files import gift_files
from hustings.money.queries.ledger import is_donation_in_law, name_of, standing_gifts, with_state
from hustings.money.queries.pending import pending_on
from hustings.money.rules.gift_state import standing_of
from hustings.money.rules.permissibility import QUESTIONS, Answer, Evidence, questions_for
from hustings.money.usecases.add_evidence import LARGEST_FILE, add_gift_evidence
from hustings.money.usecases.check_donor import check_donor
from hustings.money.usecases.decide_gift import decide_gift
from hustings.money.usecases.find_split_gifts import find_split_gifts
from hustings.money.usecases.record_gift import DonorFacts, GiftFacts, record_gift
from hustings.platform.commands import day_given, print_json, refuse

app = typer.Typer(
    no_args_is_help=True, help="Gifts to a campaign: record, list, check and decide, as on the desk."
)

GiftArgument = Annotated[
    int, typer.Argument(help="The gift's number, as `hustings money gifts list` shows it.")
]


@app.command("record")
def record(
    campaign: Annotated[
        int, typer.Argument(help="The campaign's number, as `hustings money campaigns` shows it.")
    ],
    amount: Annotated[str, typer.Option(help="Amount or value in pounds, like 120 or 1,200.50.")],
    received_on: Annotated[str, typer.Option(help="Day of receipt, like 2026-04-10.")],
    route: Annotated[str, typer.Option(help=f"How it came: {', '.join(Route.values)}.")],
    evidence: Annotated[str, typer.Option(help="What shows it: the statement's line, the receipt.")],
    by: ByOption,
    kind: Annotated[
        str, typer.Option(help=f"What the giver is: {', '.join(DonorKind.values)}.")
    ] = DonorKind.INDIVIDUAL.value,
    given_name: Annotated[str, typer.Option(help="Given names of a person.")] = "",
    family_name: Annotated[
        str, typer.Option(help="Family name of a person. Without any name the source is not known.")
    ] = "",
    organisation: Annotated[str, typer.Option(help="Name of a company, union, party or society.")] = "",
    address: Annotated[str, typer.Option(help="The giver's address.")] = "",
    postcode: Annotated[str, typer.Option(help="The giver's postcode.")] = "",
    email: Annotated[str, typer.Option(help="The giver's email address.")] = "",
    company_number: Annotated[str, typer.Option(help="Company or registration number.")] = "",
    overseas: Annotated[bool, typer.Option("--overseas", help="The giver is an overseas elector.")] = False,
    platform: Annotated[str, typer.Option(help="Crowdfunding platform.")] = "",
    funds_arrived_on: Annotated[str, typer.Option(help="Day on which the platform's money arrived.")] = "",
    standing: Annotated[bool, typer.Option("--standing", help="An instalment of a standing order.")] = False,
    what: Annotated[str, typer.Option(help="In kind: what was given.")] = "",
    value_basis: Annotated[str, typer.Option(help="In kind: how the value was found.")] = "",
    through: Annotated[str, typer.Option(help="Who passed it on.")] = "",
    foreign_account: Annotated[
        bool, typer.Option("--foreign-account", help="The card or account is from abroad.")
    ] = False,
    payment_file: Annotated[
        Path | None,
        typer.Option(
            help="A file with the card's or account's number alone, or - to read it from standard input; only its keyed "
            "fingerprint is kept."
        ),
    ] = None,
    file: Annotated[
        list[Path] | None, typer.Option(help="A PDF or picture that shows it, to keep with it.")
    ] = None,
    replaces: Annotated[
        int | None, typer.Option(help="The number of the gift that this corrects; needs --reason.")
    ] = None,
    reason: Annotated[str, typer.Option(help="Why it is corrected.")] = "",
    is_json: JsonOption = False,
) -> None:
    """Write a gift down, of any size; with --replaces it corrects one."""
    user, scope = keeper(email=by)
    now = clock().now()
    facts = GiftFacts(
        amount_pence=_pence(amount),
        received_on=day_given(text=received_on, option="--received-on"),
        route=route,
        evidence=evidence,
        platform=platform,
        funds_arrived_on=day_given(text=funds_arrived_on, option="--funds-arrived-on")
        if funds_arrived_on
        else None,
        is_standing=standing,
        what=what,
        value_basis=value_basis,
        through=through,
        payment=_payment(payment_file),
        is_foreign_account=foreign_account,
    )
    donor = DonorFacts(
        kind=_one_of(kind, DonorKind.values, "--kind"),
        given_name=given_name,
        family_name=family_name,
        organisation=organisation,
        address=address,
        postcode=postcode,
        email=email,
        company_number=company_number,
        is_overseas=overseas,
    )
    try:
        with transaction.atomic():
            gift = record_gift(
                campaign=campaign_for(scope=scope, pk=campaign),
                donor=donor,
                facts=facts,
                by=user,
                now=now,
                replaces=gift_for(scope=scope, pk=replaces) if replaces else None,
                correction_reason=reason,
            )
            for path in file or []:
                add_gift_evidence(gift=gift, name=path.name, content=content_of(path), by=user, now=now)
    except Http404 as problem:
        raise refuse(NO_BOOKS) from problem
    except (Refusal, NotAllowed) as problem:
        raise refuse(str(problem)) from problem
    flags = find_split_gifts(campaign=gift.campaign, by=user, now=now)
    concerned = [flag for flag in flags if flag.gifts.filter(pk=gift.pk).exists()]
    if is_json:
        print_json({**_row(_fetched(gift.pk)), "flags": [flag.sentence for flag in concerned]})
        return
    typer.echo(f"Gift {gift.pk} is written down: {_line(_fetched(gift.pk))}")
    for flag in concerned:
        typer.echo(f"It may be part of one gift: {flag.sentence}")


@app.command("list")
def list_gifts(
    by: ByOption,
    campaign: Annotated[int | None, typer.Option(help="Only gifts to this campaign.")] = None,
    open_only: Annotated[
        bool, typer.Option("--open", help="Only gifts about which somebody must still decide.")
    ] = False,
    is_json: JsonOption = False,
) -> None:
    """List the gifts that stand, newest first, with how each was checked and decided."""
    _user, scope = keeper(email=by, right=Right.SEE_MONEY)
    gifts = with_state(gifts=standing_gifts()).filter(campaign__in=campaigns_for(scope=scope))
    if campaign is not None:
        if not campaigns_for(scope=scope).filter(pk=campaign).exists():
            raise refuse(NO_BOOKS)
        gifts = gifts.filter(campaign=campaign)
    found = [gift for gift in gifts.select_related("campaign", "donor") if not open_only or _waits(gift)]
    if is_json:
        print_json([_row(gift) for gift in found])
        return
    for gift in found:
        typer.echo(_line(gift))
    if not found:
        typer.echo("No gifts.")


@app.command("check")
def check(
    gift: GiftArgument,
    by: ByOption,
    answer: Annotated[
        list[str] | None,
        typer.Option(
            help="question=yes|no|unknown: where it was seen. Without any, the questions are listed and nothing is kept."
        ),
    ] = None,
    register: Annotated[
        bool, typer.Option("--register", help="Look an individual up on the electoral register held here.")
    ] = False,
    is_json: JsonOption = False,
) -> None:
    """Check whether a gift's donor may give; exit code 1 unless the donor is found permissible."""
    user, scope = keeper(email=by)
    found = gift_of(scope, gift)
    if found.donor is None:
        raise refuse("The source of this gift is not known, so nobody can be checked.")
    looked_up = look_up(donor=found.donor, on=found.received_on) if is_looked_up(donor=found.donor) else None
    if not answer and not register:
        questions = questions_for(kind=found.donor.kind, on=found.received_on, pending=pending_on())
        asked = {key: QUESTIONS[key] for key in questions}
        if is_json:
            print_json({"questions": asked, "looked_up": looked_up.as_json() if looked_up else None})
            return
        for key, words in asked.items():
            typer.echo(f"{key}: {words}")
        if looked_up:
            typer.echo(looked_up.sentence)
        return
    try:
        kept = check_donor(
            gift=found,
            answers=dict(_answer(text) for text in answer or []),
            register_answer=register_answer(
                campaign=found.campaign, donor=found.donor, on=clock().today_in_uk()
            )
            if register
            else None,
            by=user,
            now=clock().now(),
        )
    except (Refusal, NoEntitlement, NotAllowed) as problem:
        raise refuse(str(problem)) from problem
    if is_json:
        print_json(
            {
                "gift": found.pk,
                "outcome": kept.outcome,
                "finding": kept.finding,
                "entries": kept.entries,
                "warnings": kept.warnings,
                "answers": kept.answers,
                "looked_up": kept.looked_up,
            }
        )
    else:
        typer.echo(kept.finding)
        for seen in (one.get("seen") for one in kept.answers.values()):
            typer.echo(str(seen))
        for warning in kept.warnings:
            typer.echo(f"Careful: {warning}")
    if kept.outcome != "permissible":
        raise typer.Exit(1)


@app.command("decide")
def decide(
    gift: GiftArgument,
    act: Annotated[str, typer.Argument(help=f"What is done: {', '.join(GiftAct.values)}.")],
    reason: Annotated[str, typer.Option(help="Why; it is kept with the gift.")],
    by: ByOption,
    done_on: Annotated[str, typer.Option(help="Day on which it was done; today where it is left out.")] = "",
    reference: Annotated[str, typer.Option(help="What shows the return.")] = "",
    is_json: JsonOption = False,
) -> None:
    """Accept a gift, return it, or send it on, with a reason."""
    user, scope = keeper(email=by)
    found = gift_of(scope, gift)
    try:
        decision = decide_gift(
            gift=found,
            act=act,
            reason=reason,
            done_on=day_given(text=done_on, option="--done-on") if done_on else clock().today_in_uk(),
            reference=reference,
            by=user,
            now=clock().now(),
        )
    except (Refusal, NotAllowed) as problem:
        raise refuse(str(problem)) from problem
    if is_json:
        print_json({**_row(_fetched(found.pk)), "is_late": decision.is_late})
        return
    typer.echo(f"Decided: {decision.get_act_display()}.")
    if decision.is_late:
        typer.echo(
            "This was after the thirty days. Tell the Electoral Commission if the donor was not permissible."
        )


def gift_of(scope: Scope, number: int) -> Gift:
    """One gift in the books of these places; exit code 1 for any other."""
    sentence = (
        f"There is no gift {number} in the books of this login. “hustings money gifts list” lists them."
    )
    return fetched(gift_for, scope=scope, pk=number, missing=sentence)


def _fetched(pk: int) -> Gift:
    return with_state(gifts=Gift.objects.filter(pk=pk)).select_related("campaign", "donor").get()


def _standing(gift: Gift) -> Any:
    found: Any = gift
    return standing_of(
        is_donation=is_donation_in_law(gift=gift),
        outcome=found.outcome,
        act=found.act,
        clock_from=gift.clock_from,
        today=clock().today_in_uk(),
    )


def _waits(gift: Gift) -> bool:
    return bool(_standing(gift).is_waiting)


def _row(gift: Gift) -> dict[str, Any]:
    found: Any = gift
    standing = _standing(gift)
    return {
        "gift": gift.pk,
        "campaign": gift.campaign_id,
        "donor": name_of(donor=gift.donor),
        "donor_kind": gift.donor.kind if gift.donor else None,
        "amount_pence": gift.amount_pence,
        "received_on": gift.received_on,
        "route": gift.route,
        "what": gift.what,
        "evidence": gift.evidence,
        "files": [
            {"name": one.name, "sha256": one.sha256} for one in gift_files(gift=gift) if one.erased_at is None
        ],
        "is_donation_in_law": is_donation_in_law(gift=gift),
        "state": str(standing.state),
        "outcome": found.outcome,
        "act": found.act,
        "decide_by": standing.last_day if standing.is_waiting else None,
        "is_flagged": found.is_flagged,
        "replaces": gift.replaces_id,
    }


def _line(gift: Gift) -> str:
    standing = _standing(gift)
    decide_by = f", decide by {standing.last_day}" if standing.is_waiting else ""
    return (
        f"{gift.pk:5}  {gift.received_on}  {format_pence(gift.amount_pence):>12}  {name_of(donor=gift.donor)} "
        f"to {gift.campaign.name} ({standing.state}{decide_by})"
    )


def _answer(text: str) -> tuple[str, Evidence]:
    """`register=yes: the council's letter of 3 May` as a question's key and its answer."""
    key, equals, rest = text.partition("=")
    said, _colon, seen = rest.partition(":")
    answers: dict[str, Answer] = {"yes": "yes", "no": "no", "unknown": "unknown"}
    found = answers.get(said.strip().casefold())
    if not equals or key.strip() not in QUESTIONS or found is None:
        raise typer.BadParameter(
            f"“{text}” is not question=yes|no|unknown: where it was seen. The questions are {', '.join(QUESTIONS)}."
        )
    return key.strip(), Evidence(answer=found, seen=seen.strip())


def _pence(text: str) -> int:
    try:
        return parse_pounds(text)
    except NotAnAmount as problem:
        raise typer.BadParameter(f"--amount: {problem}") from problem


def _one_of(value: str, known: list[str], option: str) -> str:
    if value not in known:
        raise typer.BadParameter(f"{option} is one of {', '.join(known)}.")
    return value


def _payment(path: Path | None) -> str:
    """A card's or account's number: from a file or standard input, because what stands on a command line is seen by others."""
    if path is None:
        return ""
    if str(path) == "-":
        return typer.get_text_stream("stdin").readline().strip()
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError as problem:
        raise refuse(f"{path} cannot be read: {problem.strerror}.") from problem


def content_of(path: Path) -> bytes:
    """A file's bytes; no more is read than is refused as too large."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError as problem:
        raise refuse(f"{path} cannot be read: {problem.strerror}.") from problem
