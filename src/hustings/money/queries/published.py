"""Stored publications as the rules read them."""

from hustings.money.models import PublishedDonation
from hustings.money.rules.published.donations import PublishedGift


def published_gifts(*, source: str) -> list[PublishedGift]:
    """Every stored donation of one publication."""
    names = list(PublishedGift.__dataclass_fields__)
    rows = PublishedDonation.objects.filter(source=source).order_by("pk").values_list(*names)
    return [PublishedGift(**dict(zip(names, row, strict=True))) for row in rows.iterator()]
