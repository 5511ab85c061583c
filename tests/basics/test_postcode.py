"""Postcodes in any spelling; what is not one is refused with the reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.basics.postcode import (
    Postcode,
    PostcodeError,
    is_postcode_shape,
    pack_postcode,
    parse_postcode,
    split_address,
    unpack_postcode,
)

SHAPES = {  # one for each shape of the outward half
    "M1 1AE": ("M1", "1AE", "M"),
    "B33 8TH": ("B33", "8TH", "B"),
    "CR2 6XH": ("CR2", "6XH", "CR"),
    "DN55 1PT": ("DN55", "1PT", "DN"),
    "W1A 0AX": ("W1A", "0AX", "W"),
    "EC1A 1BB": ("EC1A", "1BB", "EC"),
    "ZZ12 3AB": ("ZZ12", "3AB", "ZZ"),
    "GIR 0AA": ("GIR", "0AA", "GIR"),
    "CR0 2YR": ("CR0", "2YR", "CR"),
}


@pytest.mark.parametrize("spaced", SHAPES)
def test_every_shape_is_taken_apart(spaced: str) -> None:
    postcode = parse_postcode(spaced)
    assert (postcode.outward, postcode.inward, postcode.area) == SHAPES[spaced]
    assert postcode.spaced == spaced == str(postcode)
    assert postcode.compact == spaced.replace(" ", "")


@pytest.mark.parametrize(
    "entered",
    [
        "zz1 1aa",
        "ZZ11AA",
        " zz 11 aa ",
        "ZZ1\u00a01AA",
        "zz1-1aa",
        "ZZ1 1AA.",
        "ＺＺ１　１ＡＡ",
        "Zz1\t1aA\n",
    ],
)
def test_spacing_case_and_marks_do_not_matter(entered: str) -> None:
    assert parse_postcode(entered) == Postcode("ZZ11AA")


@pytest.mark.parametrize(
    ("entered", "meant"),
    [
        ("BS1 5TR", "BS1 5TR"),
        ("BSI 5TR", "BS1 5TR"),
        ("0X1 1AA", "OX1 1AA"),
        ("OX1O 1AA", "OX10 1AA"),
        ("S014 1AA", "SO14 1AA"),
        ("S01 1AA", "SO1 1AA"),
        ("1P1 1AA", "IP1 1AA"),
        ("123 1AA", "I23 1AA"),
        ("WI 1AA", "W1 1AA"),
        ("WIA OAX", "W1A 0AX"),
        ("M1 IAE", "M1 1AE"),
        ("CRO 2YR", "CR0 2YR"),
        ("B5I OAA", "B51 0AA"),
        ("NIO 1AA", "N10 1AA"),
    ],
)
def test_slips_of_o_and_i_are_mended_where_the_grammar_decides(entered: str, meant: str) -> None:
    assert parse_postcode(entered).spaced == meant


@pytest.mark.parametrize("entered", ["S0 1AA", "SO1 1AA", "IO1 1AA"])
def test_what_is_a_good_shape_already_is_left_alone(entered: str) -> None:
    assert parse_postcode(entered).spaced == entered


@pytest.mark.parametrize(
    ("entered", "code"),
    [
        ("", "missing"),
        ("  ", "missing"),
        ("ZZ1", "partial"),
        ("ZZ1 1", "partial"),
        ("ZZ1 1A", "partial"),
        ("ZZ12 3A", "partial"),
        ("W1A", "partial"),
        ("A", "too_short"),
        ("123", "too_short"),
        ("ZZ12 1AA 1", "too_long"),
        ("12 High Street", "too_long"),
        ("ZZ1 1A?", "characters"),
        ("ŽZ1 1AA", "characters"),
        ("ZZ1 1CA", "inward"),
        ("ZZ1 1A0", "inward"),
        ("ZZ1 AAA", "inward"),
        ("QZ1 1AA", "outward"),
        ("ZJ1 1AA", "outward"),
        ("ZZ01 1AA", "outward"),
        ("223 1AA", "outward"),
        ("BFPO", "bfpo"),
        ("BFPO X1", "bfpo"),
        ("BFPO 12345", "bfpo"),
    ],
)
def test_anything_else_is_refused_with_a_reason(entered: str, code: str) -> None:
    with pytest.raises(PostcodeError) as refused:
        parse_postcode(entered)
    assert refused.value.code == code
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("entered", ["BFPO 57", "bfpo57", "BFPO c/o 57", "BFPO 057"])
def test_forces_numbers_are_postcodes_of_their_own(entered: str) -> None:
    postcode = parse_postcode(entered)
    assert postcode.is_bfpo
    assert postcode.spaced == "BFPO 57"
    assert (postcode.outward, postcode.inward, postcode.area) == ("BFPO", "57", "BFPO")


def test_northern_ireland_and_the_fictional_area_are_told() -> None:
    assert parse_postcode("BT1 5GS").is_northern_irish
    assert not parse_postcode("B1 1TT").is_northern_irish
    assert parse_postcode("ZZ1 1AA").is_fictional


def good_postcodes() -> st.SearchStrategy[str]:
    area = st.from_regex(r"\A(?:[A-PR-UWYZ]|[A-PR-UWYZ][A-HK-Y]|ZZ)\Z")
    district = st.from_regex(r"\A(?:[0-9]|[1-9][0-9])\Z")
    inward = st.from_regex(r"\A[0-9][ABD-HJLNP-UW-Z]{2}\Z")
    return st.tuples(area, district, inward).map("".join)


@given(good_postcodes(), st.lists(st.sampled_from(" \t-"), min_size=7, max_size=7), st.booleans())
def test_every_spelling_comes_to_the_same(compact: str, marks: list[str], lower: bool) -> None:
    spelled = "".join(a + b for a, b in zip(compact, marks, strict=False))
    assert parse_postcode(spelled.lower() if lower else spelled) == Postcode(compact)


@given(st.lists(good_postcodes(), min_size=2, max_size=20))
def test_packed_postcodes_come_back_and_sort_alike(compacts: list[str]) -> None:
    postcodes = [parse_postcode(compact) for compact in compacts]
    packed = [pack_postcode(postcode) for postcode in postcodes]
    assert [unpack_postcode(number) for number in packed] == postcodes
    assert sorted(packed) == [pack_postcode(postcode) for postcode in sorted(postcodes)]
    assert all(0 < number < 2**63 for number in packed)


@given(st.text(max_size=12))
def test_any_text_gives_a_postcode_or_the_named_error(text: str) -> None:
    try:
        postcode = parse_postcode(text)
    except PostcodeError:
        return
    assert is_postcode_shape(postcode.compact)
    assert parse_postcode(postcode.spaced) == postcode


@given(good_postcodes())
def test_mending_never_invents_a_second_reading(compact: str) -> None:
    slipped = compact.translate(str.maketrans("O0I1", "0O1I"))
    try:
        read = parse_postcode(slipped)
    except PostcodeError:
        return
    swap = str.maketrans("OI", "01")
    assert read.compact.translate(swap) == compact.translate(swap)


@pytest.mark.parametrize(
    ("kept", "lines", "postcode"),
    [
        ("12 High Street\nBarset\nZZ1 1AA", "12 High Street\nBarset", "ZZ1 1AA"),
        ("12 High Street, Barset, ZZ1 1AA", "12 High Street, Barset", "ZZ1 1AA"),
        ("12 High Street, Barset zz11aa.", "12 High Street, Barset", "ZZ1 1AA"),
        ("12 High Street,ZZ1 1AA", "12 High Street", "ZZ1 1AA"),
        ("12 High Street\nBarset", "12 High Street\nBarset", ""),
        ("ZZ1 1AA", "", "ZZ1 1AA"),
        ("", "", ""),
    ],
)
def test_an_address_is_split_however_it_was_kept(kept: str, lines: str, postcode: str) -> None:
    assert split_address(kept) == (lines, postcode)
