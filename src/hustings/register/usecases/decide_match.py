"""Somebody looks at a match and says yes or no, or takes it back."""

from datetime import datetime

from django.db import transaction

from hustings.accounts.models import User
from hustings.platform import audit
from hustings.platform.events import announce
from hustings.register.events import MatchDecided
from hustings.register.models import STANDING, Match, MatchState
from hustings.register.usecases.keep_matches import join_keys, part_keys


class NotOpen(Exception):
    """The match is not in a state in which this can be decided; the message says how it stands."""


def accept_match(*, match: Match, by: User | None, now: datetime) -> Match:
    """Say that the person is this elector. Other candidates of the person are set aside.

    `by` is empty where a volunteer without a login was told so by the person.

    Raises `NotOpen` where the match was superseded, or accepted before.
    """
    with transaction.atomic():
        found = _taken(match=match)
        if found.state in {MatchState.SUPERSEDED, MatchState.ACCEPTED}:
            raise NotOpen(f"This match is {found.get_state_display()}; nothing was changed.")
        others = Match.objects.filter(
            person=found.person_id, state__in=[MatchState.UNSURE, *STANDING]
        ).exclude(pk=found.pk)
        parted = list(others.filter(state__in=STANDING).values_list("person", "elector"))
        others.update(state=MatchState.SUPERSEDED)
        part_keys(pairs=parted)
        _set(match=found, state=MatchState.ACCEPTED, by=by, now=now)
        join_keys(pairs=[(found.person_id, found.elector_id)])
    return found


def reject_match(*, match: Match, by: User, now: datetime) -> Match:
    """Say that the person is not this elector: the pair is not offered again.

    Raises `NotOpen` where the match was superseded, or rejected before.
    """
    with transaction.atomic():
        found = _taken(match=match)
        if found.state in {MatchState.SUPERSEDED, MatchState.REJECTED}:
            raise NotOpen(f"This match is {found.get_state_display()}; nothing was changed.")
        _set(match=found, state=MatchState.REJECTED, by=by, now=now)
        part_keys(pairs=[(found.person_id, found.elector_id)])
    return found


def undo_decision(*, match: Match, by: User, now: datetime) -> Match:
    """Take a decision back: the match is a question again. The decision stays in the audit log.

    Raises `NotOpen` where no person has decided it, or where the same question stands already.
    """
    with transaction.atomic():
        found = _taken(match=match)
        if found.state not in {MatchState.ACCEPTED, MatchState.REJECTED}:
            raise NotOpen(f"This match is {found.get_state_display()}: there is no decision to take back.")
        asked = Match.objects.filter(
            person=found.person_id, elector=found.elector_id, state=MatchState.UNSURE
        )
        if asked.exclude(pk=found.pk).exists():
            raise NotOpen("This question stands on the list already.")
        _set(match=found, state=MatchState.UNSURE, by=by, now=now)
        part_keys(pairs=[(found.person_id, found.elector_id)])
    return found


def _taken(*, match: Match) -> Match:
    return Match.objects.select_for_update(of=("self",)).select_related("person").get(pk=match.pk)


def _set(*, match: Match, state: MatchState, by: User | None, now: datetime) -> None:
    before = match.state
    match.state, match.decided_at, match.decided_by = state, now, by
    if state is MatchState.UNSURE:
        match.decided_at = match.decided_by = None
    match.save(update_fields=["state", "decided_at", "decided_by"])
    audit.record(
        now=now,
        actor=by,
        verb=f"match {before} → {state.value}",
        subject_type="register.Match",
        subject_id=match.pk,
        area_code=match.person.ward_id or match.person.constituency_id or "",
        person=match.person_id,
        elector=match.elector_id,
    )
    announce(MatchDecided(at=now, match_id=match.pk, state=state.value))
