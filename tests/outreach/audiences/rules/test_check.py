"""The check of a tree: what is right passes unchanged, what is wrong is named with its place."""

import pytest
from hypothesis import given

from hustings.outreach.audiences.rules.check import DEEPEST, MOST_CONDITIONS, BadTree, json_schema, parse_tree
from hustings.outreach.audiences.rules.kinds import KINDS
from hustings.outreach.audiences.rules.tree import Condition, Group, Match
from tests.outreach.audiences.rules.strategies import groups


@given(groups.filter(lambda tree: tree.depth <= DEEPEST))
def test_a_tree_survives_json(tree: Group) -> None:
    assert parse_tree(raw=tree.as_json()) == tree


def test_nothing_is_everybody() -> None:
    assert parse_tree(raw={}) == Group()


def _all(*conditions: object) -> dict[str, object]:
    return {"match": "all", "conditions": list(conditions)}


@pytest.mark.parametrize(
    ("raw", "place", "code"),
    [
        ([], "", "not_an_object"),
        ("people", "", "not_an_object"),
        ({"match": "most", "conditions": []}, "/match", "unknown_match"),
        ({"match": ["all"], "conditions": []}, "/match", "unknown_match"),
        ({"match": "all", "conditions": {}}, "/conditions", "wrong_type"),
        ({"match": "all", "rules": []}, "/rules", "unknown_field"),
        (_all({"kind": "star_sign"}), "/conditions/0/kind", "unknown_kind"),
        (_all({"kind": "lives_in"}), "/conditions/0/areas", "missing_field"),
        (_all({"kind": "lives_in", "areas": []}), "/conditions/0/areas", "missing_field"),
        (_all({"kind": "lives_in", "areas": "E05999001"}), "/conditions/0/areas", "wrong_type"),
        (_all({"kind": "lives_in", "areas": ["E05"] * 501}), "/conditions/0/areas", "too_long"),
        (_all({"kind": "tagged", "tags": ["3"]}), "/conditions/0/tags", "wrong_type"),
        (_all({"kind": "tagged", "tags": [True]}), "/conditions/0/tags", "wrong_type"),
        (
            _all({"kind": "agreed", "channel": "pigeon", "purpose": "campaign"}),
            "/conditions/0/channel",
            "unknown_option",
        ),
        (
            _all({"kind": "agreed", "channel": ["email"], "purpose": "campaign"}),
            "/conditions/0/channel",
            "unknown_option",
        ),
        (_all({"kind": "contacted", "since": "1 March"}), "/conditions/0/since", "bad_date"),
        (_all({"kind": "contacted", "days": 0}), "/conditions/0/days", "bad_count"),
        (_all({"kind": "contacted", "days": "90"}), "/conditions/0/days", "bad_count"),
        (
            _all({"kind": "contacted", "days": 9, "since": "2026-03-01"}),
            "/conditions/0/days",
            "since_and_days",
        ),
        (_all({"kind": "intention", "answers": ["party:x"]}), "/conditions/0/answers", "wrong_type"),
        (
            _all({"kind": "intention", "answers": ["undecided"], "election": 7}),
            "/conditions/0/election",
            "wrong_type",
        ),
        (_all({"kind": "on_register", "not": "yes"}), "/conditions/0/not", "wrong_type"),
        (_all({"kind": "on_register", "sure": True}), "/conditions/0/sure", "unknown_field"),
        (_all(_all(7)), "/conditions/0/conditions/0", "not_an_object"),
    ],
)
def test_each_fault_has_a_place_and_a_name(raw: object, place: str, code: str) -> None:
    with pytest.raises(BadTree) as caught:
        parse_tree(raw=raw)
    assert (place, code) in [(fault.place, fault.code) for fault in caught.value.faults]


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(BadTree) as caught:
        parse_tree(raw=_all({"kind": "lives_in"}, {"kind": "tagged"}, {"kind": "nothing"}))
    assert len(caught.value.faults) == 3
    assert "/conditions/1/tags: Choose something here" in str(caught.value)


def test_depth_and_size_are_bounded() -> None:
    deep: dict[str, object] = _all()
    for _ in range(DEEPEST):
        deep = _all(deep)
    with pytest.raises(BadTree, match="more than 5 deep"):
        parse_tree(raw=deep)
    with pytest.raises(BadTree, match="more than 60 conditions"):
        parse_tree(raw=_all(*[{"kind": "on_register"}] * (MOST_CONDITIONS + 1)))


def test_schema_tells_of_every_kind_and_field() -> None:
    definitions = json_schema()["$defs"]
    assert isinstance(definitions, dict)
    assert set(definitions) == {"group", *KINDS}
    for kind in KINDS.values():
        properties = definitions[kind.name]["properties"]
        assert set(properties) == {"kind", "not", *(field.name for field in kind.fields)}


def test_empty_values_are_as_if_left_out() -> None:
    tree = parse_tree(raw=_all({"kind": "contacted", "since": "", "days": None, "channel": ""}))
    assert tree == Group(Match.ALL, (Condition("contacted"),))
