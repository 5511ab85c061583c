"""Keep the published table by ward."""

from django.db.models import Count

from hustings.actions.models import Petition, Signature, SignatureState
from hustings.actions.queries import table_of, ward_codes
from hustings.actions.rules.ward_table import (
    ELSEWHERE,
    counted_signatures,
    may_follow,
    ward_table,
)


def renew_ward_table(*, petition_id: int) -> bool:
    """Publish a new table by ward where the rules allow one; says whether they did.

    Taken over the first so many signatures in the order of confirmation. To be called in a transaction.
    """
    petition = Petition.objects.get(pk=petition_id)
    rows = ward_codes(petition=petition)
    if not rows:
        return False
    confirmed = Signature.objects.filter(petition_id=petition_id, state=SignatureState.CONFIRMED)
    first = confirmed.order_by("confirmed_at", "pk")[: counted_signatures(confirmed=confirmed.count())]
    found = Signature.objects.filter(pk__in=first.values("pk")).values_list("ward").annotate(Count("pk"))
    counts = dict.fromkeys([*rows, ELSEWHERE], 0)
    for code, count in found:
        counts[code if code in counts else ELSEWHERE] += count
    table, shown = ward_table(counts=counts), table_of(petition=petition)
    if table is None or (shown is not None and not may_follow(shown=shown, following=table)):
        return False
    petition.ward_table = {"total": table.total, "width": table.width, "floors": dict(table.floors)}
    petition.save(update_fields=["ward_table"])
    return True
