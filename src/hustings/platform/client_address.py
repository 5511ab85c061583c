"""The address a request really came from, believed only through proxies that the settings name."""

import ipaddress
from collections.abc import Callable
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase


def client_address(*, remote: str, forwarded_for: str, trusted: tuple[str, ...]) -> str:
    """The nearest address that is not a trusted proxy.

    Walks X-Forwarded-For from the right, as each proxy appends the peer it saw; a header from an untrusted peer is
    ignored. An unreadable entry ends the walk at the last address that could be read.
    """
    networks = _networks(trusted)

    def is_trusted(address: str) -> bool:
        return any(ipaddress.ip_address(address) in network for network in networks)

    current = remote
    for hop in reversed([hop.strip() for hop in forwarded_for.split(",") if hop.strip()]):
        try:
            if not is_trusted(current):
                return current
            ipaddress.ip_address(hop)
        except ValueError:
            return current
        current = hop
    return current


@lru_cache(maxsize=8)
def _networks(trusted: tuple[str, ...]) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    return tuple(ipaddress.ip_network(network, strict=False) for network in trusted)


def network_of(*, address: str) -> str:
    """The network that shares a limit: /24 for IPv4, /48 for IPv6; anything unreadable is its own network."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    prefix = 24 if parsed.version == 4 else 48
    return str(ipaddress.ip_network(f"{address}/{prefix}", strict=False))


class ClientAddressMiddleware:
    """Puts the believed address into `REMOTE_ADDR`, where everything else looks for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Replace the peer's address by the client's."""
        if settings.HUSTINGS_TRUSTED_PROXIES:
            request.META["REMOTE_ADDR"] = client_address(
                remote=request.META.get("REMOTE_ADDR", ""),
                forwarded_for=request.META.get("HTTP_X_FORWARDED_FOR", ""),
                trusted=settings.HUSTINGS_TRUSTED_PROXIES,
            )
        return self._get_response(request)
