"""A mail server for tests and benchmarks: takes everything on loopback, and misbehaves exactly as told."""

import asyncio
import base64
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Taken:
    """One message the server took."""

    sender: str
    recipient: str
    content: bytes


@dataclass
class Behaviour:
    """How the server behaves. Answers are whole reply lines without the line end; None closes without a word."""

    greeting: str = "220 sink.example ready"
    offers: tuple[str, ...] = ("PIPELINING", "8BITMIME", "ENHANCEDSTATUSCODES")
    sender: Callable[[str], str | None] = lambda address: "250 2.1.0 ok"
    recipient: Callable[[str], str | None] = lambda address: "250 2.1.5 ok"
    data: Callable[[str], str | None] = lambda address: "354 go ahead"
    content: Callable[[str], str | None] = lambda address: "250 2.0.0 taken"
    takes_data_anyway: bool = False
    keeps_when_silent: bool = True  # a message whose end gets no answer was taken all the same
    per_connection: int | None = None
    tls: ssl.SSLContext | None = None
    is_tls_from_start: bool = False
    logins: dict[str, str] = field(default_factory=dict)
    content_pause_seconds: float = 0.0


@dataclass
class Sink:
    """A running server: where it listens, what it took and heard."""

    behaviour: Behaviour
    port: int = 0
    taken: list[Taken] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    connections: int = 0
    most_at_once: int = 0
    open_now: int = 0

    @property
    def url(self) -> str:
        """As HUSTINGS_SMTP wants it."""
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def recipients(self) -> list[str]:
        """Who was written to, in order of taking."""
        return [taken.recipient for taken in self.taken]


