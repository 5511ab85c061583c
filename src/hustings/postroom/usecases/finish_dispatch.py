"""Ending a dispatch once nothing of it is left to send."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop

from hustings.platform.events import announce
from hustings.postroom.events import DispatchFinished
from hustings.postroom.models import WAITING_STATES, Dispatch, DispatchState, Message, MessageState

PAST_ITS_TIME = gettext_noop("The time until which this was to be sent had passed.")


def finish_dispatch(*, dispatch_id: int, now: datetime) -> bool:
    """Finish the dispatch if every message has met its end; returns whether it did so now.

    Past the time at which it stops, what still waits is withdrawn first. `DispatchFinished` is announced once.
    """
    with transaction.atomic():
        dispatch = Dispatch.objects.filter(pk=dispatch_id, state=DispatchState.SENDING).first()
        if dispatch is None:
            return False
        waiting = Message.objects.filter(dispatch=dispatch, state__in=WAITING_STATES)
        if dispatch.stops_at is not None and now >= dispatch.stops_at:
            waiting.update(state=MessageState.WITHDRAWN, reason=PAST_ITS_TIME, ended_at=now, claim_token=None)
        left = Message.objects.filter(dispatch=dispatch, state__in=[*WAITING_STATES, MessageState.CLAIMED])
        if left.exists():
            return False
        done = Dispatch.objects.filter(pk=dispatch_id, state=DispatchState.SENDING).update(
            state=DispatchState.FINISHED, finished_at=now
        )
        if done:
            announce(DispatchFinished(at=now, dispatch_id=dispatch_id))
        return bool(done)
