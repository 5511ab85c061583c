"""Money is whole pence; text goes in and out without a penny changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.basics.money import LARGEST_PENCE, NotAnAmount, format_pence, parse_pounds


@pytest.mark.parametrize(
    ("pence", "written"),
    [
        (0, "£0.00"),
        (5, "£0.05"),
        (123456, "£1,234.56"),
        (-123456, "-£1,234.56"),
        (-1, "-£0.01"),
        (100000000, "£1,000,000.00"),
    ],
)
def test_pence_are_written_as_pounds(pence: int, written: str) -> None:
    assert format_pence(pence) == written


@pytest.mark.parametrize(
    ("entered", "pence"),
    [
        ("£1,234.56", 123456),
        ("1234.5", 123450),
        (" 12 ", 1200),
        (".50", 50),
        ("50p", 50),
        ("-£3.20", -320),
        ("£-3.20", -320),
        ("−4", -400),
        ("+4", 400),
        ("£ 1 000", 100000),
        ("1,000,000", 100000000),
    ],
)
def test_amounts_are_read_as_people_type_them(entered: str, pence: int) -> None:
    assert parse_pounds(entered) == pence


@pytest.mark.parametrize(
    ("entered", "code"),
    [
        ("", "missing"),
        ("   ", "missing"),
        ("1,23", "not_an_amount"),
        ("12,34,567", "not_an_amount"),
        ("1.234", "not_an_amount"),
        ("ten", "not_an_amount"),
        ("£", "not_an_amount"),
        (".", "not_an_amount"),
        ("1.2.3", "not_an_amount"),
        ("1e5", "not_an_amount"),
        ("٣", "not_an_amount"),
        ("--3", "two_signs"),
        ("1000000000.01", "too_large"),
        ("9" * 40, "too_large"),
    ],
)
def test_anything_else_is_refused_with_a_sentence(entered: str, code: str) -> None:
    with pytest.raises(NotAnAmount) as refused:
        parse_pounds(entered)
    assert refused.value.code == code
    assert str(refused.value).endswith(".")


@given(st.integers(-LARGEST_PENCE, LARGEST_PENCE))
def test_what_is_written_is_read_back(pence: int) -> None:
    assert parse_pounds(format_pence(pence)) == pence


@given(st.text(max_size=20))
def test_any_text_gives_an_amount_or_the_named_error(text: str) -> None:
    try:
        pence = parse_pounds(text)
    except NotAnAmount:
        return
    assert abs(pence) <= LARGEST_PENCE


def test_a_refusal_can_be_told_in_another_language() -> None:
    with pytest.raises(NotAnAmount) as refused:
        parse_pounds("ten")
    assert refused.value.told(lambda sentence: "Nid yw “{entered}” yn swm.") == "Nid yw “ten” yn swm."
