"""The courier: claims, asks the gate, writes, sends, records, until nothing is left or it is told to end.

Everything happens in one thread, in turns: a step of the connections, then whatever the database needs. See
docs/algorithms/delivery.md for what is promised at a kill, and why.
"""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from hustings.basics.clock import Clock
from hustings.people.models import Channel
from hustings.platform.progress import SILENT, Progress, Stopped
from hustings.postroom.delivery.gate import stopped_by_clearance
from hustings.postroom.delivery.journal import Journal
from hustings.postroom.delivery.writing import DispatchWriter, SingleWriter, Writer
from hustings.postroom.models import WAITING_STATES, Dispatch, DispatchState, Message
from hustings.postroom.rules.pace import WINDOW_SECONDS, allowance
from hustings.postroom.rules.smtp_replies import Fate
from hustings.postroom.smtp import Fleet, Letter, MailServer, Outcome, ServerRefusesUs, ServerUnreachable
from hustings.postroom.usecases.claim_messages import (
    ClaimedMessage,
    claim_messages,
    give_back,
    renew_claims,
    withdraw,
)
from hustings.postroom.usecases.finish_dispatch import finish_dispatch
from hustings.postroom.usecases.record_outcomes import record_outcomes
from hustings.postroom.usecases.settle_journals import journal_folder, settle_journals

_CLAIM = 500
_RECORD = 250
_RECORD_SECONDS = 0.5
_LOOK_SECONDS = 0.5
_RENEW_SECONDS = 60.0


@dataclass
class Tally:
    """What one run did. `withdrawn` are messages that clearance, or a fault in them, stopped at the last moment."""

    fates: Counter[Fate] = field(default_factory=Counter)
    withdrawn: int = 0
    problem: str = ""

    @property
    def done(self) -> int:
        """Messages that are no longer this run's business."""
        return sum(self.fates.values()) + self.withdrawn

    def as_json(self) -> dict[str, int]:
        """Plain counts, for a job's result."""
        return {**{str(fate): count for fate, count in self.fates.items()}, "withdrawn": self.withdrawn}


def mail_server() -> MailServer:
    """The server that the settings name."""
    own_name = settings.HUSTINGS_MAIL_FROM.rpartition("@")[2]
    return MailServer.from_url(settings.HUSTINGS_SMTP, own_name=own_name)


def deliver_singles(*, clock: Clock, for_seconds: float | None = None) -> Tally:
    """Send every single message that waits; returns what became of them. A server in trouble leaves them waiting."""
    load = _Load(dispatch=None, writer=SingleWriter(), may_go_on=lambda: True)
    return _Run(load=load, clock=clock, for_seconds=for_seconds).run()


def deliver_dispatch(
    *,
    dispatch_id: int,
    clock: Clock,
    for_seconds: float | None = None,
    progress: Progress = SILENT,
) -> Tally:
    """Send a dispatch until its end, or for so long; pausing or stopping it elsewhere takes hold within a second.

    Where the server refuses us altogether, the dispatch is paused with the reason in `problem`; where it cannot be
    reached, it stays as it is and is tried again. Raises Stopped as `progress` does, with everything recorded.
    """
    dispatch = begun_dispatch(dispatch_id, clock.now())
    if dispatch is None:
        return Tally()
    load = _Load(
        dispatch=dispatch,
        writer=DispatchWriter(dispatch=dispatch),
        per_minute=dispatch.per_minute,
        stops_at=dispatch.stops_at,
        may_go_on=lambda: is_sending(dispatch_id),
    )
    tally = _Run(load=load, clock=clock, for_seconds=for_seconds, progress=progress).run()
    if tally.problem:
        Dispatch.objects.filter(pk=dispatch_id).update(problem=tally.problem[:300])
    elif dispatch.problem:
        Dispatch.objects.filter(pk=dispatch_id).update(problem="")
    finish_dispatch(dispatch_id=dispatch_id, now=clock.now())
    return tally


def begun_dispatch(dispatch_id: int, now: datetime) -> Dispatch | None:
    """The dispatch, if it may be sent now; a waiting one is begun."""
    Dispatch.objects.filter(pk=dispatch_id, state=DispatchState.READY).update(
        state=DispatchState.SENDING, started_at=now
    )
    sending = Dispatch.objects.select_related("clearance__copy").filter(state=DispatchState.SENDING)
    return sending.filter(pk=dispatch_id).first()


def is_sending(dispatch_id: int) -> bool:
    """Whether the dispatch is neither paused nor ended meanwhile."""
    return Dispatch.objects.filter(pk=dispatch_id, state=DispatchState.SENDING).exists()


@dataclass(frozen=True, kw_only=True)
class _Load:
    """What one run carries."""

    dispatch: Dispatch | None
    writer: Writer
    may_go_on: Callable[[], bool]
    per_minute: int | None = None
    stops_at: datetime | None = None

    @property
    def dispatch_id(self) -> int | None:
        """The dispatch's id, None for single messages."""
        return self.dispatch.pk if self.dispatch else None


