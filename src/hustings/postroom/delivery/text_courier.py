"""The courier of text messages: claims, asks the gate, writes, hands over on several kept connections, records.

The same promises as for mail hold (docs/algorithms/delivery.md): a state for each recipient, a journal line before the first
byte leaves and when the answer comes, so that a kill leaves at most the one message in flight on each connection in doubt, and
nobody is told twice unless a person decides it.
"""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from hustings.basics.clock import Clock
from hustings.people.models import MARKETING_PURPOSES, Channel
from hustings.platform.progress import SILENT, Progress
from hustings.postroom.delivery.bulk_texts import filled_text, single_text, text_of
from hustings.postroom.delivery.courier import Tally, begun_dispatch, is_sending
from hustings.postroom.delivery.gate import stopped_by_clearance
from hustings.postroom.delivery.journal import Journal
from hustings.postroom.delivery.service_templates import ServiceTemplateUnknown
from hustings.postroom.delivery.text_provider import ProviderUnreachable, TextProvider, TextsNotSetUp
from hustings.postroom.models import Dispatch
from hustings.postroom.rules.compiled_message import FieldMissing
from hustings.postroom.rules.pace import WINDOW_SECONDS, allowance
from hustings.postroom.rules.quiet_hours import is_quiet
from hustings.postroom.rules.smtp_replies import Fate, Stage
from hustings.postroom.rules.text_protocol import body_of
from hustings.postroom.smtp.letters import Outcome
from hustings.postroom.usecases.claim_messages import ClaimedMessage, claim_messages, give_back, withdraw
from hustings.postroom.usecases.finish_dispatch import finish_dispatch
from hustings.postroom.usecases.record_outcomes import record_outcomes
from hustings.postroom.usecases.settle_journals import journal_folder, settle_journals

#: Messages claimed, handed over and recorded together. A pause takes hold after them.
_CLAIM = 100


@dataclass(frozen=True, kw_only=True)
class _Load:
    """What one run carries: single messages, or a dispatch's; whether to begin another round, and how many it may hold."""

    dispatch: Dispatch | None
    write: Callable[[ClaimedMessage], str]
    goes_on: Callable[[Tally], bool] = lambda _tally: True
    room: Callable[[], int] = lambda: _CLAIM

    @property
    def dispatch_id(self) -> int | None:
        """The dispatch's id, None for single messages."""
        return self.dispatch.pk if self.dispatch else None


@dataclass
class _Round:
    """What became of the messages of one round; those that are neither settled nor begun wait again."""

    outcomes: list[Outcome] = field(default_factory=list)
    problem: str = ""


def deliver_texts(*, clock: Clock) -> Tally:
    """Send every single text message that waits; returns what became of them. A provider in trouble leaves them waiting."""
    return _carry(_Load(dispatch=None, write=_single), clock)


def deliver_text_dispatch(
    *,
    dispatch_id: int,
    clock: Clock,
    for_seconds: float | None = None,
    progress: Progress = SILENT,
) -> Tally:
    """Send a dispatch of texts until its end, or for so long. Pausing, stopping and the night take hold after a round.

    Marketing waits through the night (`rules/quiet_hours.py`). A provider in trouble leaves the rest waiting, with the reason in
    `problem`. Raises Stopped as `progress` does, with everything recorded.
    """
    dispatch = begun_dispatch(dispatch_id, clock.now())
    if dispatch is None:
        return Tally()
    ends_at = None if for_seconds is None else time.monotonic() + for_seconds
    total, template = dispatch.messages.count(), text_of(dispatch=dispatch)

    def goes_on(tally: Tally) -> bool:
        progress.report(done=tally.done, total=total)
        now = clock.now()
        is_over = ends_at is not None and time.monotonic() >= ends_at
        is_late = dispatch.stops_at is not None and now >= dispatch.stops_at
        is_night = dispatch.clearance.purpose in MARKETING_PURPOSES and is_quiet(at=now)
        return not (is_over or is_late or is_night) and is_sending(dispatch_id)

    load = _Load(
        dispatch=dispatch,
        write=lambda message: filled_text(template=template, fields=message.fields),
        goes_on=goes_on,
        room=lambda: _room(dispatch, clock.now()),
    )
    tally = _carry(load, clock)
    Dispatch.objects.filter(pk=dispatch_id).update(problem=tally.problem[:300])
    finish_dispatch(dispatch_id=dispatch_id, now=clock.now())
    return tally


