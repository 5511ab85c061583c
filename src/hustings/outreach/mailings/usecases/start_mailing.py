"""Send a mailing: ask the gate about the whole audience, store its answer, and open the dispatch for those it cleared."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from hustings.accounts.models import User
from hustings.basics.clock import uk_date
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.clearance.models import ApprovedCopy, Clearance
from hustings.clearance.rules.answering import ClearanceSummary
from hustings.clearance.usecases.clear_audience import clear_audience
from hustings.outreach.audiences.queries.members import members_of
from hustings.outreach.audiences.rules.check import parse_tree
from hustings.outreach.mailings.access import require_sending
from hustings.outreach.mailings.models import Mailing, MailingState
from hustings.outreach.mailings.queries import PersonFields, message_of
from hustings.platform import audit
from hustings.postroom.models import Dispatch
from hustings.postroom.usecases.open_dispatch import open_dispatch
from hustings.postroom.usecases.open_text_dispatch import check_texts_ready, open_text_dispatch


class CannotSend(Refusal):
    """The mailing cannot go out now; the sentence says why."""


def ask_gate(*, mailing: Mailing, by: User | None, now: datetime) -> ClearanceSummary:
    """What the gate would say about the mailing's audience at this moment; nothing is stored."""
    return clear_audience(
        people=members_of(audience=mailing.audience, now=now),
        channel=mailing.channel,
        purpose=mailing.material.purpose,
        copy=mailing.copy,
        now=now,
        asked_by=by,
        dry_run=True,
        uses_opinions=parse_tree(raw=mailing.audience.conditions).uses_opinions,
    )


@transaction.atomic
def start_mailing(*, mailing: Mailing, by: User | None, now: datetime) -> Mailing:
    """Clear the audience and queue a message for each person cleared, in one transaction.

    `by` is empty where the schedule starts it; whoever scheduled it had the right. Raises `CannotSend`, `NotAllowed`, and
    what the gate and the postroom raise; then nothing is stored.
    """
    if by is not None:
        require_sending(user=by, area_code=mailing.audience.area_id, now=now)
    held = (
        Mailing.objects.select_for_update(of=("self",))
        .select_related("audience", "material", "copy")
        .get(pk=mailing.pk)
    )
    if held.state not in {MailingState.DRAFT, MailingState.SCHEDULED}:
        raise CannotSend("begun", gettext_noop("This mailing has gone out, or is going out now."))
    if held.copy is None:
        raise CannotSend("not_approved", gettext_noop("Approve the mailing before you send it."))
    if held.stops_at is not None and now >= held.stops_at:
        raise CannotSend("stopped", gettext_noop("The moment at which this mailing stops has passed."))
    if held.is_text:
        check_texts_ready()
    clearance = clear_audience(
        people=members_of(audience=held.audience, now=now),
        channel=held.channel,
        purpose=held.copy.purpose,
        copy=held.copy,
        now=now,
        asked_by=by,
        uses_opinions=parse_tree(raw=held.audience.conditions).uses_opinions,
    )
    held.clearance = clearance
    held.dispatch = _opened(held, held.copy, clearance, now)
    held.state, held.started_at = MailingState.SENDING, now
    held.save(update_fields=["clearance", "dispatch", "state", "started_at"])
    audit.record(
        now=now,
        actor=by,
        verb="sent",
        subject_type="outreach.Mailing",
        subject_id=held.pk,
        area_code=held.audience.area_id or "",
        cleared=clearance.cleared,
        refused=clearance.refused,
    )
    return held


def _opened(mailing: Mailing, copy: ApprovedCopy, clearance: Clearance, now: datetime) -> Dispatch:
    """The sending of the approved words, by the mailing's channel."""
    written = message_of(mailing=mailing, subject=copy.subject, words=copy.body, on=uk_date(now))
    fields = PersonFields(needed=written.fields, election=mailing.material.election, on=uk_date(now))
    if mailing.is_text:
        return open_text_dispatch(
            clearance=clearance, label=mailing.title, text=written.text, per_minute=mailing.per_minute,
            stops_at=mailing.stops_at, fields_by_person=fields, language=mailing.material.language, now=now,
        )  # fmt: skip
    return open_dispatch(
        clearance=clearance,
        label=mailing.title,
        subject=written.subject,
        text_body=written.text,
        html_body=written.html,
        from_name=mailing.from_name,
        from_address=settings.HUSTINGS_MAIL_FROM,
        reply_to=mailing.reply_to,
        per_minute=mailing.per_minute,
        stops_at=mailing.stops_at,
        fields_by_person=fields,
        language=mailing.material.language,
        now=now,
    )
