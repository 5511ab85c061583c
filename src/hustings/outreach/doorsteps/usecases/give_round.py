"""Give a round to a volunteer or a pair, take it back, and note that its sheet has come back."""

from datetime import date, datetime

from django.db import transaction

from hustings.accounts.models import User
from hustings.basics.clock import uk_date
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.outreach.doorsteps.access import require_rounds
from hustings.outreach.doorsteps.models import CanvassState, Round
from hustings.outreach.doorsteps.queries import sight_of
from hustings.platform import audit
from hustings.volunteers.models import Volunteer


class CannotGive(Refusal):
    """The round cannot be given, or taken back, as asked."""


@transaction.atomic
def give_round(
    *,
    round: Round,
    volunteer: Volunteer,
    walk_on: date,
    by: User,
    now: datetime,
    partner: Volunteer | None = None,
) -> Round:
    """Give a round to one volunteer, or a pair, for a day of the canvass. Raises `CannotGive`, `NotAllowed`.

    The gate is asked again first: a round in which nobody may be visited any more is not given out.
    """
    held = _held(round, by, now)
    canvass = held.canvass
    if canvass.state != CanvassState.OPEN:
        raise CannotGive("closed", gettext_noop("Only rounds of an open canvass are given out."))
    if not max(canvass.starts_on, uk_date(now)) <= walk_on <= canvass.ends_on:
        raise CannotGive("day", gettext_noop("Choose a day from today on, within the days of the canvass."))
    for one in (volunteer, partner):
        if one is not None and not one.is_active:
            raise CannotGive("left", gettext_noop("This volunteer does not help any more."))
    if not (volunteer.is_adult or (partner is not None and partner.is_adult)):
        raise CannotGive(
            "young", gettext_noop("Somebody under 18 goes only together with an adult. Name one as partner.")
        )
    if partner is not None and partner.pk == volunteer.pk:
        raise CannotGive("pair", gettext_noop("A pair is two different people."))
    if held.returned_at is not None:
        raise CannotGive("returned", gettext_noop("This round has come back already."))
    if not sight_of(round=held, now=now).lines:
        raise CannotGive("nobody", gettext_noop("Nobody of this round may be visited any more."))
    held.volunteer, held.partner, held.walk_on, held.given_at = volunteer, partner, walk_on, now
    held.save(update_fields=["volunteer", "partner", "walk_on", "given_at"])
    _note(held, "gave a round", by, now, volunteer=volunteer.pk, partner=partner.pk if partner else None)
    return held


@transaction.atomic
def take_back_round(*, round: Round, by: User, now: datetime) -> Round:
    """Take a round back from whoever has it, so that somebody else can walk the rest. Raises `NotAllowed`."""
    held = _held(round, by, now)
    held.volunteer = held.partner = held.walk_on = held.given_at = held.returned_at = None
    held.save(update_fields=["volunteer", "partner", "walk_on", "given_at", "returned_at"])
    _note(held, "took a round back", by, now)
    return held


@transaction.atomic
def return_round(*, round: Round, by: User, now: datetime) -> Round:
    """Note that the round is done and its sheet has come back. Raises `CannotGive`, `NotAllowed`."""
    held = _held(round, by, now)
    if held.given_at is None:
        raise CannotGive("not_given", gettext_noop("Nobody has this round, so nothing can come back."))
    if held.returned_at is None:
        held.returned_at = now
        held.save(update_fields=["returned_at"])
        _note(held, "noted a round as returned", by, now)
    return held


def _held(round: Round, by: User, now: datetime) -> Round:
    held = Round.objects.select_for_update(of=("self",)).select_related("canvass__audience").get(pk=round.pk)
    require_rounds(user=by, area_code=held.canvass.area_id, now=now)
    return held


def _note(round: Round, verb: str, by: User, now: datetime, **detail: int | None) -> None:
    audit.record(
        now=now,
        actor=by,
        verb=verb,
        subject_type="outreach.Round",
        subject_id=round.pk,
        area_code=round.canvass.area_id,
        **detail,
    )
