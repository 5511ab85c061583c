"""Audiences and mailings, re-exported for Django from the packages that own them."""

from hustings.outreach.audiences.models import Audience
from hustings.outreach.doorsteps.models import Canvass, CanvassState, Door, DoorOutcome, Round
from hustings.outreach.mailings.models import Mailing, MailingState

__all__ = [
    "Audience",
    "Canvass",
    "CanvassState",
    "Door",
    "DoorOutcome",
    "Mailing",
    "MailingState",
    "Round",
]
