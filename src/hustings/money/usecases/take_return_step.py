"""Sign a finished return, or write down that it was signed or delivered."""

from datetime import date, datetime

from django.db import transaction

from hustings.accounts.access import NotAllowed, Right, scope_of
from hustings.accounts.models import User
from hustings.basics.clock import uk_date
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.money.access import require_in
from hustings.money.models import CampaignKind, Return, ReturnStep, ReturnStepKind
from hustings.money.queries.return_facts import newest_return
from hustings.platform import audit


class StepNotPossible(Refusal):
    """This cannot happen to that version of the return."""


@transaction.atomic
def take_return_step(
    *, of: Return, kind: str, name: str, on: date, note: str = "", by: User, now: datetime
) -> ReturnStep:
    """Keep who signed or delivered the newest version, and on which day.

    Only the agent's own login signs as agent; the candidate's signature on paper is written down by whoever keeps the books.
    Raises `StepNotPossible` for an older version, a day that lies ahead or before the return was finished, a step taken twice,
    or a delivery before the agent signed; `NotAllowed`.
    """
    campaign = of.campaign
    require_in(user=by, right=Right.EDIT_MONEY, code=campaign.area_id, now=now)
    today = uk_date(now)
    if kind == ReturnStepKind.AGENT_SIGNED:
        scope = scope_of(user=by, right=Right.OVERRIDE, on=today)
        if not scope.covers(code=campaign.area_id):
            raise NotAllowed("Only the agent signs the agent's declaration.")
    if newest_return(campaign=campaign) != of:
        raise StepNotPossible("old", gettext_noop("There is a newer version of this return; sign that one."))
    if kind == ReturnStepKind.CANDIDATE_SIGNED and campaign.kind != CampaignKind.CANDIDATE:
        raise StepNotPossible("nobody", gettext_noop("This return has no candidate who declares."))
    if not name.strip():
        raise StepNotPossible("name", gettext_noop("Enter the full name of whoever signed or received it."))
    if on > today or on < uk_date(of.frozen_at):
        raise StepNotPossible(
            "day", gettext_noop("That day lies ahead, or before this version was finished. Check it.")
        )
    taken = set(of.steps.values_list("kind", flat=True))
    if kind in taken:
        raise StepNotPossible("twice", gettext_noop("This was written down already."))
    if kind == ReturnStepKind.DELIVERED and ReturnStepKind.AGENT_SIGNED not in taken:
        raise StepNotPossible(
            "unsigned", gettext_noop("The return goes out with the agent's declaration: sign that first.")
        )
    step = ReturnStep.objects.create(
        of=of, kind=kind, name=name.strip(), on=on, note=note.strip(), at=now, by=by
    )
    audit.record(
        now=now,
        actor=by,
        verb=kind,
        subject_type="money.Return",
        subject_id=of.pk,
        area_code=campaign.area_id or "",
    )
    return step
