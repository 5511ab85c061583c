"""Take a finding one step on: review, invitation, reply, publication, or dropping it."""

from datetime import datetime

from django.db import transaction

from hustings.accounts.models import User
from hustings.adwatch.models import CampaignerFinding, FindingState, FindingStep, StepKind
from hustings.adwatch.rules.finding_steps import may_publish, reply_by, state_after
from hustings.basics.clock import uk_date
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.platform.audit import record


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
) -> CampaignerFinding:
    """Add the step with its words and move the finding on. Raises `CannotStep`."""
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
    if kind == StepKind.REVIEW and by is not None and by.pk == finding.drawn_up_by_id:
        raise CannotStep(
            "own_work", gettext_noop("Whoever drew up a finding cannot review it. Ask somebody else.")
        )
    if kind == StepKind.PUBLICATION and not may_publish(
        reply_until=finding.reply_by,
        has_replied=finding.steps.filter(kind=StepKind.REPLY).exists(),
        on=uk_date(now),
    ):
        raise CannotStep(
            "too_early",
            gettext_noop(
                "The campaigner may reply until {day}. Publish after that day, or once a reply is here."
            ),
            day=finding.reply_by,
        )
    FindingStep.objects.create(
        finding=finding, kind=kind, words=words.strip(), signed=signed.strip()[:160], at=now, by=by
    )
    finding.state = after
    if kind == StepKind.INVITATION:
        finding.reply_by = reply_by(invited_on=uk_date(now))
    if after == FindingState.PUBLISHED and finding.published_at is None:
        finding.published_at = now
    finding.save(update_fields=["state", "reply_by", "published_at"])
    record(now=now, actor=by, verb=f"finding: {kind}", subject_type="adwatch.finding", subject_id=finding.pk)
    return finding
