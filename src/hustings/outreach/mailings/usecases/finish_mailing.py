"""Close a mailing once its dispatch has ended, and tell whoever waits for it."""

from datetime import datetime

from django.db import transaction

from hustings.outreach.events import MailingFinished
from hustings.outreach.mailings.models import Mailing, MailingState
from hustings.platform.events import announce


@transaction.atomic
def finish_mailing(*, dispatch_id: int, now: datetime) -> Mailing | None:
    """Mark the dispatch's mailing finished (or leave it stopped) and announce it, once; nothing for other dispatches."""
    mailing = (
        Mailing.objects.select_for_update(of=("self",)).filter(dispatch=dispatch_id, finished_at=None).first()
    )
    if mailing is None:
        return None
    mailing.finished_at = now
    if mailing.state != MailingState.STOPPED:
        mailing.state = MailingState.FINISHED
    mailing.save(update_fields=["state", "finished_at"])
    announce(MailingFinished(at=now, mailing_id=mailing.pk))
    return mailing
