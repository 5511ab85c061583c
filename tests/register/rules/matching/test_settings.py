"""Settings that leave a level out are refused."""

from pathlib import Path

import pytest

import hustings.register.rules.matching
from hustings.register.rules.matching.comparing import Comparison, Forename, Middle, Place, Surname
from hustings.register.rules.matching.settings import BadSettings, parse_settings, settings

TEXT = (Path(hustings.register.rules.matching.__file__).parent / "weights.toml").read_text()


def test_every_combination_of_levels_has_a_weight() -> None:
    for place in Place:
        for forename in Forename:
            for surname in Surname:
                for middle in Middle:
                    comparison = Comparison(forename=forename, surname=surname, middle=middle, place=place)
                    parts = settings().parts(comparison=comparison)
                    assert settings().score(comparison=comparison) == pytest.approx(
                        sum(weight for _, weight in parts.values())
                    )


def test_better_levels_never_weigh_less() -> None:
    found = settings()
    for weights in found.forename.values():
        assert weights[Forename.SAME] == max(weights.values())
        assert weights[Forename.DIFFERENT] == min(weights.values())
    for surnames in found.surname.values():
        assert surnames[Surname.DIFFERENT] == min(surnames.values())
    assert found.middle[Middle.CONFLICT] < found.middle[Middle.SILENT] < found.middle[Middle.AGREE]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("agree = ", "agrees = ", "agree, agrees missing or not known"),
        ("matched_at = 0.90", "matched_at = 0.05", "between 0 and 1"),
        ("matched_at = 0.90", "matched_at = 0.45", "two electors"),
        ('join = ["postcode"]', 'join = ["postcard"]', "postcard"),
    ],
)
def test_says_what_is_wrong(before: str, after: str, words: str) -> None:
    assert before in TEXT
    with pytest.raises(BadSettings, match=words):
        parse_settings(text=TEXT.replace(before, after))
