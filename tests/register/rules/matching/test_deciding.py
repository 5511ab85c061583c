"""Matched, unsure, none: and no guess between two who fit equally well."""

from hypothesis import given
from hypothesis import strategies as st

from hustings.register.rules.matching.comparing import Record, record_of
from hustings.register.rules.matching.deciding import Verdict, decide
from hustings.register.rules.matching.settings import settings

HOME = ("ZZ1 1AA", "12 Mill Street, Eelbrook")


def _record(forename: str, surname: str, postcode: str = HOME[0], address: str = HOME[1]) -> Record:
    return record_of(forename=forename, surname=surname, postcode=postcode, address=address)


def _verdict(person: Record, *electors: Record) -> Verdict:
    return decide(person=person, electors=list(enumerate(electors)), settings=settings()).verdict


def test_the_same_person_is_matched_however_carelessly_written() -> None:
    elector = _record("William John", "Thompson")
    for forename, surname in (
        ("William", "Thompson"),
        ("Bill", "Thompson"),
        ("W", "Thompson"),
        ("william", "tompson"),
    ):
        assert _verdict(_record(forename, surname), elector) is Verdict.MATCHED


def test_a_housemate_of_the_same_surname_is_not_taken_for_the_person() -> None:
    assert _verdict(_record("Susan", "Thompson"), _record("William John", "Thompson")) is Verdict.NONE
    assert (
        _verdict(_record("Susan", "Thompson", address=""), _record("William John", "Thompson"))
        is Verdict.NONE
    )


def test_father_and_son_of_one_name_leave_it_open_unless_a_middle_name_tells() -> None:
    father, son = _record("John Arthur", "Ash"), _record("John Brian", "Ash")
    undecided = decide(person=_record("John", "Ash"), electors=[(1, father), (2, son)], settings=settings())
    assert undecided.verdict is Verdict.UNSURE
    assert len(undecided.candidates) == 2
    told = decide(person=_record("John B", "Ash"), electors=[(1, father), (2, son)], settings=settings())
    assert told.verdict is Verdict.MATCHED
    assert [candidate.elector_id for candidate in told.candidates] == [2]


def test_a_namesake_far_away_is_at_most_a_question() -> None:
    elsewhere = _record("Persephone", "Quarrington", "ZZ9 9ZZ", "1 Far Lane")
    assert _verdict(_record("Persephone", "Quarrington"), elsewhere) is not Verdict.MATCHED


def test_a_new_surname_at_the_same_door_is_a_question_or_better() -> None:
    assert _verdict(_record("Persephone", "Ash"), _record("Persephone", "Quarrington")) is not Verdict.NONE


def test_without_candidates_there_is_none() -> None:
    assert _verdict(_record("Ann", "Ash")) is Verdict.NONE


_WORDS = st.sampled_from(
    ["Ann", "Anne", "A", "William", "Bill", "Ash", "Ashe", "Ash-Thompson", "Thompson", ""]
)
_RECORDS = st.builds(
    _record,
    _WORDS,
    _WORDS,
    st.sampled_from(["ZZ1 1AA", "ZZ1 1AB", ""]),
    st.sampled_from(["12 Mill St", "14", ""]),
)


@given(_RECORDS, st.lists(_RECORDS, max_size=6))
def test_chances_add_up_to_less_than_one_and_order_does_not_matter(
    person: Record, electors: list[Record]
) -> None:
    numbered = list(enumerate(electors))
    one = decide(person=person, electors=numbered, settings=settings())
    other = decide(person=person, electors=reversed(numbered), settings=settings())
    assert one.verdict is other.verdict
    assert [row.elector_id for row in one.candidates] == [row.elector_id for row in other.candidates]
    assert sum(row.probability for row in one.candidates) < 1
    assert (one.verdict is Verdict.NONE) == (not one.candidates)


@given(_RECORDS, _RECORDS)
def test_a_double_of_the_elector_never_makes_one_surer(person: Record, elector: Record) -> None:
    alone = decide(person=person, electors=[(1, elector)], settings=settings())
    doubled = decide(person=person, electors=[(1, elector), (2, elector)], settings=settings())
    assert doubled.verdict is not Verdict.MATCHED
    if alone.candidates and doubled.candidates:
        assert doubled.candidates[0].probability < alone.candidates[0].probability
