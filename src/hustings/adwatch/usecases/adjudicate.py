"""A third look where two coders differ."""

from datetime import datetime

from django.db import transaction

from hustings.accounts.models import User
from hustings.adwatch.models import Adjudication, Code, CodingRound, Entity
from hustings.adwatch.queries.coding import state_of_round
from hustings.adwatch.usecases.code_entity import settle
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.platform.audit import record


class CannotAdjudicate(Refusal):
    """There is nothing to decide, or not by this person, or no reason is given."""


@transaction.atomic
def adjudicate(
    *,
    round: CodingRound,
    entity: Entity,
    code: str,
    reason: str,
    by: User,
    now: datetime,
) -> Adjudication:
    """Decide, with a reason that is kept; raises `CannotAdjudicate`."""
    state = state_of_round(round=round)
    item = next((one for one in state.items if one.item.entity_id == entity.pk), None)
    if item is None or not item.is_disputed:
        raise CannotAdjudicate(
            "not_disputed", gettext_noop("The two coders do not differ here, so there is nothing to decide.")
        )
    if by.pk in {round.first_coder_id, round.second_coder_id}:
        raise CannotAdjudicate(
            "a_coder", gettext_noop("Whoever coded cannot decide between the two. Ask a third person.")
        )
    if code not in Code.values or not reason.strip():
        raise CannotAdjudicate(
            "no_reason", gettext_noop("Choose a code of the codebook and give your reason.")
        )
    made = Adjudication.objects.create(
        round=round, entity=entity, code=code, reason=reason.strip(), decided_at=now, decided_by=by
    )
    settle(round=round, entity=entity)
    record(
        now=now, actor=by, verb="adjudicated", subject_type="adwatch.entity", subject_id=entity.pk, code=code
    )
    return made
