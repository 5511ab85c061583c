"""What outreach announces."""

from dataclasses import dataclass

from hustings.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class MailingFinished(Event):
    """Every message of a mailing has met its end, or the mailing was stopped."""

    mailing_id: int


@dataclass(frozen=True, kw_only=True)
class CanvassClosed(Event):
    """A canvass is over: its rounds are back, or are not walked any more."""

    canvass_id: int
