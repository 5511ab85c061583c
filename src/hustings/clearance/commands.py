"""The command line of imprints: check a file, and write the words."""

import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from hustings.basics.clock import clock
from hustings.clearance.rules.facts import (
    Election,
    Exemption,
    Link,
    MaterialFacts,
    Measures,
    Medium,
    Nation,
    Place,
    Publisher,
    Responsible,
    Subject,
)
from hustings.clearance.rules.findings import Level
from hustings.clearance.rules.reading import Unreadable, artefact_of_html, digest
from hustings.clearance.rules.reason_words import words_of
from hustings.clearance.rules.wording import Language, NobodyToName, imprint_text
from hustings.clearance.usecases.check_file import Beside, FileCheck, check_file
from hustings.platform.commands import print_json, refuse

if TYPE_CHECKING:
    from hustings.clearance.queries.screening import Screening
    from hustings.clearance.rules.answering import ClearanceSummary

app = typer.Typer(no_args_is_help=True, help="Imprints: check any file, and write the right words.")

Chosen = TypeVar("Chosen", bound=StrEnum)
_MARKS = {Level.OK: "✓", Level.INFO: "·", Level.WARN: "!", Level.BLOCK: "✗"}
_SECONDS_PER_OPTION = "Seconds the imprint is on screen, measured by a person."


@app.callback()
def imprints() -> None:
    """Imprints: check any file, and write the right words."""


