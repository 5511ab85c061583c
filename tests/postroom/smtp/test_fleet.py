"""Connections against a real server that behaves, and one that does not."""

import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from hustings.postroom.rules.header_encoding import AddressNotSendable
from hustings.postroom.rules.smtp_replies import Fate, Stage
from hustings.postroom.smtp import (
    Fleet,
    Letter,
    MailServer,
    MailServerMalformed,
    Outcome,
    Security,
    ServerRefusesUs,
    ServerUnreachable,
)
from tests.postroom.mail_sink import Behaviour, Sink, mail_sink

CONTENT = b"Subject: Mill Lane\r\n\r\nHello.\r\n"


def letters(count: int, content: bytes = CONTENT) -> list[Letter]:
    return [Letter(n, "alice@barset.example", f"r{n}@barset.example", content) for n in range(count)]


def send(
    sink: Sink, wanted: list[Letter], *, connections: int = 2, server: MailServer | None = None
) -> dict[int, Outcome]:
    """Send everything; each key gets exactly one outcome."""
    outcomes: dict[int, Outcome] = {}

    def settle(outcome: Outcome) -> None:
        assert outcome.key not in outcomes
        outcomes[outcome.key] = outcome

    reached = server or MailServer(host="127.0.0.1", port=sink.port, timeout_seconds=5)
    with Fleet(server=reached, connections=connections, settle=settle) as fleet:
        fleet.put(wanted)
        while fleet.in_hand:
            fleet.step(wait_seconds=0.2)
    return outcomes


@pytest.mark.parametrize(
    "offers", [("PIPELINING",), ("8BITMIME",), ()], ids=["pipelined", "one by one", "HELO only"]
)
@pytest.mark.parametrize("connections", [1, 4])
def test_everybody_gets_theirs_once(offers: tuple[str, ...], connections: int) -> None:
    with mail_sink(Behaviour(offers=offers)) as sink:
        outcomes = send(sink, letters(60), connections=connections)
    assert [outcomes[n].fate for n in range(60)] == [Fate.ACCEPTED] * 60
    assert sorted(sink.recipients) == sorted(f"r{n}@barset.example" for n in range(60))
    assert {taken.content for taken in sink.taken} == {CONTENT}
    assert sink.connections == sink.most_at_once == connections


def test_lines_that_begin_with_dots_arrive_as_they_were() -> None:
    content = b".first\r\n..second\r\n\r\n.\r\n.\r\nlast without an end"
    with mail_sink() as sink:
        send(sink, letters(1, content))
    assert sink.taken[0].content == content + b"\r\n"


def test_a_large_message_arrives_whole() -> None:
    content = b"x" * 70 + b"\r\n" + b"0123456789abcdef\r\n" * 200_000
    with mail_sink() as sink:
        outcomes = send(sink, letters(3, content), connections=1)
    assert {outcome.fate for outcome in outcomes.values()} == {Fate.ACCEPTED}
    assert all(taken.content == content for taken in sink.taken)


def by_number(answers: dict[int, str | None], otherwise: str) -> Callable[[str], str | None]:
    return lambda address: answers.get(int(address.partition("@")[0][1:]), otherwise)


@pytest.mark.parametrize("offers", [("PIPELINING",), ("8BITMIME",)], ids=["pipelined", "one by one"])
def test_each_answer_is_read_for_the_message_it_is_about(offers: tuple[str, ...]) -> None:
    behaviour = Behaviour(
        offers=offers,
        sender=lambda address: "250 ok",
        recipient=by_number(
            {1: "550-5.1.1 no such\n550 5.1.1 mailbox", 2: "451 4.7.1 greylisted", 5: "550 no"}, "250 ok"
        ),
        data=by_number({3: "451 4.3.0 later"}, "354 go"),
        content=by_number({4: "554 5.7.1 spam", 6: "452 4.2.2 full"}, "250 2.0.0 queued as 7"),
    )
    with mail_sink(behaviour) as sink:
        outcomes = send(sink, letters(10), connections=1)
    assert outcomes[1] == Outcome(1, Fate.REFUSED, Stage.RECIPIENT, 550, "5.1.1 no such mailbox")
    assert outcomes[2] == Outcome(2, Fate.DEFERRED, Stage.RECIPIENT, 451, "4.7.1 greylisted")
    assert outcomes[3] == Outcome(3, Fate.DEFERRED, Stage.CONTENT, 451, "4.3.0 later")
    assert outcomes[4] == Outcome(4, Fate.REFUSED, Stage.CONTENT, 554, "5.7.1 spam")
    assert outcomes[5].fate is Fate.REFUSED
    assert outcomes[6].fate is Fate.DEFERRED
    assert outcomes[0] == Outcome(0, Fate.ACCEPTED, Stage.CONTENT, 250, "2.0.0 queued as 7")
    assert sorted(sink.recipients) == [f"r{n}@barset.example" for n in (0, 7, 8, 9)]


