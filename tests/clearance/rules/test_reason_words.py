"""Every reason has words of its own, and a missing address is named by its channel."""

import pytest

from hustings.clearance.rules.gate import Channel, Reason
from hustings.clearance.rules.reason_words import REASON_WORDS, words_of


def test_every_reason_has_words_and_no_word_is_used_twice() -> None:
    assert set(REASON_WORDS) == set(Reason)
    assert len(set(REASON_WORDS.values())) == len(Reason)


@pytest.mark.parametrize(
    ("channel", "words"),
    [
        ("email", "No email address"),
        ("sms", "No mobile number"),
        ("call", "No telephone number"),
        ("automated-call", "No telephone number"),
        ("post", "No full postal address"),
        ("freepost", "No full postal address"),
        ("door", "No full postal address"),
        ("leaflet", "No address for this channel"),
    ],
)
def test_a_missing_address_is_named_by_its_channel(channel: str, words: str) -> None:
    assert words_of(reason="no-address", channel=channel) == words


@pytest.mark.parametrize("channel", Channel)
def test_other_reasons_read_alike_whatever_the_channel(channel: Channel) -> None:
    assert words_of(reason=Reason.OBJECTED, channel=channel) == "Objected to marketing"
