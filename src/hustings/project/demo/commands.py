"""`hustings demo`: the fictional borough, built, checked and served."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from hustings.project import environment, keys
from hustings.project.demo.address import MARK, NotADemoHome, clear_home, free_port, surroundings
from hustings.project.serve import PortTaken, require_free_port

app = typer.Typer(invoke_without_command=True, help="The fictional borough of Barset.")


def _place(*, is_check: bool) -> tuple[Path, Path]:
    """The demo's home and keys: beside an installation's own, never in it."""
    if os.environ.get("HUSTINGS_HOME"):
        return environment.home(), environment.keys_folder()
    home = environment.home() / ("check" if is_check else "demo")
    return home, home.with_name(home.name + ".keys")


@app.callback()
def demo(
    context: typer.Context,
    is_check: Annotated[
        bool,
        typer.Option("--check", help="Run the main job from end to end, reconcile every figure, and end."),
    ] = False,
    port: Annotated[int, typer.Option(help="Port of the web server; 0 takes a free one.")] = 8000,
) -> None:
    """Build the fictional borough from nothing and serve it; whatever demo was there before is cleared away."""
    if context.invoked_subcommand:
        return
    home, key_folder = _place(is_check=is_check)
    web_port = free_port() if is_check or port == 0 else port
    try:
        # First: a demo that still runs keeps its home.
        require_free_port(port=web_port)
        clear_home(home=home, keys=key_folder)
    except (PortTaken, NotADemoHome) as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from problem
    keys.make_keys(folder=key_folder)
    mail_port = free_port()
    os.environ.update(surroundings(home=home, keys=key_folder, web_port=web_port, mail_port=mail_port))
    from hustings.project.installation import prepare

    prepare()
    from hustings.project.demo.run import run_demo

    is_true = run_demo(home=home, mail_port=mail_port, is_check=is_check, is_quiet=not sys.stderr.isatty())
    if not is_true:
        raise typer.Exit(1)


@app.command("code")
def code(user: Annotated[str, typer.Argument(help="A login of the demo, for example alice.")]) -> None:
    """Print the present second-factor code of a demo login; in demo homes on loopback only."""
    home, key_folder = _place(is_check=False)
    if not (home / MARK).exists():
        typer.echo(f"{home} is not a demo. Run `hustings demo` first.", err=True)
        raise typer.Exit(1)
    os.environ.update({"HUSTINGS_MODE": "demo", "HUSTINGS_HOME": str(home), "HUSTINGS_KEYS": str(key_folder)})
    import django

    django.setup()
    from hustings.basics.clock import clock
    from hustings.project.demo.people_of_the_office import NoSuchMember, present_code

    try:
        typer.echo(present_code(name=user, moment=clock().now()))
    except NoSuchMember as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from problem
