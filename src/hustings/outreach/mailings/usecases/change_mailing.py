"""Pause a mailing, carry on with it, or stop it for good."""

from datetime import datetime

from django.db import transaction

from hustings.accounts.models import User
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.outreach.mailings.access import require_sending
from hustings.outreach.mailings.models import Mailing, MailingState
from hustings.platform import audit
from hustings.postroom.models import Dispatch
from hustings.postroom.usecases.change_dispatch import pause_dispatch, resume_dispatch, stop_dispatch


class NothingToChange(Refusal):
    """The mailing is not being sent."""


def pause_mailing(*, mailing: Mailing, by: User, now: datetime) -> Mailing:
    """Hold the sending; it can be resumed. Raises what the postroom raises, and `NothingToChange`."""
    return _change(mailing, by, now, "paused", MailingState.PAUSED)


def resume_mailing(*, mailing: Mailing, by: User, now: datetime) -> Mailing:
    """Carry on with a paused sending."""
    return _change(mailing, by, now, "resumed", MailingState.SENDING)


def stop_mailing(*, mailing: Mailing, by: User, now: datetime) -> Mailing:
    """End the sending for good; what still waits is withdrawn."""
    return _change(mailing, by, now, "stopped", MailingState.STOPPED)


_ACTS = {"paused": pause_dispatch, "resumed": resume_dispatch, "stopped": stop_dispatch}


@transaction.atomic
def _change(mailing: Mailing, by: User, now: datetime, verb: str, state: MailingState) -> Mailing:
    require_sending(user=by, area_code=mailing.audience.area_id, now=now)
    held = Mailing.objects.select_for_update(of=("self",)).get(pk=mailing.pk)
    if held.dispatch_id is None or held.state not in {MailingState.SENDING, MailingState.PAUSED}:
        raise NothingToChange("not_sending", gettext_noop("This mailing is not being sent."))
    _ACTS[verb](dispatch=Dispatch.objects.get(pk=held.dispatch_id), now=now)
    held.state = state
    held.save(update_fields=["state"])
    audit.record(
        now=now,
        actor=by,
        verb=verb,
        subject_type="outreach.Mailing",
        subject_id=held.pk,
        area_code=held.audience.area_id or "",
    )
    mailing.refresh_from_db()
    return mailing
