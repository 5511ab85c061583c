"""The check of a tree given as JSON: every fault with its place and a sentence, and the JSON Schema that says the same."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date

from hustings.basics.refusals import gettext_noop
from hustings.outreach.audiences.rules.kinds import KINDS, Field, FieldType, Kind
from hustings.outreach.audiences.rules.tree import Condition, Group, Match, Node

MOST_CONDITIONS = 60
DEEPEST = 5
LONGEST_LIST = 500


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: where (a JSON pointer), a short stable word for programs, a sentence for people."""

    place: str
    code: str
    sentence: str
    details: Mapping[str, object] = dataclass_field(default_factory=dict)

    def told(self, translate: Callable[[str], str]) -> str:
        """The sentence in the language that `translate` speaks."""
        return translate(self.sentence).format(**self.details)

    def __str__(self) -> str:
        return f"{self.place or '/'}: {self.told(str)}"


class BadTree(ValueError):
    """A tree of conditions cannot be used; `faults` says everything that is wrong with it."""

    def __init__(self, *, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__(" ".join(str(fault) for fault in faults))


def parse_tree(*, raw: object) -> Group:
    """The tree that a JSON value stands for, or `BadTree` with every fault found. An empty object is everybody."""
    faults: list[Fault] = []
    tree = _group({"match": "all", "conditions": []} if raw == {} else raw, "", faults)
    if not faults:
        if tree.depth > DEEPEST:
            faults.append(
                Fault(
                    "",
                    "too_deep",
                    gettext_noop("Groups lie more than {most} deep. Put some conditions into one group."),
                    {"most": DEEPEST},
                )
            )
        if tree.size > MOST_CONDITIONS:
            faults.append(
                Fault(
                    "",
                    "too_many",
                    gettext_noop("There are more than {most} conditions. Use fewer, or make two audiences."),
                    {"most": MOST_CONDITIONS},
                )
            )
    if faults:
        raise BadTree(faults=tuple(faults))
    return tree


def _node(raw: object, place: str, faults: list[Fault]) -> Node:
    if isinstance(raw, dict) and "kind" in raw:
        return _condition(raw, place, faults)
    return _group(raw, place, faults)


def _group(raw: object, place: str, faults: list[Fault]) -> Group:
    if not isinstance(raw, dict):
        faults.append(Fault(place, "not_an_object", gettext_noop("Write a group or a condition here.")))
        return Group()
    _refuse_unknown(raw, {"match", "conditions"}, place, faults)
    match = raw.get("match", "all")
    if match not in tuple(Match):
        faults.append(
            Fault(
                f"{place}/match",
                "unknown_match",
                gettext_noop("“{given}” is not a way to match. Choose all, any or none."),
                {"given": match},
            )
        )
        match = "all"
    members = raw.get("conditions", [])
    if not isinstance(members, list):
        faults.append(
            Fault(f"{place}/conditions", "wrong_type", gettext_noop("The conditions must be a list."))
        )
        members = []
    return Group(
        match=Match(match),
        members=tuple(
            _node(member, f"{place}/conditions/{position}", faults) for position, member in enumerate(members)
        ),
    )


def _condition(raw: Mapping[str, object], place: str, faults: list[Fault]) -> Condition:
    kind = KINDS.get(str(raw["kind"]))
    if kind is None:
        faults.append(
            Fault(
                f"{place}/kind",
                "unknown_kind",
                gettext_noop("There is no condition “{given}”. There are: {known}."),
                {"given": raw["kind"], "known": ", ".join(KINDS)},
            )
        )
        return Condition(kind=str(raw["kind"]))
    _refuse_unknown(raw, {"kind", "not", *(field.name for field in kind.fields)}, place, faults)
    turned = raw.get("not", False)
    if not isinstance(turned, bool):
        faults.append(Fault(f"{place}/not", "wrong_type", gettext_noop("“not” is either true or false.")))
    values = {
        field.name: _value(raw[field.name], field, f"{place}/{field.name}", faults)
        for field in kind.fields
        if field.name in raw and raw[field.name] not in (None, "", [])
    }
    _complete(kind, values, place, faults)
    return Condition(kind=kind.name, values=values, is_negated=turned is True)


def _complete(kind: Kind, values: Mapping[str, object], place: str, faults: list[Fault]) -> None:
    for field in kind.fields:
        if field.is_required and field.name not in values:
            faults.append(
                Fault(
                    f"{place}/{field.name}",
                    "missing_field",
                    gettext_noop("Choose something here, or remove the condition."),
                )
            )
    if "since" in values and "days" in values:
        faults.append(
            Fault(
                f"{place}/days",
                "since_and_days",
                gettext_noop("Give a day or a number of days, not both."),
            )
        )


def _value(raw: object, field: Field, place: str, faults: list[Fault]) -> object:
    check = _CHECKS[field.type]
    fault = check(raw, field)
    if fault is not None:
        code, sentence, details = fault
        faults.append(Fault(place, code, sentence, details))
    return raw


_Finding = tuple[str, str, Mapping[str, object]] | None


def _list_of(raw: object, what: Callable[[object], bool], sentence: str) -> _Finding:
    if not isinstance(raw, list) or not all(what(item) for item in raw):
        return "wrong_type", sentence, {}
    if len(raw) > LONGEST_LIST:
        return (
            "too_long",
            gettext_noop("There are more than {most} entries. Choose fewer."),
            {"most": LONGEST_LIST},
        )
    return None


def _codes(raw: object, field: Field) -> _Finding:
    return _list_of(raw, lambda item: isinstance(item, str), gettext_noop("Write a list of area codes."))


def _ids(raw: object, field: Field) -> _Finding:
    return _list_of(raw, _is_id, gettext_noop("Write a list of row numbers."))


def _answers(raw: object, field: Field) -> _Finding:
    def is_answer(item: object) -> bool:
        if item in field.options:
            return True
        return isinstance(item, str) and item.startswith("party:") and item[6:].isdecimal()

    return _list_of(
        raw,
        is_answer,
        gettext_noop("Write a list of answers: undecided, not_voting, wont_say, or party:number."),
    )


def _word(raw: object, field: Field) -> _Finding:
    if raw in field.options:
        return None
    return (
        "unknown_option",
        gettext_noop("“{given}” is not one of {known}."),
        {"given": raw, "known": ", ".join(field.options)},
    )


def _day(raw: object, field: Field) -> _Finding:
    try:
        date.fromisoformat(raw if isinstance(raw, str) else "")
    except ValueError:
        return "bad_date", gettext_noop("Write the day as year-month-day, like 2026-03-01."), {}
    return None


def _count(raw: object, field: Field) -> _Finding:
    if isinstance(raw, bool) or not isinstance(raw, int) or not 1 <= raw <= 36_500:
        return "bad_count", gettext_noop("Write a whole number of days, at least 1."), {}
    return None


def _election(raw: object, field: Field) -> _Finding:
    if not isinstance(raw, str) or len(raw) > 100:
        return "wrong_type", gettext_noop("Write an election's identifier, like local.2026-05-07."), {}
    return None


_CHECKS: Mapping[FieldType, Callable[[object, Field], _Finding]] = {
    FieldType.CODES: _codes,
    FieldType.IDS: _ids,
    FieldType.ANSWERS: _answers,
    FieldType.WORD: _word,
    FieldType.DAY: _day,
    FieldType.COUNT: _count,
    FieldType.ELECTION: _election,
}


def _is_id(item: object) -> bool:
    return isinstance(item, int) and not isinstance(item, bool) and item > 0


def _refuse_unknown(raw: Mapping[str, object], known: set[str], place: str, faults: list[Fault]) -> None:
    for name in raw:
        if name not in known:
            faults.append(
                Fault(
                    f"{place}/{name}",
                    "unknown_field",
                    gettext_noop("There is no “{name}” here. There are: {known}."),
                    {"name": name, "known": ", ".join(sorted(known))},
                )
            )


def json_schema() -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of a tree, for other programs."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "An audience: a tree of conditions over people",
        "$ref": "#/$defs/group",
        "$defs": {
            "group": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    "match": {"enum": [str(match) for match in Match], "default": "all"},
                    "conditions": {
                        "type": "array",
                        "items": {
                            "oneOf": [
                                {"$ref": "#/$defs/group"},
                                *({"$ref": f"#/$defs/{name}"} for name in KINDS),
                            ]
                        },
                    },
                },
            },
            **{kind.name: _kind_schema(kind) for kind in KINDS.values()},
        },
    }


