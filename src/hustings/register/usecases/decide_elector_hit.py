"""Answer a doubtful hit on an elector who is nobody on file: is this the one who objected?"""

from datetime import datetime

from django.db import transaction

from hustings.accounts.models import User
from hustings.people.usecases.decide_hit import require_reason
from hustings.platform import audit
from hustings.register.models import ElectorReview
from hustings.register.queries import DoubtfulElector


def decide_elector_hit(
    *, hit: DoubtfulElector, is_same_person: bool, reason: str, by: User, now: datetime
) -> ElectorReview:
    """Keep the answer and its reason; a later one holds instead of it, and both stay on file.

    Somebody else's objection stops blocking this elector, and blocks all others as before. Their own holds on the elector for
    as long as it stands, whatever a later register calls them, and on people joined to the elector. Raises `ReasonMissing`.
    """
    require_reason(reason=reason)
    with transaction.atomic():
        review = ElectorReview.objects.create(
            elector_id=hit.entry.elector_id,
            objection=hit.objection,
            is_same_person=is_same_person,
            reason=reason.strip(),
            at=now,
            by=by,
        )
        audit.record(
            now=now,
            actor=by,
            verb="decided a doubtful objection of",
            subject_type="register.Elector",
            subject_id=hit.entry.elector_id,
            area_code=hit.entry.ward_id or "",
            objection=str(hit.objection),
            is_same_person=is_same_person,
        )
    return review
