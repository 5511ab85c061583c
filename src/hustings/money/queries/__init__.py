"""What other apps and our own pages ask of election money."""

from hustings.money.queries.public_returns import PublicReturn, public_return, public_returns

__all__ = ["PublicReturn", "public_return", "public_returns"]
