"""Parts of a text message, as the standard counts them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.postroom.rules.text_parts import Alphabet, cost_in_pence, plainer, size_of


@pytest.mark.parametrize(
    ("text", "alphabet", "units", "parts"),
    [
        ("", "GSM-7", 0, 0),
        ("a" * 160, "GSM-7", 160, 1),
        ("a" * 161, "GSM-7", 161, 2),
        ("a" * 306, "GSM-7", 306, 2),
        ("a" * 307, "GSM-7", 307, 3),
        ("€" * 80, "GSM-7", 160, 1),
        ("a" * 152 + "€" + "a" * 150, "GSM-7", 304, 2),
        ("a" * 152 + "€" + "a" * 152, "GSM-7", 306, 3),
        ("ŵ" * 70, "UCS-2", 70, 1),
        ("ŵ" * 71, "UCS-2", 71, 2),
        ("😀" * 35, "UCS-2", 70, 1),
        ("a" * 66 + "😀" * 2, "UCS-2", 70, 1),
        ("a" * 66 + "😀" + "a" * 66, "UCS-2", 134, 3),
    ],
)
def test_worked_sizes(text: str, alphabet: str, units: int, parts: int) -> None:
    size = size_of(text=text)
    assert (size.alphabet, size.units, size.parts) == (alphabet, units, parts)


def test_typographic_quotes_are_sent_plain_and_odd_letters_are_named() -> None:
    assert size_of(text="It’s 6–8 pm… “ok”").alphabet is Alphabet.UCS2
    assert plainer(text="It’s 6–8 pm… “ok”") == 'It\'s 6-8 pm... "ok"'
    assert size_of(text=plainer(text="It’s 6–8 pm… “ok”")).alphabet is Alphabet.GSM
    assert size_of(text="Tŷ Gŵyr").odd_letters == "ŷŵ"


@given(st.text(max_size=500))
def test_a_text_never_takes_fewer_parts_than_its_units_need(text: str) -> None:
    size = size_of(text=text)
    each = 153 if size.alphabet is Alphabet.GSM else 67
    assert size.parts * each + 7 * (size.parts == 1) >= size.units
    assert size.parts <= size.units


def test_cost_is_rounded_once() -> None:
    assert cost_in_pence(parts=3, pence_a_part=Decimal("3.5")) == 11
    assert cost_in_pence(parts=0, pence_a_part=Decimal(4)) == 0
