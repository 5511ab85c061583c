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


@dataclass(frozen=True, kw_only=True)
class PhoneBankClosed(Event):
    """A phone bank was closed: by somebody, or because its moment had come."""

    bank_id: int


@dataclass(frozen=True, kw_only=True)
class AgreedAloud(Event):
    """Somebody agreed by word of mouth to be emailed, at an address that was taken down by ear and never confirmed."""

    contact_point_id: int
