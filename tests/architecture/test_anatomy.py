"""Every app has the same few parts, and nothing hides under a name that says nothing."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "hustings"
SHELL = {"project", "platform", "basics"}
BANNED = {
    *(
        "utils",
        "util",
        "helpers",
        "helper",
        "core",
        "common",
        "services",
        "service",
        "signals",
        "managers",
        "misc",
    ),
    "constants",
}
PARTS = {
    *(
        "__init__.py",
        "apps.py",
        "models.py",
        "models",
        "rules",
        "usecases",
        "queries.py",
        "queries",
        "access.py",
    ),
    *("events.py", "pages", "api.py", "jobs.py", "importers", "personal_data.py", "admin.py", "migrations"),
    *("templates", "static", "commands.py", "locale"),
}
#: Further names an app may have, each with the reason.
FURTHER = {
    "places": {"postcode_file.py", "postcode_file"},  # the embedded look-up file is neither model nor rule
    "accounts": {
        "adapter.py",
        "backends.py",
        "middleware.py",
        "management",
        "templatetags",
    },  # allauth's hooks
    "postroom": {"smtp.py", "smtp", "email_backend.py", "compiled_message.py", "delivery", "templates.py"},
    "outreach": {
        "audiences",
        "conversations",
        "doorsteps",
        "mailings",
        "phonebank",
    },  # sub-packages, each with the same anatomy
    "volunteers": {"hosting"},  # sub-packages, each with the same anatomy
    # Millions of rows as Parquet files, which are neither models nor rules; the way out to the archive's API; charts as SVG;
    # the printed study; parts of the command line.
    "adwatch": {"store", "meta_wire.py", "pictures.py", "documents", "further_commands.py"},
    "money": {
        "pictures.py",
        "documents",
        "books_commands.py",
        "gift_commands.py",
    },  # charts as SVG; papers; the books' and the gifts' parts of the command line
    "website": {"wagtail_hooks.py", "blocks.py", "templatetags", "campaign_map"},
    "desk": {"wagtail_hooks.py", "templatetags"},
}


def _apps() -> list[Path]:
    return sorted(
        path for path in SOURCE.iterdir() if (path / "__init__.py").exists() and path.name not in SHELL
    )


@pytest.mark.parametrize("app", _apps(), ids=lambda path: path.name)
def test_an_app_has_only_known_parts(app: Path) -> None:
    """A reader who knows one app finds their way in the next."""
    # `<theme>_commands.py` is a part of the app's command line, which `commands.py` puts together.
    parts = {
        path.name
        for path in app.iterdir()
        if path.name != "__pycache__" and not path.name.endswith("_commands.py")
    }
    assert parts <= PARTS | FURTHER.get(app.name, set()), sorted(parts - PARTS - FURTHER.get(app.name, set()))


def test_no_name_says_nothing() -> None:
    """No `utils` and its cousins, anywhere."""
    found = [path for path in SOURCE.rglob("*") if path.stem in BANNED and "__pycache__" not in path.parts]
    assert not found, found


def _modules(*folders: str) -> Iterator[tuple[Path, ast.Module]]:
    for folder in folders:
        yield from ((path, ast.parse(path.read_text())) for path in SOURCE.glob(folder))


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


IMPURE = (
    "django",
    "wagtail",
    "socket",
    "subprocess",
    "requests",
    "urllib.request",
    "asyncio",
    "random",
    "time",
    "os",
)


def test_rules_are_pure() -> None:
    """No Django, no clock, no input or output in rules and basics."""
    wrong = []
    seen = 0
    for path, tree in _modules("*/rules/**/*.py", "*/*/rules/**/*.py", "basics/*.py"):
        seen += 1
        for name in sorted(set(_imports(tree))):
            is_clock = name == "hustings.basics.clock" and "basics" not in path.parts
            if name.split(".")[0] in IMPURE or name in IMPURE:
                wrong.append(f"{path.relative_to(SOURCE)} imports {name}")
            elif is_clock and any(word in path.read_text() for word in ("clock()", "SystemClock")):
                wrong.append(f"{path.relative_to(SOURCE)} reads the clock")
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in {"now", "today", "utcnow"}
                and path.name != "clock.py"
            ):
                wrong.append(f"{path.relative_to(SOURCE)}:{node.lineno} asks for the time")
    assert seen > 5
    assert not wrong, wrong


def test_use_cases_are_handed_the_moment() -> None:
    """Neither use cases nor queries read a clock by themselves."""
    wrong = []
    for path, tree in _modules("*/usecases/*.py", "*/*/usecases/*.py", "*/queries.py", "*/*/queries.py"):
        for node in ast.walk(tree):
            is_call = isinstance(node, ast.Call)
            name = ast.unparse(node.func) if is_call else ""
            if name in {"clock", "timezone.now", "datetime.now", "date.today", "timezone.localdate"}:
                wrong.append(f"{path.relative_to(SOURCE)}:{getattr(node, 'lineno', 0)} {name}()")
    assert not wrong, wrong


def test_public_functions_take_keywords() -> None:
    """Functions of rules, use cases and queries have no positional parameter, or one at most that is the subject."""
    wrong = []
    for path, tree in _modules("*/rules/**/*.py", "*/usecases/*.py", "*/queries.py", "*/*/usecases/*.py"):
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                positional = [argument.arg for argument in node.args.posonlyargs + node.args.args]
                if len(positional) > 1:
                    wrong.append(f"{path.relative_to(SOURCE)}: {node.name}({', '.join(positional)})")
    assert not wrong, wrong


def test_every_ignored_type_says_which_and_why() -> None:
    """Where the type checker is told to look away, the code of what it would say stands there, and a reason behind it."""
    wrong = []
    for folder in (SOURCE, SOURCE.parents[1] / "bench"):
        for path in sorted(folder.rglob("*.py")):
            for number, line in enumerate(path.read_text().splitlines(), start=1):
                if "# type: ignore" in line and not re.search(
                    r"# type: ignore\[[a-z, -]+\]  # (noqa: \S+ -- )?\w.{8,}", line
                ):
                    wrong.append(f"{path.name}:{number} {line.strip()}")
    assert not wrong, wrong
