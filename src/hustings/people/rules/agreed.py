"""Consents in force as one number, a bit for each channel and purpose, so that audiences read them from the person's row."""

from collections.abc import Iterable

CHANNELS = ("email", "sms", "call", "post", "door")
PURPOSES = ("campaign", "fundraising", "volunteering")

_PLACES = {
    (channel, purpose): len(CHANNELS) * row + column
    for row, purpose in enumerate(PURPOSES)
    for column, channel in enumerate(CHANNELS)
}


def agreed_bit(*, channel: str, purpose: str) -> int:
    """The bit that stands for this consent; 0 for one that audiences do not ask about (services, opinions).

    The bits are stored: channels and purposes are only ever added at the end.
    """
    place = _PLACES.get((channel, purpose))
    return 0 if place is None else 1 << place


def agreed_number(*, consents: Iterable[tuple[str, str]]) -> int:
    """The number that stands for these consents (channel, purpose)."""
    number = 0
    for channel, purpose in consents:
        number |= agreed_bit(channel=channel, purpose=purpose)
    return number
