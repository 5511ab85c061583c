"""Asking a real name server on loopback."""

import socketserver
import threading
from collections.abc import Iterator
from typing import Any

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest

from hustings.postroom.delivery.name_servers import NameServers, ResolverMalformed
from hustings.postroom.models import SendingDomainCheck
from hustings.postroom.queries import sending_domain_warnings
from hustings.postroom.usecases.check_sending_domain import NotADomain, advice, check_sending_domain
from tests.conftest import NOW
from tests.postroom.rules.test_sending_domain import dkim_key

ZONE: dict[str, tuple[str, ...]] = {
    "barset.example.": ("v=spf1 include:mail.example -all",),
    "mail.example.": ("v=spf1 ip4:192.0.2.1 -all",),
    "_dmarc.barset.example.": ("v=DMARC1; p=reject; rua=mailto:dmarc@barset.example",),
}


class Answering(socketserver.BaseRequestHandler):
    """Answers questions for text records from ZONE; a long record is cut into strings of 255, as the protocol wants."""

    asked: list[str] = []

    def handle(self) -> None:
        data, socket = self.request
        query = dns.message.from_wire(data)
        name = query.question[0].name.to_text().lower()
        self.asked.append(name)
        answer = dns.message.make_response(query)
        answer.flags |= dns.flags.AA | dns.flags.RA
        zone = {**ZONE, "s1._domainkey.barset.example.": (f"v=DKIM1; k=rsa; p={dkim_key(2048)}",)}
        if name == "broken.example.":
            answer.set_rcode(dns.rcode.SERVFAIL)
        elif name in zone:
            quoted = [
                " ".join(f'"{text[n : n + 255]}"' for n in range(0, len(text), 255)) for text in zone[name]
            ]
            answer.answer.append(dns.rrset.from_text(name, 60, "IN", "TXT", *quoted))
        elif not name.endswith("barset.example."):
            answer.set_rcode(dns.rcode.NXDOMAIN)
        socket.sendto(answer.to_wire(), self.client_address)


@pytest.fixture
def name_server(settings: Any) -> Iterator[list[str]]:
    """A name server of this test's own, which the settings name."""
    Answering.asked = []
    with socketserver.ThreadingUDPServer(("127.0.0.1", 0), Answering) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        settings.HUSTINGS_DNS = f"127.0.0.1:{server.server_address[1]}"
        yield Answering.asked
        server.shutdown()
        thread.join(5)


def test_records_are_read_whole_and_once(name_server: list[str]) -> None:
    servers = NameServers()
    for _ in range(3):
        assert servers.text_records("barset.example").texts == ("v=spf1 include:mail.example -all",)
    assert name_server == ["barset.example."]
    assert len(servers.text_records("s1._domainkey.barset.example").texts[0]) > 255
    assert servers.text_records("nothing.barset.example").texts == ()
    assert servers.text_records("nowhere.example").problem == ""
    assert servers.text_records("broken.example").problem


@pytest.mark.django_db
def test_a_domain_is_checked_and_the_answer_kept(name_server: list[str]) -> None:
    assert sending_domain_warnings(from_address="a@barset.example", now=NOW) == ["domain_not_checked"]
    check = check_sending_domain(domain="Alice@Barset.example.", now=NOW, selectors=["s1"])
    assert (check.domain, check.is_ready) == ("barset.example", True)
    rows = advice(check=SendingDomainCheck.objects.get())
    assert [(row["check"], row["level"]) for row in rows] == [
        ("spf", "good"),
        ("dkim", "good"),
        ("dmarc", "good"),
    ]
    assert "2048 bits" in rows[1]["sentence"]
    assert sending_domain_warnings(from_address="a@barset.example", now=NOW) == []
    later = NOW.replace(month=6)
    assert sending_domain_warnings(from_address="a@barset.example", now=later) == ["domain_check_old"]


@pytest.mark.django_db
def test_usual_selectors_are_tried_where_none_is_named(name_server: list[str], settings: Any) -> None:
    assert check_sending_domain(domain="barset.example", now=NOW).is_ready
    assert "selector1._domainkey.barset.example." in name_server
    name_server.clear()
    settings.HUSTINGS_DKIM_SELECTORS = ("nope",)
    assert not check_sending_domain(domain="barset.example", now=NOW).is_ready
    assert [name for name in name_server if "_domainkey" in name] == ["nope._domainkey.barset.example."]
    assert sending_domain_warnings(from_address="a@barset.example", now=NOW) == ["domain_not_ready"]


@pytest.mark.parametrize(
    "given", ["", "barset", "bar set.example", "-x.example", "x..example", "https://barset.example"]
)
def test_what_is_no_domain_is_said(given: str) -> None:
    with pytest.raises(NotADomain, match="after the @"):
        check_sending_domain(domain=given, now=NOW)


def test_a_resolver_that_is_no_address_is_said(settings: Any) -> None:
    settings.HUSTINGS_DNS = "resolver.example:abc"
    with pytest.raises(ResolverMalformed, match="HUSTINGS_DNS"):
        NameServers()
