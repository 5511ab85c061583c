"""Take a finding one step on: review, invitation, reply, publication, or dropping it."""

from datetime import datetime

from django.db import transaction

from hustings.accounts.models import User
from hustings.adwatch.models import CampaignerFinding, FindingState, FindingStep, StepKind
from hustings.adwatch.rules.finding_steps import may_publish, reply_by, state_after
from hustings.basics.clock import uk_date
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.platform.audit import record
from hustings.postroom.models import Message, MessageState


class CannotStep(Refusal):
    """The step cannot be taken now, or not by this person; the message says what comes first."""


@transaction.atomic
def step_finding(
    *,
    finding: CampaignerFinding,
    kind: StepKind,
    words: str,
    by: User | None,
    now: datetime,
    signed: str = "",
    message: Message | None = None,
) -> CampaignerFinding:
    """Add the step with its words and move the finding on; only a reply may come from nobody known. Raises `CannotStep`.

    `message` is the invitation, where it went out by email.
    """
    finding = CampaignerFinding.objects.select_for_update().get(pk=finding.pk)
    after = state_after(state=finding.state, step=kind)
    if after is None:
        raise CannotStep(
            "not_now",
            gettext_noop("The finding is {state}, so this cannot be done now."),
            state=finding.get_state_display(),
        )
    if not words.strip():
        raise CannotStep(
            "no_words",
            gettext_noop("Write what was done: these words are kept and, once it is public, shown."),
        )
    if by is None and kind != StepKind.REPLY:
        raise CannotStep("nobody", gettext_noop("This step needs a name: somebody answers for it."))
    if kind == StepKind.REVIEW and by is not None and by.pk == finding.drawn_up_by_id:
        raise CannotStep(
            "own_work", gettext_noop("Whoever drew up a finding cannot review it. Ask somebody else.")
        )
    if kind == StepKind.PUBLICATION:
        _need_invitation(finding, now)
    FindingStep.objects.create(
        finding=finding,
        kind=kind,
        words=words.strip(),
        signed=signed.strip()[:160],
        at=now,
        by=by,
        message=message,
    )
    finding.state = after
    if kind == StepKind.INVITATION:
        finding.reply_by = reply_by(invited_on=uk_date(now))
    if after == FindingState.PUBLISHED and finding.published_at is None:
        finding.published_at = now
    finding.save(update_fields=["state", "reply_by", "published_at"])
    record(now=now, actor=by, verb=f"finding: {kind}", subject_type="adwatch.finding", subject_id=finding.pk)
    return finding


def _need_invitation(finding: CampaignerFinding, now: datetime) -> None:
    """Raise `CannotStep` unless the campaigner has replied, or was invited by what arrived and has had its days."""
    has_replied = finding.steps.filter(kind=StepKind.REPLY).exists()
    invitation = finding.steps.filter(kind=StepKind.INVITATION).select_related("message").last()
    message = invitation.message if invitation else None
    if not has_replied and message is not None and not has_arrived(message=message):
        raise CannotStep(
            "not_arrived",
            gettext_noop(
                "The invitation has not arrived ({state}). Send it to another address, or by letter, and wait for the reply."
            ),
            state=message.get_state_display() if message.bounced_at is None else gettext_noop("it came back"),
        )
    if not may_publish(reply_until=finding.reply_by, has_replied=has_replied, on=uk_date(now)):
        raise CannotStep(
            "too_early",
            gettext_noop(
                "The campaigner may reply until {day}. Publish after that day, or once a reply is here."
            ),
            day=finding.reply_by,
        )


def has_arrived(*, message: Message) -> bool:
    """Whether a message was accepted by the other side and has not come back."""
    return message.state == MessageState.ACCEPTED and message.bounced_at is None
