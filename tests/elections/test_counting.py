"""From votes to who came first and second and by how much."""

from hypothesis import given
from hypothesis import strategies as st

from hustings.elections.rules.counting import Tally, outcome


def test_one_seat_goes_to_the_most_votes() -> None:
    found = outcome(tallies=[Tally("A", "x", 10), Tally("B", "y", 30), Tally("C", "z", 25)], seats=1)
    assert found.first is not None
    assert found.second is not None
    assert (found.first.name, found.second.name) == ("B", "C")
    assert (found.majority, found.valid_votes, found.is_unopposed) == (5, 65, False)


def test_several_seats_are_won_from_the_first_who_lost() -> None:
    tallies = [
        Tally("A", "x", 40, True),
        Tally("B", "x", 35, True),
        Tally("C", "y", 30, False),
        Tally("D", "z", 9, False),
    ]
    found = outcome(tallies=tallies, seats=2)
    assert found.majority == 5
    assert found.valid_votes is None
    assert found.second is not None
    assert found.second.name == "C"


def test_a_tie_is_decided_by_who_was_declared_elected() -> None:
    tie = [Tally("A", "x", 20, False), Tally("B", "y", 20, True)]
    found = outcome(tallies=tie, seats=1)
    assert found.first is not None
    assert found.first.name == "B"
    assert found.majority == 0
    undecided = outcome(tallies=[Tally("A", "x", 20), Tally("B", "y", 20)], seats=1)
    assert (undecided.first, undecided.second, undecided.majority) == (None, None, 0)


def test_nobody_against_means_no_majority() -> None:
    found = outcome(tallies=[Tally("A", "x", None, True)], seats=1)
    assert found.is_unopposed
    assert found.first is not None
    assert found.majority is None


def test_missing_votes_give_no_figures() -> None:
    found = outcome(tallies=[Tally("A", "x", None, True), Tally("B", "y", 4, False)], seats=1)
    assert found.first is not None
    assert found.first.name == "A"
    assert (found.majority, found.valid_votes, found.is_unopposed) == (None, None, False)
    nothing = outcome(tallies=[], seats=1)
    assert (nothing.first, nothing.majority, nothing.is_unopposed) == (None, None, False)


@given(st.lists(st.integers(0, 50_000), min_size=2, max_size=12))
def test_the_majority_is_between_nought_and_the_votes_of_the_first(votes: list[int]) -> None:
    found = outcome(tallies=[Tally(str(n), "", vote) for n, vote in enumerate(votes)], seats=1)
    ranked = sorted(votes, reverse=True)
    assert found.majority == ranked[0] - ranked[1]
    assert found.valid_votes == sum(votes)
    assert (found.first is None) == (ranked[0] == ranked[1])
