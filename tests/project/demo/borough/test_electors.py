"""The register of Barset has the size, the order and the oddities of a real one."""

import random
from collections import Counter
from datetime import date

from hustings.basics.postcode import parse_postcode
from hustings.project.demo.borough import Borough, make_borough, next_register
from hustings.project.demo.borough.changes import CAME, LEFT, MOVED, OPTED_OUT, RENAMED
from hustings.project.demo.borough.land import DOORS_PER_POSTCODE

from .conftest import ON


def test_has_the_promised_size(borough: Borough) -> None:
    assert len(borough.electors) == 75_000
    assert len(borough.land.dwellings) == 35_000
    assert len(borough.land.wards) == 20
    assert Counter(ward.constituency.name for ward in borough.land.wards) == {
        "Barset East": 10,
        "Barset West": 10,
    }
    assert {district.ward.code for district in borough.land.districts} == {
        ward.code for ward in borough.land.wards
    }


def test_somebody_is_registered_behind_every_door(borough: Borough) -> None:
    lived_in = {id(row.dwelling) for row in borough.electors if row.dwelling}
    assert lived_in == {id(door) for door in borough.land.dwellings}


def test_the_same_seed_gives_the_same_borough_and_another_another(borough: Borough) -> None:
    before = random.getstate()
    again = make_borough(seed=2026, on=ON)
    other = make_borough(seed=2027, on=ON)
    assert random.getstate() == before
    assert again == borough
    assert [row.surname for row in other.electors] != [row.surname for row in borough.electors]
    assert len(other.electors) == 75_000


def test_postcodes_are_fictional_and_short_streets_share_them(borough: Borough) -> None:
    spelled = [row.postcode for row in borough.land.postcodes]
    assert len(set(spelled)) == len(spelled)
    assert all(parse_postcode(postcode).is_fictional for postcode in spelled)
    doors = Counter(door.postcode for door in borough.land.dwellings)
    assert max(doors.values()) == DOORS_PER_POSTCODE
    assert sum(doors.values()) / len(doors) > 10
    live = {row.postcode for row in borough.land.postcodes if row.terminated_on is None}
    assert set(doors) <= live
    ward_of = {row.postcode: row.ward for row in borough.land.postcodes}
    assert all(ward_of[door.postcode] is door.district.ward for door in borough.land.dwellings)


def test_numbers_are_unique_and_follow_the_streets(borough: Borough) -> None:
    numbers = [row.full_number for row in borough.electors]
    assert len(set(numbers)) == 75_000
    assert len({row.elector_id for row in borough.electors}) == 75_000
    assert 300 < sum(1 for row in borough.electors if row.suffix) < 900
    order = {id(door): place for place, door in enumerate(borough.land.dwellings)}
    places = [order[id(row.dwelling)] for row in borough.electors if row.dwelling]
    assert places == sorted(places)


def test_other_electors_stand_at_the_end_of_their_district_without_address(borough: Borough) -> None:
    overseas = [row for row in borough.electors if row.is_overseas]
    anonymous = [row for row in borough.electors if row.is_anonymous]
    assert (len(overseas), len(anonymous)) == (260, 12)
    assert all(row.dwelling is None and row.surname for row in overseas)
    assert all(
        row.dwelling is None and not row.surname and not row.forename and row.number for row in anonymous
    )
    without_address = False
    for before, row in zip(borough.electors, borough.electors[1:], strict=False):
        if before.district is not row.district:
            without_address = False
        without_address = without_address or row.dwelling is None
        assert without_address == (row.dwelling is None)


def test_markers_occur_as_often_as_they_do(borough: Borough) -> None:
    letters = Counter(letter for row in borough.electors for letter in row.markers)
    assert 0.5 < letters["Z"] / 75_000 < 0.6
    assert 0.01 < letters["B"] / 75_000 < 0.04
    assert 0.001 < letters["G"] / 75_000 < 0.01
    assert 0 < letters["L"] < 10
    assert set(letters) == set("ZBGLFN")


def test_young_electors_carry_the_day_on_which_they_may_first_vote(borough: Borough) -> None:
    attainers = [row for row in borough.electors if row.attains_on and row.attains_on > ON]
    assert 300 < len(attainers) < 1_500
    assert all(row.born >= 2008 for row in attainers)
    assert not [row for row in borough.electors if row.born >= 2009 and row.attains_on is None]


def test_common_names_collide_and_families_share_theirs(borough: Borough) -> None:
    surnames = Counter(row.surname for row in borough.electors if row.surname)
    (commonest, count), *_ = surnames.most_common()
    assert commonest in {"Smith", "Jones"}
    assert 0.008 < count / 75_000 < 0.02
    assert len(surnames) > 4_000
    assert max(Counter((row.forename, row.surname) for row in borough.electors if row.surname).values()) > 15
    for heritage in ("Khan", "Patel", "Kowalska", "Llewellyn", "MacDougall", "Okafor", "Singh", "Popescu"):
        assert surnames[heritage] > 0
    households: dict[int, list[str]] = {}
    for row in borough.electors:
        if row.household >= 0:
            households.setdefault(row.household, []).append(row.surname)
    couples = [names for names in households.values() if len(names) == 2]
    assert 0.6 < sum(1 for names in couples if len(set(names)) == 1) / len(couples) < 0.9
    # Shared houses and care homes: many people, hardly a name twice.
    assert [names for names in households.values() if len(names) > 4 and len(set(names)) == len(names)]


def test_a_month_changes_what_it_says(borough: Borough) -> None:
    before = {row.key: row for row in borough.electors}
    later = next_register(borough=borough, on=date(2026, 4, 1))
    after = {row.key: row for row in later}
    assert len(after) == len(later) == 75_000 - LEFT + CAME
    assert len(before.keys() - after.keys()) == LEFT
    assert len(after.keys() - before.keys()) == CAME
    stayed = before.keys() & after.keys()
    assert sum(1 for key in stayed if before[key].dwelling is not after[key].dwelling) == MOVED
    assert sum(1 for key in stayed if after[key].former_surname and before[key] != after[key]) >= RENAMED
    assert sum(1 for key in stayed if before[key].markers != after[key].markers) == OPTED_OUT
    assert len({row.full_number for row in later}) == len(later)
    assert all(row.elector_id == before[row.key].elector_id for row in later if row.key in before)
    assert make_borough(seed=2026, on=ON) == borough
