"""The layers hold for foreign keys too, which the import linter cannot see."""

import tomllib
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]


def _height() -> dict[str, int]:
    """Height of each app above the ground, from the linter's own list; siblings share one."""
    configuration = tomllib.loads((ROOT / "pyproject.toml").read_text())
    layers = configuration["tool"]["importlinter"]["contracts"][0]["layers"]
    heights = {}
    for height, layer in enumerate(reversed(layers)):
        for name in layer.split("|"):
            heights[name.strip(" ()")] = height
    return heights


def test_every_app_has_a_layer() -> None:
    """No package of ours stands outside the list."""
    packages = {path.name for path in (ROOT / "src/hustings").iterdir() if (path / "__init__.py").exists()}
    assert packages <= set(_height()), sorted(packages - set(_height()))


def test_foreign_keys_point_to_the_same_app_or_below() -> None:
    """A link between two of our apps never points up or sideways.

    `platform` is plumbing: its rows may name the login that caused them, by the settings' user model.
    """
    heights = _height()
    wrong, seen = [], 0
    for model in apps.get_models(include_auto_created=True):
        if not model.__module__.startswith("hustings."):
            continue
        own = model.__module__.split(".")[1]
        for field in model._meta.get_fields():
            target = field.related_model
            if not field.concrete or target is None or isinstance(target, str):
                continue
            if not target.__module__.startswith("hustings."):
                continue
            other = target.__module__.split(".")[1]
            seen += 1
            is_login = own in {"platform", "places", "elections"} and target._meta.label == "accounts.User"
            if own != other and heights[other] >= heights[own] and not is_login:
                wrong.append(f"{model._meta.label}.{field.name} points up to {target._meta.label}")
    assert seen > 40
    assert not wrong, wrong
