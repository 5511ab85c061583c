"""The manual pages that follow from the code: every command, every importer. `make docs` writes them."""

from collections.abc import Iterator
from pathlib import Path

import typer
from typer.main import get_command

from hustings.platform import wiring


def commands_page(*, app: typer.Typer) -> str:
    """Every command with its arguments and options, as Markdown."""
    root = get_command(app)
    lines = [
        "# Commands",
        "",
        "Written by `make docs` from the commands themselves; `hustings COMMAND --help` says the same.",
        "",
    ]
    for path, command in sorted(_walk(root, ("hustings",))):
        lines += [f"## `{' '.join(path)}`", "", (command.help or "").strip(), ""]
        rows = [parameter for parameter in command.params if parameter.name != "help"]
        if rows:
            lines += ["| argument or option | meaning |", "| --- | --- |"]
        for parameter in rows:
            is_option = parameter.param_type_name == "option"
            shown = ", ".join(parameter.opts) if is_option else (parameter.name or "").upper()
            meaning = str(getattr(parameter, "help", "") or "").replace("|", "\\|").replace("\n", " ")
            lines.append(f"| `{shown}` | {meaning} |")
        if rows:
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _walk(
    command: object, path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], "typer.core.TyperCommand"]]:
    children = getattr(command, "commands", None)
    if children:
        for name, child in children.items():
            yield from _walk(child, (*path, name))
        if not getattr(command, "invoke_without_command", False):
            return
    yield path, command  # type: ignore[misc]  # a leaf is a command


def importers_page() -> str:
    """Every importer with its dataset card, as Markdown."""
    lines = [
        "# Importers",
        "",
        "Written by `make docs` from the importers' own cards. `hustings import FILE` tells the layout by itself; "
        "`--as NAME` insists.",
        "",
    ]
    for importer in sorted(wiring.importers(), key=lambda item: item.slug):
        card = importer.card
        lines += [
            f"## `{importer.slug}`",
            "",
            f"{card.title}. {card.what}",
            "",
            f"- Publisher: {card.publisher}",
            f"- Licence: {card.licence}",
        ]
        if card.updated:
            lines.append(f"- Updated: {card.updated}")
        if card.columns:
            lines.append(f"- Columns: {', '.join(f'`{column}`' for column in card.columns)}")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def write_pages(*, folder: Path, app: typer.Typer) -> None:
    """Write both pages into the documentation's folder."""
    (folder / "commands.md").write_text(commands_page(app=app), encoding="utf-8")
    (folder / "importers.md").write_text(importers_page(), encoding="utf-8")