def test_a_server_that_takes_data_with_nobody_to_deliver_to_is_answered_with_an_empty_message() -> None:
    behaviour = Behaviour(recipient=by_number({0: "550 5.1.1 no"}, "250 ok"), takes_data_anyway=True)
    with mail_sink(behaviour) as sink:
        outcomes = send(sink, letters(2), connections=1)
    assert [outcomes[n].fate for n in range(2)] == [Fate.REFUSED, Fate.ACCEPTED]
    assert [taken.content for taken in sink.taken] == [b"", CONTENT]


def test_a_connection_lost_before_the_answer_leaves_that_message_unknown_and_no_other() -> None:
    with mail_sink(Behaviour(content=by_number({3: None, 11: None}, "250 ok"))) as sink:
        outcomes = send(sink, letters(20), connections=2)
    assert [n for n in range(20) if outcomes[n].fate is Fate.UNKNOWN] == [3, 11]
    assert outcomes[3].code == 0
    assert "before the server answered" in outcomes[3].text
    assert sum(outcome.fate is Fate.ACCEPTED for outcome in outcomes.values()) == 18
    assert len(sink.recipients) == len(set(sink.recipients)) == 20


def test_a_server_that_ends_connections_costs_no_message() -> None:
    with mail_sink(Behaviour(per_connection=7)) as sink:
        outcomes = send(sink, letters(50), connections=2)
    assert {outcome.fate for outcome in outcomes.values()} == {Fate.ACCEPTED}
    assert sorted(sink.recipients) == sorted(f"r{n}@barset.example" for n in range(50))
    assert sink.connections >= 8


def test_421_after_the_content_is_an_answer() -> None:
    with mail_sink(Behaviour(content=by_number({2: "421 4.3.2 shutting down"}, "250 ok"))) as sink:
        outcomes = send(sink, letters(6), connections=1)
    assert outcomes[2].fate is Fate.DEFERRED
    assert outcomes[2].code == 421
    assert sum(outcome.fate is Fate.ACCEPTED for outcome in outcomes.values()) == 5
    assert len(sink.recipients) == 5


def test_a_message_that_always_ends_the_connection_waits_for_later() -> None:
    with mail_sink(Behaviour(recipient=by_number({3: None}, "250 ok"))) as sink:
        outcomes = send(sink, letters(8), connections=1)
    assert outcomes[3].fate is Fate.DEFERRED
    assert "Connections ended" in outcomes[3].text
    assert sum(outcome.fate is Fate.ACCEPTED for outcome in outcomes.values()) == 7
    assert len(sink.recipients) == 7


def test_a_silent_server_is_left() -> None:
    with mail_sink(Behaviour(content_pause_seconds=30)) as sink:
        server = MailServer(host="127.0.0.1", port=sink.port, timeout_seconds=0.3)
        outcomes = send(sink, letters(1), server=server)
    assert outcomes[0].fate is Fate.UNKNOWN
    assert "No answer within 0.3 seconds" in outcomes[0].text


def steps(fleet: Fleet, count: int) -> None:
    for _ in range(count):
        fleet.step(wait_seconds=0.2)


def test_nobody_there_is_said_and_nothing_is_settled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hustings.postroom.smtp.fleet._FIRST_WAIT", 0.01)
    with mail_sink() as sink:
        port = sink.port
    outcomes: list[Outcome] = []
    with Fleet(
        server=MailServer(host="127.0.0.1", port=port), connections=2, settle=outcomes.append
    ) as fleet:
        fleet.put(letters(5))
        with pytest.raises(ServerUnreachable, match="cannot be used"):
            steps(fleet, 100)
        assert [letter.key for letter in fleet.take_back()] == [0, 1, 2, 3, 4]
    assert outcomes == []


def test_a_server_that_refuses_our_sender_stops_the_sending() -> None:
    with (
        mail_sink(Behaviour(sender=lambda address: "550 5.7.1 not from here")) as sink,
        pytest.raises(ServerRefusesUs, match="not from here"),
    ):
        send(sink, letters(100), connections=1)
    assert sink.taken == []
    assert sum(command.startswith("MAIL") for command in sink.commands) <= 4


