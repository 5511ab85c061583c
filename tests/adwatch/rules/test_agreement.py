"""Krippendorff's alpha against worked examples from the literature."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.adwatch.rules.agreement import krippendorff_alpha


def _units(*rows: str) -> list[dict[str, str]]:
    """Units out of one string of codes a coder; a dot is a gap."""
    return [
        {f"coder {place}": code for place, code in enumerate(column) if code != "."}
        for column in zip(*rows, strict=True)
    ]


@pytest.mark.parametrize(
    ("rows", "alpha"),
    [
        # Krippendorff, “Computing Krippendorff's Alpha-Reliability” (2011), sections A, B and C.
        (("0100000010", "1110010000"), 0.095),
        (("aabbdcccedda", "babbbccceddd"), 0.692),
        (("123321412...", "1233224125.3", ".3332342251.", "12332441251."), 0.743),
    ],
)
def test_the_worked_examples_of_the_paper(rows: tuple[str, ...], alpha: float) -> None:
    """Binary, nominal, and nominal with four observers and gaps."""
    assert krippendorff_alpha(codes=_units(*rows)).alpha == pytest.approx(alpha, abs=0.0006)


@given(st.lists(st.sampled_from("abc"), min_size=2, max_size=30).filter(lambda codes: len(set(codes)) > 1))
def test_coders_who_always_agree_have_alpha_one(codes: list[str]) -> None:
    """Whatever they say."""
    found = krippendorff_alpha(codes=[{"one": code, "two": code} for code in codes])
    assert found.alpha == pytest.approx(1)
    assert found.share == 1


def test_units_coded_once_say_nothing() -> None:
    """And without any that is coded twice there is no alpha."""
    found = krippendorff_alpha(codes=[{"one": "a"}, {"one": "b"}])
    assert (found.alpha, found.units, found.share) == (None, 0, None)
