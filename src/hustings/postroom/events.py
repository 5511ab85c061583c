"""What the postroom announces."""

from dataclasses import dataclass

from hustings.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class DispatchFinished(Event):
    """Every message of a dispatch has met its end, or the dispatch was stopped."""

    dispatch_id: int


@dataclass(frozen=True, kw_only=True)
class MessageBounced(Event):
    """A message that a server had accepted came back, or its reader complained of it."""

    message_id: int
    is_permanent: bool
    is_complaint: bool


@dataclass(frozen=True, kw_only=True)
class TextAnswered(Event):
    """Somebody wrote back by text message, and not STOP; `person_ids` are those on file with that number."""

    report_id: int
    person_ids: tuple[int, ...]
