"""Audiences and mailings, re-exported for Django from the packages that own them."""

from hustings.outreach.audiences.models import Audience
from hustings.outreach.mailings.models import Mailing, MailingState

__all__ = ["Audience", "Mailing", "MailingState"]
