"""Sending mail: the limit (smtp-source), the peer (Django's mail classes), our transport alone, and the whole way.

All send about 10 KB of text and HTML to the same sink on loopback, in turns, in one run. Postfix's smtp-source and
smtp-sink are used where they are installed (Debian: `apt install postfix`); without them there is no ratio to the limit.
"""

import getpass
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from hustings.postroom.models import Dispatch
    from hustings.postroom.rules.compiled_message import Bodies
    from hustings.postroom.smtp import Letter

MESSAGES = 6_000
PEER_MESSAGES = 400
CONNECTIONS = 16
ROUNDS = 3

PARAGRAPH = (
    "The crossing at Mill Lane has been promised since 2019. In March the council counted 1,240 people crossing there "
    "between eight and nine in the morning, two hundred of them on their way to school.\n\n"
)
BODY = (
    'Dear {{ first_name or "friend" }},\n\n{% if ward_name %}\nYou live in {{ ward_name }}.\n{% endif %}\n'
    + PARAGRAPH * 16
    + "[Sign here]({{ petition_url }})\n\n[No more of these]({{ unsubscribe_url }})\n"
)


def run() -> None:
    """Print rates and ratios."""
    import django

    django.setup()
    has_postfix = bool(_tool("smtp-source") and _tool("smtp-sink"))
    if not has_postfix:
        print("   smtp-source and smtp-sink are not installed (apt install postfix): no ratio to the limit.")
    contestants: dict[str, Callable[[int], float]] = {
        **({"smtp-source, 16 sessions": _smtp_source} if has_postfix else {}),
        "transport alone, 16 connections": lambda port: _transport(port, CONNECTIONS),
        "transport alone, 4 connections": lambda port: _transport(port, 4),
        "filling and transport, 16 connections": _fill_and_send,
        "whole way, claim to recorded outcome": _whole_way,
        "Django's mail classes, one connection": _django,
    }
    rates: dict[str, list[float]] = {name: [] for name in contestants}
    _prepare()
    with _sink(has_postfix) as port:
        for _ in range(ROUNDS):
            for name, contestant in contestants.items():
                rates[name].append(contestant(port))
    limit = statistics.median(rates["smtp-source, 16 sessions"]) if has_postfix else None
    for name, found in rates.items():
        rate = statistics.median(found)
        share = f"  {rate / limit:.2f} of the limit" if limit else ""
        print(f"   {name:42} {rate:8,.0f}/s{share}")
    print(f"   {'filling alone':42} {_fill():8,.0f}/s")


def _smtp_source(port: int) -> float:
    command = [
        _tool("smtp-source"),
        "-s",
        str(CONNECTIONS),
        "-m",
        str(MESSAGES),
        "-l",
        "10240",
        "-d",
        f"127.0.0.1:{port}",
    ]
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return MESSAGES / (time.perf_counter() - started)


def _transport(port: int, connections: int) -> float:
    from hustings.postroom.smtp import Letter

    content = _written(1)[0]
    letters = [Letter(n, "office@barset.example", f"p{n}@barset.example", content) for n in range(MESSAGES)]
    return _send(port, connections, iter([letters]))


def _fill_and_send(port: int) -> float:
    from hustings.postroom.smtp import Letter

    def letters() -> "Iterator[list[Letter]]":
        for start in range(0, MESSAGES, 500):
            contents = _written(500, first=start)
            yield [
                Letter(start + n, "office@barset.example", f"p{start + n}@barset.example", content)
                for n, content in enumerate(contents)
            ]

    return _send(port, CONNECTIONS, letters())


def _send(port: int, connections: int, batches: "Iterator[list[Letter]]") -> float:
    from hustings.postroom.rules.smtp_replies import Fate
    from hustings.postroom.smtp import Fleet, MailServer, Outcome

    settled: list[Outcome] = []
    started = time.perf_counter()
    with Fleet(
        server=MailServer(host="127.0.0.1", port=port), connections=connections, settle=settled.append
    ) as fleet:
        fleet.put(next(batches))
        while fleet.in_hand:
            if fleet.backlog < 125:
                fleet.put(next(batches, []))
            fleet.step(wait_seconds=1)
        seconds = time.perf_counter() - started
    assert len(settled) == MESSAGES
    assert all(outcome.fate is Fate.ACCEPTED for outcome in settled)
    return MESSAGES / seconds


def _whole_way(port: int) -> float:
    """A dispatch to thousands of people in the database, from the first claim until every outcome and contact is stored."""
    from django.conf import settings

    from hustings.basics.clock import SystemClock
    from hustings.postroom.delivery.courier import deliver_dispatch
    from hustings.postroom.models import MessageState
    from hustings.postroom.queries import dispatch_counts

    settings.HUSTINGS_SMTP = f"smtp://127.0.0.1:{port}"
    settings.HUSTINGS_SMTP_CONNECTIONS = CONNECTIONS
    settings.HUSTINGS_MAIL_FROM = "office@barset.example"
    dispatch = _dispatch()
    started = time.perf_counter()
    deliver_dispatch(dispatch_id=dispatch.pk, clock=SystemClock())
    seconds = time.perf_counter() - started
    counts = dispatch_counts(dispatch=dispatch)
    assert counts.accepted == MESSAGES, (counts, MessageState.ACCEPTED)
    return MESSAGES / seconds


