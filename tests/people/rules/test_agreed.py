"""Consents as bits."""

from hypothesis import given
from hypothesis import strategies as st

from hustings.people.models import MARKETING_PURPOSES, Channel
from hustings.people.rules.agreed import CHANNELS, PURPOSES, agreed_bit, agreed_number

_BITS = {
    (channel, purpose): agreed_bit(channel=channel, purpose=purpose)
    for channel in CHANNELS
    for purpose in PURPOSES
}


def test_every_consent_to_marketing_has_a_bit_of_its_own() -> None:
    assert set(CHANNELS) == set(Channel.values)
    assert set(PURPOSES) == set(MARKETING_PURPOSES)
    assert len(set(_BITS.values())) == len(CHANNELS) * len(PURPOSES)
    assert all(bit.bit_count() == 1 for bit in _BITS.values())


def test_stored_bits_stay_what_they_are() -> None:
    assert agreed_bit(channel="email", purpose="campaign") == 1
    assert agreed_bit(channel="door", purpose="volunteering") == 1 << 14
    assert agreed_bit(channel="email", purpose="service") == 0
    assert agreed_bit(channel="", purpose="opinion") == 0


@given(st.sets(st.sampled_from(sorted(_BITS))))
def test_a_number_tells_exactly_its_consents(consents: set[tuple[str, str]]) -> None:
    number = agreed_number(consents=consents)
    assert {pair for pair, bit in _BITS.items() if number & bit} == consents
