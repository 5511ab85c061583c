"""Pausing, resuming and stopping a bulk sending. A sending in progress obeys within a second."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop

from hustings.platform.events import announce
from hustings.postroom.events import DispatchFinished
from hustings.postroom.jobs import wake_dispatch
from hustings.postroom.models import WAITING_STATES, Dispatch, DispatchState, Message, MessageState

STOPPED = gettext_noop("The sending was stopped.")


class DispatchNotInThatState(Exception):
    """What was asked does not fit where the dispatch stands."""

    def __init__(self, *, dispatch: Dispatch, wanted: str) -> None:
        super().__init__(f"“{dispatch.label}” is {dispatch.get_state_display()} and cannot be {wanted}.")


def pause_dispatch(*, dispatch: Dispatch, now: datetime) -> Dispatch:
    """Hold a dispatch; what is at the server is finished, nothing more begins. Raises DispatchNotInThatState."""
    return _change(
        dispatch,
        [DispatchState.READY, DispatchState.SENDING],
        DispatchState.PAUSED,
        wanted="paused",
        problem="",
    )


def resume_dispatch(*, dispatch: Dispatch, now: datetime) -> Dispatch:
    """Carry on with a paused dispatch. Raises DispatchNotInThatState."""
    with transaction.atomic():
        resumed = _change(
            dispatch, [DispatchState.PAUSED], DispatchState.SENDING, wanted="resumed", problem="",
            started_at=dispatch.started_at or now,
        )  # fmt: skip
        wake_dispatch(dispatch_id=dispatch.pk)
    return resumed


def stop_dispatch(*, dispatch: Dispatch, now: datetime) -> Dispatch:
    """End a dispatch for good: what still waits is withdrawn. Raises DispatchNotInThatState.

    Messages at the server at this moment meet their own end; what a courier gives back later is withdrawn by
    `withdraw_leftovers`.
    """
    running = [DispatchState.READY, DispatchState.SENDING, DispatchState.PAUSED]
    with transaction.atomic():
        stopped = _change(dispatch, running, DispatchState.STOPPED, wanted="stopped", finished_at=now)
        withdraw_leftovers(dispatch_id=dispatch.pk, now=now)
        announce(DispatchFinished(at=now, dispatch_id=dispatch.pk))
    return stopped


def withdraw_leftovers(*, dispatch_id: int, now: datetime) -> int:
    """Withdraw what waits in a stopped dispatch; returns how many."""
    if not Dispatch.objects.filter(pk=dispatch_id, state=DispatchState.STOPPED).exists():
        return 0
    waiting = Message.objects.filter(dispatch=dispatch_id, state__in=WAITING_STATES)
    return waiting.update(state=MessageState.WITHDRAWN, reason=STOPPED, ended_at=now)


def _change(
    dispatch: Dispatch, allowed: list[DispatchState], to: DispatchState, *, wanted: str, **changes: object
) -> Dispatch:
    if not Dispatch.objects.filter(pk=dispatch.pk, state__in=allowed).update(state=to, **changes):
        dispatch.refresh_from_db()
        raise DispatchNotInThatState(dispatch=dispatch, wanted=wanted)
    dispatch.refresh_from_db()
    return dispatch
