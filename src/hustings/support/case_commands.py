"""`hustings cases`: a case's team works on it. What is written about a person comes from a file or standard input, never as words
on the command line (`platform.commands.read_text` says why)."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from hustings.accounts.access import Right, Scope
from hustings.accounts.commands import acting_in, done_now, fetched
from hustings.accounts.models import User
from hustings.basics.clock import clock
from hustings.platform.commands import checked, print_json, read_object, read_text, refuse
from hustings.support.access import case_for, cases_for, periods_for
from hustings.support.models import Case, CaseKind, LawfulBasis
from hustings.support.pages.case_forms import (
    WITHIN,
    BedForm,
    CaseNoteForm,
    FollowUpForm,
    KeepForm,
    OpenCaseForm,
    OutcomeForm,
    StepForm,
    TakeOverForm,
    TeamForm,
)
from hustings.support.pages.desk_cases import others_for
from hustings.support.queries.left_alone import cases_left_alone
from hustings.support.rules.case_clock import usual_deletion
from hustings.support.usecases.ask_bed import ask_bed
from hustings.support.usecases.delete_case import delete_case
from hustings.support.usecases.open_case import CaseFacts, open_case
from hustings.support.usecases.take_over_case import take_over_case
from hustings.support.usecases.work_on_case import (
    add_note,
    add_to_team,
    close_case,
    follow_up,
    keep_longer,
    leave_team,
    set_next_step,
)

app = typer.Typer(
    no_args_is_help=True,
    help="Cases: somebody needs help. In danger now? Call 999 first. Never write what anybody is alleged to have done.",
)

IsJson = Annotated[bool, typer.Option("--json", help="Print as JSON.")]
By = Annotated[
    str, typer.Option(help="The email address of the login that acts; it must be on the case's team.")
]
Which = Annotated[int, typer.Argument(help="The case's number, from `hustings cases list`.")]
Words = Annotated[Path, typer.Argument(help="A text file with it, or - for standard input.")]
Checked = Annotated[
    bool,
    typer.Option(
        "--words-checked",
        help="You have read it again: it does not say what anybody is alleged to have done.",
    ),
]
Within = Annotated[
    int | None, typer.Option(help=f"By when, in minutes: {', '.join(str(minutes) for minutes, _ in WITHIN)}.")
]
#: What a case's file may hold, as the screen asks for it.
TEXTS = ("called_name", "phone", "whereabouts", "needs", "tell_whom", "next_step", "basis_note")


@app.command("list")
def list_cases(
    by: By,
    left_alone: Annotated[
        bool, typer.Option("--left-alone", help="Instead: those that nobody looks after, for an officer.")
    ] = False,
    is_json: IsJson = False,
) -> None:
    """List the cases on whose team the login is: numbers and clocks, no names."""
    if left_alone:
        _user, scope = acting_in(email=by, right=Right.TAKE_OVER_CASES)
        cases = cases_left_alone(scope=scope, now=clock().now())
    else:
        cases = cases_for(user=_member(by)[0])
    rows = [
        {
            "case": case.pk,
            "kind": case.kind,
            "state": case.state,
            "next_step_due_at": case.next_step_due_at,
            "opened_at": case.opened_at,
            "delete_on": case.delete_on,
        }
        for case in cases
    ]
    if is_json:
        print_json(rows)
        return
    for row in rows:
        due = f", next step due {row['next_step_due_at']:%d %B %H:%M}" if row["next_step_due_at"] else ""
        typer.echo(f"{row['case']:>5}  {row['kind']} ({row['state']}){due}, deleted on {row['delete_on']}")
    if not rows:
        typer.echo("No case." if left_alone else "No case is yours.")


@app.command("show")
def show(case: Which, by: By, is_json: IsJson = False) -> None:
    """Show one case to its team; that somebody looked is written down."""
    found = _case(_member(by)[0], case, "page")
    report: dict[str, Any] = {
        "case": found.pk,
        "kind": found.kind,
        "state": found.state,
        **{name: getattr(found, name) for name in TEXTS},
        "next_step_due_at": found.next_step_due_at,
        "delete_on": found.delete_on,
        "team": [str(one.user.email) for one in found.members.filter(left_at=None).select_related("user")],
        "follow_ups": [
            {"follow_up": due.pk, "due_at": due.due_at, "done_at": due.done_at, "outcome": due.outcome}
            for due in found.follow_ups.all()
        ],
        "notes": [{"at": note.at, "text": note.text} for note in found.notes.all()],
    }
    if is_json:
        print_json(report)
        return
    for name in ("kind", "state", *TEXTS, "next_step_due_at", "delete_on"):
        if report[name]:
            typer.echo(f"{name.replace('_', ' '):>16}  {report[name]}")
    for due in report["follow_ups"]:
        typer.echo(
            f"{'follow-up':>16}  {due['follow_up']}, due {due['due_at']:%d %B %H:%M}: {due['outcome']}"
        )
    for note in report["notes"]:
        typer.echo(f"{note['at']:%d %B %H:%M}  {note['text']}")


@app.command("open")
def open_(
    file: Annotated[
        Path, typer.Argument(help=f"A JSON file with texts, or - for standard input: {', '.join(TEXTS)}.")
    ],
    kind: Annotated[str, typer.Option(help=f"What has happened: {', '.join(CaseKind.values)}.")],
    basis: Annotated[str, typer.Option(help=f"On what ground it is kept: {', '.join(LawfulBasis.values)}.")],
    by: By,
    within: Within = None,
    delete_on: Annotated[
        str | None, typer.Option(help="Day on which all of it is deleted; in 30 days where it is left out.")
    ] = None,
    venue: Annotated[int | None, typer.Option(help="The number of an active place where they are.")] = None,
    team: Annotated[
        list[str] | None, typer.Option(help="The login of somebody else who may see it; once for each.")
    ] = None,
    words_checked: Checked = False,
    is_json: IsJson = False,
) -> None:
    """Open a case: what is needed to help, and nothing else."""
    user, scope = _member(by)
    texts = read_object(file=file, names=TEXTS)
    others, today = others_for(user=user), clock().today_in_uk()
    active = periods_for(scope=scope).filter(closed_at=None).order_by("venue__name")
    venues = [period.venue for period in active]
    given = {
        **texts,
        "kind": kind,
        "basis": basis,
        "within": within,
        "delete_on": delete_on,
        "venue": venue,
        "team": [str(_other(others, email).pk) for email in team] if team else None,
        "are_words_checked": words_checked,
    }
    form = checked(
        OpenCaseForm,
        given=given,
        others=others,
        venues=venues,
        initial={"delete_on": usual_deletion(opened_on=today)},
    )
    values = form.cleaned_data
    names = (*TEXTS, "kind", "basis", "delete_on", "are_words_checked")
    facts = CaseFacts(next_step_minutes=values["within"], **{name: values[name] for name in names})
    case = done_now(
        open_case,
        facts=facts,
        team=[one for one in others if str(one.pk) in set(values.get("team", []))],
        venue=next((one for one in venues if one.pk == values.get("venue")), None),
        by=user,
    )
    _told(case, f"The case is open; its number is {case.pk}.", is_json)


@app.command("note")
def note(case: Which, file: Words, by: By, words_checked: Checked = False, is_json: IsJson = False) -> None:
    """Write down one thing that was done or found out."""
    user = _member(by)[0]
    found = _case(user, case, "note")
    form = checked(CaseNoteForm, given={"text": read_text(file=file), "are_words_checked": words_checked})
    done_now(add_note, case=found, by=user, **form.cleaned_data)
    _told(found, "The note is kept.", is_json)


@app.command("step")
def step(
    case: Which,
    file: Annotated[
        Path, typer.Argument(help="A text file with what is done next, or - for standard input.")
    ],
    by: By,
    done: Annotated[
        Path | None, typer.Option(help="A text file with what came of the step before; it is done then.")
    ] = None,
    within: Within = None,
    whose: Annotated[
        str | None, typer.Option(help="The login of whoever of the team does it; whoever is first.")
    ] = None,
    words_checked: Checked = False,
    is_json: IsJson = False,
) -> None:
    """Say what is done next, and by when."""
    user = _member(by)[0]
    found = _case(user, case, "step")
    members = [member.user for member in found.members.filter(left_at=None).select_related("user")]
    given = {
        "step": read_text(file=file),
        "done": None if done is None else read_text(file=done),
        "within": within,
        "whose": None if whose is None else _other(members, whose).pk,
        "are_words_checked": words_checked,
    }
    values = checked(StepForm, given=given, members=members).cleaned_data
    done_now(
        set_next_step,
        case=found,
        step=values["step"],
        done=values["done"],
        whose=next((one for one in members if one.pk == values["whose"]), None),
        due_at=clock().now() + timedelta(minutes=values["within"]),
        are_words_checked=values["are_words_checked"],
        by=user,
    )
    _told(found, f"The clock is set: {found.next_step_due_at:%d %B %H:%M}.", is_json)


@app.command("follow-up")
def followed_up(
    case: Which,
    number: Annotated[int, typer.Argument(help="The follow-up's number, as `hustings cases show` tells it.")],
    file: Words,
    by: By,
    words_checked: Checked = False,
    is_json: IsJson = False,
) -> None:
    """Note how they are, a day or a week after."""
    user = _member(by)[0]
    found = _case(user, case, "follow-up")
    due = found.follow_ups.filter(pk=number).first()
    if due is None:
        raise refuse(
            f"Case {case} has no follow-up {number}. `hustings cases show {case}` tells their numbers."
        )
    form = checked(FollowUpForm, given={"outcome": read_text(file=file), "are_words_checked": words_checked})
    if not done_now(follow_up, due=due, by=user, **form.cleaned_data):
        raise refuse("This follow-up is done already.")
    _told(found, "It is kept.", is_json)


@app.command("team")
def team(
    case: Which,
    login: Annotated[str, typer.Argument(help="The email address of somebody who may work on cases.")],
    by: By,
    is_json: IsJson = False,
) -> None:
    """Let somebody see everything of a case and work on it."""
    user = _member(by)[0]
    found = _case(user, case, "team")
    others = others_for(user=user, case=found)
    form = checked(TeamForm, given={"user": _other(others, login).pk}, others=others)
    chosen = next(one for one in others if one.pk == form.cleaned_data["user"])
    done_now(add_to_team, case=found, user=chosen, by=user)
    _told(found, f"{chosen} is on the team.", is_json)


@app.command("leave")
def leave(case: Which, by: By, is_json: IsJson = False) -> None:
    """Leave the team of a case, and see it no more."""
    user = _member(by)[0]
    found = _case(user, case, "leave")
    done_now(leave_team, case=found, user=user)
    _told(found, "You have left the team, and see the case no more.", is_json)


@app.command("bed")
def bed(
    case: Which,
    by: By,
    nights: Annotated[int | None, typer.Option(help="For how many nights; one where it is left out.")] = None,
    postcode: Annotated[
        str | None, typer.Option(help="Near which postcode; the place of the case where it is left out.")
    ] = None,
    is_json: IsJson = False,
) -> None:
    """Ask the nearest hosts for a bed from tonight: they learn not who, and not why."""
    user = _member(by)[0]
    found = _case(user, case, "bed")
    form = checked(BedForm, given={"nights": nights, "postcode": postcode})
    asked = done_now(ask_bed, case=found, by=user, **form.cleaned_data)
    if is_json:
        print_json({"case": found.pk, "asked": asked})
    else:
        typer.echo(f"{asked} hosts are asked. Ring them: the list is in the case.")
    if not asked:
        raise refuse("No host near there has a bed free. Look for another way.")


@app.command("close")
def close(case: Which, file: Words, by: By, is_json: IsJson = False) -> None:
    """Close a case with what came of it; follow-ups and its deletion stay due."""
    user = _member(by)[0]
    found = _case(user, case, "close")
    form = checked(OutcomeForm, given={"outcome": read_text(file=file)})
    done_now(close_case, case=found, by=user, **form.cleaned_data)
    _told(found, "Closed. The follow-ups stay due, and so does its deletion.", is_json)


@app.command("keep")
def keep(
    case: Which,
    delete_on: Annotated[str, typer.Argument(help="The new day of deletion, as 2026-06-01.")],
    file: Annotated[Path, typer.Argument(help="A text file with the reason, or - for standard input.")],
    by: By,
    is_json: IsJson = False,
) -> None:
    """Keep a case longer, with a reason that is kept too."""
    user = _member(by)[0]
    found = _case(user, case, "keep longer")
    form = checked(KeepForm, given={"delete_on": delete_on, "why": read_text(file=file)})
    done_now(keep_longer, case=found, by=user, **form.cleaned_data)
    _told(found, f"All of it is deleted on {found.delete_on}.", is_json)


@app.command("delete")
def delete(
    case: Which,
    by: By,
    is_sure: Annotated[
        bool, typer.Option("--yes", help="Delete all of it; it cannot be brought back.")
    ] = False,
    is_json: IsJson = False,
) -> None:
    """Delete all of a case now: notes, follow-ups, team and who looked."""
    user = _member(by)[0]
    found = _case(user, case, "delete")
    if not is_sure:
        raise refuse("The case cannot be brought back. Give --yes to delete all of it.")
    done_now(delete_case, case_id=found.pk, by=user)
    if is_json:
        print_json({"case": case, "deleted": True})
    else:
        typer.echo("Deleted. The audit log keeps that it was, and nothing of what was in it.")


@app.command("take-over")
def take_over(case: Which, file: Words, by: By, is_json: IsJson = False) -> None:
    """Take over a case that nobody looks after; the reason stands in the case, and its team is told."""
    user, scope = acting_in(email=by, right=Right.TAKE_OVER_CASES)
    if not cases_left_alone(scope=scope, now=clock().now()).filter(pk=case).exists():
        raise refuse(
            f"Case {case} is none that you may take over. `hustings cases list --left-alone` shows those."
        )
    form = checked(TakeOverForm, given={"reason": read_text(file=file)})
    taken = done_now(take_over_case, case_id=case, reason=form.cleaned_data["reason"], by=user)
    _told(taken, "You are on the team now. Set the next step first.", is_json)


def _member(by: str) -> tuple[User, Scope]:
    return acting_in(email=by, right=Right.SEE_CASES)


def _case(user: User, pk: int, what: str) -> Case:
    """A case on whose team the login is; that it was looked at, or tried, is written down as on the desk."""
    sentence = f"There is no case {pk} on whose team you are. `hustings cases list` shows those."
    return fetched(case_for, user=user, pk=pk, what=what, now=clock().now(), missing=sentence)


def _other(logins: list[User], email: str) -> User:
    wanted = next((one for one in logins if one.email.casefold() == email.strip().casefold()), None)
    if wanted is None:
        raise refuse(f"{email} is not the address of a login that this can be given to.")
    return wanted


def _told(case: Case, sentence: str, is_json: bool) -> None:
    if is_json:
        print_json({"case": case.pk, "state": case.state, "next_step_due_at": case.next_step_due_at})
    else:
        typer.echo(sentence)
