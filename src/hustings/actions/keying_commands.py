"""`hustings petitions key`, `strike-out`: signatures from sheets and calls, and those that do not count."""

import csv
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, cast

import typer
from django import forms
from django.db import transaction

from hustings.accounts.access import Right
from hustings.accounts.commands import acting_in, done_now, fetched
from hustings.accounts.models import Organisation
from hustings.actions.access import signature_for
from hustings.actions.desk_commands import By, Json, Slug, petition_of
from hustings.actions.models import PetitionState, SignatureSource
from hustings.actions.pages.desk_forms import KeyForm, ReasonForm
from hustings.actions.usecases.key_signature import SignedBeforeOpening, key_signature
from hustings.actions.usecases.strike_out_signature import ReasonMissing, strike_out_signature
from hustings.platform.commands import (
    checked,
    faults_of,
    filled,
    print_json,
    read_table,
    read_text,
    refuse,
)

_SOURCES = ", ".join(value for value in SignatureSource.values if value != SignatureSource.WEB)
_NEEDED = ("given_name", "family_name", "postcode", "signed_on", "evidence")
_TEXTS = (*_NEEDED, "line", "address_line", "email", "phone")
_CHOSEN = ("consent", "issue", "intention")


def key(
    slug: Slug,
    by: By,
    file: Annotated[
        Path | None,
        typer.Argument(
            help=f"A CSV file or spreadsheet, a signature a row, with the columns {', '.join(_NEEDED)}, and any of line, "
            "address_line, email, phone, other_person (yes), consent, issue, intention. Left out: an empty one is printed."
        ),
    ] = None,
    source: Annotated[str, typer.Option(help=f"How they came in: {_SOURCES}.")] = SignatureSource.PAPER.value,
    version: Annotated[
        int | None, typer.Option(help="The version of the words on the sheet; left out: the latest.")
    ] = None,
    believes_postcodes: Annotated[
        bool, typer.Option("--postcodes-checked", help="Believe postcodes that are not on file.")
    ] = False,
    is_json: Json = False,
) -> None:
    """Key signatures from sheets or calls. All or none: where a row is refused, no row is kept; exit code 1.

    Somebody who had signed already is counted once; the answer does not say who had.
    """
    user, scope = acting_in(email=by, right=Right.KEY_SIGNATURES)
    petition = petition_of(slug=slug, scope=scope)
    if petition.opens_at is None or petition.state == PetitionState.DRAFT:
        raise refuse("Open the petition before you key signatures.")
    options: dict[str, Any] = {"petition": petition, "organisation": Organisation.objects.get()}
    blank = KeyForm(**options)
    if file is None:
        _print_blank(blank)
        return
    words = petition.versions.filter(number=version).first() if version else None
    if version and words is None:
        raise refuse(f"The petition has no version {version} of its words.")
    sheet: dict[str, Any] = {"source": source, "version": words.pk if words else None}
    good: list[KeyForm] = []
    faults: list[str] = []
    for number, row in read_table(file=file, needed=_NEEDED):
        given = {**sheet, **_row(row, blank)}
        form = filled(KeyForm, given=given, **options)
        if believes_postcodes and not form.is_valid() and form.unknown_postcode:
            form = filled(KeyForm, given={**given, "known_postcode": form.unknown_postcode}, **options)
        faults += [f"Row {number}: {fault}" for fault in faults_of(form=form)]
        good.append(form)
    if faults:
        raise refuse("\n".join([*faults, "Nothing was kept. Mend the file and send it again as a whole."]))
    with transaction.atomic():
        for form in good:
            done_now(key_signature, SignedBeforeOpening, form=form.keyed(), by=user)
    if is_json:
        print_json({"petition": petition.slug, "keyed": len(good)})
    else:
        typer.echo(f"{len(good):,} rows are kept. Somebody who had signed already is still counted once.")


def strike_out(
    slug: Slug,
    signature: Annotated[
        int, typer.Argument(help="The signature's number, from `hustings petitions export`.")
    ],
    reason: Annotated[
        Path, typer.Argument(help="A file with the reason, which is kept; “-” reads standard input.")
    ],
    by: By,
    is_json: Json = False,
) -> None:
    """Let a signature that was keyed by mistake or is not real count no more; the reason stays with it."""
    user, scope = acting_in(email=by, right=Right.EDIT_PETITIONS)
    petition = petition_of(slug=slug, scope=scope)
    missing = f"The petition “{slug}” has no signature {signature}."
    found = fetched(signature_for, missing, scope=scope, petition=petition, pk=signature)
    form = checked(ReasonForm, given={"reason": read_text(file=reason)})
    struck = done_now(
        strike_out_signature,
        ReasonMissing,
        signature=found,
        reason=form.cleaned_data["reason"],
        by=user,
    )
    if is_json:
        print_json({"petition": petition.slug, "signature": struck.pk, "state": struck.state})
    else:
        typer.echo(f"Signature {struck.pk} counts no more.")


def _row(row: Mapping[str, str], blank: KeyForm) -> dict[str, Any]:
    """What a row says, as the page sends it; what it says about a box the form does not have is a fault of its own."""
    given: dict[str, Any] = {name: row[name] for name in _TEXTS if name in row}
    given["is_other_person"] = row.get("other_person", "").casefold() in {"yes", "y", "1", "true"}
    for name in _CHOSEN:
        said = [part.strip() for part in row.get(name, "").split(";") if part.strip()]
        if said and name not in blank.fields:
            raise refuse(f"This petition does not ask what the column {name} says. Leave the column out.")
        signs = {sign.casefold(): value for value, sign, _label in _choices(blank, name)}
        values = [signs.get(one.casefold(), one) for one in said]
        if values:
            given[name] = values[0] if name == "intention" else values
    return given


def _choices(blank: KeyForm, name: str) -> list[tuple[str, str, str]]:
    """What can be chosen in a column: as the page sends it, as it is written in a file, and in words."""
    field = blank.fields.get(name)
    if not isinstance(field, forms.ChoiceField):
        return []
    found = []
    for value, label in cast(Iterable[tuple[Any, Any]], field.choices):
        # A box goes with the version of its words, a party and an issue with their number: nobody writes these in a file.
        sign = str(value).rpartition(".")[0].strip(".") if name == "consent" else str(label)
        found.append((str(value), sign, str(label)))
    return found


def _print_blank(blank: KeyForm) -> None:
    csv.writer(sys.stdout).writerow(
        [*_TEXTS, "other_person", *(name for name in _CHOSEN if name in blank.fields)]
    )
    for name in _CHOSEN:
        for _value, sign, label in _choices(blank, name):
            typer.echo(f"{name}: {sign}" if sign == label else f"{name}: {sign} ({label})", err=True)
