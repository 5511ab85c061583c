"""What an objection covers, and how sure a hit on its keys is."""

from collections.abc import Collection
from enum import StrEnum

from hustings.people.rules.keys import KeyKind

#: Purposes that an objection to “all marketing” covers: marketing itself and the profiling for it (UK GDPR art. 21(2)).
#: What a person asked for (`service`, `account`) it leaves alone.
COVERED_BY_ALL = frozenset({"campaign", "fundraising", "volunteering", "opinion"})

#: Keys that by themselves tell who somebody is.
SURE_KINDS = frozenset({KeyKind.EMAIL, KeyKind.ELECTOR, KeyKind.NAME_ADDRESS})

#: Channels on which a telephone number is itself what was objected to, whoever answers.
PHONE_CHANNELS = frozenset({"call", "sms"})


class Certainty(StrEnum):
    """How sure it is that the person who was found is the one who objected."""

    DEFINITE = "definite"
    DOUBTFUL = "doubtful"


def covers(*, channel: str, purpose: str, asked_channel: str, asked_purpose: str) -> bool:
    """Whether an objection to `channel` and `purpose` (empty: every channel, all marketing) covers what is asked."""
    is_purpose_covered = asked_purpose == purpose or (not purpose and asked_purpose in COVERED_BY_ALL)
    return is_purpose_covered and channel in ("", asked_channel)


def certainty(*, kinds: Collection[str], channel: str) -> Certainty:
    """How sure a hit on these kinds of keys is, where `channel` is to be used.

    A telephone number may be a household's: it is sure for calls and texts, and for other channels only together with a name.
    """
    hit = set(kinds)
    if hit & SURE_KINDS or (KeyKind.PHONE in hit and channel in PHONE_CHANNELS):
        return Certainty.DEFINITE
    if {KeyKind.PHONE, KeyKind.NAME_VARIANT} <= hit:
        return Certainty.DEFINITE
    return Certainty.DOUBTFUL


def purposes_covering(*, purpose: str) -> tuple[str, ...]:
    """The purposes an objection may name to cover this one: itself, and for marketing the empty one."""
    return ("", purpose) if purpose in COVERED_BY_ALL else (purpose,)
