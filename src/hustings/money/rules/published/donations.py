"""One published donation, as the publisher wrote it, and what follows from it alone."""

import re
from dataclasses import dataclass
from datetime import date

_PRE_POLL = re.compile(r"pre[\s-]?poll", re.IGNORECASE)
_CENTRAL = frozenset({"", "central party", "central", "headquarters", "party headquarters"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedGift:
    """One row. Money in pence; dates are none where the publication gives none; texts as published."""

    ref: str
    recipient: str
    value_pence: int
    recipient_kind: str = ""
    unit: str = ""
    donor: str = ""
    donor_kind: str = ""
    donor_ref: str = ""
    company_number: str = ""
    postcode: str = ""
    received_on: date | None = None
    accepted_on: date | None = None
    reported_on: date | None = None
    period: str = ""
    kind: str = ""
    nature: str = ""
    action: str = ""
    register: str = ""
    is_pre_poll: bool = False
    is_aggregation: bool = False
    is_bequest: bool = False
    is_sponsorship: bool = False

    @property
    def day(self) -> date | None:
        """The gift's own day: of receipt, else of acceptance, else of the report."""
        return self.received_on or self.accepted_on or self.reported_on

    @property
    def is_reported_pre_poll(self) -> bool:
        """Whether it was reported in a week before a poll: by the flag, or by the name of the reporting period."""
        return self.is_pre_poll or bool(_PRE_POLL.search(self.period))

    @property
    def is_public_money(self) -> bool:
        """Whether it is money of the state (Short money and the like), which the same register lists."""
        return "public fund" in f"{self.donor_kind} {self.kind}".lower()

    @property
    def is_individual(self) -> bool:
        """Whether the publisher calls the giver an individual."""
        return self.donor_kind.strip().lower() == "individual"

    @property
    def threshold_of(self) -> str:
        """Whose reporting threshold holds: `party`, `accounting-unit`, `donee`, or `non-party` (which has none here)."""
        kind = self.recipient_kind.lower()
        if "donee" in kind or "member" in kind or "holder" in kind:
            return "donee"
        if "party" in kind and "third" not in kind:
            return "party" if self.unit.strip().lower() in _CENTRAL else "accounting-unit"
        return "non-party"
