"""A coder says what an entity is; where coders agree, or there is one alone, the code holds at once."""

from datetime import datetime

from django.db import transaction

from hustings.accounts.models import User
from hustings.adwatch.models import Code, Coding, CodingRound, Entity, RoundItem
from hustings.adwatch.queries.coding import state_of_round
from hustings.basics.refusals import Refusal, gettext_noop


class CannotCode(Refusal):
    """This person may not code this entity so."""


@transaction.atomic
def code_entity(
    *,
    round: CodingRound,
    entity: Entity,
    code: str,
    note: str,
    coder: User,
    now: datetime,
) -> Coding:
    """Add what the coder says; saying something else later is a new row, and the newest counts. Raises `CannotCode`."""
    if coder.pk not in {round.first_coder_id, round.second_coder_id}:
        raise CannotCode("not_a_coder", gettext_noop("You are not one of this round's coders."))
    if code not in Code.values:
        raise CannotCode("no_such_code", gettext_noop("“{given}” is not in the codebook."), given=code)
    if not RoundItem.objects.filter(round=round, entity=entity).exists():
        raise CannotCode("not_in_round", gettext_noop("This advertiser is not part of the round."))
    coding = Coding.objects.create(
        round=round, entity=entity, coder=coder, code=code, note=note.strip()[:300], coded_at=now
    )
    settle(round=round, entity=entity)
    return coding


def settle(*, round: CodingRound, entity: Entity) -> None:
    """Write the code that follows from the round to the entity, or take it away where coders now differ."""
    state = state_of_round(round=round)
    item = next(one for one in state.items if one.item.entity_id == entity.pk)
    Entity.objects.filter(pk=entity.pk).update(
        code=item.final,
        coded_by="" if not item.final else "adjudication" if item.adjudication else _how(round),
    )


def _how(round: CodingRound) -> str:
    return "two coders" if round.second_coder_id else "one coder"
