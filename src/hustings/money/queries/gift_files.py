"""The files that show a gift, over all its rows."""

from django.db.models import QuerySet

from hustings.money.models import Gift, GiftEvidence


def rows_of(*, gift: Gift) -> list[int]:
    """The keys of a gift's rows, this one first: what it replaced, and what that replaced."""
    rows = [gift.pk]
    earlier = gift.replaces_id
    while earlier is not None:
        rows.append(earlier)
        earlier = Gift.objects.values_list("replaces", flat=True).get(pk=earlier)
    return rows


def gift_files(*, gift: Gift) -> QuerySet[GiftEvidence]:
    """Files added to this row or to one that it replaces, without their bytes, in the order in which they came in."""
    return GiftEvidence.objects.filter(gift__in=rows_of(gift=gift)).defer("content").order_by("pk")
