"""An audience reads as a sentence."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from hustings.outreach.audiences.queries import reading
from hustings.outreach.audiences.queries.reading import read_audience
from hustings.outreach.audiences.rules.check import parse_tree
from hustings.outreach.audiences.rules.kinds import KINDS
from hustings.outreach.audiences.rules.tree import Group
from tests.contacts import cast
from tests.outreach.audiences.queries.village import make_village
from tests.outreach.audiences.rules.strategies import groups

NOW = datetime(2026, 3, 30, 9, 0, tzinfo=UTC)


@pytest.fixture
def village(db: None) -> None:
    make_village(now=NOW)


def _read(*conditions: dict[str, Any], match: str = "all", area: str | None = cast.EAST) -> str:
    return read_audience(
        tree=parse_tree(raw={"match": match, "conditions": list(conditions)}), area_code=area
    )


def test_every_kind_can_be_read() -> None:
    assert set(reading._READERS) == set(KINDS)


def test_the_example_of_the_manual(village: None) -> None:
    assert (
        _read(
            {"kind": "agreed", "channel": "email", "purpose": "campaign"},
            {"kind": "contacted", "not": True, "since": "2026-03-01"},
        )
        == "People in Barset East who agreed to be emailed about news and campaigns, and have not been contacted "
        "since 1 March 2026."
    )


def test_groups_are_told_apart(village: None) -> None:
    inner = {
        "match": "any",
        "conditions": [{"kind": "tagged", "tags": [1]}, {"kind": "signed", "petitions": [1, 2]}],
    }
    nobody = {"match": "none", "conditions": [{"kind": "has_address", "address": "email"}]}
    assert _read({"kind": "on_register"}, inner, nobody, area=None) == (
        "People anywhere who are matched to the electoral register, (are tagged “tag 1”, or signed “Petition 1” or "
        "“Petition 2”), and (do not fulfil any of these: have a usable email address)."
    )


def test_everybody(village: None) -> None:
    assert _read() == "People in Barset East, without any condition."


def test_answers_name_parties(village: None) -> None:
    assert "last answered “Greens” or “undecided” about their vote" in _read(
        {"kind": "intention", "answers": ["party:1", "undecided"]}
    )


def test_what_was_removed_is_called_so(village: None) -> None:
    assert "are tagged “something that was removed”" in _read({"kind": "tagged", "tags": [99]})


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tree=groups)
def test_every_tree_can_be_read(village: None, tree: Group) -> None:
    sentence = read_audience(tree=tree, area_code=None)
    assert sentence.startswith("People anywhere")
    assert sentence.endswith(".")
    assert "%(" not in sentence
