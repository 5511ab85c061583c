"""Reading what comes back: delivery reports (RFC 3464) and complaints (RFC 5965), as mailboxes receive them."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email import policy
from email.errors import MessageError
from email.message import EmailMessage, Message
from email.parser import BytesParser
from enum import StrEnum

_STATUS = re.compile(r"([245])\.(\d{1,3})\.(\d{1,3})")
_ADDRESS = re.compile(r"[^\s<>;,\"]+@[^\s<>;,\"]+")
_COMPLAINTS = frozenset({"abuse", "fraud", "virus", "other", "opt-out"})

#: Statuses that say the address does not exist (RFC 3463, RFC 7505); see also rules/smtp_replies.py.
_NO_SUCH_ADDRESS = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"})

#: Permanent bounces of different messages after which an address is given up even though none said that it is gone.
BOUNCES_BEFORE_UNUSABLE = 3


class ReportKind(StrEnum):
    """What a report is about."""

    BOUNCE = "bounce"
    COMPLAINT = "complaint"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One recipient's bounce or complaint.

    `message_ids` are those of the message it is about, as far as the report shows them (without angle brackets);
    `unsubscribe_links` are its List-Unsubscribe addresses. `key` is the same whenever the same report is read.
    """

    kind: ReportKind
    key: str
    recipient: str
    message_ids: tuple[str, ...] = ()
    unsubscribe_links: tuple[str, ...] = ()
    status: str = ""
    diagnostic: str = ""
    is_permanent: bool = False


def read_reports(*, raw: bytes) -> list[Report]:
    """The reports in one received message: several for a bounce of several recipients, none if it is something else.

    Delays, confirmations of delivery and “not spam” are something else.
    """
    try:
        message = BytesParser(policy=policy.default).parsebytes(raw)
    except (MessageError, ValueError):
        return []
    if not isinstance(message, EmailMessage) or message.get_content_type() != "multipart/report":
        return []
    parts = [part for part in message.walk() if part is not message]
    own_id = str(message.get("Message-ID", "")).strip("<> ") or hashlib.sha256(raw).hexdigest()[:40]
    about = _about(parts)
    for part in parts:
        if part.get_content_type() == "message/delivery-status":
            return list(_bounces(part, own_id, about))
        if part.get_content_type() == "message/feedback-report":
            return list(_complaints(part, own_id, about))
    return []


def is_address_gone(*, status: str, earlier_bounces: int) -> bool:
    """Whether an address is not to be used again after a permanent bounce, `earlier_bounces` having come before it."""
    return status in _NO_SUCH_ADDRESS or earlier_bounces + 1 >= BOUNCES_BEFORE_UNUSABLE


@dataclass(frozen=True, slots=True)
class _About:
    """What a report shows of the message it is about."""

    message_ids: tuple[str, ...]
    unsubscribe_links: tuple[str, ...]
    recipient: str


def _about(parts: Sequence[Message]) -> _About:
    ids: list[str] = []
    links: list[str] = []
    recipient = ""
    for headers in _original_headers(parts):
        ids += re.findall(r"<([^<>\s]+)>", str(headers.get("Message-ID", "")))
        links += re.findall(r"<(https?://[^<>\s]+)>", str(headers.get("List-Unsubscribe", "")))
        if found := _ADDRESS.search(str(headers.get("To", ""))):
            recipient = recipient or found[0]
    return _About(tuple(dict.fromkeys(ids)), tuple(dict.fromkeys(links)), recipient)


def _original_headers(parts: Sequence[Message]) -> Iterator[Message]:
    for part in parts:
        if part.get_content_type() == "message/rfc822":
            payload = part.get_payload()
            if isinstance(payload, list) and payload and isinstance(payload[0], Message):
                yield payload[0]
        elif part.get_content_type() == "text/rfc822-headers":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                yield BytesParser(policy=policy.default).parsebytes(content, headersonly=True)


def _bounces(part: Message, own_id: str, about: _About) -> Iterator[Report]:
    groups = [group for group in _groups(part) if group.get("Action")]
    for number, group in enumerate(groups):
        if str(group["Action"]).strip().lower() != "failed":
            continue
        found = _STATUS.search(str(group.get("Status", "")))
        diagnostic = " ".join(str(group.get("Diagnostic-Code", "")).partition(";")[2].split())
        recipient = _address(group.get("Original-Recipient")) or _address(group.get("Final-Recipient"))
        status = found[0] if found else ""
        if status.endswith(".0.0") and (better := _STATUS.search(diagnostic)):
            status = better[
                0
            ]  # the server that spoke last often says more than the one that wrote the report
        yield Report(
            kind=ReportKind.BOUNCE,
            key=f"{own_id}/{number}",
            recipient=recipient or about.recipient,
            message_ids=about.message_ids,
            unsubscribe_links=about.unsubscribe_links,
            status=status,
            diagnostic=diagnostic[:300],
            is_permanent=status.startswith("5"),
        )


def _complaints(part: Message, own_id: str, about: _About) -> Iterator[Report]:
    for group in _groups(part):
        feedback = str(group.get("Feedback-Type", "")).strip().lower()
        if feedback in _COMPLAINTS:
            yield Report(
                kind=ReportKind.COMPLAINT,
                key=own_id,
                recipient=_address(group.get("Original-Rcpt-To")) or about.recipient,
                message_ids=about.message_ids,
                unsubscribe_links=about.unsubscribe_links,
                diagnostic=f"{feedback} {group.get('User-Agent', '')}".strip()[:300],
                is_permanent=True,
            )


def _groups(part: Message) -> Iterator[Message]:
    """The groups of fields in a delivery-status or feedback-report part, whichever way the parser left them."""
    payload = part.get_payload()
    if isinstance(payload, list):
        for group in payload:
            if isinstance(group, Message):
                yield group
        return
    content = part.get_payload(decode=True)
    if isinstance(content, bytes):
        for block in re.split(rb"(?:\r?\n){2,}", content):
            yield BytesParser(policy=policy.default).parsebytes(block, headersonly=True)


def _address(value: object) -> str:
    found = _ADDRESS.search(str(value or ""))
    return found[0] if found else ""
