"""What is asked for aloud where, what it needs, and what contradicts itself."""

import pytest

from hustings.outreach.conversations.rules.agreements import (
    ASKS,
    SIGNS,
    Agreed,
    WrongAgreement,
    asks_for,
    check_addresses,
    check_wish,
    count_told,
    kinds_of,
    signs_of,
)
from hustings.outreach.conversations.rules.answers import Wish


@pytest.mark.parametrize(
    ("channel", "needs_consent", "signs"),
    [("call", True, "OETC"), ("call", False, "ETC"), ("door", True, "OETCP"), ("door", False, "ETCP")],
)
def test_opinions_are_asked_for_where_consent_is_needed_and_post_at_the_door(
    channel: str, needs_consent: bool, signs: str
) -> None:
    asks = asks_for(channel=channel, needs_consent_for_opinions=needs_consent)
    assert "".join(ask.sign for ask in asks) == signs


def test_each_names_who_asks_and_how_it_ends() -> None:
    for ask in ASKS:
        assert "{organisation}" in ask.words
        assert "at any time" in ask.words


def test_letters_stand_for_one_thing_each_and_come_back() -> None:
    assert len(set(SIGNS)) == len(ASKS)
    assert signs_of(pairs=[(ask.channel, ask.purpose) for ask in reversed(ASKS)]) == SIGNS
    assert kinds_of(signs="TE") == ("email", "sms")


@pytest.mark.parametrize(
    ("spoken", "wish", "channels", "fits"),
    [
        ("call", Wish.NOT_AT_ALL, {"opinion"}, False),
        ("call", Wish.NOT_THIS_WAY, {"call"}, False),
        ("call", Wish.NOT_THIS_WAY, {"email"}, True),
        ("door", Wish.NOT_THIS_WAY, {"call"}, True),
        ("door", Wish.NOT_AT_ALL, set(), True),
    ],
)
def test_an_objection_and_consent_to_just_that_do_not_go_together(
    spoken: str, wish: Wish, channels: set[str], fits: bool
) -> None:
    if fits:
        check_wish(spoken=spoken, wish=wish, channels=channels)
    else:
        with pytest.raises(WrongAgreement, match=r"(?i)take"):
            check_wish(spoken=spoken, wish=wish, channels=channels)


@pytest.mark.parametrize(
    ("channels", "gave", "has", "is_mobile", "code"),
    [
        ({"email"}, set(), set(), False, "email"),
        ({"email"}, set(), {"email"}, False, ""),
        (set(), {"email"}, set(), False, "email"),
        ({"sms"}, {"mobile"}, set(), False, "mobile"),
        ({"sms"}, {"mobile"}, set(), True, ""),
        ({"sms"}, set(), {"phone"}, False, "mobile"),
        ({"call"}, set(), {"phone"}, False, ""),
        ({"call"}, set(), set(), False, "mobile"),
        ({"email"}, {"email", "mobile"}, set(), True, "mobile"),
        ({"post"}, set(), set(), False, "post"),
        ({"post"}, set(), {"post"}, False, ""),
    ],
)
def test_a_channel_needs_its_address_and_an_address_its_channel(
    channels: set[str], gave: set[str], has: set[str], is_mobile: bool, code: str
) -> None:
    if not code:
        check_addresses(channels=channels, gave=gave, has=has, is_mobile=is_mobile)
        return
    with pytest.raises(WrongAgreement) as refused:
        check_addresses(channels=channels, gave=gave, has=has, is_mobile=is_mobile)
    assert refused.value.code == code


def test_a_handful_is_not_counted_out() -> None:
    assert [count_told(people=people) for people in (0, 9, 10)] == [None, None, 10]


def test_spaces_are_no_address() -> None:
    assert Agreed(email=" ", mobile="").is_empty
    assert not Agreed(mobile="07700 900111").is_empty
