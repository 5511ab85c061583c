"""The question put to the gate, and its answer."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from hustings.clearance.rules.gate.facts import Channel, Purpose


class Reason(StrEnum):
    """Why a person is refused; the first that holds, in this order, is the one given."""

    ERASED = "erased"
    MERGED = "merged"
    SUPPRESSED = "suppressed"
    OBJECTED = "objected"
    DOUBTFUL_OBJECTION = "doubtful-objection"
    ANONYMOUS_ENTRY = "anonymous-entry"
    NO_ADDRESS = "no-address"
    ADDRESS_FAILING = "address-failing"
    ADDRESS_UNVERIFIED = "address-unverified"
    NO_CONSENT = "no-consent"
    PREFERENCE_SERVICE = "preference-service"
    NOT_SCREENED = "not-screened"
    DECEASED = "deceased"
    GONE_AWAY = "gone-away"
    UNDER_AGE = "under-age"
    UNDER_16 = "under-16"
    REGISTER_LAPSED = "register-lapsed"
    NO_OPINION_CONSENT = "no-opinion-consent"
    CHANNEL_NOT_FOR_PURPOSE = "channel-not-for-purpose"
    NO_MATERIAL = "no-material"
    MATERIAL_NOT_APPROVED = "material-not-approved"
    IMPRINT_MISSING = "imprint-missing"
    PROMOTER_UNVERIFIED = "promoter-unverified"
    WRONG_CHANNEL = "wrong-channel"
    WRONG_PURPOSE = "wrong-purpose"
    TOO_EARLY = "too-early"
    TOO_LATE = "too-late"
    TOO_OFTEN = "too-often"


@dataclass(frozen=True, kw_only=True)
class CopyFacts:
    """What the gate asks about an approved copy; `valid_until` is the first moment at which it may not go
    out.
    """

    is_approved: bool
    has_imprint: bool
    is_promoter_verified: bool
    channels: frozenset[Channel]
    purpose: Purpose
    valid_from: datetime | None = None
    valid_until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One question put to the gate for a whole audience.

    `on` is the date in the United Kingdom at `now`. `is_registered_party` is the organisation's type;
    `uses_opinions` whether people were chosen by what they think (intention, scores, issues);
    `needs_screened` whether it calls only numbers that were looked up at a preference service in time (its own limit too);
    `leaves_out_under_16` whether nobody under 16 gets marketing who did not ask for it (our own rule, not law);
    `needs_verified` whether the organisation writes marketing only to addresses that were confirmed (its own
    limit, not law).
    """

    channel: Channel
    purpose: Purpose
    copy: CopyFacts | None
    now: datetime
    on: date
    is_registered_party: bool
    uses_opinions: bool = False
    needs_verified: bool = False
    needs_screened: bool = False
    leaves_out_under_16: bool = False


@dataclass(frozen=True, kw_only=True)
class Remark:
    """A doubt that does not refuse: what it is about, the rule and the entry."""

    code: str
    rule: str
    entry_id: str
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The gate's answer: cleared, or refused for one reason with its rule; and the doubts either way."""

    is_cleared: bool
    reason: Reason | None = None
    rule: str = ""
    entry_id: str = ""
    remarks: tuple[Remark, ...] = ()
