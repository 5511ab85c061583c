"""No kind of event and no task exists for what the law forbids, and free words that ask for it are seen."""

from datetime import date

import pytest

from hustings.volunteers.models import EventKind, TaskKind
from hustings.volunteers.rules.forbidden_tasks import ACTS, CONDUCT, acts_in, findings_of

ON = date(2026, 5, 7)
#: The acts that the issue names; the table must have each.
NAMED = {
    "collect_postal_votes",
    "paid_canvassing",
    "ask_how_voted",
    "inside_betting",
    "imitation_poll_cards",
    "false_claims",
}


def test_every_act_that_the_law_forbids_is_on_the_list() -> None:
    assert set(ACTS) >= NAMED
    for act in NAMED:
        assert CONDUCT.entry(on=ON, act=act).text("words"), act


@pytest.mark.parametrize("kinds", [EventKind, TaskKind], ids=["events", "tasks"])
def test_no_kind_and_no_task_is_one_of_them(kinds: type[EventKind] | type[TaskKind]) -> None:
    for value, label in kinds.choices:
        assert value not in ACTS
        assert not acts_in(text=f"{value.replace('_', ' ')}: {label}", on=ON), value


@pytest.mark.parametrize(
    ("words", "act", "is_refusal"),
    [
        ("We collect postal votes in Canal Street", "collect_postal_votes", True),
        ("Driver to pick up postal ballots from the home", "collect_postal_votes", True),
        ("Ask people at the gate how they voted", "ask_how_voted", True),
        ("Paid canvassers wanted, 12 pounds", "paid_canvassing", False),
        ("We bet on the count", "inside_betting", False),
        ("Handing out poll cards", "imitation_poll_cards", False),
        ("Smear session", "false_claims", False),
    ],
)
def test_words_that_ask_for_it_are_seen(words: str, act: str, is_refusal: bool) -> None:
    found = {finding.act: finding for finding in acts_in(text=words, on=ON)}
    assert found[act].is_refusal == is_refusal
    assert found[act].rule.startswith("conduct/")


@pytest.mark.parametrize(
    "words",
    [
        "We never collect postal votes.",
        "Postal vote applications: how to fill in yours",
        "Better buses, better streets",
        "Learn what your poll card says",
        "An unpaid canvasser knocks and listens",
    ],
)
def test_ordinary_words_are_left_alone(words: str) -> None:
    assert not acts_in(text=words, on=ON)


def test_before_the_law_the_rule_does_not_refuse() -> None:
    assert not acts_in(text="collect postal votes", on=date(2023, 5, 4))


def test_food_and_pay_warn() -> None:
    def acts(**changes: object) -> list[str]:
        answers = {
            "text": "",
            "food": "none",
            "food_purpose": "",
            "is_paid": False,
            "is_canvassing": True,
            "on": ON,
        }
        return [finding.act for finding in findings_of(**{**answers, **changes})]  # type: ignore[arg-type]

    assert acts() == []
    assert acts(food="helpers") == []
    assert acts(food="everybody") == ["treating"]
    assert acts(is_paid=True) == ["paid_canvassing"]
    assert acts(is_paid=True, is_canvassing=False) == []