def _django(port: int) -> float:
    """As a Django project would: render, EmailMultiAlternatives, one kept connection."""
    from django.core.mail import EmailMultiAlternatives
    from django.core.mail.backends.smtp import EmailBackend
    from django.template import Context, Engine

    bodies = _bodies()
    engine = Engine()
    text, html = (engine.from_string(body.replace(' or "friend"', "")) for body in (bodies.text, bodies.html))
    connection = EmailBackend(host="127.0.0.1", port=port)
    started = time.perf_counter()
    connection.open()
    for n in range(PEER_MESSAGES):
        context = Context(_values(n))
        message = EmailMultiAlternatives(
            "Mill Lane", text.render(context), "Alice <alice@barset.example>", [f"p{n}@barset.example"]
        )
        message.attach_alternative(html.render(context), "text/html")
        connection.send_messages([message])
    connection.close()
    return PEER_MESSAGES / (time.perf_counter() - started)


def _fill() -> float:
    _written(500)
    started = time.perf_counter()
    _written(MESSAGES)
    return MESSAGES / (time.perf_counter() - started)


_compiled = None


def _written(count: int, first: int = 0) -> list[bytes]:
    from hustings.postroom.rules.compiled_message import MessageFrame, compile_message, kind_of
    from hustings.postroom.rules.header_encoding import Mailbox

    global _compiled
    if _compiled is None:
        bodies = _bodies()
        _compiled = compile_message(
            subject="Mill Lane, {{ first_name }}",
            text=bodies.text,
            html=bodies.html,
            kinds={name: kind_of(field_name=name) for name in _values(0)},
            frame=MessageFrame(
                sender=Mailbox("alice@barset.example", "Alice"), unsubscribe_field="unsubscribe_url"
            ),
        )
    return [
        _compiled.fill_wire(
            name=f"Pat{n} Example",
            address=f"p{n}@barset.example",
            message_id=f"<{n}@barset.example>",
            date="Thu, 07 May 2026 09:00:00 +0100",
            values=_values(n),
        )
        for n in range(first, first + count)
    ]


def _values(n: int) -> dict[str, str]:
    return {
        "first_name": f"Pat{n}",
        "ward_name": "Barset East" if n % 3 else "",
        "petition_url": f"https://barset.example/petitions/mill-lane/?s={n}",
        "unsubscribe_url": f"https://barset.example/unsubscribe/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA{n:08}/",
    }


def _bodies() -> "Bodies":
    from hustings.postroom.rules.mail_markdown import markdown_template

    return markdown_template(source=BODY, language="en-GB", title="Mill Lane")


def _prepare() -> None:
    """A home of this benchmark's own, with its people."""
    from django.core.management import call_command

    from hustings.accounts.models import Organisation, OrganisationKind
    from hustings.people.models import (
        Channel,
        Consent,
        ConsentEvent,
        ContactPoint,
        ContactPointKind,
        Person,
        Purpose,
    )

    call_command("migrate", verbosity=0, interactive=False)
    now = _now()
    people = Person.objects.bulk_create(
        (
            Person(given_name=f"Pat{n}", family_name="Example", source="bench", created_at=now)
            for n in range(MESSAGES)
        ),
        batch_size=1000,
    )
    ContactPoint.objects.bulk_create(
        (
            ContactPoint(
                person=person, kind=ContactPointKind.EMAIL, value=f"p{n}@barset.example",
                canonical=f"p{n}@barset.example", added_at=now, source="bench",
            )
            for n, person in enumerate(people)
        ),
        batch_size=1000,
    )  # fmt: skip
    events = ConsentEvent.objects.bulk_create(
        (
            ConsentEvent(
                person=person, channel=Channel.EMAIL, purpose=Purpose.CAMPAIGN, is_given=True, at=now, source="bench"
            )
            for person in people
        ),
        batch_size=1000,
    )  # fmt: skip
    Consent.objects.bulk_create(
        (
            Consent(
                person=event.person, channel=Channel.EMAIL, purpose=Purpose.CAMPAIGN, is_given=True, at=now, event=event
            )
            for event in events
        ),
        batch_size=1000,
    )  # fmt: skip
    Organisation.objects.create(
        pk=1, name="Barset Together", kind=OrganisationKind.NON_PARTY, address="1 High Street, Barchester, ZZ1 1AA",
        email="office@barset.example",
    )  # fmt: skip


def _dispatch() -> "Dispatch":
    from hustings.clearance.models import Clearance, ClearanceVerdict
    from hustings.people.models import Channel, Person, Purpose
    from hustings.postroom.usecases.open_dispatch import open_dispatch

    now = _now()
    ids = list(Person.objects.values_list("pk", flat=True))
    clearance = Clearance.objects.create(
        channel=Channel.EMAIL, purpose=Purpose.CAMPAIGN, asked=len(ids), cleared=len(ids), refused=0, at=now
    )
    ClearanceVerdict.objects.bulk_create(
        (ClearanceVerdict(clearance=clearance, person_id=pk) for pk in ids), batch_size=1000
    )
    bodies = _bodies()
    return open_dispatch(
        clearance=clearance, label="Mill Lane", subject="Mill Lane, {{ first_name }}", text_body=bodies.text,
        html_body=bodies.html, from_name="Alice", from_address="alice@barset.example", now=now,
        fields_by_person={pk: _values(n) for n, pk in enumerate(ids)},
    )  # fmt: skip


def _now() -> "datetime":
    from hustings.basics.clock import SystemClock

    return SystemClock().now()


def _tool(name: str) -> str:
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin") or ""


@contextmanager
def _sink(has_postfix: bool) -> Iterator[int]:
    """A sink in a process of its own, on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    if has_postfix:
        command = [_tool("smtp-sink"), "-u", getpass.getuser(), f"127.0.0.1:{port}", "1000"]
    else:
        command = [sys.executable, str(Path(__file__).with_name("_mail_sink.py")), str(port)]
    sink = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _await(port)
        yield port
    finally:
        sink.terminate()
        sink.wait()


def _await(port: int) -> None:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("The sink did not start.")
