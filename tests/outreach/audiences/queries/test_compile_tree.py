"""What the database answers is what the tree says, for every tree; and it is one statement."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings

from hustings.outreach.audiences.queries import compile_tree
from hustings.outreach.audiences.queries.compile_tree import people_in
from hustings.outreach.audiences.rules.check import parse_tree
from hustings.outreach.audiences.rules.kinds import KINDS
from hustings.outreach.audiences.rules.tree import Condition, Group, Match
from hustings.people.models import Person
from tests.contacts import cast
from tests.outreach.audiences.queries.village import Villager, holds, make_village
from tests.outreach.audiences.rules.strategies import groups

NOW = datetime(2026, 3, 30, 9, 0, tzinfo=UTC)


@pytest.fixture
def village(db: None) -> list[Villager]:
    return make_village(now=NOW)


def _tree(*conditions: dict[str, Any], match: str = "all") -> Group:
    return parse_tree(raw={"match": match, "conditions": list(conditions)})


def test_every_kind_can_be_asked() -> None:
    assert set(compile_tree._COMPILERS) == set(KINDS)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tree=groups)
def test_the_database_agrees_with_the_tree(village: list[Villager], tree: Group) -> None:
    found = set(people_in(tree=tree, area_code=None, now=NOW).values_list("pk", flat=True))
    assert found == {one.person.pk for one in village if holds(tree, one, NOW)}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tree=groups)
def test_nobody_outside_the_area_is_ever_found(village: list[Villager], tree: Group) -> None:
    found = set(people_in(tree=tree, area_code=cast.EAST, now=NOW).values_list("pk", flat=True))
    east = {cast.ULLATHORNE, cast.PLUMSTEAD}
    assert found == {one.person.pk for one in village if one.ward in east and holds(tree, one, NOW)}


def test_count_and_ids_are_one_statement_each(village: list[Villager]) -> None:
    tree = Group(
        Match.ALL,
        tuple(
            Condition(kind.name, values)
            for kind, values in zip(
                KINDS.values(),
                (
                    {"areas": [cast.ULLATHORNE]},
                    {"channel": "email", "purpose": "campaign"},
                    {"days": 90, "channel": "email"},
                    {"answers": ["undecided"], "election": "local.2026-05-07"},
                    {},
                    {"tags": [1]},
                    {"petitions": [1]},
                    {"issues": [1]},
                    {"address": "email"},
                    {"days": 90},
                    {"mailings": [1]},
                ),
                strict=True,
            )
        ),
    )
    people = people_in(tree=tree, area_code=cast.EAST, now=NOW)
    with CaptureQueriesContext(connection) as caught:
        people.count()
        list(people.values_list("pk", flat=True))
    assert len(caught) == 2


def test_erased_and_merged_people_are_in_no_audience(village: list[Villager]) -> None:
    first, second, third = (one.person for one in village[:3])
    Person.objects.filter(pk=first.pk).update(erased_at=NOW)
    Person.objects.filter(pk=second.pk).update(merged_into=third)
    for tree in (Group(), _tree({"kind": "on_register", "not": True}), _tree({"kind": "on_register"})):
        found = set(people_in(tree=tree, area_code=None, now=NOW).values_list("pk", flat=True))
        assert not found & {first.pk, second.pk}


def test_an_area_that_is_gone_holds_nobody(village: list[Villager]) -> None:
    assert not people_in(tree=Group(), area_code="E05000000", now=NOW).exists()
    assert not people_in(
        tree=_tree({"kind": "lives_in", "areas": ["E05000000"]}), area_code=None, now=NOW
    ).exists()


def test_a_day_begins_at_midnight_in_the_united_kingdom(village: list[Villager]) -> None:
    gwen = village[0].person
    tree = _tree({"kind": "contacted", "since": "2026-06-10"})
    for moment, is_in in (
        (datetime(2026, 6, 9, 22, 59, tzinfo=UTC), False),
        (datetime(2026, 6, 9, 23, 0, tzinfo=UTC), True),
    ):
        Person.objects.filter(pk=gwen.pk).update(last_contacted_at=moment)
        assert people_in(tree=tree, area_code=None, now=NOW).filter(pk=gwen.pk).exists() is is_in


def test_answers_about_one_election_are_kept_apart(village: list[Villager]) -> None:
    from hustings.contacts.usecases.record_intention import record_intention
    from hustings.elections.models import Election

    gwen = village[3].person
    election = Election.objects.create(
        id="local.2026-05-07", kind="local", title="Barset council", poll_on=NOW.date()
    )
    record_intention(person=gwen, choice="undecided", election=election, source="test", now=NOW)
    record_intention(person=gwen, choice="wont_say", source="test", now=NOW.replace(hour=12))
    about_it = _tree({"kind": "intention", "answers": ["undecided"], "election": election.pk})
    latest = _tree({"kind": "intention", "answers": ["undecided"]})
    assert people_in(tree=about_it, area_code=None, now=NOW).get() == gwen
    assert not people_in(tree=latest, area_code=None, now=NOW).filter(pk=gwen.pk).exists()
