"""The steps of a request under data protection law after it came in: identity, acknowledgement, extension, answer."""

from datetime import datetime

from django.db import transaction

from hustings.accounts.models import User
from hustings.basics.clock import uk_date
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.people.models import RightsOutcome, RightsRequest
from hustings.people.rules.rights import answer_due, may_extend
from hustings.platform import audit


class AlreadyAnswered(Refusal):
    """The request was answered before."""


class CannotExtend(Refusal):
    """The time for this request cannot be put off, or was put off before."""


def verify_identity(
    *, request: RightsRequest, evidence: str, now: datetime, by: User | None = None
) -> RightsRequest:
    """Note how the person was known to be themselves; the days for which that was awaited are added to the clock."""
    with transaction.atomic():
        held = _open(request)
        if held.identity_verified_at is None:
            held.identity_verified_at, held.identity_evidence = now, evidence
            _set_due(held)
            held.save()
            _note(held, "identity verified", now, by)
    return held


def acknowledge_request(*, request: RightsRequest, now: datetime, by: User | None = None) -> RightsRequest:
    """Note that receipt was acknowledged to the person; the first time counts."""
    with transaction.atomic():
        held = _open(request)
        if held.acknowledged_at is None:
            held.acknowledged_at = now
            held.save(update_fields=["acknowledged_at"])
            _note(held, "acknowledged", now, by)
    return held


def extend_request(
    *, request: RightsRequest, reason: str, now: datetime, by: User | None = None
) -> RightsRequest:
    """Put the answer off by what the law allows; the person must be told why within the first month.

    Raises `CannotExtend` where the law has no extension, the time has run out, or it was extended before.
    """
    with transaction.atomic():
        held = _open(request)
        if not may_extend(kind=held.kind, received_on=uk_date(held.received_at)):
            raise CannotExtend(
                "no_extension", gettext_noop("The law allows no more time for this kind of request.")
            )
        if held.extended_at is not None:
            raise CannotExtend(
                "extended", gettext_noop("This request was extended before; only once is allowed.")
            )
        if uk_date(now) > held.due_on:
            raise CannotExtend(
                "too_late",
                gettext_noop("The time has run out. Answer now; it could only be extended before {due}."),
                due=held.due_on.isoformat(),
            )
        if not reason.strip():
            raise CannotExtend("reason", gettext_noop("Write the reason that the person will be told."))
        held.extended_at, held.extension_reason = now, reason
        _set_due(held)
        held.save()
        _note(held, "extended", now, by)
    return held


def answer_request(
    *, request: RightsRequest, outcome: str, answer: str, now: datetime, by: User | None = None
) -> RightsRequest:
    """Close a request with its outcome and what the person was told; raises `AlreadyAnswered`."""
    with transaction.atomic():
        held = _open(request)
        held.answered_at, held.outcome, held.answer = now, RightsOutcome(outcome), answer
        held.save(update_fields=["answered_at", "outcome", "answer"])
        _note(held, "answered", now, by, outcome=outcome)
    return held


def _open(request: RightsRequest) -> RightsRequest:
    """The row as it is now, held until the end."""
    held = RightsRequest.objects.select_for_update().get(pk=request.pk)
    if held.answered_at is not None:
        raise AlreadyAnswered("answered", gettext_noop("This request was answered before. Open a new one."))
    return held


def _set_due(request: RightsRequest) -> None:
    paused = 0
    if request.identity_asked_at is not None and request.identity_verified_at is not None:
        paused = max(0, (uk_date(request.identity_verified_at) - uk_date(request.identity_asked_at)).days)
    due = answer_due(
        kind=request.kind,
        received_on=uk_date(request.received_at),
        is_extended=request.extended_at is not None,
        paused_days=paused,
    )
    request.due_on, request.rule = due.on, due.rule


def _note(request: RightsRequest, verb: str, now: datetime, by: User | None, **detail: str) -> None:
    audit.record(
        now=now,
        actor=by,
        verb=verb,
        subject_type="people.RightsRequest",
        subject_id=request.pk,
        area_code="" if request.person is None else request.person.ward_id or "",
        kind=request.kind,
        **detail,
    )
