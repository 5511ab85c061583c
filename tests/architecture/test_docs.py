"""The documentation is tied to the code: settings, commands and importers are documented, links lead somewhere."""

import re
from pathlib import Path

import pytest

from hustings.project import cli
from hustings.project.environment import SETTINGS
from hustings.project.manual import commands_page, importers_page

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"


def test_every_setting_is_documented() -> None:
    """With its default and its meaning, and no setting that is gone."""
    page = (DOCS / "running.md").read_text()
    for setting in SETTINGS:
        assert f"| `{setting.name}` |" in page, setting.name
        assert setting.meaning in page, setting.name
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", page, re.MULTILINE))
    assert documented == {setting.name for setting in SETTINGS}


def test_the_command_page_is_the_commands() -> None:
    """Run `make docs` where this fails."""
    assert (DOCS / "commands.md").read_text() == commands_page(app=cli.complete_app())


def test_the_importer_page_is_the_importers() -> None:
    """Run `make docs` where this fails."""
    assert (DOCS / "importers.md").read_text() == importers_page()


@pytest.mark.parametrize(
    "page", sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md")]), ids=lambda path: path.name
)
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link of every page."""
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text()):
        if not target.startswith(("http:", "https:", "mailto:")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_page_that_the_code_names_is_there() -> None:
    """A comment or message that sends its reader to `docs/…` sends them to a page."""
    names: dict[str, str] = {}
    for folder in ("src", "tests", "bench", "docs"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in {".py", ".toml", ".md", ".css", ".html"}:
                for name in re.findall(r"docs/[\w/-]+\.(?:md|svg|png)", path.read_text()):
                    names.setdefault(name, str(path.relative_to(ROOT)))
    assert len(names) > 5
    missing = {name: where for name, where in names.items() if not (ROOT / name).exists()}
    assert missing == {}