class _Session:
    """One connection's side of the conversation."""

    def __init__(self, sink: Sink, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.sink = sink
        self.behaviour = sink.behaviour
        self.reader = reader
        self.writer = writer
        self.sender = ""
        self.recipient = ""
        self.count = 0
        self.is_logged_in = False
        self.is_encrypted = sink.behaviour.is_tls_from_start

    async def say(self, reply: str | None) -> bool:
        """Send a reply; false where the connection is to be closed without one."""
        if reply is None:
            return False
        self.writer.write(reply.replace("\n", "\r\n").encode() + b"\r\n")
        await self.writer.drain()
        return not reply.startswith("421")

    async def run(self) -> None:
        """Talk until the other side or the script ends it."""
        goes_on = await self.say(self.behaviour.greeting)
        while goes_on:
            line = await self.reader.readline()
            if not line:
                return
            command = line.decode("utf-8", "replace").strip()
            self.sink.commands.append(command)
            verb, _space, rest = command.partition(" ")
            goes_on = await self.obey(verb.upper(), rest)

    async def obey(self, verb: str, rest: str) -> bool:
        """Answer one command; false closes."""
        if verb in ("EHLO", "HELO"):
            offers = [] if verb == "HELO" else list(self.behaviour.offers)
            if verb == "EHLO" and not offers:
                return await self.say("502 5.5.1 what?")
            if self.is_encrypted and "STARTTLS" in offers:
                offers.remove("STARTTLS")
            lines = ["sink.example", *offers]
            return await self.say(
                "\n".join(f"250{'-' if n < len(lines) - 1 else ' '}{x}" for n, x in enumerate(lines))
            )
        if verb == "STARTTLS":
            await self.say("220 2.0.0 go")
            await self.writer.start_tls(self.behaviour.tls)  # type: ignore[arg-type]
            self.is_encrypted = True
            return True
        if verb == "AUTH":
            return await self.log_in(*rest.split(" "))
        if verb == "MAIL":
            if self.behaviour.logins and not self.is_logged_in:
                return await self.say("530 5.7.0 log in first")
            if self.sender:
                return await self.say("503 5.5.1 nested MAIL")
            if self.behaviour.per_connection is not None and self.count >= self.behaviour.per_connection:
                return await self.say("421 4.7.0 enough for one connection")
            reply = self.behaviour.sender(rest[6:-1])
            self.sender = rest[6:-1] if reply and reply.startswith("2") else ""
            return await self.say(reply)
        if verb == "RCPT":
            if not self.sender:
                return await self.say("503 5.5.1 MAIL first")
            reply = self.behaviour.recipient(rest[4:-1])
            self.recipient = rest[4:-1] if reply and reply.startswith("2") else ""
            return await self.say(reply)
        if verb == "DATA":
            if not self.recipient and not self.behaviour.takes_data_anyway:
                return await self.say("554 5.5.1 no valid recipients")
            return await self.take()
        if verb == "RSET":
            self.sender = self.recipient = ""
            return await self.say("250 2.0.0 reset")
        if verb == "QUIT":
            await self.say("221 2.0.0 bye")
            return False
        return await self.say("502 5.5.1 what?")

    async def take(self) -> bool:
        """Read one message to its dot, keep it if the answer says so."""
        sender, recipient = self.sender, self.recipient
        reply = self.behaviour.data(recipient)
        if reply is None or not reply.startswith("354"):
            return await self.say(reply)
        await self.say(reply)
        lines = []
        while True:
            line = await self.reader.readline()
            if not line:
                return False
            if line == b".\r\n":
                break
            lines.append(line[1:] if line.startswith(b".") else line)
        if self.behaviour.content_pause_seconds:
            await asyncio.sleep(self.behaviour.content_pause_seconds)
        self.sender = self.recipient = ""
        self.count += 1
        reply = self.behaviour.content(recipient)
        if (reply is None and self.behaviour.keeps_when_silent) or (reply or "").startswith("2"):
            self.sink.taken.append(Taken(sender, recipient, b"".join(lines)))
        return await self.say(reply)

    async def log_in(self, way: str, *token: str) -> bool:
        """AUTH PLAIN in one line, AUTH LOGIN in three."""
        if way == "PLAIN":
            _nobody, user, password = base64.b64decode(token[0]).decode().split("\0")
        else:
            words = []
            for question in ("VXNlcm5hbWU6", "UGFzc3dvcmQ6"):
                await self.say(f"334 {question}")
                words.append(base64.b64decode(await self.reader.readline()).decode())
            user, password = words
        self.is_logged_in = self.behaviour.logins.get(user) == password
        return await self.say("235 2.7.0 welcome" if self.is_logged_in else "535 5.7.8 wrong password")


def _lowest(writer: asyncio.StreamWriter) -> asyncio.Transport:
    """The transport that holds the socket: an encrypted one that was closed before cannot be told to hang up any more."""
    encrypted = getattr(writer.transport, "_ssl_protocol", None)
    lowest: asyncio.Transport = writer.transport if encrypted is None else encrypted._transport
    return lowest


@contextmanager
def mail_sink(behaviour: Behaviour | None = None, port: int = 0) -> Iterator[Sink]:
    """A server in a thread of its own for the length of the block."""
    sink = Sink(behaviour or Behaviour())
    loop = asyncio.new_event_loop()
    started = threading.Event()
    stopping = asyncio.Event()
    transports: list[asyncio.Transport] = []

    async def session(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        transports.append(_lowest(writer))
        sink.connections += 1
        sink.open_now += 1
        sink.most_at_once = max(sink.most_at_once, sink.open_now)
        try:
            await _Session(sink, reader, writer).run()
        except (ConnectionError, ssl.SSLError, asyncio.CancelledError):
            pass
        finally:
            sink.open_now -= 1
            writer.close()

    async def main() -> None:
        tls = sink.behaviour.tls if sink.behaviour.is_tls_from_start else None
        server = await asyncio.start_server(session, "127.0.0.1", port, ssl=tls, limit=1 << 20)
        sink.port = server.sockets[0].getsockname()[1]
        started.set()
        await stopping.wait()
        # Nobody new; who was accepted at this moment gets as far as a session, as a closed server loses their socket.
        for listener in server.sockets:
            loop.remove_reader(listener.fileno())
        for _turn in range(20):
            await asyncio.sleep(0)
        server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        # An encrypted connection waits for the other side's goodbye, which may never come: hang up, and let the loop
        # close the socket below before it ends.
        for transport in transports:
            transport.abort()
        for _turn in range(5):
            await asyncio.sleep(0)

    thread = threading.Thread(target=loop.run_until_complete, args=(main(),), daemon=True)
    thread.start()
    started.wait(10)
    try:
        yield sink
    finally:
        loop.call_soon_threadsafe(stopping.set)
        thread.join(10)
        loop.close()
