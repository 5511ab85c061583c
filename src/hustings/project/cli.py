"""The one entry point, `hustings`."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from hustings import __version__
from hustings.project import environment, keys
from hustings.project.demo import commands as demo_commands

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hustings.project.settings")

app = typer.Typer(
    name="hustings",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="An always-on campaign office for UK local campaigns.",
    context_settings={"help_option_names": ["-h", "--help"]},
)

#: Commands that read only the files they are given: they run without an installation.
_FILES_ONLY = {"hosting", "imprint", "ledger", "limit", "money"}
_WITHOUT_KEYS = {"init", "settings", "version"}


app.add_typer(demo_commands.app, name="demo")


@app.command("version")
def version() -> None:
    """Print the version."""
    typer.echo(__version__)


@app.command("settings")
def settings() -> None:
    """List every setting, what it does and its present value."""
    for setting in environment.SETTINGS:
        value = os.environ.get(setting.name) or setting.default or "(empty)"
        typer.echo(f"{setting.name}={value}\n    {setting.meaning}")


@app.command("django", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def django_admin(context: typer.Context) -> None:
    """Run one of Django's own commands, for example `hustings django migrate`."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["hustings django", *context.args])


@app.command("init")
def init() -> None:
    """Make a new installation ready, or bring an existing one up to date. Safe to run again."""
    keys.make_keys(folder=environment.keys_folder())
    from hustings.project.installation import first_link, prepare

    prepare()
    typer.echo(
        f"Ready in {environment.home()}. The keys are in {environment.keys_folder()}; back them up apart from the home."
    )
    if link := first_link():
        typer.echo(
            f"Start the server with “hustings serve”, then make the administrator's login here (once, within a week):\n{link}"
        )


@app.command("backup")
def backup(file: Annotated[Path, typer.Argument(help="A new .tar.gz file.")]) -> None:
    """Write the database and every file to one archive, while everything runs. Keys are not in it."""
    from hustings.project.backup import CannotBackUp, back_up

    try:
        written = back_up(to=file)
    except CannotBackUp as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from problem
    typer.echo(
        f"Written to {written}. Keep {environment.keys_folder()} somewhere else: without it nothing opens."
    )


keys_app = typer.Typer(no_args_is_help=True, help="The secret keys.")
app.add_typer(keys_app, name="keys")


@keys_app.command("add")
def add_key() -> None:
    """Make a new encryption key. Restart everything, then run `hustings keys retire`."""
    keys.add_field_key(folder=environment.keys_folder())
    typer.echo(
        "A new key encrypts from the next start on. Restart everything, then run: hustings keys retire"
    )


@keys_app.command("retire")
def retire_keys() -> None:
    """Write every encrypted value again with the newest key, check that it opens, and drop the older keys."""
    import django

    django.setup()
    from hustings.project.rotation import CannotRetire, retire_old_keys

    try:
        written = retire_old_keys(folder=environment.keys_folder())
    except CannotRetire as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from problem
    typer.echo(
        f"{written} values are encrypted with the newest key; the older ones are gone. Back up the keys again."
    )


@app.command("worker")
def worker(
    is_once: Annotated[bool, typer.Option("--once", help="Run what is ready, then end.")] = False,
) -> None:
    """Run jobs until told to stop."""
    from hustings.project.serve import run_worker

    run_worker(is_once=is_once)


@app.command("writer")
def writer() -> None:
    """Commit together what the web workers hand in. `serve` starts it; without it each worker commits its own."""
    from hustings.platform.commands import refuse
    from hustings.platform.writer_process import WriterRunsAlready
    from hustings.project.serve import run_writer

    try:
        run_writer()
    except WriterRunsAlready as problem:
        raise refuse(str(problem)) from problem


@app.command("serve")
def serve(
    workers: Annotated[int, typer.Option(help="Web worker processes.")] = 2,
) -> None:
    """Run web, worker and schedule together until interrupted."""
    from hustings.platform.commands import refuse
    from hustings.project.serve import PortTaken
    from hustings.project.serve import serve as run

    try:
        run(workers=workers)
    except PortTaken as problem:
        raise refuse(str(problem)) from problem


def complete_app() -> typer.Typer:
    """The whole command line, for the manual: every app's commands added, once."""
    if not any(group.name == "places" for group in app.registered_groups):
        _add_commands()
    return app


def main() -> None:
    """Run the command line."""
    wanted = next((word for word in sys.argv[1:] if not word.startswith("-")), "")
    if wanted == "demo":
        # The demo chooses its home itself, before any setting is read.
        app()
        return
    if wanted in _WITHOUT_KEYS and not keys.keys_exist(folder=environment.keys_folder()):
        app()
        return
    is_asking = not wanted or bool({"--help", "-h"} & set(sys.argv[1:]))
    if (wanted in _FILES_ONLY or is_asking) and not keys.keys_exist(folder=environment.keys_folder()):
        os.environ["HUSTINGS_MODE"] = "files"
    try:
        _add_commands()
    except keys.KeysMissing as problem:
        if wanted:
            typer.echo(str(problem), err=True)
            raise SystemExit(1) from problem
    app()


def _add_commands() -> None:
    import django

    django.setup()
    from hustings.money import commands as money_commands
    from hustings.platform import commands as platform_commands
    from hustings.project import wiring

    app.command("import")(platform_commands.import_file)
    app.command("importers")(platform_commands.list_importers)
    app.command("limit")(money_commands.limit)
    for name, group in wiring.COMMANDS.items():
        app.add_typer(group, name=name)


if __name__ == "__main__":
    main()
