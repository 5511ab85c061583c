"""Short forms belong to the names they stand for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.register.rules.matching.nicknames import (
    are_forms_of_one_name,
    families,
    family_of,
    forms,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("bill", "william"),
        ("peggy", "margaret"),
        ("liz", "elizabeth"),
        ("liz", "betty"),
        ("mohamed", "muhammad"),
        ("kasia", "katarzyna"),
        ("dai", "dafydd"),
        ("steve", "steven"),
        ("steve", "stephen"),
        ("xanthe", "xanthe"),
    ],
)
def test_forms_of_one_name(one: str, other: str) -> None:
    assert are_forms_of_one_name(one=one, other=other)
    assert are_forms_of_one_name(one=other, other=one)
    assert family_of(forename=one) == family_of(forename=other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("christopher", "christine"), ("john", "david"), ("nicholas", "nicola"), ("ann", "xanthe")],
)
def test_sharing_a_short_form_does_not_make_one_name(one: str, other: str) -> None:
    assert not are_forms_of_one_name(one=one, other=other)


def test_the_table_is_folded_and_large_enough() -> None:
    assert len(forms()) > 1_000
    assert all(form.isascii() and form.isalpha() and form.islower() for form in forms())


@given(st.sampled_from(sorted(forms())), st.sampled_from(sorted(forms())))
def test_forms_of_one_name_are_of_one_family(one: str, other: str) -> None:
    assert are_forms_of_one_name(one=one, other=other) == are_forms_of_one_name(one=other, other=one)
    if are_forms_of_one_name(one=one, other=other):
        assert families()[one] == families()[other]
