"""Ask strangers' machines on the public web, and never our own network, whatever names and redirects say.

A name is resolved once for each connection, every address it gave is looked at, and the connection goes to one of those and to
nothing else: a name that answers with a public address when it is checked and with a private one a moment later (DNS
rebinding) leads nowhere. The certificate is still checked against the name.
"""

import http.client
import ipaddress
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

Resolve = Callable[[str, int], Sequence[str]]
#: An IPv6 network through which gateways lead to IPv4 addresses, which stand in its last four bytes (RFC 6052).
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class NotPublic(OSError):
    """The address is none on the public web."""


class TooLong(OSError):
    """The answer is longer than we take."""


class TooSlow(OSError):
    """The answer had not come whole in the time it was given."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a stranger's machine answered: the status, the address in the end, and the bytes, never cut."""

    status: int
    url: str
    content: bytes


def ask_public(
    *,
    url: str,
    seconds: float,
    most_bytes: int,
    headers: Mapping[str, str],
    body: bytes | None = None,
    is_cut: bool = False,
    resolve: Resolve | None = None,
) -> Answer:
    """Ask an address on the public web; a refusal by status is an answer, too. `body` makes it a POST.

    `seconds` bound the whole of it from the first connection to the last byte, redirects included, so that an answer that drips
    cannot hold a worker (the system bounds the look-up of names). A longer answer is refused, or `is_cut` to `most_bytes`. Only a
    demo and the tests, which the mode says, reach addresses of this machine and its network.

    Raises `NotPublic`, `TooLong`, `TooSlow`, or another `OSError` where nobody answers.
    """
    require_web_address(url=url)
    line = _Line()
    opener = public_opener(
        may_be_private=settings.HUSTINGS_MODE in {"demo", "test"},
        resolve=resolve or addresses_of,
        connected=line.take,
    )
    request = urllib.request.Request(url, data=body, headers=dict(headers))  # noqa: S310 -- required above
    hanging_up = threading.Timer(seconds, line.hang_up)
    hanging_up.daemon = True
    hanging_up.start()
    try:
        try:
            answer = opener.open(request, timeout=seconds)
        except urllib.error.HTTPError as refused:
            answer = refused
        with answer:
            content: bytes = answer.read(most_bytes + 1)
    except (OSError, http.client.HTTPException) as problem:
        if line.is_late.is_set():
            raise TooSlow(f"it took longer than {seconds:g} seconds") from problem
        if isinstance(problem, OSError):
            raise
        raise OSError(f"it does not speak HTTP: {problem!r}") from problem
    finally:
        hanging_up.cancel()
    if line.is_late.is_set():  # hung up in the middle: what was read by then is not the whole
        raise TooSlow(f"it took longer than {seconds:g} seconds")
    if len(content) > most_bytes and not is_cut:
        raise TooLong(f"its answer is longer than {most_bytes:,} bytes")
    return Answer(status=answer.status, url=answer.url, content=content[:most_bytes])


class _Line:
    """The connections of one question, hung up together when its time is over."""

    def __init__(self) -> None:
        self.is_late = threading.Event()
        self._taken: list[socket.socket] = []

    def take(self, connection: socket.socket) -> None:
        self._taken.append(connection)
        if self.is_late.is_set():
            self.hang_up()

    def hang_up(self) -> None:
        self.is_late.set()
        for one in list(self._taken):
            try:
                socket.socket.shutdown(one, socket.SHUT_RDWR)  # below TLS, which another thread is reading
            except OSError:
                continue  # closed already


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
    *,
    may_be_private: bool = False,
    resolve: Resolve = addresses_of,
    connected: Callable[[socket.socket], None] = lambda _connection: None,
) -> urllib.request.OpenerDirector:
    """An opener for http and https that connects only to addresses it has looked at; no proxy, no cookies, no files.

    Redirects go the same way. `may_be_private` is for tests and demos on one machine; each connection is told to
    `connected`. Raises `NotPublic` (an `OSError`).
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
            connected(self.sock)

    class Secure(http.client.HTTPSConnection):
        def connect(self) -> None:
            bare = reach(self.host, self.port, self.timeout)
            self.sock = self._context.wrap_socket(bare, server_hostname=self.host)  # type: ignore[attr-defined]  # typeshed leaves it out
            connected(self.sock)

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
