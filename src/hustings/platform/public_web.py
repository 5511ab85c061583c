"""Read a stranger's page from the public web, and never from our own network, whatever names and redirects say.

A name is resolved once for each connection, every address it gave is looked at, and the connection goes to one of those and to
nothing else: a name that answers with a public address when it is checked and with a private one a moment later (DNS
rebinding) leads nowhere. The certificate is still checked against the name.
"""

import http.client
import ipaddress
import socket
import urllib.request
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

Resolve = Callable[[str, int], Sequence[str]]
#: An IPv6 network through which gateways lead to IPv4 addresses, which stand in its last four bytes (RFC 6052).
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class NotPublic(OSError):
    """The address is none on the public web."""


def is_public(*, address: str) -> bool:
    """Whether an IP address belongs to the public Internet, also as an IPv4 address inside an IPv6 one.

    >>> [is_public(address=one) for one in ("93.184.215.14", "192.168.1.1", "::ffff:10.0.0.1", "2002:a00:1::")]
    [True, False, False, False]
    """
    held = ipaddress.ip_address(address.split("%", 1)[0])
    inner: list[ipaddress.IPv4Address | ipaddress.IPv6Address] = [held]
    if isinstance(held, ipaddress.IPv6Address):
        inner += [one for one in (held.ipv4_mapped, held.sixtofour, *(held.teredo or ())) if one is not None]
        if held in _NAT64:
            inner.append(ipaddress.IPv4Address(held.packed[-4:]))
        if held.ipv4_mapped is not None:
            inner.remove(held)  # Some versions of Python call every mapped address private, some none.
    return all(one.is_global and not one.is_multicast for one in inner)


def addresses_of(host: str, port: int) -> Sequence[str]:
    """Every address a name leads to now, as the system answers."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(place[0]) for *_rest, place in found))


def public_opener(
    *, may_be_private: bool = False, resolve: Resolve = addresses_of
) -> urllib.request.OpenerDirector:
    """An opener for http and https that connects only to addresses it has looked at; no proxy, no cookies, no files.

    Redirects go the same way. `may_be_private` is for tests and demos on one machine. Raises `NotPublic` (an `OSError`).
    """

    def reach(host: str, port: int, timeout: Any) -> socket.socket:
        addresses = resolve(host, port)
        if not addresses:
            raise NotPublic("its name leads nowhere")
        if not may_be_private and not all(is_public(address=one) for one in addresses):
            raise NotPublic("it leads into a private network")
        trouble: OSError | None = None
        for address in addresses:
            try:
                return socket.create_connection((address, port), timeout)
            except OSError as problem:
                trouble = problem
        assert trouble is not None
        raise trouble

    class Plain(http.client.HTTPConnection):
        def connect(self) -> None:
            self.sock = reach(self.host, self.port, self.timeout)

    class Secure(http.client.HTTPSConnection):
        def connect(self) -> None:
            bare = reach(self.host, self.port, self.timeout)
            self.sock = self._context.wrap_socket(bare, server_hostname=self.host)  # type: ignore[attr-defined]

    class PlainHandler(urllib.request.HTTPHandler):
        def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
            return self.do_open(Plain, req)

    class SecureHandler(urllib.request.HTTPSHandler):
        def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
            return self.do_open(Secure, req)

    opener = urllib.request.OpenerDirector()
    for handler in (
        PlainHandler(),
        SecureHandler(),
        _Redirects(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    return opener


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects to http and https only; where they lead is looked at on connecting."""

    def redirect_request(
        self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        require_web_address(url=newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def require_web_address(*, url: str) -> None:
    """Raise `NotPublic` unless it begins with http:// or https:// and names a host."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise NotPublic("it is no address of the web")