class _Run:
    """One run of the courier over one load."""

    def __init__(
        self, *, load: _Load, clock: Clock, for_seconds: float | None, progress: Progress = SILENT
    ) -> None:
        self._load = load
        self._clock = clock
        self._ends_at = None if for_seconds is None else time.monotonic() + for_seconds
        self._progress = progress
        self._tally = Tally()
        self._settled: list[Outcome] = []
        self._begun_at: list[float] = []
        self._recorded_at = self._looked_at = self._renewed_at = time.monotonic()
        self._total = 0
        self._stopped: Stopped | None = None

    def run(self) -> Tally:
        """Carry the load."""
        settle_journals(now=self._clock.now())
        waiting = Message.objects.filter(
            dispatch=self._load.dispatch_id, channel=Channel.EMAIL, state__in=WAITING_STATES
        )
        self._total = waiting.count()
        journal = Journal(folder=journal_folder())
        is_recorded = False
        try:
            self._carry(journal)
            is_recorded = True
        finally:
            # After any fault the journal stays: whoever comes next settles what is not in the database.
            journal.finish() if is_recorded else journal.leave()
        if self._stopped is not None:
            raise self._stopped
        return self._tally

    def _carry(self, journal: Journal) -> None:
        def settle(outcome: Outcome) -> None:
            journal.settle(outcome)
            self._settled.append(outcome)

        def hand_over(key: int) -> None:
            journal.begin(key)
            self._begun_at.append(time.monotonic())

        fleet = Fleet(
            server=mail_server(),
            connections=settings.HUSTINGS_SMTP_CONNECTIONS,
            settle=settle,
            hand_over=hand_over,
        )
        try:
            with fleet:
                self._send_all(fleet, journal)
        except (ServerUnreachable, ServerRefusesUs) as trouble:
            self._tally.problem = str(trouble)
            if isinstance(trouble, ServerRefusesUs) and self._load.dispatch_id is not None:
                pause = Dispatch.objects.filter(pk=self._load.dispatch_id, state=DispatchState.SENDING)
                pause.update(state=DispatchState.PAUSED)
        finally:
            self._return(fleet, journal)
            self._record(journal)

    def _send_all(self, fleet: Fleet, journal: Journal) -> None:
        is_drained = False
        while True:
            if not is_drained and fleet.backlog < _CLAIM // 4:
                room = self._allowance(fleet)
                batch = self._claim_with(journal, room) if room else []
                is_drained = room > 0 and not batch
                fleet.put(self._written(batch))
            if fleet.in_hand:
                fleet.step(wait_seconds=0.25)
            elif is_drained:
                return
            else:
                time.sleep(0.25)  # the pace asks us to wait
            self._record_if_due(journal)
            if not self._goes_on(fleet, journal):
                self._return(fleet, journal)
                is_drained = True

    def _goes_on(self, fleet: Fleet, journal: Journal) -> bool:
        """Whether to begin more: not past the slice, the load's end, a pause or a stop."""
        now = time.monotonic()
        if self._ends_at is not None and now >= self._ends_at:
            return False
        if now - self._looked_at < _LOOK_SECONDS:
            return True
        self._looked_at = now
        if now - self._renewed_at >= _RENEW_SECONDS:
            renew_claims(token=journal.token, now=self._clock.now())
            self._renewed_at = now
        try:
            self._progress.report(done=self._tally.done, total=self._total)
        except Stopped as stopped:
            self._stopped = stopped
            return False
        is_late = self._load.stops_at is not None and self._clock.now() >= self._load.stops_at
        return not is_late and self._load.may_go_on()

    def _allowance(self, fleet: Fleet) -> int:
        if self._load.per_minute is None:
            return _CLAIM
        since = time.monotonic() - WINDOW_SECONDS
        self._begun_at = [at for at in self._begun_at if at > since]
        in_window = len(self._begun_at) + fleet.in_hand + self._begun_elsewhere()
        return allowance(per_minute=self._load.per_minute, in_window=in_window, most=_CLAIM)

    def _begun_elsewhere(self) -> int:
        """Messages of this load that an earlier slice, or another worker, ended within the window."""
        if self._begun_at:
            return 0
        since = self._clock.now() - timedelta(seconds=WINDOW_SECONDS)
        return Message.objects.filter(dispatch=self._load.dispatch_id, ended_at__gt=since).count()

    def _claim_with(self, journal: Journal, limit: int) -> list[ClaimedMessage]:
        now = self._clock.now()
        if self._load.stops_at is not None and now >= self._load.stops_at:
            return []
        return claim_messages(token=journal.token, dispatch_id=self._load.dispatch_id, limit=limit, now=now)

    def _written(self, batch: list[ClaimedMessage]) -> list[Letter]:
        """Letters for what clearance lets through now; the rest is withdrawn, each with its reason."""
        if not batch:
            return []
        now = self._clock.now()
        stopped = stopped_by_clearance(messages=batch, dispatch=self._load.dispatch, now=now)
        written = self._load.writer.write(
            messages=[message for message in batch if message.id not in stopped], now=now
        )
        reasons = {**stopped, **written.faults}
        if reasons:
            self._tally.withdrawn += withdraw(reasons=reasons, now=now)
        return written.letters

    def _record_if_due(self, journal: Journal) -> None:
        waited = time.monotonic() - self._recorded_at
        if len(self._settled) >= _RECORD or (self._settled and waited >= _RECORD_SECONDS):
            self._record(journal)

    def _record(self, journal: Journal) -> None:
        if self._settled:
            tally = record_outcomes(token=journal.token, outcomes=self._settled, now=self._clock.now())
            self._tally.fates.update(tally)
            self._settled = []
        self._recorded_at = time.monotonic()

    def _return(self, fleet: Fleet, journal: Journal) -> None:
        letters = fleet.take_back()
        if letters:
            with transaction.atomic():
                give_back(token=journal.token, ids=[letter.key for letter in letters])