def test_a_greeting_that_refuses_is_an_end() -> None:
    with (
        mail_sink(Behaviour(greeting="554 5.7.1 listed")) as sink,
        pytest.raises(ServerRefusesUs, match="listed"),
    ):
        send(sink, letters(3))


def test_only_so_many_connections_are_kept_as_the_server_holds() -> None:
    behaviour = Behaviour()
    with mail_sink(behaviour) as sink:
        outcomes: list[Outcome] = []
        server = MailServer(host="127.0.0.1", port=sink.port, timeout_seconds=5)
        with Fleet(server=server, connections=1, settle=outcomes.append) as fleet:
            fleet.put(letters(5))
            while fleet.in_hand:
                fleet.step(wait_seconds=0.2)
            behaviour.greeting = "421 4.7.0 too many connections"
            fleet._wanted = 3
            fleet.put([Letter(9, "a@b.example", "c@d.example", CONTENT)] * 1)
            while fleet.in_hand:
                fleet.step(wait_seconds=0.2)
    assert len(outcomes) == 6


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Server and client contexts around one self-made certificate for 127.0.0.1."""
    folder: Path = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    begins = datetime(2020, 1, 1, tzinfo=UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=36_500))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = folder / "cert.pem"
    pem.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(pem)
    return server, ssl.create_default_context(cafile=str(pem))


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
@pytest.mark.parametrize("way", ["PLAIN", "LOGIN"])
def test_mail_goes_encrypted_and_logged_in(
    tls: tuple[ssl.SSLContext, ssl.SSLContext], security: Security, way: str
) -> None:
    behaviour = Behaviour(
        offers=("PIPELINING", f"AUTH {way}", "STARTTLS"),
        tls=tls[0],
        is_tls_from_start=security is Security.TLS,
        logins={"office": "päss word"},
    )
    content = b"x" * 900 + b"\r\n" + b"line\r\n" * 40_000
    with mail_sink(behaviour) as sink:

        def entering(password: str) -> MailServer:
            return MailServer(
                host="127.0.0.1",
                port=sink.port,
                security=security,
                user="office",
                password=password,
                tls=tls[1],
            )

        server = entering("päss word")
        outcomes = send(sink, letters(12, content), connections=2, server=server)
        assert {outcome.fate for outcome in outcomes.values()} == {Fate.ACCEPTED}
        assert all(taken.content == content for taken in sink.taken)
        wrong = entering("other")
        with pytest.raises(ServerRefusesUs, match="user and password"):
            send(sink, letters(1), server=wrong)
    assert "MAIL FROM:<alice@barset.example>" in sink.commands


def test_encryption_that_was_asked_for_is_not_given_up(tls: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    with mail_sink(Behaviour(offers=("PIPELINING",))) as sink:
        server = MailServer(host="127.0.0.1", port=sink.port, security=Security.STARTTLS, tls=tls[1])
        with pytest.raises(ServerRefusesUs, match="no encryption"):
            send(sink, letters(1), server=server)
    assert not any(command.startswith("MAIL") for command in sink.commands)


def test_a_certificate_we_do_not_know_is_refused(
    tls: tuple[ssl.SSLContext, ssl.SSLContext], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hustings.postroom.smtp.fleet._FIRST_WAIT", 0.01)
    with mail_sink(Behaviour(tls=tls[0], is_tls_from_start=True)) as sink:
        server = MailServer(host="127.0.0.1", port=sink.port, security=Security.TLS)
        with pytest.raises(ServerUnreachable, match=r"(?i)certificate"):
            send(sink, letters(1), server=server)


@pytest.mark.parametrize(
    "address", ["a@b.example>\r\nRCPT TO:<c@d.example", "a b@c.example", "", "é@b.example", "<a@b.example>"]
)
def test_an_address_cannot_carry_a_command(address: str) -> None:
    with pytest.raises(AddressNotSendable):
        Letter(1, "alice@barset.example", address, CONTENT)


def test_the_server_is_read_from_one_address() -> None:
    server = MailServer.from_url(
        "smtp+starttls://us%40er:p%3Aw@mail.barset.example", own_name="office.barset.example"
    )
    assert (server.host, server.port, server.user, server.password) == (
        "mail.barset.example",
        587,
        "us@er",
        "p:w",
    )
    assert MailServer.from_url("smtps://h:1465").port == 1465
    assert "p:w" not in repr(server)


@pytest.mark.parametrize("url", ["", "http://h", "smtp://", "smtp://h:x", "mail.barset.example"])
def test_an_address_that_is_no_mail_server_is_refused_without_quoting_it(url: str) -> None:
    with pytest.raises(MailServerMalformed, match="Write smtp://host:port"):
        MailServer.from_url(url)
