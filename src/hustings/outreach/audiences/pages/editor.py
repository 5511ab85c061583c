"""The editor's form: a tree as named fields, and the fields back as a tree. No script is needed.

The root group's fields begin with `n`, those of its second member with `n.1`, of that member's first member with `n.1.0`. A
group has `.match`; a condition `.kind`, `.not` and its own fields. Every button posts the whole form, so that nothing entered is
lost: `do` is `save`, `show`, `add:n.1` (the kind is in `add.n.1`), `group:n.1` or `remove:n.1.0`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from hustings.accounts.access import Scope
from hustings.outreach.audiences.queries import reading
from hustings.outreach.audiences.queries.choices import Choice, choices_of
from hustings.outreach.audiences.rules.check import Fault
from hustings.outreach.audiences.rules.kinds import KINDS, Field, FieldType

_DEEPEST, _MOST = 8, 200
_LISTS = frozenset({FieldType.CODES, FieldType.IDS, FieldType.ANSWERS})

#: What the form's fields stand for before it is checked: the JSON of a tree, perhaps incomplete.
Raw = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class EditorField:
    """One field of a condition as the page draws it."""

    name: str
    label: str
    widget: str
    value: str = ""
    chosen: frozenset[str] = frozenset()
    choices: Sequence[Choice] = ()
    faults: Sequence[str] = ()
    is_required: bool = True


@dataclass(frozen=True, kw_only=True)
class EditorNode:
    """One group or condition as the page draws it."""

    prefix: str
    is_group: bool
    match: str = "all"
    members: Sequence["EditorNode"] = ()
    kind: str = ""
    title: str = ""
    turned: str = ""
    is_negated: bool = False
    fields: Sequence[EditorField] = ()
    faults: Sequence[str] = ()
    is_root: bool = False
    may_hold_groups: bool = True
    first: bool = field(default=False)


def raw_tree(*, data: QueryDict) -> Raw:
    """The tree that posted fields stand for; what is incomplete stays so, for the check to name."""
    return _raw(data, "n", 0, [0])


def changed_tree(*, raw: Raw, do: str, data: QueryDict) -> Raw:
    """The tree after a button was pressed; a button that makes no sense here changes nothing."""
    act, _, prefix = do.partition(":")
    if act == "add" and (group := _at(raw, prefix)) is not None and "match" in group:
        kind = data.get(f"add.{prefix}", "")
        if kind in KINDS:
            group["conditions"].append({"kind": kind})
    elif act == "group" and (group := _at(raw, prefix)) is not None and "match" in group:
        group["conditions"].append({"match": "any", "conditions": []})
    elif act == "remove" and prefix != "n":
        above, _, position = prefix.rpartition(".")
        group = _at(raw, above)
        if group is not None and position.isdecimal() and int(position) < len(group.get("conditions", [])):
            del group["conditions"][int(position)]
    return raw


def editor_tree(*, raw: Raw, faults: Sequence[Fault], scope: Scope) -> EditorNode:
    """The tree as the page draws it, each fault beside the field it is about."""
    by_place: dict[str, list[str]] = {}
    for fault in faults:
        by_place.setdefault(fault.place, []).append(fault.told(_))
    return _Drawing(by_place, scope).group(raw, "n", "", depth=1)


class _Drawing:
    def __init__(self, faults: dict[str, list[str]], scope: Scope) -> None:
        self._faults = faults
        self._scope = scope
        self._choices: dict[str, list[Choice]] = {}

    def group(self, raw: Raw, prefix: str, place: str, *, depth: int) -> EditorNode:
        members = []
        for position, member in enumerate(raw.get("conditions", [])):
            at, inside = f"{prefix}.{position}", f"{place}/conditions/{position}"
            if "kind" in member:
                members.append(self._condition(member, at, inside))
            else:
                members.append(self.group(member, at, inside, depth=depth + 1))
        return EditorNode(
            prefix=prefix,
            is_group=True,
            match=str(raw.get("match", "all")),
            members=members,
            faults=[*self._faults.get(place, []), *self._faults.get(f"{place}/match", [])],
            is_root=depth == 1,
            may_hold_groups=depth < 4,
        )

    def _condition(self, raw: Raw, prefix: str, place: str) -> EditorNode:
        kind = KINDS.get(str(raw["kind"]))
        faults = [*self._faults.get(place, []), *self._faults.get(f"{place}/kind", [])]
        if kind is None:
            return EditorNode(prefix=prefix, is_group=False, kind=str(raw["kind"]), faults=faults)
        return EditorNode(
            prefix=prefix,
            is_group=False,
            kind=kind.name,
            title=_(kind.title),
            turned=_(kind.turned),
            is_negated=raw.get("not") is True,
            fields=[self._field(each, raw.get(each.name), prefix, place) for each in kind.fields],
            faults=faults,
        )

    def _field(self, each: Field, value: Any, prefix: str, place: str) -> EditorField:
        chosen = frozenset(str(item) for item in value) if isinstance(value, list) else frozenset()
        widgets = {FieldType.DAY: "day", FieldType.COUNT: "count"}
        return EditorField(
            name=f"{prefix}.{each.name}",
            label=_(each.label),
            widget="many" if each.type in _LISTS else widgets.get(each.type, "one"),
            value="" if value is None or isinstance(value, list) else str(value),
            chosen=chosen,
            choices=self._choices_of(each),
            faults=self._faults.get(f"{place}/{each.name}", []),
            is_required=each.is_required,
        )

    def _choices_of(self, each: Field) -> list[Choice]:
        words = {
            "channel": {**reading.channels()},
            "purpose": reading.purposes(),
            "address": reading.addresses(),
            "answers": reading.answers(),
        }.get(each.name, {})
        fixed = [Choice(option, words.get(option, option)) for option in each.options]
        if not each.source:
            return fixed
        if each.source not in self._choices:
            self._choices[each.source] = choices_of(source=each.source, scope=self._scope)
        return [*fixed, *self._choices[each.source]]


def _raw(data: QueryDict, prefix: str, depth: int, seen: list[int]) -> Raw:
    conditions = []
    position = 0
    while depth < _DEEPEST and seen[0] < _MOST:
        inside = f"{prefix}.{position}"
        if f"{inside}.kind" in data:
            conditions.append(_raw_condition(data, inside))
        elif f"{inside}.match" in data:
            conditions.append(_raw(data, inside, depth + 1, seen))
        else:
            break
        position += 1
        seen[0] += 1
    return {"match": data.get(f"{prefix}.match", "all"), "conditions": conditions}


def _raw_condition(data: QueryDict, prefix: str) -> Raw:
    kind = KINDS.get(data.get(f"{prefix}.kind", ""))
    raw: Raw = {"kind": data.get(f"{prefix}.kind", "")}
    if data.get(f"{prefix}.not") == "1":
        raw["not"] = True
    for each in kind.fields if kind else ():
        name = f"{prefix}.{each.name}"
        if each.type in _LISTS:
            values = [value for value in data.getlist(name) if value]
            is_number = each.type is FieldType.IDS
            found: Any = [int(value) if is_number and value.isdecimal() else value for value in values]
        else:
            text = data.get(name, "").strip()
            found = int(text) if each.type is FieldType.COUNT and text.isdecimal() else text
        if found not in ("", []):
            raw[each.name] = found
    return raw


def _at(raw: Raw, prefix: str) -> Raw | None:
    found: Any = raw
    first, *rest = prefix.split(".")
    if first != "n":
        return None
    for position in rest:
        members = found.get("conditions", [])
        if not position.isdecimal() or int(position) >= len(members):
            return None
        found = members[int(position)]
    return found if isinstance(found, dict) else None
