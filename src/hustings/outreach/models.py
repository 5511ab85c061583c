"""Audiences, mailings, phone banks and rounds, re-exported for Django from the packages that own them."""

from hustings.outreach.audiences.models import Audience
from hustings.outreach.doorsteps.models import Canvass, CanvassState, Door, DoorOutcome, KeptAnswer, Round
from hustings.outreach.mailings.models import Mailing, MailingState
from hustings.outreach.phonebank.models import (
    BankState,
    Call,
    Caller,
    CallResult,
    CallSheet,
    CallState,
    CallTry,
    PhoneBank,
    SheetLine,
)

__all__ = [
    "Audience",
    "BankState",
    "Call",
    "CallResult",
    "CallSheet",
    "CallState",
    "CallTry",
    "Caller",
    "Canvass",
    "CanvassState",
    "Door",
    "DoorOutcome",
    "KeptAnswer",
    "Mailing",
    "MailingState",
    "PhoneBank",
    "Round",
    "SheetLine",
]
