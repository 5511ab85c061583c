"""Answer a doubtful hit: is this person the one who objected?"""

import uuid
from datetime import datetime

from django.db import transaction

from hustings.accounts.models import User
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.people.models import Person, SuppressionReview
from hustings.platform import audit


class ReasonMissing(Refusal):
    """A decision without a reason could not be looked into later."""


def require_reason(*, reason: str) -> None:
    """Raise `ReasonMissing` where no reason is given."""
    if not reason.strip():
        raise ReasonMissing("reason", gettext_noop("Write how you know."))


def decide_hit(
    *, person: Person, objection: uuid.UUID, is_same_person: bool, reason: str, by: User, now: datetime
) -> SuppressionReview:
    """Keep the answer and its reason; a later answer takes the place of an earlier one, and the audit log holds both.

    Somebody else's objection stops blocking this person; their own blocks as surely as if a sure key had hit.
    """
    require_reason(reason=reason)
    with transaction.atomic():
        review, _ = SuppressionReview.objects.update_or_create(
            person=person,
            objection=objection,
            defaults={"is_same_person": is_same_person, "reason": reason, "at": now, "by": by},
        )
        audit.record(
            now=now,
            actor=by,
            verb="decided a doubtful objection of",
            subject_type="people.Person",
            subject_id=person.pk,
            area_code=person.ward_id or "",
            objection=str(objection),
            is_same_person=is_same_person,
        )
    return review