def _kind_schema(kind: Kind) -> dict[str, object]:
    schema: dict[str, object] = {
        "type": "object",
        "title": kind.title,
        "additionalProperties": False,
        "required": ["kind", *(field.name for field in kind.fields if field.is_required)],
        "properties": {
            "kind": {"const": kind.name},
            "not": {"type": "boolean", "default": False},
            **{field.name: _field_schema(field) for field in kind.fields},
        },
    }
    if {"since", "days"} <= {field.name for field in kind.fields}:
        schema["not"] = {"required": ["since", "days"]}
    return schema


def _field_schema(field: Field) -> dict[str, object]:
    items: dict[FieldType, dict[str, object]] = {
        FieldType.CODES: {"type": "string"},
        FieldType.IDS: {"type": "integer", "minimum": 1},
        FieldType.ANSWERS: {"anyOf": [{"enum": list(field.options)}, {"pattern": "^party:[0-9]+$"}]},
    }
    if field.type in items:
        return {"type": "array", "minItems": 1, "maxItems": LONGEST_LIST, "items": items[field.type]}
    plain: dict[FieldType, dict[str, object]] = {
        FieldType.WORD: {"enum": list(field.options)},
        FieldType.DAY: {"type": "string", "format": "date"},
        FieldType.COUNT: {"type": "integer", "minimum": 1, "maximum": 36_500},
        FieldType.ELECTION: {"type": "string", "maxLength": 100},
    }
    return plain[field.type]
