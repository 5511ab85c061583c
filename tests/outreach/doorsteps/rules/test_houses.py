"""Addresses as registers write them, read as somebody on foot does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.outreach.doorsteps.rules.houses import read_house
from hustings.outreach.doorsteps.rules.walking import walking_order


@pytest.mark.parametrize(
    ("address", "street", "label"),
    [
        ("1 Mill Street, Eelbrook", "Mill Street", "1"),
        ("2A Mill Street, Eelbrook", "Mill Street", "2a"),
        ("2 a Mill Street", "Mill Street", "2a"),
        ("2-4 Mill Street", "Mill Street", "2-4"),
        ("Flat 2, 6 Mill Street, Eelbrook", "Mill Street", "Flat 2, 6"),
        ("Flat 2 6 Mill Street, Eelbrook", "Mill Street", "Flat 2, 6"),
        ("Flat 3, Rose House, 6 Mill Street", "Mill Street", "Flat 3, Rose House, 6"),
        ("12, Mill Street, Eelbrook", "Mill Street", "12"),
        ("Flat 3, 12, Mill Street", "Mill Street", "Flat 3, 12"),
        ("Rose Cottage, Mill Lane, Eelbrook", "Mill Lane", "Rose Cottage"),
        ("Flat 1, Rose House, Mill Lane", "Mill Lane", "Flat 1, Rose House"),
        ("Ground Floor Flat, 7 Castle Road", "Castle Road", "Ground Floor Flat, 7"),
        ("The Lodge", "", "The Lodge"),
        ("", "", ""),
    ],
)
def test_an_address_is_taken_apart(address: str, street: str, label: str) -> None:
    house = read_house(address=address)
    assert (house.street, house.label) == (street, label)


def walked(*addresses: str) -> list[str]:
    return walking_order(houses={address: read_house(address=address) for address in addresses})


def test_numbers_are_read_as_numbers_on_a_short_street() -> None:
    expected = [
        "2 Mill Lane",
        "2a Mill Lane",
        "4 Mill Lane",
        "Flat 2, 10 Mill Lane",
        "Flat 10, 10 Mill Lane",
        "Ash House, Mill Lane",
        "Rose Cottage, Mill Lane",
    ]
    assert walked(*reversed(expected)) == expected


def test_a_long_street_is_walked_up_one_side_and_down_the_other() -> None:
    houses = [f"{number} Mill Lane" for number in range(1, 13)] + [
        "Flat 2, 4 Mill Lane",
        "Rose Cottage, Mill Lane",
    ]
    order = walked(*houses)
    assert order[:6] == [f"{number} Mill Lane" for number in (1, 3, 5, 7, 9, 11)]
    assert order[6:] == [
        "12 Mill Lane",
        "10 Mill Lane",
        "8 Mill Lane",
        "6 Mill Lane",
        "4 Mill Lane",
        "Flat 2, 4 Mill Lane",
        "2 Mill Lane",
        "Rose Cottage, Mill Lane",
    ]


@given(st.lists(st.text(max_size=40), unique=True, max_size=30))
def test_no_house_is_lost_or_walked_twice(addresses: list[str]) -> None:
    assert sorted(walked(*addresses)) == sorted(addresses)
