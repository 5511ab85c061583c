"""How a gift stands: what the treasurer has to do about it, and by when."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hustings.money.rules.donation_law import clock_of

_GIVEN_BACK = frozenset({"returned_donor", "returned_transferor", "returned_bank", "sent_to_commission"})
_SOON_DAYS = 7


class GiftState(StrEnum):
    """What a gift waits for."""

    SMALL = "small"
    TO_CHECK = "to_check"
    UNCLEAR = "unclear"
    TO_RETURN = "to_return"
    TO_ACCEPT = "to_accept"
    ACCEPTED = "accepted"
    GIVEN_BACK = "given_back"


#: States in which the clock runs.
WAITING = frozenset({GiftState.TO_CHECK, GiftState.UNCLEAR, GiftState.TO_RETURN, GiftState.TO_ACCEPT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A gift's state, the last day to decide, and whole days left (negative when over)."""

    state: GiftState
    last_day: date
    days_left: int

    @property
    def is_waiting(self) -> bool:
        """Whether somebody has to do something."""
        return self.state in WAITING

    @property
    def is_over(self) -> bool:
        """Whether the time ran out with nothing decided: the gift was kept, and counts as accepted."""
        return self.is_waiting and self.days_left < 0

    @property
    def is_soon(self) -> bool:
        """Whether a week or less is left."""
        return self.is_waiting and 0 <= self.days_left <= _SOON_DAYS


def standing_of(
    *, is_donation: bool, outcome: str | None, act: str | None, clock_from: date, today: date
) -> Standing:
    """How a gift stands, from the newest check and decision. `is_donation`: above the floor, so that the law asks for a check."""
    clock = clock_of(starts_on=clock_from, today=today)
    if act in _GIVEN_BACK:
        state = GiftState.GIVEN_BACK
    elif act == "accepted":
        state = GiftState.ACCEPTED
    elif outcome == "impermissible":
        state = GiftState.TO_RETURN
    elif not is_donation:
        state = GiftState.SMALL
    elif outcome is None:
        state = GiftState.TO_CHECK
    elif outcome == "unclear":
        state = GiftState.UNCLEAR
    else:
        state = GiftState.TO_ACCEPT
    return Standing(state=state, last_day=clock.last_day, days_left=clock.days_left)
