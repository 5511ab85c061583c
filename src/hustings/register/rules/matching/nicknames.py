"""Which forenames are forms of one name: Bill and William, Mohamed and Muhammad."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

_TABLE = Path(__file__).with_name("nicknames.toml")


@lru_cache(maxsize=1)
def forms() -> Mapping[str, frozenset[str]]:
    """Give, for each known forename, the names of which it is a form (itself among them where it heads a
    line).
    """
    found: dict[str, set[str]] = {}
    for name, others in tomllib.loads(_TABLE.read_text(encoding="utf-8"))["forms"].items():
        for form in (name, *others.split()):
            found.setdefault(form, set()).add(name)
    return MappingProxyType({form: frozenset(names) for form, names in found.items()})


@lru_cache(maxsize=1)
def families() -> Mapping[str, str]:
    """Give, for each known forename, the first name of the family of forms it is connected with, by any
    steps.

    A family is wide (Chris joins Christine and Christopher): it serves to find candidates, not to judge them.
    """
    head: dict[str, str] = {}

    def root(name: str) -> str:
        while head.setdefault(name, name) != name:
            name = head[name]
        return name

    for form, names in forms().items():
        for name in names:
            one, other = sorted((root(form), root(name)))
            head[other] = one
    return MappingProxyType({form: root(form) for form in forms()})


def are_forms_of_one_name(*, one: str, other: str) -> bool:
    """Say whether two folded forenames are forms of one name. The same name twice is."""
    if one == other:
        return True
    known = forms()
    return not known.get(one, frozenset()).isdisjoint(known.get(other, frozenset()))


def family_of(*, forename: str) -> str:
    """Give the family under which a folded forename is filed: itself where it has no known forms."""
    return families().get(forename, forename)
