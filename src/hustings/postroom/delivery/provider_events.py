"""What a mail provider reports of a message, in the postroom's own terms."""

from typing import Any

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason

from hustings.postroom.rules.reports import Report, ReportKind

_PERMANENT_STATUS = {RejectReason.INVALID: "5.1.1", RejectReason.BOUNCED: "5.0.0"}


def report_of(*, event: AnymailTrackingEvent) -> Report | None:
    """The bounce or complaint in a provider's event, or None for any other (delivered, deferred, opened…)."""
    recipient = str(event.recipient or "")
    key = str(event.event_id or f"{event.event_type}/{event.message_id}/{recipient}/{event.timestamp}")
    ids = tuple(filter(None, [str(event.message_id or "").strip("<>")]))
    words = str(event.mta_response or event.description or "")
    if event.event_type in (EventType.COMPLAINED, EventType.UNSUBSCRIBED):
        return Report(
            kind=ReportKind.COMPLAINT, key=key, recipient=recipient, message_ids=ids, is_permanent=True,
            diagnostic=f"{event.event_type} {words}".strip()[:300],
        )  # fmt: skip
    if event.event_type not in (EventType.BOUNCED, EventType.REJECTED):
        return None
    status = _status(event, words)
    return Report(
        kind=ReportKind.BOUNCE, key=key, recipient=recipient, message_ids=ids, status=status,
        diagnostic=words[:300], is_permanent=status.startswith("5"),
    )  # fmt: skip


def _status(event: Any, words: str) -> str:
    """The enhanced status, from the server's own words where they hold one."""
    from hustings.postroom.rules.smtp_replies import Reply

    for word in words.split():
        if found := Reply(0, word.strip("()[];,")).status:
            return found
    return _PERMANENT_STATUS.get(event.reject_reason, "4.0.0")
