"""Phone numbers in any usual spelling; the ranges kept for drama are accepted and marked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.basics.phone import NotAPhoneNumber, PhoneKind, parse_phone


@pytest.mark.parametrize(
    ("entered", "national", "kind"),
    [
        ("01632 960123", "01632 960123", PhoneKind.LANDLINE),
        ("07700 900123", "07700 900123", PhoneKind.MOBILE),
        ("020 7946 0123", "020 7946 0123", PhoneKind.LANDLINE),
        ("0808 157 0123", "0808 157 0123", PhoneKind.FREEPHONE),
        ("03069 990123", "03069 990123", PhoneKind.NON_GEOGRAPHIC),
        ("0117 496 0123", "0117 496 0123", PhoneKind.LANDLINE),
        ("0161 496 0123", "0161 496 0123", PhoneKind.LANDLINE),
        ("0191 498 0123", "0191 498 0123", PhoneKind.LANDLINE),
        ("028 9649 6123", "028 9649 6123", PhoneKind.LANDLINE),
        ("029 2018 0123", "029 2018 0123", PhoneKind.LANDLINE),
        ("0909 879 0123", "0909 879 0123", PhoneKind.PREMIUM),
    ],
)
def test_drama_numbers_are_accepted_with_their_kind(entered: str, national: str, kind: PhoneKind) -> None:
    number = parse_phone(entered)
    assert number.national == national == str(number)
    assert number.kind is kind
    assert number.is_fictional
    assert number.e164 == "+44" + entered.replace(" ", "")[1:]


@pytest.mark.parametrize(
    "entered",
    [
        "07700900123",
        "+44 7700 900123",
        "0044 7700 900123",
        "+44 (0)7700 900 123",
        " (07700) 900-123 ",
        "447700900123",
    ],
)
def test_spelling_does_not_matter(entered: str) -> None:
    assert parse_phone(entered).e164 == "+447700900123"


def test_numbers_outside_the_drama_ranges_are_judged_by_the_library() -> None:
    service = parse_phone("0300 123 4567")
    assert service.kind is PhoneKind.NON_GEOGRAPHIC
    assert not service.is_fictional
    paris = parse_phone("+33 1 42 68 53 00")
    assert paris.e164 == "+33142685300"
    assert paris.national == "+33 1 42 68 53 00"


@pytest.mark.parametrize(
    ("entered", "code"),
    [
        ("", "missing"),
        ("no phone", "not_a_number"),
        ("01632", "too_short"),
        ("07700 900123 4567", "too_long"),
        ("01999 999999", "not_in_use"),
        ("07700 900123 ext 4", "extension"),
    ],
)
def test_anything_else_is_refused_with_a_sentence(entered: str, code: str) -> None:
    with pytest.raises(NotAPhoneNumber) as refused:
        parse_phone(entered)
    assert refused.value.code == code
    assert str(refused.value).endswith(".")


@given(st.integers(0, 999))
def test_a_number_read_is_read_again_from_either_form(last: int) -> None:
    number = parse_phone(f"07700 900{last:03d}")
    assert parse_phone(number.e164) == parse_phone(number.national) == number


@given(st.text(max_size=25))
def test_any_text_gives_a_number_or_the_named_error(text: str) -> None:
    try:
        number = parse_phone(text)
    except NotAPhoneNumber:
        return
    assert number.e164.startswith("+")
