"""Who may give, by kind; what is only proposed warns and never refuses."""

from datetime import date

import pytest

from hustings.money.rules.donation_law import PERMISSIBLE
from hustings.money.rules.permissibility import (
    QUESTIONS,
    AnswersMissing,
    Evidence,
    judge,
    questions_for,
)

DAY = date(2026, 4, 1)
KINDS = tuple(key[0] for key in PERMISSIBLE.keys)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_asks_something_and_passes_with_yes(kind: str) -> None:
    """All yes is permissible, for each kind of s. 54(2)."""
    asked = questions_for(kind=kind, on=DAY)
    assert asked
    assert set(asked) <= set(QUESTIONS)
    answers = {key: Evidence(answer="yes", seen="the public register, 2 April 2026") for key in asked}
    found = judge(kind=kind, on=DAY, answers=answers)
    assert found.outcome == "permissible"
    assert found.entries == (f"permissible_donors/{kind}/2001-02-16",)


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [("individual", "impermissible"), ("company", "impermissible"), ("bequest", "unclear")],
)
def test_no_refuses_only_on_confirmed_law(kind: str, outcome: str) -> None:
    """A bequest's rule is general knowledge: it is unclear rather than refused."""
    answers = {key: Evidence(answer="no", seen="the register") for key in questions_for(kind=kind, on=DAY)}
    assert judge(kind=kind, on=DAY, answers=answers).outcome == outcome


def test_unknown_is_unclear() -> None:
    """A question that is still open leaves the gift open."""
    assert (
        judge(kind="individual", on=DAY, answers={"register": Evidence(answer="unknown")}).outcome
        == "unclear"
    )


def test_a_kind_the_law_does_not_name_is_not_permissible() -> None:
    """A charity, a foreign company, a trust."""
    assert judge(kind="other", on=DAY, answers={}).outcome == "impermissible"


def test_an_answer_says_where_it_was_seen() -> None:
    """A bare yes is no evidence."""
    with pytest.raises(AnswersMissing, match="where you saw"):
        judge(kind="individual", on=DAY, answers={"register": Evidence(answer="yes")})
    with pytest.raises(AnswersMissing, match="Answer the question"):
        judge(kind="individual", on=DAY, answers={})


def test_proposed_rules_warn_when_switched_on_and_never_refuse() -> None:
    """The proposed company test asks three more questions; a no to them warns."""
    asked = questions_for(kind="company", on=DAY, pending=["company_test", "donor_risk"])
    assert {"uk_headquarters", "uk_control", "revenue_covers_gift", "risk_assessment"} <= set(asked)
    answers = {
        key: Evidence(
            answer="no" if key.startswith(("uk_", "rev", "risk")) else "yes", seen="Companies House"
        )
        for key in asked
    }
    found = judge(kind="company", on=DAY, answers=answers, pending=["company_test", "donor_risk"])
    assert found.outcome == "permissible"
    assert len([line for line in found.warnings if line.startswith("Proposed, not known to be law")]) == 2
    assert not judge(kind="company", on=DAY, answers=answers).warnings


def test_overseas_cap_and_crypto_warn() -> None:
    """Above £100,000 in a year, and any cryptoasset."""
    yes = {"register": Evidence(answer="yes", seen="entry with the letter F")}
    pending = ["overseas_cap", "crypto_moratorium"]
    assert not judge(
        kind="individual", on=DAY, answers=yes, pending=pending, overseas_year_pence=10_000_000
    ).warnings
    found = judge(
        kind="individual",
        on=DAY,
        answers=yes,
        pending=pending,
        is_crypto=True,
        overseas_year_pence=10_000_001,
    )
    assert found.outcome == "permissible"
    assert len(found.warnings) == 2
