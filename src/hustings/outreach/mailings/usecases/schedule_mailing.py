"""Schedule an approved mailing, take it off the schedule again, and start those whose time has come."""

from datetime import datetime

from django.db import transaction

from hustings.accounts.models import User
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.outreach.mailings.access import require_sending
from hustings.outreach.mailings.models import Mailing, MailingState
from hustings.outreach.mailings.usecases.start_mailing import start_mailing
from hustings.platform import audit


class CannotSchedule(Refusal):
    """The mailing cannot be scheduled so; the sentence says why."""


@transaction.atomic
def schedule_mailing(*, mailing: Mailing, send_at: datetime, by: User, now: datetime) -> Mailing:
    """Let an approved mailing go out by itself at a moment. The gate is asked then, not now. Raises `CannotSchedule`."""
    require_sending(user=by, area_code=mailing.audience.area_id, now=now)
    held = Mailing.objects.select_for_update().get(pk=mailing.pk)
    if held.copy_id is None:
        raise CannotSchedule("not_approved", gettext_noop("Approve the mailing before you schedule it."))
    if held.state not in {MailingState.DRAFT, MailingState.SCHEDULED}:
        raise CannotSchedule("too_late", gettext_noop("This mailing has begun to go out."))
    if send_at <= now:
        raise CannotSchedule("past", gettext_noop("That moment has passed. Choose a later one, or send now."))
    if held.stops_at is not None and send_at >= held.stops_at:
        raise CannotSchedule(
            "after_stop", gettext_noop("The mailing must begin before the moment at which it stops.")
        )
    held.state, held.send_at = MailingState.SCHEDULED, send_at
    held.save(update_fields=["state", "send_at"])
    audit.record(
        now=now, actor=by, verb="scheduled", subject_type="outreach.Mailing", subject_id=held.pk,
        area_code=held.audience.area_id or "", send_at=send_at.isoformat(),
    )  # fmt: skip
    return held


@transaction.atomic
def unschedule_mailing(*, mailing: Mailing, by: User, now: datetime) -> Mailing:
    """Take a scheduled mailing off the schedule. Raises `CannotSchedule` where it has begun."""
    require_sending(user=by, area_code=mailing.audience.area_id, now=now)
    changed = Mailing.objects.filter(pk=mailing.pk, state=MailingState.SCHEDULED).update(
        state=MailingState.DRAFT, send_at=None
    )
    if not changed:
        raise CannotSchedule("not_scheduled", gettext_noop("This mailing is not on the schedule."))
    audit.record(
        now=now, actor=by, verb="took off the schedule", subject_type="outreach.Mailing", subject_id=mailing.pk,
        area_code=mailing.audience.area_id or "",
    )  # fmt: skip
    mailing.refresh_from_db()
    return mailing


def start_due_mailings(*, now: datetime) -> list[int]:
    """Start every scheduled mailing whose moment has come, each by itself; returns their ids.

    One that is refused goes back to the drafts with the reason, so that it holds up no other and is not tried for ever.
    """
    due = Mailing.objects.filter(state=MailingState.SCHEDULED, send_at__lte=now).order_by("send_at", "pk")
    started = []
    for mailing in due.select_related("audience", "made_by"):
        try:
            start_mailing(mailing=mailing, by=None, now=now)
        except (Refusal, ValueError) as problem:
            Mailing.objects.filter(pk=mailing.pk, state=MailingState.SCHEDULED).update(
                state=MailingState.DRAFT, send_at=None, problem=str(problem)
            )
        else:
            started.append(mailing.pk)
    return started
