"""Take in what somebody asks for under data protection law, and start its clock."""

from datetime import datetime

from django.db import transaction

from hustings.accounts.models import User
from hustings.basics.clock import uk_date
from hustings.people.events import RightsRequestMade
from hustings.people.models import Person, RightsRequest
from hustings.people.rules.rights import answer_due, may_pause
from hustings.platform import audit
from hustings.platform.events import announce


def open_rights_request(
    *,
    kind: str,
    source: str,
    now: datetime,
    person: Person | None = None,
    details: str = "",
    received_at: datetime | None = None,
    is_identity_known: bool = False,
    by: User | None = None,
) -> RightsRequest:
    """Record a request with the day its answer is due; `received_at` is earlier than `now` for letters.

    Where identity must still be shown, its being asked for is noted (and the clock stands still where the law lets it); the
    person is written to where the request came through their own link. One who asks the same again, before the first was
    confirmed, gets the first again.
    """
    received = received_at or now
    with transaction.atomic():
        if person is not None and not is_identity_known:
            waiting = RightsRequest.objects.filter(
                person=person, kind=kind, answered_at=None, identity_verified_at=None, source=source
            ).first()
            if waiting is not None:
                announce(RightsRequestMade(at=now, request_id=waiting.pk, kind=kind, source=source))
                return waiting
        due = answer_due(kind=kind, received_on=uk_date(received))
        request = RightsRequest.objects.create(
            kind=kind,
            person=person,
            source=source,
            received_at=received,
            due_on=due.on,
            rule=due.rule,
            identity_asked_at=None
            if is_identity_known or not may_pause(kind=kind, received_on=uk_date(received))
            else now,
            identity_verified_at=now if is_identity_known else None,
            details=details,
        )
        audit.record(
            now=now,
            actor=by,
            verb="opened",
            subject_type="people.RightsRequest",
            subject_id=request.pk,
            area_code="" if person is None else person.ward_id or "",
            kind=kind,
        )
        announce(RightsRequestMade(at=now, request_id=request.pk, kind=kind, source=source))
    return request