def _room(dispatch: Dispatch, now: datetime) -> int:
    """How many may go now at the dispatch's pace."""
    since = now - timedelta(seconds=WINDOW_SECONDS)
    ended = 0 if dispatch.per_minute is None else dispatch.messages.filter(ended_at__gt=since).count()
    return allowance(per_minute=dispatch.per_minute, in_window=ended, most=_CLAIM)


def _carry(load: _Load, clock: Clock) -> Tally:
    settle_journals(now=clock.now())
    tally = Tally()
    try:
        providers = [
            TextProvider(address=settings.HUSTINGS_TEXT_PROVIDER, token=settings.HUSTINGS_TEXT_TOKEN)
            for _number in range(max(1, settings.HUSTINGS_TEXT_CONNECTIONS))
        ]
    except TextsNotSetUp as fault:
        tally.problem = str(fault)
        return tally
    journal = Journal(folder=journal_folder())
    is_recorded = False
    try:
        with ExitStack() as stack:
            for provider in providers:
                stack.enter_context(provider)
            while (
                not tally.problem
                and load.goes_on(tally)
                and _one_round(load, providers, journal, tally, clock)
            ):
                pass
        is_recorded = True
    finally:
        journal.finish() if is_recorded else journal.leave()
    return tally


def _one_round(
    load: _Load, providers: Sequence[TextProvider], journal: Journal, tally: Tally, clock: Clock
) -> bool:
    """Claim some and send them; returns whether there may be more."""
    room = load.room()
    if not room:
        time.sleep(0.25)  # the pace asks us to wait
        return True
    now = clock.now()
    claimed = claim_messages(
        token=journal.token, dispatch_id=load.dispatch_id, limit=room, now=now, channel=Channel.SMS
    )
    if not claimed:
        return False
    reasons = stopped_by_clearance(messages=claimed, dispatch=load.dispatch, now=now)
    bodies: dict[int, bytes] = {}
    for message in claimed:
        if message.id not in reasons:
            try:
                bodies[message.id] = _body(message, load.write(message))
            except (FieldMissing, ServiceTemplateUnknown) as fault:
                reasons[message.id] = _("It could not be written: %(why)s") % {"why": fault}
    tally.withdrawn += withdraw(reasons=reasons, now=now)
    done = _hand_over(providers, bodies, journal)
    tally.fates.update(record_outcomes(token=journal.token, outcomes=done.outcomes, now=clock.now()))
    settled = {outcome.key for outcome in done.outcomes}
    give_back(token=journal.token, ids=[key for key in bodies if key not in settled])
    tally.problem = done.problem
    return not done.problem


def _hand_over(providers: Sequence[TextProvider], bodies: dict[int, bytes], journal: Journal) -> _Round:
    """Send on every connection at once; the first trouble lets the others finish what they have begun, and no more."""
    done, trouble = _Round(), Event()
    items = list(bodies.items())

    def carry(place: int) -> None:
        for key, body in items[place :: len(providers)]:
            if trouble.is_set():
                return
            try:
                outcome = providers[place].send(key=key, body=body, begin=journal.begin)
            except ProviderUnreachable as fault:
                done.problem = str(fault)
                trouble.set()
                return
            journal.settle(outcome)
            done.outcomes.append(outcome)
            if _is_about_us(outcome):
                done.problem = _("The provider of text messages takes none now: %(code)s %(words)s") % {
                    "code": outcome.code,
                    "words": outcome.text,
                }
                trouble.set()

    lanes = range(min(len(providers), len(items)))
    if len(lanes) <= 1:
        for place in lanes:
            carry(place)
        return done
    with ThreadPoolExecutor(max_workers=len(lanes), thread_name_prefix="texts") as pool:
        for future in [pool.submit(carry, place) for place in lanes]:
            future.result()
    return done


def _single(message: ClaimedMessage) -> str:
    return single_text(template=message.template, language=message.language, fields=message.fields)


def _body(message: ClaimedMessage, text: str) -> bytes:
    reference: UUID = message.public_id
    return body_of(to=message.address, sender=settings.HUSTINGS_TEXT_FROM, text=text, reference=reference)


def _is_about_us(outcome: Outcome) -> bool:
    return outcome.fate is Fate.DEFERRED and outcome.stage is Stage.CONNECT
