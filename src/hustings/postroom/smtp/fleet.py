"""Several connections to one server, driven from one place without threads.

    with Fleet(server=server, connections=4, hand_over=..., settle=...) as fleet:
        fleet.put(letters)
        while fleet.in_hand:
            fleet.step(wait_seconds=0.2)

`step` returns after some work was done or the wait is over, so that the caller can record, claim, stop or beat in between.
"""

import contextlib
import selectors
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable
from types import TracebackType

from hustings.postroom.rules.smtp_replies import Fate, ReplyMalformed, Stage, is_about_us
from hustings.postroom.smtp.conversation import ConnectionRefused, Conversation
from hustings.postroom.smtp.letters import Letter, Outcome
from hustings.postroom.smtp.server import MailServer
from hustings.postroom.smtp.wire import WireLost

_TRIES = 5
_FIRST_WAIT = 0.25


class ServerUnreachable(ConnectionError):
    """The mail server cannot be reached or does not hold a connection; nothing more was sent."""


class ServerRefusesUs(ConnectionError):
    """The mail server refuses to take mail from us, whoever it is for; nothing more was sent."""


class Fleet:
    """Kept connections to one server. Letters not begun stay with the fleet until `take_back`."""

    def __init__(
        self,
        *,
        server: MailServer,
        connections: int,
        settle: Callable[[Outcome], None],
        hand_over: Callable[[int], None] = lambda key: None,
    ) -> None:
        self._server = server
        self._wanted = max(1, connections)
        self._hand_over = hand_over
        self._settle = settle
        self._letters: deque[Letter] = deque()
        self._given_back: Counter[int] = Counter()
        self._open: list[Conversation] = []
        self._watched: dict[Conversation, tuple[object, int]] = {}
        self._selector = selectors.DefaultSelector()
        self._failures = 0
        self._refusals = 0
        self._not_before = 0.0
        self._last_trouble = ""

    @property
    def backlog(self) -> int:
        """Letters not begun."""
        return len(self._letters)

    @property
    def in_hand(self) -> int:
        """Letters not settled: not begun, asked about, or in flight."""
        return len(self._letters) + sum(1 for talk in self._open if not talk.is_idle and talk.is_open)

    def put(self, letters: Iterable[Letter]) -> None:
        """Add letters to be sent."""
        self._letters.extend(letters)

    def take_back(self) -> list[Letter]:
        """Give back every letter not begun."""
        letters = list(self._letters)
        self._letters.clear()
        return letters

    def step(self, *, wait_seconds: float) -> None:
        """Do what can be done, waiting at most so long for the server.

        Raises ServerUnreachable or ServerRefusesUs after repeated failure; then every letter that was begun is settled
        and the others can be taken back.
        """
        now = time.monotonic()
        self._keep_open(now)
        for talk in list(self._open):
            if self._letters and talk.is_idle:
                self._guarded(talk, talk.offer_work)
        self._watch()
        if not self._watched:
            time.sleep(min(wait_seconds, max(0.0, self._not_before - now)))
        else:
            for key, _events in self._selector.select(self._wait(wait_seconds, now)):
                self._guarded(key.data, key.data.attend)
        for talk in list(self._open):
            if talk.is_late:
                self._lost(talk, f"No answer within {self._server.timeout_seconds:g} seconds.")
        self._reap()
        if self._refusals >= 3 * self._wanted:
            self._abandon()
            raise ServerRefusesUs(f"The mail server refuses our mail: {self._last_trouble}")
        if self._failures >= _TRIES:
            self._abandon()
            raise ServerUnreachable(f"The mail server cannot be used: {self._last_trouble}")

    def close(self) -> None:
        """Say goodbye where nothing is in hand; cut the rest, settling what was in flight."""
        for talk in list(self._open):
            if talk.is_open:
                self._guarded(talk, talk.close_when_idle)
            else:
                self._lost(talk, "Not needed any more.")
        deadline = time.monotonic() + 2.0
        while self._open and time.monotonic() < deadline:
            self._watch()
            for key, _events in self._selector.select(0.2):
                self._guarded(key.data, key.data.attend)
            self._reap()
        self._abandon()
        self._selector.close()

    def __enter__(self) -> "Fleet":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self._abandon()
            self._selector.close()

    def _wait(self, wanted: float, now: float) -> float:
        if self._letters and self._not_before > now and len(self._open) < self._wanted:
            return min(wanted, self._not_before - now)
        return wanted

    def _keep_open(self, now: float) -> None:
        useful = min(self._wanted, len(self._letters) + sum(not talk.is_idle for talk in self._open))
        while len(self._open) < useful and now >= self._not_before:
            try:
                talk = Conversation(
                    server=self._server,
                    take=self._take,
                    hand_over=self._hand_over,
                    settle=self._note,
                    give_back=self._put_back,
                    attempt=self._failures,
                )
            except WireLost as fault:
                self._count_failure(str(fault))
                return
            self._open.append(talk)
            self._guarded(talk, talk.wire.flush)

    def _take(self) -> Letter | None:
        return self._letters.popleft() if self._letters else None

    def _note(self, outcome: Outcome) -> None:
        if is_about_us(stage=outcome.stage, code=outcome.code):
            self._refusals += 1
            self._last_trouble = f"{outcome.code} {outcome.text}"
        elif outcome.code:
            self._refusals = self._failures = 0
        self._settle(outcome)

    def _put_back(self, letter: Letter, why: str) -> None:
        """A letter whose connection ended too early goes first; one that keeps ending connections waits for later."""
        self._given_back[letter.key] += 1
        if self._given_back[letter.key] < _TRIES:
            self._letters.appendleft(letter)
        else:
            self._settle(Outcome(letter.key, Fate.DEFERRED, Stage.RECIPIENT, 0, f"Connections ended: {why}"))

    def _guarded(self, talk: Conversation, act: Callable[[], None]) -> None:
        try:
            act()
        except (WireLost, ReplyMalformed) as fault:
            self._lost(talk, str(fault))
        except ConnectionRefused as fault:
            self._lost(talk, str(fault))
            if not fault.is_temporary:
                self._abandon()
                raise ServerRefusesUs(str(fault)) from fault

    def _lost(self, talk: Conversation, why: str) -> None:
        talk.lose(why=why)
        self._forget(talk)
        if talk.settled:
            return
        if any(other.is_open for other in self._open):
            self._wanted = max(1, len(self._open))  # the server holds no more connections than these
        else:
            self._count_failure(why)

    def _count_failure(self, why: str) -> None:
        self._failures += 1
        self._last_trouble = why
        self._not_before = time.monotonic() + min(5.0, _FIRST_WAIT * 2 ** (self._failures - 1))

    def _reap(self) -> None:
        for talk in [talk for talk in self._open if talk.is_over]:
            self._forget(talk)

    def _abandon(self) -> None:
        for talk in list(self._open):
            talk.lose(why="Sending was ended.")
            self._forget(talk)

    def _forget(self, talk: Conversation) -> None:
        watched = self._watched.pop(talk, None)
        if watched is not None:
            self._selector.unregister(watched[0])  # type: ignore[arg-type]  # the key is the socket itself
        if talk in self._open:
            self._open.remove(talk)

    def _watch(self) -> None:
        """Bring the selector in line with what each connection waits for."""
        for talk in self._open:
            wanted = (talk.wire.socket, talk.wire.events)
            known = self._watched.get(talk)
            if known == wanted:
                continue
            if known is not None and known[0] is wanted[0]:
                self._selector.modify(talk.wire.socket, wanted[1], talk)
            else:
                if known is not None:
                    with contextlib.suppress(KeyError, ValueError):
                        self._selector.unregister(known[0])  # type: ignore[arg-type]  # the key is the socket itself
                self._selector.register(talk.wire.socket, wanted[1], talk)
            self._watched[talk] = wanted
