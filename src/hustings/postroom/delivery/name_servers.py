"""Asking name servers for text records, by the resolver the settings name."""

from typing import TYPE_CHECKING

from django.conf import settings

from hustings.postroom.rules.sending_domain import Records

if TYPE_CHECKING:
    import dns.resolver

#: Selectors that widely used providers sign with, tried after those the settings name.
COMMON_SELECTORS = (
    "default",
    "mail",
    "dkim",
    "google",
    "selector1",
    "selector2",
    "k1",
    "s1",
    "s2",
    "smtp",
    "pm",
    "mandrill",
)

_SECONDS = 4.0


class ResolverMalformed(ValueError):
    """HUSTINGS_DNS is not host or host:port."""

    def __init__(self, *, setting: str) -> None:
        super().__init__(f"HUSTINGS_DNS is “{setting}”. Write the resolver's IP address, or address:port.")


class NameServers:
    """Text records by name; each name is asked once."""

    def __init__(self) -> None:
        self._resolver = _resolver(str(settings.HUSTINGS_DNS))
        self._known: dict[str, Records] = {}

    def text_records(self, name: str) -> Records:
        """The text records of a name; none where it does not exist, a problem where nobody answered."""
        if name not in self._known:
            self._known[name] = self._asked(name)
        return self._known[name]

    def _asked(self, name: str) -> Records:
        import dns.exception
        import dns.resolver

        try:
            answer = self._resolver.resolve(name, "TXT", raise_on_no_answer=False, search=False)
        except dns.resolver.NXDOMAIN:
            return Records()
        except (dns.exception.DNSException, ValueError) as fault:
            return Records(problem=str(fault) or type(fault).__name__)
        return Records(texts=tuple(b"".join(record.strings).decode("utf-8", "replace") for record in answer))


def _resolver(setting: str) -> "dns.resolver.Resolver":
    import dns.resolver

    resolver = dns.resolver.Resolver(configure=not setting)
    if setting:
        host, _colon, port = setting.rpartition(":") if setting.count(":") == 1 else (setting, "", "")
        try:
            resolver.nameservers = [host]
            resolver.port = int(port) if port else 53
        except ValueError as fault:
            raise ResolverMalformed(setting=setting) from fault
    resolver.lifetime = _SECONDS
    return resolver
