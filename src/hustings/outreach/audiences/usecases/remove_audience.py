"""Remove an audience that no mailing was addressed to."""

from datetime import datetime

from django.db import transaction

from hustings.accounts.models import User
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.outreach.audiences.models import Audience
from hustings.platform import audit


class AudienceInUse(Refusal):
    """A mailing names the audience, and must be able to say whom it was for."""


def remove_audience(*, audience: Audience, by: User | None, now: datetime) -> None:
    """Delete the saved question; raises `AudienceInUse` where a mailing names it."""
    if audience.mailings.exists():
        raise AudienceInUse(
            "in_use",
            gettext_noop("A mailing is addressed to this audience, so it stays. Make a new one instead."),
        )
    with transaction.atomic():
        audit.record(
            now=now,
            actor=by,
            verb="audience removed",
            subject_type="outreach.Audience",
            subject_id=audience.pk,
            area_code=audience.area_id or "",
        )
        audience.delete()
