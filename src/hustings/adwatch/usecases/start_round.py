"""Start a round of coding: which entities, by whom, and how they were drawn."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from hustings.accounts.models import User
from hustings.adwatch.models import CodingRound, Entity, RoundItem
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.platform.audit import record


class CannotStartRound(Refusal):
    """The round cannot be started as asked."""


@transaction.atomic
def start_round(
    *,
    title: str,
    first_coder: User,
    second_coder: User | None,
    entities: Sequence[Entity],
    how_drawn: str,
    shows_suggestions: bool,
    by: User,
    now: datetime,
) -> CodingRound:
    """Store the round with its entities in the order given; raises `CannotStartRound`."""
    if not entities:
        raise CannotStartRound(
            "nothing_to_code",
            gettext_noop("There is nothing to code: no advertiser fits what was asked for."),
        )
    if second_coder is not None and second_coder.pk == first_coder.pk:
        raise CannotStartRound(
            "one_person", gettext_noop("Two coders must be two people. Choose another second coder.")
        )
    made = CodingRound.objects.create(
        title=title,
        first_coder=first_coder,
        second_coder=second_coder,
        shows_suggestions=shows_suggestions,
        how_drawn=how_drawn[:300],
        made_at=now,
        made_by=by,
    )
    RoundItem.objects.bulk_create(
        RoundItem(round=made, entity=entity, place=place) for place, entity in enumerate(entities, 1)
    )
    record(
        now=now,
        actor=by,
        verb="started coding",
        subject_type="adwatch.round",
        subject_id=made.pk,
        entities=len(entities),
    )
    return made
