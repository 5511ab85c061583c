"""One SMTP connection: its conversation, written in the order in which it is spoken.

`_talk` is a generator that pauses wherever an answer is needed; `Fleet` resumes it when replies have come. Where the
server offers PIPELINING (RFC 2920), the next letter's MAIL, RCPT and DATA leave together with the end of the letter
before, so that each letter costs one round trip, and still at most one letter on each connection is without an answer.
"""

import base64
import time
from collections import deque
from collections.abc import Callable, Generator

from hustings.postroom.rules.smtp_replies import Fate, Reply, ReplyMalformed, ReplyReader, Stage, fate_of
from hustings.postroom.smtp.letters import Letter, Outcome
from hustings.postroom.smtp.server import MailServer, Security
from hustings.postroom.smtp.wire import Wire, WireLost

_Talk = Generator[None, None, None]
_Answer = Generator[None, None, Reply]


class ConnectionRefused(Exception):
    """The server would not have us: at its greeting, EHLO, STARTTLS or login. Waiting does not help."""

    def __init__(self, *, step: str, reply: Reply | None, advice: str) -> None:
        super().__init__(f"The mail server refused at {step}{f' ({reply})' if reply else ''}. {advice}")
        self.is_temporary = reply is not None and 400 <= reply.code < 500


class Conversation:
    """One connection. `take` gives the next letter or None; the callbacks mark what is in flight and what came of it.

    `hand_over(key)` is called before the first byte of a letter's content is written, `settle(outcome)` when its fate
    is known, `give_back(letter, why)` when the connection ended before anything was said of it. After `lose`, every
    letter that was in hand has been settled or given back.
    """

    def __init__(
        self,
        *,
        server: MailServer,
        take: Callable[[], Letter | None],
        hand_over: Callable[[int], None],
        settle: Callable[[Outcome], None],
        give_back: Callable[[Letter, str], None],
        attempt: int = 0,
    ) -> None:
        self._server = server
        self._take = take
        self._hand_over = hand_over
        self._settle = settle
        self._give_back = give_back
        self._replies: deque[Reply] = deque()
        self._reader = ReplyReader()
        self._in_flight: tuple[Letter, int] | None = None  # content written up to that count of bytes
        self._asked: Letter | None = None  # envelope written, content not yet
        self._has_pipelining = False
        self._needs_reset = False
        self._is_waiting_for_work = False
        self._is_closing = False
        self.is_over = False
        self.is_open = False
        self.settled = 0
        self.wire = Wire(host=server.host, port=server.port, attempt=attempt)
        self.heard_at = time.monotonic()
        self._talking = self._talk()
        next(self._talking)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is in hand and the conversation waits for the next letter."""
        return self._is_waiting_for_work

    @property
    def is_late(self) -> bool:
        """Whether an answer has been awaited for longer than allowed."""
        waited = time.monotonic() - self.heard_at
        return not self._is_waiting_for_work and waited > self._server.timeout_seconds

    def attend(self) -> None:
        """Read, speak and write as far as possible now; raises WireLost, ReplyMalformed or ConnectionRefused."""
        data = self.wire.read()
        if data:
            self.heard_at = time.monotonic()
            self._replies.extend(self._reader.feed(data))
            if self._replies:
                self._resume()
        self.wire.flush()

    def offer_work(self) -> None:
        """Go on if the conversation was waiting for a letter."""
        if self._is_waiting_for_work:
            self.heard_at = time.monotonic()
            self._resume()
            self.wire.flush()

    def close_when_idle(self) -> None:
        """Say QUIT once nothing is in hand."""
        self._is_closing = True
        self.offer_work()

    def lose(self, *, why: str) -> None:
        """The connection is gone: settle what was in hand, by what may have been sent."""
        self.is_over = True
        self._is_waiting_for_work = False
        self.wire.close()
        self._talking.close()
        if self._in_flight is not None:
            letter, end = self._in_flight
            self._in_flight = None
            if self.wire.sent >= end:
                text = f"The connection was lost before the server answered. {why}"
                self._conclude(letter, Fate.UNKNOWN, Stage.CONTENT, 0, text)
            else:
                self._conclude(letter, Fate.DEFERRED, Stage.CONTENT, 0, f"The connection was lost. {why}")
        if self._asked is not None:
            asked, self._asked = self._asked, None
            self._give_back(asked, why)

    def _resume(self) -> None:
        self._is_waiting_for_work = False
        try:
            next(self._talking)
        except StopIteration:
            self.is_over = True
            self.wire.close()

    # What is spoken, in order.

    def _talk(self) -> _Talk:
        if self._server.security is Security.TLS:
            self.wire.start_tls(self._server.tls_context())
        reply = yield from self._answer()
        self._expect(reply, "its greeting", "Check that the address is a mail server and try again later.")
        offers = yield from self._greet()
        if self._server.security is Security.STARTTLS:
            if "STARTTLS" not in offers:
                advice = "It offers no encryption. Use smtp:// or smtps:// if that is right."
                raise ConnectionRefused(step="STARTTLS", reply=None, advice=advice)
            reply = yield from self._ask("STARTTLS")
            self._expect(reply, "STARTTLS", "Use smtp:// or smtps:// if that is right.")
            if self._replies:  # said before the handshake, by whoever sits between (CVE-2011-0411)
                raise ReplyMalformed("The server spoke in the clear after agreeing to encrypt.")
            self.wire.start_tls(self._server.tls_context())
            offers = yield from self._greet()
        if self._server.user:
            yield from self._log_in(offers.get("AUTH", ""))
        self._has_pipelining = "PIPELINING" in offers
        self.is_open = True
        yield from self._carry()
        yield from self._ask("QUIT")

    def _carry(self) -> _Talk:
        ready: Letter | None = None  # the server waits for its content (354)
        while True:
            upcoming = None if self._is_closing else self._take()
            if ready is None and upcoming is None:
                if self._is_closing:
                    return
                self._is_waiting_for_work = True
                yield
                continue
            if ready is not None:
                self._write_content(ready)
            self._asked = upcoming
            if upcoming is not None and self._has_pipelining:
                self.wire.write(self._envelope(upcoming))
            if ready is not None:
                reply = yield from self._answer()
                self._in_flight = None
                self._conclude_by(ready, Stage.CONTENT, reply)
                ready = None
            if upcoming is not None:
                ready = yield from self._ask_to_take(upcoming)

    def _ask_to_take(self, letter: Letter) -> Generator[None, None, Letter | None]:
        """Read the answers to MAIL, RCPT and DATA (asking one by one without PIPELINING); the letter if it may go."""
        if not self._has_pipelining and self._needs_reset:
            yield from self._ask("RSET")
        elif self._needs_reset:
            yield from self._answer()
        self._needs_reset = False
        asked = (
            (Stage.SENDER, f"MAIL FROM:<{letter.sender}>"),
            (Stage.RECIPIENT, f"RCPT TO:<{letter.recipient}>"),
            (Stage.CONTENT, "DATA"),
        )
        failed: tuple[Stage, Reply] | None = None
        for stage, command in asked:
            if self._has_pipelining:
                reply = yield from self._answer()
            elif failed is None:
                reply = yield from self._ask(command)
            else:
                break
            if failed is None and not reply.is_positive:
                failed = (stage, reply)
            elif failed is not None and stage is Stage.CONTENT and reply.is_positive:
                self.wire.write(b".\r\n")  # RFC 2920 3.1: DATA was accepted with nobody to deliver to
                yield from self._answer()
        self._asked = None
        if failed is None:
            return letter
        self._needs_reset = True
        self._conclude_by(letter, *failed)
        return None

    def _envelope(self, letter: Letter) -> bytes:
        reset = "RSET\r\n" if self._needs_reset else ""
        commands = f"{reset}MAIL FROM:<{letter.sender}>\r\nRCPT TO:<{letter.recipient}>\r\nDATA\r\n"
        return commands.encode("ascii")

    def _write_content(self, letter: Letter) -> None:
        content = letter.content
        if not content.endswith(b"\r\n"):
            content += b"\r\n"
        if b"\n." in content or content.startswith(b"."):  # RFC 5321 4.5.2
            content = content.replace(b"\n.", b"\n..")
            content = b"." + content if content.startswith(b".") else content
        self._hand_over(letter.key)
        self.wire.write(content)
        self.wire.write(b".\r\n")
        self._in_flight = (letter, self.wire.queued)

    def _greet(self) -> Generator[None, None, dict[str, str]]:
        reply = yield from self._ask(f"EHLO {self._server.own_name}")
        if reply.code >= 500:
            reply = yield from self._ask(f"HELO {self._server.own_name}")
        self._expect(reply, "EHLO", "Check the name this server gives itself.")
        offers = (line.strip().partition(" ") for line in reply.text.upper().split("\n")[1:])
        return {name: rest for name, _space, rest in offers}

    def _log_in(self, ways: str) -> _Talk:
        advice = "Check the user and password in HUSTINGS_SMTP."
        user, password = self._server.user.encode(), self._server.password.encode()
        if "PLAIN" in ways.split():
            token = base64.b64encode(b"\0" + user + b"\0" + password).decode()
            reply = yield from self._ask(f"AUTH PLAIN {token}")
        elif "LOGIN" in ways.split():
            reply = yield from self._ask("AUTH LOGIN")
            for word in (user, password):
                if reply.code == 334:
                    reply = yield from self._ask(base64.b64encode(word).decode())
        else:
            raise ConnectionRefused(
                step="login",
                reply=None,
                advice="It offers neither AUTH PLAIN nor AUTH LOGIN on this connection.",
            )
        self._expect(reply, "login", advice)

    def _ask(self, command: str) -> _Answer:
        self.wire.write(f"{command}\r\n".encode("ascii"))
        reply = yield from self._answer()
        return reply

    def _answer(self) -> _Answer:
        while not self._replies:
            yield
        reply = self._replies.popleft()
        if reply.closes:
            self._note_closing(reply)
        return reply

    def _note_closing(self, reply: Reply) -> None:
        """421: whatever is in hand gets this answer, and the connection is over."""
        if self._in_flight is not None:
            (letter, _end), self._in_flight = self._in_flight, None
            self._conclude_by(letter, Stage.CONTENT, reply)
        raise WireLost(f"The server closed the connection ({reply}).")

    @staticmethod
    def _expect(reply: Reply, step: str, advice: str) -> None:
        if not reply.is_positive:
            raise ConnectionRefused(step=step, reply=reply, advice=advice)

    def _conclude_by(self, letter: Letter, stage: Stage, reply: Reply) -> None:
        words = " ".join(reply.text.split())
        self._conclude(letter, fate_of(stage=stage, reply=reply), stage, reply.code, words)

    def _conclude(self, letter: Letter, fate: Fate, stage: Stage, code: int, text: str) -> None:
        self.settled += 1
        self._settle(Outcome(key=letter.key, fate=fate, stage=stage, code=code, text=text))
