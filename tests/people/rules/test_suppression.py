"""What an objection covers, and how sure a hit is."""

import pytest

from hustings.people.rules.keys import KeyKind
from hustings.people.rules.suppression import Certainty, certainty, covers, purposes_covering


@pytest.mark.parametrize(
    ("channel", "purpose", "asked_channel", "asked_purpose", "is_covered"),
    [
        ("", "", "email", "campaign", True),
        ("", "", "post", "fundraising", True),
        ("", "", "", "opinion", True),
        ("", "", "email", "service", False),
        ("", "", "email", "account", False),
        ("", "service", "email", "service", True),
        ("email", "", "email", "volunteering", True),
        ("email", "", "sms", "volunteering", False),
        ("email", "campaign", "email", "fundraising", False),
        ("email", "", "", "opinion", False),
    ],
)
def test_covers(channel: str, purpose: str, asked_channel: str, asked_purpose: str, is_covered: bool) -> None:
    assert (
        covers(channel=channel, purpose=purpose, asked_channel=asked_channel, asked_purpose=asked_purpose)
        is is_covered
    )
    assert (
        purpose in purposes_covering(purpose=asked_purpose) and channel in ("", asked_channel)
    ) is is_covered


@pytest.mark.parametrize(
    ("kinds", "channel", "expected"),
    [
        ([KeyKind.EMAIL], "post", Certainty.DEFINITE),
        ([KeyKind.ELECTOR], "email", Certainty.DEFINITE),
        ([KeyKind.NAME_ADDRESS], "email", Certainty.DEFINITE),
        ([KeyKind.PHONE], "call", Certainty.DEFINITE),
        ([KeyKind.PHONE], "sms", Certainty.DEFINITE),
        ([KeyKind.PHONE], "email", Certainty.DOUBTFUL),
        ([KeyKind.NAME_VARIANT], "call", Certainty.DOUBTFUL),
        ([KeyKind.PHONE, KeyKind.NAME_VARIANT], "email", Certainty.DEFINITE),
    ],
)
def test_certainty(kinds: list[str], channel: str, expected: Certainty) -> None:
    assert certainty(kinds=kinds, channel=channel) is expected
