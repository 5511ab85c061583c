"""Words on privacy, and the one word of a form's answer."""

import pytest

from hustings.outreach.conversations.rules.answers import Answer, answer_value, read_answer_value
from hustings.outreach.conversations.rules.words import spoken_words


@pytest.mark.parametrize("channel", ["call", "door"])
def test_they_say_who_asks_what_is_kept_and_where_the_notice_stands(channel: str) -> None:
    words = spoken_words(
        channel=channel,
        address="1 High Street\nBarchester",
        notice="https://x.example/privacy/",
        keeps_opinions=True,
    )
    told = [sentence.format(organisation="Barset Together", address=where) for sentence, where in words]
    assert "Barset Together" in told[0]
    assert "stop at any time" in told[1]
    assert told[2] == "How we look after it is written at https://x.example/privacy/."
    assert "1 High Street, Barchester" in told[3]


def test_without_a_published_notice_none_is_named() -> None:
    words = spoken_words(channel="call", address="1 High Street", notice="", keeps_opinions=True)
    assert not any("written at" in sentence for sentence, _where in words)


def test_whoever_needs_consent_says_so() -> None:
    words = spoken_words(channel="call", address="", notice="", keeps_opinions=False)
    assert "only if you agree" in words[1][0]


@pytest.mark.parametrize(
    ("choice", "party_id"), [("party", 12), ("undecided", None), ("not_voting", None), ("wont_say", None)]
)
def test_an_answer_comes_back_as_it_was_sent(choice: str, party_id: int | None) -> None:
    assert read_answer_value(value=answer_value(choice=choice, party_id=party_id)) == (choice, party_id)


@pytest.mark.parametrize("value", ["", "party", "party-", "party-x", "other-3", "nonsense"])
def test_nonsense_is_no_answer(value: str) -> None:
    assert read_answer_value(value=value) == ("", None)


def test_not_saying_is_no_opinion_and_issues_are_one() -> None:
    assert not Answer(choice="wont_say").is_opinion
    assert Answer(choice="undecided").is_opinion
    assert Answer(issue_ids=(1,)).is_opinion
    assert Answer().is_empty
