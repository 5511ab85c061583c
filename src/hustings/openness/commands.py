"""The command line of the public record's log."""

import sys
import urllib.error
import urllib.request
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.openness.models import Witness
from hustings.openness.queries.log import log_key, log_state, newest_checkpoint, note_of
from hustings.openness.rules.signed_notes import BadNote, VerifierKey, parse_key
from hustings.openness.rules.verifying import Read, Report, verify_log
from hustings.openness.usecases.begin_log_again import begin_log_again
from hustings.openness.usecases.export_log import NothingToExport, export_log
from hustings.openness.usecases.mark_words import mark_missing
from hustings.openness.usecases.sign_checkpoint import RecordSetBack, sign_checkpoint
from hustings.openness.usecases.watch_log import add_witness, ask_witnesses, end_witness, take_cosigned
from hustings.platform.commands import print_json, refuse
from hustings.platform.progress import bar

app = typer.Typer(no_args_is_help=True, help="The tamper-evident log under the public record.")
witness_app = typer.Typer(no_args_is_help=True, help="Outsiders who watch that the log only grows.")
app.add_typer(witness_app, name="witness")

_Json = Annotated[bool, typer.Option("--json", help="Print as JSON.")]
_TIMEOUT = 30  # seconds


@app.command("verify")
def verify(
    where: Annotated[
        str, typer.Argument(help="Address of a record (https://…/record/) or a folder of its files.")
    ],
    key: Annotated[
        str, typer.Option(help="The log's verifier key; without it the one shown there is believed.")
    ] = "",
    witness: Annotated[
        list[str] | None,
        typer.Option(help="Verifier key of a witness that must have cosigned; may be repeated."),
    ] = None,
    earlier: Annotated[
        Path | None,
        typer.Option(help="A checkpoint kept from before: the log must begin with what it states."),
    ] = None,
    keep: Annotated[
        Path | None, typer.Option(help="Write the verified checkpoint here, for --earlier next time.")
    ] = None,
    with_documents: Annotated[
        bool,
        typer.Option("--documents", help="Read every open document too and hold it against its commitment."),
    ] = False,
    is_json: _Json = False,
) -> None:
    """Verify a record from outside, with no database: signature, every entry, every tile, the root, and the past."""
    read = _reader(where)
    try:
        shown = read("key")
        trusted = parse_key(key or (shown or b"").decode("utf-8", "replace"))
        watching: list[VerifierKey] = [parse_key(one) for one in witness or []]
        past = earlier.read_text(encoding="utf-8") if earlier else ""
        with bar(title="Entries", is_shown=sys.stderr.isatty()) as progress:
            report = verify_log(
                read=read,
                key=trusted,
                witnesses=watching,
                earlier=past,
                with_documents=with_documents,
                progress=lambda count: progress.report(done=count),
            )
    except BadNote as problem:
        raise refuse(f"There is no usable key: {problem}") from problem
    except OSError as problem:
        raise refuse(f"{where} cannot be read: {problem}") from problem
    if keep and report.is_sound:
        keep.write_bytes(read("checkpoint") or b"")
    if is_json:
        print_json(
            {**asdict(report), "is_sound": report.is_sound, "key": str(trusted), "key_was_given": bool(key)}
        )
    else:
        _tell(report, trusted, is_key_given=bool(key))
    if not report.is_sound:
        raise typer.Exit(1)


def _tell(report: Report, key: VerifierKey, *, is_key_given: bool) -> None:
    for fault in report.faults:
        typer.echo(f"✗ {fault}")
    if report.is_sound:
        typer.echo(
            f"✓ {report.origin}: {report.size:,} entries, root {report.root}\n"
            f"  Every entry, {report.tiles:,} tiles and the root were computed anew and agree with the signed checkpoint."
        )
    if report.documents:
        typer.echo(f"  {report.documents:,} open documents were held against their commitments.")
    if report.is_consistent_with_earlier:
        typer.echo("  It begins with everything the earlier checkpoint states.")
    typer.echo(f"  Cosigned by: {', '.join(report.cosigned_by) or 'nobody whose key was given'}.")
    if not is_key_given:
        typer.echo(
            f"  The key was taken from there: {key}\n  Compare it with one you got another way, and give it with --key."
        )
    typer.echo("  It proves that nothing was changed or taken out, not that nothing was left out.")


def _reader(where: str) -> Read:
    if where.startswith(("http://", "https://")):
        return _over_http(where.rstrip("/"))
    folder = Path(where)
    if not folder.is_dir():
        raise refuse(f"{where} is neither an address nor a folder.")

    def read(path: str) -> bytes | None:
        file = folder / path
        return file.read_bytes() if file.is_file() else None

    return read


def _over_http(base: str) -> Read:
    def read(path: str) -> bytes | None:
        try:
            with urllib.request.urlopen(f"{base}/{path}", timeout=_TIMEOUT) as answer:  # noqa: S310
                content: bytes = answer.read()
                return content
        except urllib.error.HTTPError as refused:
            if refused.code == 404:
                return None
            raise

    return read


