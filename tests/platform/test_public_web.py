"""A stranger's page is read from the public web only: a name that changes its mind between look and connection leads nowhere."""

import socket
import threading
import time
import urllib.error
from collections.abc import Iterator, Sequence
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from hustings.platform import public_web
from hustings.platform.public_web import (
    NotPublic,
    TooLong,
    TooSlow,
    addresses_of,
    ask_public,
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
    """Answers everything, sends /away to another host, drips at /drip, repeats what is posted, and talks nonsense at /noise."""

    def do_GET(self) -> None:
        if self.path == "/drip":
            self.drip()
            return
        if self.path == "/noise":
            self.wfile.write(b"good morning\r\n\r\n")
            return
        if self.path == "/away":
            self.send_response(302)
            self.send_header("Location", f"http://inside.example:{self.server.server_port}/secret")  # type: ignore[attr-defined]
        elif self.path == "/file":
            self.send_response(302)
            self.send_header("Location", "file:///etc/hostname")
        else:
            self.send_response(404 if self.path == "/gone" else 200)
        self.end_headers()
        self.wfile.write(b"a page")

    def do_POST(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.rfile.read(int(self.headers["Content-Length"])))

    def drip(self) -> None:
        """A byte now and then, each well within what one read may take, until the other side hangs up."""
        self.send_response(200)
        self.end_headers()
        try:
            while True:
                self.wfile.write(b".")
                time.sleep(0.02)
        except OSError:
            self.close_connection = True

    def log_message(self, *said: object) -> None:
        """Say nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
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


ask = partial(ask_public, headers={}, seconds=20, most_bytes=100)


def test_a_question_is_answered_whole_or_not_at_all(port: int, connected: list[str], settings: Any) -> None:
    """A refusal is an answer; what is too long, drips or is no HTTP is an error that says so."""
    settings.HUSTINGS_MODE = "live"
    page, names = f"http://page.example:{port}", Names(page_example=["8.8.8.8"])
    said = ask(url=f"{page}/", resolve=names)
    assert (said.status, said.url, said.content) == (200, f"{page}/", b"a page")
    assert ask(url=f"{page}/gone", resolve=names).status == 404
    assert ask(url=f"{page}/", body=b"hello", resolve=names).content == b"hello"
    assert ask(url=f"{page}/", most_bytes=6, resolve=names).content == b"a page"
    with pytest.raises(TooLong, match="longer than 5 bytes"):
        ask(url=f"{page}/", most_bytes=5, resolve=names)
    assert ask(url=f"{page}/", most_bytes=5, is_cut=True, resolve=names).content == b"a pag"
    with pytest.raises(TooSlow, match=r"longer than 0\.3 seconds"):
        ask(url=f"{page}/drip", seconds=0.3, most_bytes=10_000_000, resolve=names)
    with pytest.raises(OSError, match="does not speak HTTP"):
        ask(url=f"{page}/noise", resolve=names)


def test_only_a_demo_and_the_tests_ask_this_machine(port: int, settings: Any) -> None:
    own = f"http://127.0.0.1:{port}/"
    for mode in ("live", "files"):
        settings.HUSTINGS_MODE = mode
        with pytest.raises(OSError, match="private network"):
            ask(url=own)
        with pytest.raises(NotPublic, match="no address of the web"):
            ask(url="file:///etc/hostname")
    for mode in ("demo", "test"):
        settings.HUSTINGS_MODE = mode
        assert ask(url=own).content == b"a page"


def test_a_question_is_not_led_into_our_network(port: int, connected: list[str], settings: Any) -> None:
    settings.HUSTINGS_MODE = "live"
    names = Names(page_example=["8.8.8.8"], inside_example=["10.0.0.5"])
    with pytest.raises(OSError, match="private network"):
        ask(url=f"http://page.example:{port}/away", resolve=names)
    assert connected == ["8.8.8.8"]
