"""Looking after the outbox by the clock: what a kill left, what is due again, what has ended."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from hustings.people.models import Channel
from hustings.postroom.jobs import wake_dispatch, wake_the_postman, wake_the_texter
from hustings.postroom.models import WAITING_STATES, Dispatch, DispatchState, Message
from hustings.postroom.queries import may_send_texts
from hustings.postroom.usecases.change_dispatch import withdraw_leftovers
from hustings.postroom.usecases.finish_dispatch import finish_dispatch
from hustings.postroom.usecases.settle_journals import settle_journals, settle_lost_claims


def tend_outbox(*, now: datetime) -> dict[str, int]:
    """Settle dead runs, wake single messages and dispatches that have something due, finish what has ended."""
    settled = settle_journals(now=now).total() + settle_lost_claims(now=now)
    due = Message.objects.filter(Q(not_before=None) | Q(not_before__lte=now))
    woken = finished = 0
    with transaction.atomic():
        singles = due.filter(dispatch=None, state__in=WAITING_STATES)
        if singles.filter(channel=Channel.EMAIL).exists():
            wake_the_postman()
            woken += 1
        if singles.filter(channel=Channel.SMS).exists() and may_send_texts():
            wake_the_texter()
            woken += 1
        stopped = Dispatch.objects.filter(state=DispatchState.STOPPED)
        left = Message.objects.filter(dispatch__in=stopped, state__in=WAITING_STATES)
        for dispatch_id in left.values_list("dispatch_id", flat=True).distinct():
            withdraw_leftovers(dispatch_id=dispatch_id, now=now)
        running = Dispatch.objects.filter(state__in=[DispatchState.READY, DispatchState.SENDING])
        for dispatch_id in running.values_list("pk", flat=True):
            if due.filter(dispatch=dispatch_id, state__in=WAITING_STATES).exists():
                wake_dispatch(dispatch_id=dispatch_id)
                woken += 1
            else:
                finished += finish_dispatch(dispatch_id=dispatch_id, now=now)
    return {"settled": settled, "woken": woken, "finished": finished}