@app.command("status")
def status(is_json: _Json = False) -> None:
    """Say how the log stands here: entries, newest checkpoint, whether the database was set back, witnesses."""
    state = log_state()
    newest = state.newest
    if is_json:
        print_json(
            {
                "entries": state.size,
                "signed": newest.size if newest else 0,
                "root": newest.root if newest else "",
                "key": str(log_key()) if state.trouble != "unreadable" else "",
                "trouble": state.trouble,
                "witnesses": [
                    {"name": one.name, "known_size": one.known_size, "trouble": one.trouble}
                    for one in Witness.objects.filter(ended_at=None)
                ],
            }
        )
    else:
        typer.echo(f"{state.size:,} entries; the newest checkpoint states {newest.size if newest else 0:,}.")
        for one in Witness.objects.filter(ended_at=None):
            typer.echo(f"Witness {one.name}: cosigned {one.known_size:,}. {one.trouble}".rstrip())
    if state.trouble:
        raise refuse(set_back_words(trouble=state.trouble))


def set_back_words(*, trouble: str) -> str:
    """What is said where the log is not the one that was signed."""
    said = {
        "shorter": "The public record holds fewer entries than were signed.",
        "different": "The public record holds other entries than were signed.",
        "unreadable": "The checkpoint that is kept beside the keys cannot be read.",
    }[trouble]
    return (
        f"{said} Was an older backup restored? Nothing more is signed until that is put right: docs/running.md, "
        "“The record was set back”."
    )


@app.command("sign")
def sign_now() -> None:
    """Sign a checkpoint over every entry now, and print it."""
    try:
        sign_checkpoint(now=clock().now())
    except RecordSetBack as problem:
        raise refuse(str(problem)) from problem
    newest = newest_checkpoint()
    if newest is None:
        raise refuse("The record is empty; there is nothing to sign.")
    typer.echo(note_of(checkpoint=newest), nl=False)


@app.command("begin-again")
def begin_again(
    reason: Annotated[str, typer.Option(help="How entries were lost; it stands in the record for good.")],
) -> None:
    """Go on under a new name where entries that were signed are lost for good. Restore a newer backup if you can."""
    try:
        signed = begin_log_again(reason=reason, by=None, now=clock().now())
    except Refusal as problem:
        raise refuse(str(problem)) from problem
    typer.echo(
        f"The log goes on as {signed.origin} with {signed.size:,} entries. Tell the witnesses, and publish: {log_key()}"
    )


@app.command("mark")
def mark() -> None:
    """Mark the words of materials that have no marks yet, so that “was this sent by you?” finds them at once."""
    with bar(title="materials", is_shown=sys.stderr.isatty()) as progress:
        done = mark_missing(progress=lambda count: progress.report(done=count))
    typer.echo(f"{done:,} materials were marked.")


@app.command("key")
def key_now() -> None:
    """Print the key that checks our checkpoints, to be published wherever people already trust us."""
    typer.echo(str(log_key()))


@app.command("export")
def export(folder: Annotated[Path, typer.Argument(help="A new folder.")]) -> None:
    """Write the whole log as plain files: checkpoint, key, tiles, entries. Any web server can serve them."""
    try:
        with bar(title=str(folder), is_shown=sys.stderr.isatty()) as progress:
            size = export_log(folder=folder, progress=lambda count: progress.report(done=count))
    except NothingToExport as problem:
        raise refuse(str(problem)) from problem
    typer.echo(f"{size:,} entries written to {folder}. Verify them with: hustings ledger verify {folder}")


@witness_app.command("add")
def witness_add(
    key: Annotated[str, typer.Argument(help="The witness's verifier key (name+id+key).")],
    who: Annotated[str, typer.Option(help="Who that is, in words for the public page.")] = "",
    url: Annotated[
        str, typer.Option(help="Where checkpoints are sent; empty where they are handed in.")
    ] = "",
) -> None:
    """Trust a witness."""
    try:
        added = add_witness(key=key, who=who, url=url, by=None, now=clock().now())
    except Refusal as problem:
        raise refuse(str(problem)) from problem
    typer.echo(f"{added.name} watches from now on.")


@witness_app.command("end")
def witness_end(name: Annotated[str, typer.Argument(help="The name of its key.")]) -> None:
    """Stop asking a witness; what it signed stays."""
    witness = Witness.objects.filter(name=name, ended_at=None).first()
    if witness is None:
        raise refuse(f"No witness is called {name}.")
    end_witness(witness=witness, by=None, now=clock().now())
    typer.echo(f"{name} is not asked any more.")


@witness_app.command("ask")
def witness_ask() -> None:
    """Send the newest checkpoint to every witness now."""
    signed = ask_witnesses(now=clock().now())
    typer.echo(f"{signed} cosigned.")
    for one in Witness.objects.filter(ended_at=None).exclude(trouble=""):
        typer.echo(f"{one.name}: {one.trouble}")


@witness_app.command("take")
def witness_take(
    file: Annotated[Path, typer.Argument(help="A cosigned checkpoint, as the witness wrote it.")],
) -> None:
    """Take the cosignatures of a checkpoint that was handed in."""
    try:
        taken = take_cosigned(note=file.read_text(encoding="utf-8"))
    except (Refusal, OSError, UnicodeDecodeError) as problem:
        raise refuse(str(problem)) from problem
    typer.echo("\n".join(f"{one.witness.name} cosigned {one.checkpoint.size:,} entries." for one in taken))
