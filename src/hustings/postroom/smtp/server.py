"""Which server takes our mail, read from one address: smtp://user:password@host:port, smtp+starttls://, smtps://."""

import ssl
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import unquote, urlsplit


class MailServerMalformed(ValueError):
    """The address of the mail server cannot be read."""

    def __init__(self, *, url: str) -> None:
        # Never quote the address: it may hold a password.
        super().__init__(
            f"HUSTINGS_SMTP ({url.partition(':')[0] or 'empty'}:…) is not the address of a mail server. "
            "Write smtp://host:port, smtp+starttls://user:password@host:port or smtps://user:password@host:port."
        )


class Security(StrEnum):
    """Whether the connection is encrypted, and from when."""

    NONE = "smtp"
    STARTTLS = "smtp+starttls"
    TLS = "smtps"


_PORTS = {Security.NONE: 25, Security.STARTTLS: 587, Security.TLS: 465}


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """A mail server and how to enter; `timeout_seconds` bounds every wait for an answer."""

    host: str
    port: int
    security: Security = Security.NONE
    user: str = ""
    password: str = field(default="", repr=False)
    own_name: str = "localhost"
    timeout_seconds: float = 300.0
    tls: ssl.SSLContext | None = None

    @classmethod
    def from_url(cls, url: str, *, own_name: str = "localhost") -> "MailServer":
        """Read the address as settings write it; raises MailServerMalformed."""
        parts = urlsplit(url)
        try:
            security = Security(parts.scheme)
            port = parts.port or _PORTS[security]
        except ValueError as fault:
            raise MailServerMalformed(url=url) from fault
        if not parts.hostname:
            raise MailServerMalformed(url=url)
        return cls(
            host=parts.hostname, port=port, security=security, own_name=own_name,
            user=unquote(parts.username or ""), password=unquote(parts.password or ""),
        )  # fmt: skip

    def tls_context(self) -> ssl.SSLContext:
        """The context that checks the server's certificate."""
        return self.tls or ssl.create_default_context()
