"""Ask once more, for a batch about to be sent: has anybody objected, or the copy been withdrawn, since the
Clearance?
"""

from collections.abc import Collection
from datetime import datetime

from hustings.clearance.models import ApprovedCopy
from hustings.clearance.usecases.verdicts_of import verdicts_of


def recheck(
    *,
    person_ids: Collection[int],
    channel: str,
    purpose: str,
    now: datetime,
    copy: ApprovedCopy | None = None,
    uses_opinions: bool = False,
) -> dict[int, str]:
    """Those of these people who may no longer be contacted, each with the reason; nobody else is named.

    Objections, withdrawn consents, erased and joined records and failing addresses are looked up anew, in a
    handful of reads for the whole batch; with `copy` also whether it was withdrawn or its time is over, with
    `uses_opinions` also consent to the use of opinions. How often somebody was contacted is not asked again: the
    batch itself would count.
    """
    verdicts = verdicts_of(
        person_ids=person_ids,
        channel=channel,
        purpose=purpose,
        now=now,
        copy=copy,
        uses_opinions=uses_opinions,
        asks_how_often=False,
    )
    return {person: str(verdict.reason) for person, verdict in verdicts.items() if verdict.reason is not None}
