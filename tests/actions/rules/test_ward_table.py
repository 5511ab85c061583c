"""The table by ward: whatever is published, a small count cannot be worked out."""

from itertools import product

from hypothesis import assume, given
from hypothesis import strategies as st

from hustings.actions.rules.ward_table import WardTable, counted_signatures, may_follow, ward_table

COUNTS = st.lists(st.integers(0, 400), min_size=1, max_size=8).map(
    lambda counts: {f"E0500000{number}": count for number, count in enumerate(counts)}
)


def possible(table: WardTable, code: str) -> tuple[int, int]:
    """The lowest and highest count that the total and the other bands leave for a ward."""
    others = [table.band(code=other) for other in table.floors if other != code]
    low, high = table.band(code=code)
    return (
        max(low, table.total - sum(top for _, top in others)),
        min(high, table.total - sum(bottom for bottom, _ in others)),
    )


@given(COUNTS)
def test_every_ward_could_be_anywhere_in_its_band(counts: dict[str, int]) -> None:
    table = ward_table(counts=counts)
    assume(table is not None)
    assert table is not None
    for code, count in counts.items():
        low, high = table.band(code=code)
        assert low <= count <= high
        assert possible(table, code) == (low, high)


def test_a_plain_table() -> None:
    table = ward_table(counts={"E05000001": 137, "E05000002": 64, "E05000003": 4, "": 15})
    assert table is not None
    assert (table.total, table.width) == (220, 10)
    assert table.band(code="E05000003") == (0, 9)
    assert table.band(code="E05000001") == (130, 139)


def test_one_small_ward_beside_round_ones_is_not_published_in_tens() -> None:
    """70 + 50 + 0 of 120: tens would say that nobody signed in the third ward."""
    table = ward_table(counts={"E05000001": 70, "E05000002": 50, "E05000003": 0})
    assert table is None or table.width > 10


def test_a_single_ward_has_no_table() -> None:
    assert ward_table(counts={"E05000001": 300}) is None


def test_nothing_signed_has_no_table() -> None:
    assert ward_table(counts={"E05000001": 0, "E05000002": 0}) is None


def _worlds(table: WardTable, codes: list[str]) -> list[tuple[int, ...]]:
    bands = [range(table.band(code=code)[0], table.band(code=code)[1] + 1) for code in codes]
    return [world for world in product(*bands) if sum(world) == table.total]


@given(
    st.lists(st.integers(0, 9), min_size=3, max_size=4),
    st.lists(st.integers(0, 9), min_size=4, max_size=4),
)
def test_two_tables_together_do_not_narrow_a_ward_that_left_the_lowest_band(
    before: list[int], added: list[int]
) -> None:
    """With bands of four, so that every possible world can be counted."""
    codes = [f"W{number}" for number in range(len(before))]
    earlier = dict(zip(codes, before, strict=True))
    later = {code: earlier[code] + more for code, more in zip(codes, added, strict=False)}
    shown, following = ward_table(counts=earlier, widths=(4,)), ward_table(counts=later, widths=(4,))
    assume(shown is not None and following is not None)
    assert shown is not None
    assert following is not None
    assume(may_follow(shown=shown, following=following))
    old_worlds, new_worlds = _worlds(shown, codes), _worlds(following, codes)
    for place, code in enumerate(codes):
        if shown.floors[code] == 0 < following.floors[code]:
            left = {
                old[place]
                for old in old_worlds
                for new in new_worlds
                if all(a <= b for a, b in zip(old, new, strict=True))
            }
            assert left == {0, 1, 2, 3}


def test_the_table_moves_in_steps() -> None:
    assert [counted_signatures(confirmed=n) for n in (0, 9, 10, 19, 137)] == [0, 0, 10, 10, 130]
