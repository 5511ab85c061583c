"""The plain protocol by which text messages go out and reports come in: JSON over HTTPS (docs/algorithms/texts.md).

Out: `POST` to the provider's address with `{"to", "from", "text", "reference"}` and a bearer token. `reference` is our own id
of the message; a provider may use it to take the same message once only. In: `POST` to `/postroom/texts/` with one event, the
moment in `X-Hustings-Time` (seconds since 1970) and `X-Hustings-Signature: sha256=…`, an HMAC over time, full stop and body.
"""

import hashlib
import hmac
import json
import re
import uuid
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from hustings.postroom.rules.smtp_replies import Fate, Stage

#: How old, in seconds, a signed call may be: long enough for a queue, too short to be of use to a thief.
MOST_SECONDS_OLD = 300

_STOP = re.compile(
    r"\W*(stop|stopall|stop\s+all|unsubscribe|end|quit|cancel|stopio)\W*(?:please\W*)?", re.IGNORECASE
)
_WORDS_AT_START = re.compile(r"\W*(stop|stopall|unsubscribe)\b", re.IGNORECASE)


class CallRefused(ValueError):
    """A call from outside is not signed, too old, or not what the protocol says."""


class TextEventKind(StrEnum):
    """What a provider tells."""

    DELIVERED = "delivered"
    FAILED = "failed"
    REPLY = "reply"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextEvent:
    """One event: a message reached the phone, failed for good or for now, or somebody wrote back."""

    kind: TextEventKind
    key: str
    reference: uuid.UUID | None = None
    number: str = ""
    text: str = ""
    is_permanent: bool = False


def body_of(*, to: str, sender: str, text: str, reference: uuid.UUID) -> bytes:
    """The body of a request to send one text."""
    values = {"to": to, "from": sender, "text": text, "reference": str(reference)}
    return json.dumps(values, ensure_ascii=False).encode()


def fate_of_answer(*, status: int) -> tuple[Fate, Stage]:
    """What an HTTP status says about the message.

    2xx: taken. 401, 403, 429, 503 and redirections are about us or the moment: the message was not taken and waits. Any other
    4xx: refused. Any other 5xx leaves it unknown whether the message was taken.
    """
    if 200 <= status < 300:
        return Fate.ACCEPTED, Stage.CONTENT
    if status in (401, 403, 429, 503) or status < 400:
        return Fate.DEFERRED, Stage.CONNECT
    return (Fate.REFUSED if status < 500 else Fate.UNKNOWN), Stage.CONTENT


def words_of_answer(*, body: bytes) -> str:
    """The provider's own words: `error` of a JSON answer, else the beginning of its text."""
    text = body[:2_000].decode("utf-8", "replace")
    try:
        answer = json.loads(text)
    except ValueError:
        answer = None
    words = answer.get("error") if isinstance(answer, dict) else text
    return " ".join(str(words or "").split())[:180]


def signature_of(*, secret: str, moment: str, body: bytes) -> str:
    """The signature of a call: `sha256=` and the HMAC of moment, full stop and body."""
    return "sha256=" + hmac.digest(secret.encode(), moment.encode() + b"." + body, "sha256").hex()


def read_call(*, body: bytes, moment: str, signature: str, secret: str, at: float) -> TextEvent:
    """The event in a call that was checked: signed with the secret, at most five minutes old. Raises `CallRefused`."""
    expected = signature_of(secret=secret, moment=moment, body=body)
    if not hmac.compare_digest(expected.encode(), signature.encode("utf-8", "replace")):
        raise CallRefused("The signature does not fit.")
    if not moment.isdecimal() or abs(at - int(moment)) > MOST_SECONDS_OLD:
        raise CallRefused("The call is too old.")
    try:
        values = json.loads(body)
    except ValueError as fault:
        raise CallRefused("The body is not JSON.") from fault
    if not isinstance(values, dict):
        raise CallRefused("The body is not a JSON object.")
    return _event(values, body)


def is_stop(*, text: str) -> bool:
    """Whether a reply asks for no more texts: one of the usual words alone, or STOP at its beginning."""
    return _STOP.fullmatch(text) is not None or _WORDS_AT_START.match(text) is not None


def _event(values: dict[str, Any], body: bytes) -> TextEvent:
    try:
        kind = TextEventKind(str(values.get("event")))
    except ValueError as fault:
        known = ", ".join(TextEventKind)
        raise CallRefused(f"“event” must be one of {known}.") from fault
    key = str(values.get("id") or hashlib.sha256(body).hexdigest())[:150]
    if kind is TextEventKind.REPLY:
        if not values.get("from"):
            raise CallRefused("A reply names the number it came “from”.")
        return TextEvent(kind=kind, key=key, number=str(values["from"]), text=str(values.get("text") or ""))
    try:
        reference = uuid.UUID(str(values.get("reference")))
    except ValueError as fault:
        raise CallRefused("“reference” must be the id that the message went out with.") from fault
    return TextEvent(
        kind=kind, key=key, reference=reference, text=str(values.get("detail") or "")[:300],
        is_permanent=bool(values.get("permanent")),
    )  # fmt: skip
