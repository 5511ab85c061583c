"""Allocations: the fewest keys that tell, and silence where they cannot."""

from hypothesis import given
from hypothesis import strategies as st

from hustings.register.rules.stations import KeyKind, PropertyRow, allocate, keys_of, station_of

ROWS = st.lists(
    st.builds(
        PropertyRow,
        postcode=st.sampled_from(["", "ZZ1 1AA", "ZZ1 1AB"]),
        house=st.sampled_from(["", "1", "2"]),
        district=st.sampled_from(["", "AA", "AB"]),
        station=st.sampled_from(["mill", "chapel"]),
    ),
    max_size=12,
)


@given(ROWS)
def test_whoever_is_told_anything_is_told_what_the_file_says(rows: list[PropertyRow]) -> None:
    """No address in the file is ever told a station that the file does not give to that very address."""
    numbers = {"mill": 1, "chapel": 2}
    allocations = {key: frozenset({numbers[station]}) for key, station in allocate(rows=rows).items()}
    for row in rows:
        found = station_of(
            allocations=allocations, postcode=row.postcode, house=row.house, district=row.district
        )
        said = {
            numbers[other.station]
            for other in rows
            if (other.postcode, other.house, other.district) == (row.postcode, row.house, row.district)
        }
        assert found is None or found in said


@given(ROWS)
def test_a_single_station_is_always_told(rows: list[PropertyRow]) -> None:
    """Where everybody goes to one hall, everybody with a postcode or a district is told so."""
    one = [PropertyRow(postcode=r.postcode, house=r.house, district=r.district, station="mill") for r in rows]
    allocations = {key: frozenset({1}) for key in allocate(rows=one)}
    for row in one:
        if keys_of(postcode=row.postcode, house=row.house, district=row.district):
            assert station_of(
                allocations=allocations, postcode=row.postcode, house=row.house, district=row.district
            )


def test_councils_that_contradict_each_other_tell_nothing() -> None:
    key = (KeyKind.DISTRICT, "AA")
    assert station_of(allocations={key: frozenset({1, 2})}, postcode="", house="", district="AA") is None
