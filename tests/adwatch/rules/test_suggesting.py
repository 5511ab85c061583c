"""Proposals come from rules that can be read, and name the rule and the words."""

import pytest

from hustings.adwatch.models import Code
from hustings.adwatch.rules.suggesting import codebook, rules, suggest

NONE = "These ads ran without a disclaimer"


@pytest.mark.parametrize(
    ("page", "disclaimer", "code", "rule"),
    [
        ("Lanterns", "Barset Green Party", "party", "party-pays"),
        ("Barset Council", "Barset District Council", "government", "office-pays"),
        ("Wick for Barset East", "Margaret Wick", "candidate", "person-for-place"),
        ("Cllr Margaret Wick", "Margaret Wick", "candidate", "candidate-words"),
        ("The Barset Gazette", "The Barset Gazette", "media", "media-words"),
        ("Barset Hospice", "Barset Hospice", "charity", "charity-words"),
        ("Save our Library", "Save our Library", "campaigner", "campaign-words"),
        ("Wick Boilers", NONE, "company", "company-words"),
        ("Margaret Wick", NONE, "other", "person-without-disclaimer"),
        ("Qwyx", "Qwyx", "other", "nothing-known"),
    ],
)
def test_rules_fire_on_words(page: str, disclaimer: str, code: str, rule: str) -> None:
    """One case a rule."""
    found = suggest(page=page, disclaimer=disclaimer)
    assert (found.code, found.rule) == (code, rule)


def test_a_register_goes_before_words() -> None:
    """Whatever the name sounds like."""
    assert suggest(page="Wick Ltd", disclaimer="Wick Ltd", registers={"third-parties"}).code == "campaigner"


def test_every_code_has_its_page_in_the_codebook_and_every_rule_a_code() -> None:
    """Nothing is proposed that coders cannot choose."""
    codes = {str(value) for value in Code.values}
    assert {one.code for one in codebook()} == codes
    assert {one.code for one in rules()} <= codes
    assert len({one.id for one in rules()}) == len(rules())
