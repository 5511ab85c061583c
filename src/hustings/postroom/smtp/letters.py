"""What goes into a connection and what comes out."""

import re
from dataclasses import dataclass

from hustings.postroom.rules.header_encoding import AddressNotSendable
from hustings.postroom.rules.smtp_replies import Fate, Stage

_ARGUMENT = re.compile(r"[!-;=?-~]{1,320}")


@dataclass(frozen=True, slots=True)
class Letter:
    """One message to one recipient: `content` with CRLF line ends, addresses as they go over the wire."""

    key: int
    sender: str
    recipient: str
    content: bytes

    def __post_init__(self) -> None:
        """Refuse an address that could carry a command of its own; raises AddressNotSendable."""
        for address in (self.sender, self.recipient):
            if not _ARGUMENT.fullmatch(address):
                raise AddressNotSendable(address=address)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a letter: by whose word (`code`, 0 where no answer came), at which stage, in which words."""

    key: int
    fate: Fate
    stage: Stage
    code: int
    text: str
