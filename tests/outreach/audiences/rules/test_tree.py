"""Editing a tree by path."""

import pytest
from hypothesis import given

from hustings.outreach.audiences.rules.tree import (
    Condition,
    Group,
    Match,
    NoSuchPlace,
    node_at,
    with_added,
    with_removed,
    with_replaced,
)
from tests.outreach.audiences.rules.strategies import conditions, groups

A, B, C = (Condition("tagged", {"tags": [number]}) for number in (1, 2, 3))
TREE = Group(Match.ALL, (A, Group(Match.ANY, (B, C))))


def test_reading_by_path() -> None:
    assert node_at(tree=TREE, path=()) == TREE
    assert node_at(tree=TREE, path=(1, 0)) == B
    for path in ((2,), (0, 0), (-1,)):
        with pytest.raises(NoSuchPlace):
            node_at(tree=TREE, path=path)


def test_adding_removing_replacing() -> None:
    assert with_added(tree=TREE, path=(1,), node=A).members[1] == Group(Match.ANY, (B, C, A))
    assert with_removed(tree=TREE, path=(1, 0)).members[1] == Group(Match.ANY, (C,))
    assert with_removed(tree=TREE, path=()) == Group()
    assert with_replaced(tree=TREE, path=(0,), node=C).members[0] == C
    with pytest.raises(NoSuchPlace):
        with_added(tree=TREE, path=(0,), node=A)
    with pytest.raises(NoSuchPlace):
        with_removed(tree=TREE, path=(7,))


@given(groups, conditions)
def test_what_was_added_can_be_taken_away(tree: Group, condition: Condition) -> None:
    grown = with_added(tree=tree, path=(), node=condition)
    assert grown.size == tree.size + 1
    assert with_removed(tree=grown, path=(len(tree.members),)) == tree