@app.command("check")
def check(
    file: Annotated[
        Path,
        typer.Argument(help="HTML, .eml, PDF, text, a picture, or a script; “-” reads standard input."),
    ],
    medium: Annotated[str, typer.Option(help=f"What it is: {', '.join(Medium)}.")],
    date_: Annotated[
        datetime | None,
        typer.Option("--date", formats=["%Y-%m-%d"], help="Day of publication; today if left out."),
    ] = None,
    nation: Annotated[str, typer.Option(help=f"Where it is aimed: {', '.join(Nation)}.")] = Nation.ENGLAND,
    election: Annotated[
        str, typer.Option(help=f"The poll it bears on: {', '.join(Election)}.")
    ] = Election.LOCAL,
    publisher: Annotated[
        str, typer.Option(help=f"Who publishes it: {', '.join(Publisher)}.")
    ] = Publisher.CANDIDATE,
    about: Annotated[
        str, typer.Option(help=f"Whom it is for or against: {', '.join(Subject)}.")
    ] = Subject.CANDIDATE,
    is_paid: Annotated[
        bool, typer.Option("--paid/--organic", help="Paid to be published as an advertisement.")
    ] = False,
    exemption: Annotated[
        str, typer.Option(help=f"A reason why none is needed: {', '.join(Exemption)}.")
    ] = "",
    shared_from: Annotated[
        Path | None,
        typer.Option(
            help="The material this is a share of: unaltered shares are exempt, altered ones are not."
        ),
    ] = None,
    promoter: Annotated[
        list[str] | None, typer.Option(help="The promoter's name; repeat for joint promoters.")
    ] = None,
    promoter_address: Annotated[
        list[str] | None, typer.Option(help="The promoter's postal address, one for each promoter.")
    ] = None,
    behalf: Annotated[
        list[str] | None, typer.Option(help="On whose behalf, by name; may be repeated.")
    ] = None,
    behalf_address: Annotated[
        list[str] | None, typer.Option(help="Their postal addresses, one for each.")
    ] = None,
    printer: Annotated[str, typer.Option(help="The printer's name, for print.")] = "",
    printer_address: Annotated[str, typer.Option(help="The printer's address.")] = "",
    caption: Annotated[str, typer.Option(help="Words beside a picture or film.")] = "",
    transcript: Annotated[
        Path | None, typer.Option(help="Words in a picture, film or sound, as a text file.")
    ] = None,
    is_seen: Annotated[
        bool, typer.Option("--seen", help="A person found the imprint in the picture, film or sound.")
    ] = False,
    seconds: Annotated[float | None, typer.Option(help=_SECONDS_PER_OPTION)] = None,
    platform: Annotated[
        str,
        typer.Option(
            help="Where the imprint is behind a link: short-post, story-without-text, search-advert."
        ),
    ] = "",
    reason: Annotated[str, typer.Option(help="Why it cannot be in the material.")] = "",
    linked_page: Annotated[Path | None, typer.Option(help="The linked page, saved as HTML or text.")] = None,
    is_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Run the imprint checklist I1 to I14 on a file; exit 1 where something is missing.

    Without --promoter, whoever the material names is taken, and a warning says that nobody verified them.
    """
    content = _content(file)
    shared = _shared(content, shared_from)
    facts = MaterialFacts(
        medium=_one_of(Medium, medium, "--medium"),
        nation=_one_of(Nation, nation, "--nation"),
        election=_one_of(Election, election, "--election"),
        publisher=_one_of(Publisher, publisher, "--publisher"),
        subject=_one_of(Subject, about, "--about"),
        is_paid=is_paid,
        exemption=shared or (_one_of(Exemption, exemption, "--exemption") if exemption else None),
        promoters=_people(promoter, promoter_address, "--promoter"),
        principals=_people(behalf, behalf_address, "--behalf"),
        printer=Responsible(name=printer, address=printer_address, is_verified=True) if printer else None,
        measures=Measures(seconds_on_screen=seconds),
    )
    if platform or linked_page:
        facts = replace(facts, place=Place.LINKED, link=_link(platform, reason, linked_page))
    on: date = date_.date() if date_ else clock().today_in_uk()
    try:
        found = check_file(
            content=content,
            name=file.name,
            facts=facts,
            on=on,
            beside=Beside(
                caption=caption,
                transcript=transcript.read_text(encoding="utf-8") if transcript else "",
                is_seen_by_person=is_seen,
            ),
        )
    except (Unreadable, OSError) as problem:
        raise refuse(f"{file} cannot be read: {problem}") from problem
    if is_json:
        print_json({"file": file.name, "medium": medium, "date": on.isoformat(), **found.as_dict()})
    else:
        _tell(found)
    if not found.has_passed:
        raise typer.Exit(1)


def _tell(found: FileCheck) -> None:
    for one in found.findings:
        doubt = " (not confirmed in a source)" if one.status in {"known", "uncertain"} else ""
        typer.echo(f"{_MARKS[one.level]} {one.id:4} {one.message}{doubt}")
    good, bad = "Nothing stands in the way of publishing this.", "This must not be published as it is."
    typer.echo(f"\n{good if found.has_passed else bad}")
    if not found.has_passed or not found.facts.promoters:
        typer.echo(f"The right words:\n  {found.offered['en']}\n  {found.offered['cy']}")


def _content(file: Path) -> bytes:
    if str(file) == "-":
        return sys.stdin.buffer.read()
    try:
        return file.read_bytes()
    except OSError as problem:
        raise refuse(f"{file} cannot be read: {problem.strerror}.") from problem


def _shared(content: bytes, original: Path | None) -> Exemption | None:
    if original is None:
        return None
    # The law asks whether it was materially altered; a single changed byte is looked at as altered, which errs on the safe side.
    return Exemption.UNALTERED_SHARE if digest(_content(original)) == digest(content) else None


def _link(platform: str, reason: str, page: Path | None) -> Link:
    raw = _content(page).decode("utf-8", "replace") if page else ""
    return Link(
        platform=platform,
        reason=reason,
        clicks=1,
        needs_login=False,
        status=200 if page else None,
        is_watched=False,
        text=artefact_of_html(raw).text if "<" in raw else raw,
    )


def _one_of(choices: type[Chosen], given: str, option: str) -> Chosen:
    try:
        return choices(given)
    except ValueError as problem:
        raise typer.BadParameter(
            f"“{given}” is none of: {', '.join(choices)}.", param_hint=option
        ) from problem


def _people(names: list[str] | None, addresses: list[str] | None, option: str) -> tuple[Responsible, ...]:
    names, addresses = names or [], addresses or []
    if len(addresses) == 1:
        addresses = addresses * max(1, len(names))
    if len(names) != len(addresses):
        raise typer.BadParameter("Give one address for each name, or one for all.", param_hint=option)
    # Whoever runs the command vouches for the names that they give.
    return tuple(
        Responsible(name=name, address=address, is_verified=True)
        for name, address in zip(names, addresses, strict=True)
    )


@app.command("words")
def words(
    promoter: Annotated[list[str], typer.Option(help="The promoter's name; repeat for joint promoters.")],
    promoter_address: Annotated[list[str], typer.Option(help="The promoter's postal address.")],
    behalf: Annotated[list[str] | None, typer.Option(help="On whose behalf.")] = None,
    behalf_address: Annotated[list[str] | None, typer.Option(help="Their addresses.")] = None,
    printer: Annotated[str, typer.Option(help="The printer's name, for print.")] = "",
    printer_address: Annotated[str, typer.Option(help="The printer's address.")] = "",
    medium: Annotated[str, typer.Option(help=f"What it is: {', '.join(Medium)}.")] = Medium.EMAIL,
    language: Annotated[str, typer.Option(help="en, cy or cy+en.")] = "en",
) -> None:
    """Write the imprint, in English, Welsh or both."""
    if language not in {"en", "cy", "cy+en"}:
        raise typer.BadParameter("Choose en, cy or cy+en.", param_hint="--language")
    shape: Language = "cy" if language == "cy" else "cy+en" if language == "cy+en" else "en"
    try:
        written = imprint_text(
            promoters=_people(promoter, promoter_address, "--promoter"),
            principals=_people(behalf, behalf_address, "--behalf"),
            printer=Responsible(name=printer, address=printer_address) if printer else None,
            medium=_one_of(Medium, medium, "--medium"),
            language=shape,
        )
    except NobodyToName as problem:
        raise refuse("Give the promoter's name and postal address.") from problem
    typer.echo(written)


screening = typer.Typer(
    no_args_is_help=True, help="Telephone numbers and the Telephone and Mailing Preference Services."
)


@screening.command("status")
def screening_status(
    is_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Say how old each service's newest file is, and how many numbers were not looked up in time; exit 1 if any."""
    found = _screening()
    if is_json:
        print_json(
            {
                "days": found.days,
                "since": found.since,
                "people_with_number": found.with_number,
                "listed": found.listed,
                "not_looked_up": found.unscreened,
                "services": {
                    str(one.service): {
                        "as_of": one.newest.as_of if one.newest else None,
                        "age_days": one.age_days,
                        "is_in_time": one.is_in_time,
                    }
                    for one in found.services
                },
            }
        )
    else:
        for one in found.services:
            said = f"of {one.newest.as_of:%d %B %Y}, {one.age_days} days old" if one.newest else "no file yet"
            typer.echo(
                f"{one.service.label}: {said}{'' if one.is_in_time or not one.newest else ', too old'}"
            )
        typer.echo(
            f"{found.with_number:,} people with a number: {found.listed:,} listed, {found.unscreened:,} not looked up in time."
        )
    if found.unscreened:
        raise typer.Exit(1)


@screening.command("numbers")
def screening_numbers(
    file: Annotated[Path, typer.Argument(help="A new file: one number a line under the heading Phone.")],
) -> None:
    """Write the numbers that have to be looked up; bring the answer in with `hustings import`."""
    from hustings.clearance.queries.screening import numbers_to_screen
    from hustings.people.models import Person

    people = Person.objects.filter(merged_into=None, erased_at=None)
    found = numbers_to_screen(people=people, on=clock().today_in_uk())
    file.write_text("Phone\n" + "".join(f"{one}\n" for one in found), encoding="utf-8")
    typer.echo(f"{len(found):,} numbers written to {file}.")


def _screening() -> "Screening":
    # Checking an imprint needs no installation, so models are only reached for here.
    from hustings.clearance.queries.screening import screening_of
    from hustings.people.models import Person

    people = Person.objects.filter(merged_into=None, erased_at=None)
    return screening_of(people=people, on=clock().today_in_uk())


def counts_in_words(*, counts: Mapping[str, int], channel: str) -> dict[str, int]:
    """How many each reason of the gate concerns, under the words that the desk shows for it."""
    return {words_of(reason=reason, channel=channel): count for reason, count in counts.items()}


def print_summary(*, summary: "ClearanceSummary", channel: str, is_json: bool) -> None:
    """Print the gate's answer about many: how many are cleared, why the others are not, and what is doubtful of those cleared."""
    if is_json:
        print_json(
            {
                "asked": summary.asked,
                "cleared": summary.cleared,
                "refused": summary.refused,
                "by_reason": dict(summary.counts),
                "rules": {reason: dict(rule) for reason, rule in summary.rules.items()},
                "warnings": [dict(warning) for warning in summary.warnings],
            }
        )
        return
    typer.echo(f"{summary.asked:,} asked, {summary.cleared:,} cleared, {summary.refused:,} refused")
    for reason, number in summary.counts.items():
        words = words_of(reason=reason, channel=channel)
        typer.echo(f"{number:>9,}  {words} ({summary.rules[reason]['rule']})")
    for warning in summary.warnings:
        typer.echo(f"{warning['count']:>9,}  of those cleared: {warning['sentence']}")
