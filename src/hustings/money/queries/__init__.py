"""What other apps and our own pages ask of election money."""

from hustings.money.queries.attention import attention
from hustings.money.queries.chargeable import chargeable_campaigns
from hustings.money.queries.public_returns import PublicReturn, public_return, public_returns

__all__ = ["PublicReturn", "attention", "chargeable_campaigns", "public_return", "public_returns"]
