"""Who campaigns jointly."""

from hustings.money.rules.joint import Standing, joint_status


def _one(key: int, **changes: object) -> Standing:
    facts: dict[str, object] = {
        "key": key,
        "election": "local",
        "ward": "Barset East",
        "agent": f"Agent {key}",
    }
    return Standing(**{**facts, **changes})  # type: ignore[arg-type]


def test_each_link_alone_makes_candidates_joint() -> None:
    """The same agent (however written), the same rooms, or one shared leaflet."""
    for first, second, link in (
        (_one(1, agent="Agnes Lampwright"), _one(2, agent="agnes  lampwright"), "agent"),
        (_one(1), _one(2, rooms_with=frozenset({1})), "rooms"),
        (_one(1, items=frozenset({7})), _one(2, items=frozenset({7, 8})), "material"),
    ):
        found = joint_status(standing=[first, second])
        assert found[1].number == found[2].number == 2
        assert found[1].partners == {2}
        assert found[1].links == {link}


def test_a_chain_makes_three() -> None:
    """One shares rooms with two, two a leaflet with three."""
    found = joint_status(
        standing=[
            _one(1),
            _one(2, rooms_with=frozenset({1}), items=frozenset({7})),
            _one(3, items=frozenset({7})),
            _one(4),
        ]
    )
    assert [found[key].number for key in (1, 2, 3, 4)] == [3, 3, 3, 1]
    assert found[1].links == {"rooms", "material"}
    assert not found[4].is_joint


def test_another_ward_and_another_election_are_never_joint() -> None:
    """One agent may act in ten wards, and at by-elections the cut is not known."""
    found = joint_status(standing=[_one(1, agent="A"), _one(2, agent="A", ward="Barset West")])
    assert not found[1].is_joint
    found = joint_status(standing=[_one(key, agent="A", election="parl-by-election") for key in (1, 2)])
    assert not found[1].is_joint
    assert not joint_status(standing=[_one(1, agent=""), _one(2, agent=" ")])[1].is_joint
