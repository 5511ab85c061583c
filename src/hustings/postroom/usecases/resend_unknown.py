"""Sending a message of unknown fate once more, which only an organiser may decide: it may arrive twice."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from hustings.accounts.models import User
from hustings.people.models import Channel
from hustings.platform import audit
from hustings.postroom.jobs import wake_dispatch, wake_the_postman, wake_the_texter
from hustings.postroom.models import Dispatch, DispatchState, Message, MessageState


def resend_unknown(*, message_ids: Collection[int], by: User, now: datetime) -> int:
    """Queue these messages of unknown fate again; returns how many. They pass clearance again like any other.

    The contact that stands for the first attempt stays: that attempt was made. Messages of a stopped dispatch stay unknown.
    """
    with transaction.atomic():
        chosen = Message.objects.filter(id__in=message_ids, state=MessageState.UNKNOWN).exclude(
            dispatch__state=DispatchState.STOPPED
        )
        ids = list(chosen.values_list("id", flat=True))
        dispatch_ids = set(chosen.exclude(dispatch=None).values_list("dispatch_id", flat=True))
        singles = set(chosen.filter(dispatch=None).values_list("channel", flat=True))
        count = Message.objects.filter(id__in=ids, state=MessageState.UNKNOWN).update(
            state=MessageState.QUEUED, reason="", ended_at=None, not_before=None, contact=None
        )
        Dispatch.objects.filter(pk__in=dispatch_ids, state=DispatchState.FINISHED).update(
            state=DispatchState.SENDING, finished_at=None
        )
        for dispatch_id in sorted(dispatch_ids):
            wake_dispatch(dispatch_id=dispatch_id)
        if Channel.EMAIL in singles:
            wake_the_postman()
        if Channel.SMS in singles:
            wake_the_texter()
        for message_id in ids:
            audit.record(
                now=now, actor=by, verb="resent", subject_type="postroom.Message", subject_id=str(message_id)
            )
    return count
