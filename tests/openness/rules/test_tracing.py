"""Marks: whatever shares a stretch of letters shares a mark, and few are kept."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from hustings.openness.rules.tracing import (
    MOST_COMPARED,
    MOST_PAIRS,
    likeliest,
    marks_of_material,
    marks_of_question,
    worth_asking,
)

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def letters(count: int, seed: int) -> str:
    chance = random.Random(seed)
    return "".join(chance.choice(LETTERS) for _ in range(count))


@settings(max_examples=60, deadline=None)
@given(
    st.integers(20, 380), st.integers(0, 10**6), st.integers(0, 300), st.integers(0, 300), st.integers(0, 300)
)
def test_fifteen_letters_of_a_short_material_are_enough(
    size: int, seed: int, place: int, before: int, after: int
) -> None:
    material = letters(size, seed)
    place = min(place, size - 15)
    asked = letters(before, seed + 1) + material[place : place + 15] + letters(after, seed + 2)
    assert marks_of_material([material]) & marks_of_question([asked])


@settings(max_examples=40, deadline=None)
@given(st.integers(401, 2000), st.integers(0, 10**6), st.integers(0, 1900), st.integers(0, 300))
def test_twenty_seven_letters_of_a_long_material_are_enough(
    size: int, seed: int, place: int, before: int
) -> None:
    material = letters(size, seed)
    place = min(place, size - 27)
    asked = letters(before, seed + 1) + material[place : place + 27] + letters(before, seed + 2)
    assert marks_of_material([material]) & marks_of_question([asked])


def test_strangers_share_none_and_a_long_text_keeps_one_mark_in_eight_letters() -> None:
    one, other = letters(4_000, 1), letters(4_000, 2)
    assert not marks_of_material([one]) & marks_of_question([other])
    assert 4_000 / 10 < len(marks_of_material([one])) < 4_000 / 7


def test_no_letters_no_marks() -> None:
    assert marks_of_material([]) == marks_of_material(["short"]) == frozenset()
    assert len(marks_of_material(["twelveletter"])) == 1


def test_what_everybody_writes_is_not_asked_for() -> None:
    held = {1: 3, 2: MOST_PAIRS, 3: 1, 4: 7}
    assert worth_asking(held) == [3, 1, 4]
    assert worth_asking({2: 5 * MOST_PAIRS}) == [2]
    assert worth_asking({}) == []


def test_the_rarer_mark_counts_for_more() -> None:
    found = [(10, 1), (20, 2), (30, 1), (30, 2), (40, 2)]
    assert likeliest(found, held={1: 2, 2: 900}) == [30, 10, 40, 20]
    many = [(material, 1) for material in range(500)]
    assert len(likeliest(many, held={1: 500})) == MOST_COMPARED
