"""A stranger's page is read from the public web only: a name that changes its mind between look and connection leads nowhere."""

import socket
import threading
import urllib.error
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from hustings.platform import public_web
from hustings.platform.public_web import (
    NotPublic,
    addresses_of,
    is_public,
    public_opener,
    require_web_address,
)

PRIVATE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
    "255.255.255.255", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "2002:7f00:1::", "2002:a00:1::1", "64:ff9b::a00:1", "64:ff9b::7f00:1",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_known_in_every_dress(address: str) -> None:
    assert not is_public(address=address)


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address=address)


class Page(BaseHTTPRequestHandler):
    """Answers everything, and sends /away to another host."""

    def do_GET(self) -> None:
        if self.path == "/away":
            self.send_response(302)
            self.send_header("Location", f"http://inside.example:{self.server.server_port}/secret")  # type: ignore[attr-defined]
        elif self.path == "/file":
            self.send_response(302)
            self.send_header("Location", "file:///etc/hostname")
        else:
            self.send_response(200)
        self.end_headers()
        self.wfile.write(b"a page")

    def log_message(self, *said: object) -> None:
        """Say nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    server = HTTPServer(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


class Names:
    """A name server that gives each name its answers one after the other, the last for ever."""

    def __init__(self, **answers: list[str]) -> None:
        self.answers = {name.replace("_", "."): list(given) for name, given in answers.items()}
        self.asked: list[str] = []

    def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        given = self.answers[host]
        return [given.pop(0) if len(given) > 1 else given[0]]


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch, port: int) -> list[str]:
    """Where connections went; all of them end at the local server, so that no test leaves the machine."""
    went: list[str] = []
    real = socket.create_connection

    def create(address: tuple[str, int], timeout: float | None = None) -> socket.socket:
        went.append(address[0])
        return real(("127.0.0.1", port), timeout)

    monkeypatch.setattr(public_web.socket, "create_connection", create)
    return went


def test_the_connection_goes_to_the_address_that_was_looked_at(port: int, connected: list[str]) -> None:
    names = Names(page_example=["8.8.8.8", "127.0.0.1"])
    with public_opener(resolve=names).open(f"http://page.example:{port}/", timeout=5) as answer:
        assert answer.read() == b"a page"
    assert (names.asked, connected) == (["page.example"], ["8.8.8.8"])


def test_a_name_that_turns_private_is_refused_at_the_next_connection(port: int, connected: list[str]) -> None:
    opener = public_opener(resolve=Names(page_example=["8.8.8.8", "127.0.0.1"]))
    opener.open(f"http://page.example:{port}/", timeout=5).close()
    with pytest.raises((NotPublic, urllib.error.URLError), match="private network"):
        opener.open(f"http://page.example:{port}/", timeout=5)
    assert connected == ["8.8.8.8"]


def test_a_redirect_into_our_network_is_refused(port: int, connected: list[str]) -> None:
    opener = public_opener(resolve=Names(page_example=["8.8.8.8"], inside_example=["10.0.0.5"]))
    with pytest.raises((NotPublic, urllib.error.URLError), match="private network"):
        opener.open(f"http://page.example:{port}/away", timeout=5)
    assert connected == ["8.8.8.8"]


def test_a_redirect_to_a_file_is_refused(port: int, connected: list[str]) -> None:
    opener = public_opener(resolve=Names(page_example=["8.8.8.8"]))
    with pytest.raises((NotPublic, urllib.error.URLError)):
        opener.open(f"http://page.example:{port}/file", timeout=5)


def test_one_private_address_among_public_ones_is_enough_to_refuse(port: int, connected: list[str]) -> None:
    opener = public_opener(resolve=lambda host, port: ["8.8.8.8", "::1"])
    with pytest.raises((NotPublic, urllib.error.URLError), match="private network"):
        opener.open(f"http://page.example:{port}/", timeout=5)
    assert connected == []


def test_an_address_written_as_a_number_is_looked_at_too() -> None:
    for url in ("http://127.0.0.1:9/", "http://[::1]:9/", "http://2130706433:9/", "http://0x7f.1:9/"):
        with pytest.raises((NotPublic, urllib.error.URLError), match="private network"):
            public_opener(resolve=addresses_of).open(url, timeout=5)


def test_only_the_web_is_an_address() -> None:
    for url in ("file:///etc/hostname", "ftp://a.example/", "https://", "gopher://a.example"):
        with pytest.raises(NotPublic):
            require_web_address(url=url)


def test_a_certificate_is_checked_against_the_name(
    port: int, connected: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    names: list[str] = []

    def wrap(self: object, bare: socket.socket, *, server_hostname: str) -> socket.socket:
        names.append(server_hostname)
        return bare

    monkeypatch.setattr("ssl.SSLContext.wrap_socket", wrap)
    opener = public_opener(resolve=Names(page_example=["8.8.8.8"]))
    opener.open(f"https://page.example:{port}/", timeout=5).close()
    assert names == ["page.example"]
    assert connected == ["8.8.8.8"]
