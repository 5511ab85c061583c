"""Gifts are joined by what they share, and a household alone joins nobody."""

from datetime import date
from itertools import count
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from hustings.money.rules.splitting.gifts import GiftFacts
from hustings.money.rules.splitting.linking import link_gifts, mailbox

_NUMBERS = count(1)


def gift(**facts: Any) -> GiftFacts:
    """A gift of £10 on New Year's Day with a number of its own."""
    return GiftFacts(
        **{"gift_id": next(_NUMBERS), "amount_pence": 1000, "received_on": date(2026, 1, 1), **facts}
    )


def sizes(*gifts: GiftFacts) -> list[int]:
    """How many gifts each source has, largest first."""
    return sorted((len(source.gift_ids) for source in link_gifts(gifts=gifts).sources), reverse=True)


HOME = {"address": "3 Mill Street", "postcode": "ZZ1 1AA"}


def test_a_shared_household_is_not_one_source() -> None:
    """Two people of one surname at one address stay two."""
    assert sizes(
        gift(given_name="Ada", family_name="Marsh", **HOME),
        gift(given_name="Ben", family_name="Marsh", **HOME),
    ) == [1, 1]


def test_spellings_at_one_address_are() -> None:
    """Bill and William Marsh of 3 Mill Street."""
    linked = link_gifts(
        gifts=[
            gift(given_name="Bill", family_name="Marsh", **HOME),
            gift(given_name="William", family_name="Marsh", address="3, MILL ST", postcode="zz11aa"),
        ]
    )
    assert [source.methods for source in linked.sources] == [frozenset({"address"})]


def test_one_token_under_two_names_is_a_sharing_and_no_link() -> None:
    """Money from one card in the names of two people is told, not merged."""
    linked = link_gifts(
        gifts=[
            gift(given_name="Ada", family_name="Marsh", token="t", **HOME),
            gift(
                given_name="Ravi",
                family_name="Okafor",
                token="t",
                address="9 High Street",
                postcode="ZZ2 2BB",
            ),
        ]
    )
    assert len(linked.sources) == 2
    assert [(one.method, one.is_household) for one in linked.sharings] == [("token", False)]


def test_one_token_of_a_couple_is_marked_as_a_household() -> None:
    """The couple's account."""
    linked = link_gifts(
        gifts=[
            gift(given_name="Ada", family_name="Marsh", token="t", **HOME),
            gift(given_name="Ben", family_name="Marsh", token="t", **HOME),
        ]
    )
    assert [one.is_household for one in linked.sharings] == [True]


def test_company_and_controller_are_one_source() -> None:
    """A director's own gift and those of two companies under that control."""
    assert sizes(
        gift(given_name="Ada", family_name="Marsh", **HOME),
        gift(organisation="Marsh Ltd", company_number="01234567", controllers=("MARSH, Ada Jane|ZZ1 1AA",)),
        gift(organisation="Weir Ltd", company_number="7654321", controllers=("Ada Marsh|zz11aa",)),
        gift(organisation="Other Ltd", company_number="1111111", controllers=("Ada Marsh|ZZ9 9ZZ",)),
    ) == [3, 1]


def test_one_company_number_is_one_company_whatever_its_name() -> None:
    """Leading noughts and the spelling of the name do not matter."""
    assert sizes(
        gift(organisation="Marsh Ltd", company_number="01234567"),
        gift(organisation="Marsh Limited", company_number="1234567"),
    ) == [2]


def test_mailboxes() -> None:
    """What stands after a plus sign is the same mailbox."""
    assert mailbox(email="Ada+gift@Post.example ") == "ada@post.example"
    assert mailbox(email="nonsense") == ""


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Ada", "Ben", "Bill", "William", ""]),
            st.sampled_from(["Marsh", "Okafor", ""]),
            st.sampled_from(["", "t1", "t2"]),
            st.sampled_from(["", "a@x.example", "b@x.example"]),
        ),
        max_size=25,
    )
)
def test_every_gift_is_in_exactly_one_source(rows: list[tuple[str, str, str, str]]) -> None:
    """Sources are a partition, whatever the gifts."""
    gifts = [
        gift(given_name=given_name, family_name=family, token=token, email=email, **HOME)
        for given_name, family, token, email in rows
    ]
    found = [gift_id for source in link_gifts(gifts=gifts).sources for gift_id in source.gift_ids]
    assert sorted(found) == sorted(one.gift_id for one in gifts)
