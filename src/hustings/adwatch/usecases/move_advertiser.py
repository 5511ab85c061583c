"""Put an advertiser to another entity, where the rules got it wrong or people know more."""

from datetime import datetime

from django.db import transaction

from hustings.accounts.models import User
from hustings.adwatch.models import Advertiser, Entity, EntityMove
from hustings.adwatch.usecases.link_registers import link_registers
from hustings.adwatch.usecases.suggest_codes import suggest_codes
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.platform.audit import record


class CannotMove(Refusal):
    """The advertiser stays where it is."""


@transaction.atomic
def move_advertiser(
    *, advertiser: Advertiser, to: Entity, reason: str, by: User, now: datetime
) -> EntityMove:
    """Move it with a reason; the move is kept, and registers and proposals are looked up anew. Raises `CannotMove`."""
    if not reason.strip():
        raise CannotMove("no_reason", gettext_noop("Say how you know: a reason is kept with every change."))
    if advertiser.entity_id == to.pk:
        raise CannotMove("same", gettext_noop("The advertiser belongs to this entity already."))
    move = EntityMove.objects.create(
        advertiser=advertiser,
        was_id=advertiser.entity_id,
        now=to,
        reason=reason.strip(),
        moved_at=now,
        moved_by=by,
    )
    was = advertiser.entity_id
    advertiser.entity = to
    advertiser.method, advertiser.evidence = "by hand", reason.strip()[:400]
    advertiser.save(update_fields=["entity", "method", "evidence"])
    link_registers(entity_ids=[was, to.pk], now=now)
    suggest_codes(entity_ids=[was, to.pk])
    record(
        now=now, actor=by, verb="moved advertiser", subject_type="adwatch.entity", subject_id=to.pk, was=was
    )
    return move
