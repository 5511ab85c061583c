"""Mail over kept, pipelined SMTP connections; the caller learns each outcome as it happens.

`Fleet` is the front door: put letters in, step, read outcomes. Who may be written to is not decided here: only
`delivery/courier.py` uses this package, with messages that clearance let through.
"""

from hustings.postroom.smtp.fleet import Fleet, ServerRefusesUs, ServerUnreachable
from hustings.postroom.smtp.letters import Letter, Outcome
from hustings.postroom.smtp.server import MailServer, MailServerMalformed, Security

__all__ = [
    "Fleet",
    "Letter",
    "MailServer",
    "MailServerMalformed",
    "Outcome",
    "Security",
    "ServerRefusesUs",
    "ServerUnreachable",
]
