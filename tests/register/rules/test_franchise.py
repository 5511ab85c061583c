"""Who may vote at what, by the letters beside the name."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.basics.tables import NoRuleInForce
from hustings.register.rules.franchise import Answer, letters_of, marker_table, may_vote_in, read_markers

MAY_2026 = date(2026, 5, 7)
KINDS = ("parl", "local", "mayor", "pcc", "gla", "senedd", "sp", "nia")


def _answer(
    markers: str,
    kind: str,
    *,
    on: date = MAY_2026,
    nation: str = "england",
    attains_on: date | None = None,
) -> Answer:
    return may_vote_in(
        markers=markers, election_kind=kind, nation=nation, poll_on=on, attains_on=attains_on
    ).answer


@pytest.mark.parametrize("kind", KINDS)
def test_no_letter_is_the_full_franchise(kind: str) -> None:
    assert _answer("", kind) is Answer.YES
    assert _answer("Z", kind) is Answer.YES
    assert _answer("(z)", kind) is Answer.YES


@pytest.mark.parametrize(
    ("markers", "kind", "expected"),
    [
        ("F", "parl", Answer.YES),
        ("F", "local", Answer.NO),
        ("FZ", "pcc", Answer.NO),
        ("B", "parl", Answer.NO),
        ("B", "local", Answer.YES),
        ("BZ", "mayor", Answer.YES),
        ("B", "gla", Answer.UNKNOWN),
        ("L", "parl", Answer.NO),
        ("L", "local", Answer.YES),
        ("M", "sp", Answer.YES),
        ("M", "parl", Answer.NO),
        ("N", "parl", Answer.YES),
        ("NF", "local", Answer.NO),
        ("U", "local", Answer.UNKNOWN),
        ("UF", "local", Answer.NO),
        ("UB", "local", Answer.UNKNOWN),
    ],
)
def test_letters_decide(markers: str, kind: str, expected: Answer) -> None:
    assert _answer(markers, kind) is expected


def test_g_was_clear_until_may_2024_and_is_under_review_since() -> None:
    assert _answer("G", "local", on=date(2024, 5, 2)) is Answer.YES
    assert _answer("G", "local", on=date(2024, 5, 7)) is Answer.UNKNOWN
    assert _answer("G", "parl", on=date(2024, 7, 4)) is Answer.NO


def test_obsolete_letters_are_unknown_today() -> None:
    assert _answer("K", "local", on=date(2019, 5, 2)) is Answer.YES
    assert _answer("K", "local") is Answer.UNKNOWN
    with pytest.raises(NoRuleInForce):
        marker_table().entry(on=MAY_2026, marker="K")


def test_an_unknown_letter_is_said_and_not_swallowed() -> None:
    franchise = may_vote_in(markers="U", election_kind="parl", nation="england", poll_on=MAY_2026)
    assert franchise.answer is Answer.UNKNOWN
    assert "U" in franchise.reasons[0]
    (marker,) = read_markers(markers="U", on=MAY_2026)
    assert not marker.is_known
    assert "unknown" in marker.meaning


def test_n_is_anonymous_and_never_attainer() -> None:
    (marker,) = read_markers(markers="N", on=MAY_2026)
    assert marker.meaning == "anonymous entry"


def test_dot_who_is_seventeen_votes_from_her_birthday_on() -> None:
    assert _answer("", "local", attains_on=date(2026, 5, 8)) is Answer.NO
    assert _answer("", "local", attains_on=MAY_2026) is Answer.YES
    assert _answer("", "parl", attains_on=date(2026, 5, 8)) is Answer.NO


def test_at_sixteen_one_votes_in_scotland_and_wales_except_for_westminster() -> None:
    seventeen = date(2027, 5, 1)
    assert _answer("", "sp", nation="scotland", attains_on=seventeen) is Answer.YES
    assert _answer("", "local", nation="wales", attains_on=seventeen) is Answer.YES
    assert _answer("", "parl", nation="scotland", attains_on=seventeen) is Answer.NO
    assert _answer("", "pcc", nation="wales", attains_on=seventeen) is Answer.NO
    assert _answer("", "sp", nation="scotland", attains_on=date(2028, 6, 1)) is Answer.NO
    assert (
        _answer("", "sp", nation="scotland", on=date(2014, 9, 18), attains_on=date(2015, 1, 1)) is Answer.NO
    )


def test_a_leap_day_birthday_is_kept_on_the_first_of_march() -> None:
    assert (
        _answer("", "sp", nation="scotland", on=date(2026, 2, 28), attains_on=date(2028, 2, 29)) is Answer.NO
    )
    assert (
        _answer("", "sp", nation="scotland", on=date(2026, 3, 1), attains_on=date(2028, 2, 29)) is Answer.YES
    )


@given(st.text(alphabet="ABFGKLMNUZ() ,", max_size=6), st.sampled_from(KINDS))
def test_one_more_letter_never_widens_the_franchise(markers: str, kind: str) -> None:
    order = (Answer.YES, Answer.UNKNOWN, Answer.NO)
    for letter in letters_of(markers=markers):
        assert order.index(_answer(markers, kind)) >= order.index(_answer(letter, kind))
