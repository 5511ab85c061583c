"""Invite links: what is one is kept, what is not is refused in a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.volunteers.rules.group_link import NotAGroupLink, read_group_link
from hustings.volunteers.rules.group_places import GroupPlace, State, is_nearly_full, seat_for


@pytest.mark.parametrize(
    ("kind", "link", "stored"),
    [
        ("whatsapp", " https://chat.whatsapp.com/ABCDEFGHIJKLMNOPQRSTUV ", None),
        ("whatsapp", "https://chat.whatsapp.com/invite/ABCDEFGHIJKLMNOPQRSTUV", None),
        ("signal", "https://signal.group/#CjQKIGV4YW1wbGVleGFtcGxlZXhhbXBsZQ", None),
        ("telegram", "https://t.me/+AbCdEfGhIjK", None),
        ("telegram", "https://t.me/joinchat/AbCdEfGhIjK", None),
        ("email_list", "list@barset.example", "mailto:list@barset.example"),
        ("email_list", "https://lists.barset.example/join", None),
        ("other", "https://talk.barset.example/room?key=1", None),
    ],
)
def test_links_are_read(kind: str, link: str, stored: str | None) -> None:
    assert read_group_link(kind=kind, entered=link) == (stored or link.strip())


@pytest.mark.parametrize(
    ("kind", "entered", "said"),
    [
        ("whatsapp", "", "Enter the group's invite link."),
        ("whatsapp", "our group", "has spaces"),
        ("whatsapp", "chat.whatsapp.com/ABCDEFGHIJKLMNOPQRSTUV", "begins with “https://”"),
        ("whatsapp", "http://chat.whatsapp.com/ABCDEFGHIJKLMNOPQRSTUV", "begins with “https://”"),
        (
            "whatsapp",
            "https://chat.whatsapp.com.evil.example/ABCDEFGHIJKLMNOPQRSTUV",
            "not an invite link of WhatsApp",
        ),
        ("whatsapp", "https://u:p@chat.whatsapp.com/ABCDEFGHIJKLMNOPQRSTUV", "a name or a port"),
        ("signal", "https://signal.group/", "not an invite link of Signal"),
        ("telegram", "https://t.me/somebody", "not an invite link of Telegram"),
        ("email_list", "list@", "neither the list's email address"),
        ("other", "javascript:alert(1)", "is not a link"),
        ("other", "https://localhost/x", "is not a link"),
    ],
)
def test_what_is_no_link_is_refused(kind: str, entered: str, said: str) -> None:
    with pytest.raises(NotAGroupLink) as refused:
        read_group_link(kind=kind, entered=entered)
    assert said in str(refused.value)


@given(st.text(max_size=80), st.sampled_from(["whatsapp", "signal", "telegram", "email_list", "other"]))
def test_whatever_is_entered_is_a_safe_link_or_refused(entered: str, kind: str) -> None:
    try:
        link = read_group_link(kind=kind, entered=entered)
    except NotAGroupLink:
        return
    assert link.startswith(("https://", "mailto:"))
    assert not any(letter.isspace() for letter in link)


places = st.lists(
    st.builds(
        GroupPlace,
        group_id=st.integers(1, 50),
        number=st.integers(1, 50),
        state=st.sampled_from(State),
        capacity=st.integers(2, 9),
        members=st.integers(0, 9),
    ),
    max_size=6,
    unique_by=(lambda place: place.group_id, lambda place: place.number),
)


@given(places)
def test_a_seat_is_in_a_group_with_room_or_nowhere(given_places: list[GroupPlace]) -> None:
    seat = seat_for(places=given_places)
    by_id = {place.group_id: place for place in given_places}
    if seat.group_id is None:
        assert not any(place.has_room and place.state is not State.OTHER for place in given_places)
        return
    chosen = by_id[seat.group_id]
    assert chosen.has_room
    assert seat.opens_spare == (chosen.state is State.SPARE)
    if seat.opens_spare:
        assert not any(place.has_room for place in given_places if place.state is State.OPEN)


def test_a_family_without_a_spare_says_when_it_is_nearly_full() -> None:
    full = GroupPlace(group_id=1, number=1, state=State.OPEN, capacity=100, members=91)
    assert is_nearly_full(places=[full])
    assert not is_nearly_full(
        places=[full, GroupPlace(group_id=2, number=2, state=State.SPARE, capacity=100, members=0)]
    )
    assert not is_nearly_full(
        places=[GroupPlace(group_id=1, number=1, state=State.OPEN, capacity=100, members=90)]
    )
    assert not is_nearly_full(places=[])
