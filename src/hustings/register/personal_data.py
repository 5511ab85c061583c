"""What this app holds about a person: matches to the electoral register, and the entry they lead to."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hustings.basics.clock import clock
from hustings.register.access import EntitlementExpired, RegisterNotHeld
from hustings.register.models import STANDING, ElectorReview, Match, MatchState
from hustings.register.queries import entry_of

_STATES = (MatchState.MATCHED, MatchState.ACCEPTED, MatchState.UNSURE)
_MOVED = "register.Match"


class RegisterSocket:
    """Answers for matches.

    Export shows each match with its figures and, where a register may be read, the entry of the elector
    matched: it is part of what is held about the person, and so is what was decided about an objection that may be theirs.
    Erasing deletes the matches; the register itself is held under its own law and is destroyed with its copy.
    """

    app_label = "register"
    models: tuple[str, ...] = ("register.Match",)

    def export(self, *, person_id: int) -> dict[str, list[dict[str, Any]]]:
        """Matches, past ones too, and the register entry of the elector to whom the person is joined."""
        matches = list(Match.objects.filter(person=person_id).order_by("at", "pk"))
        return {
            _("Whether we found you on the electoral register"): [
                {
                    _("when"): match.at.isoformat(),
                    _("state"): match.get_state_display(),
                    _("how likely"): f"{match.probability:.1%}",
                    _("compared"): {name: part[0] for name, part in match.evidence.items()},
                    _("decided by a person"): match.decided_at.isoformat() if match.decided_at else "",
                }
                for match in matches
            ],
            _("Your entry on the electoral register"): [
                entry for match in matches if match.state in STANDING and (entry := _entry(match.elector_id))
            ],
            _("Whether an objection was yours"): [
                {
                    _("when"): review.at.isoformat(),
                    _("decided"): _("yours") if review.is_same_person else _("somebody else's"),
                    _("reason"): review.reason,
                }
                for review in ElectorReview.objects.filter(elector__in=_electors(person_id))
            ],
        }

    def erase(self, *, person_id: int, now: datetime) -> int:
        """Delete every match of the person, and the reasons given about an elector they were joined to: the answers stay."""
        ElectorReview.objects.filter(elector__in=_electors(person_id)).update(reason="")
        return Match.objects.filter(person=person_id).delete()[0]

    def merge(self, *, kept_id: int, merged_id: int, now: datetime) -> dict[str, list[int]]:
        """Hand the merged person's matches over; where both are joined to an elector, the kept person's
        stands.
        """
        moved: dict[str, list[int]] = {_MOVED: []}
        with transaction.atomic():
            held = list(Match.objects.filter(person=kept_id, state__in=_STATES))
            has_standing = any(match.state in STANDING for match in held)
            asked = {match.elector_id for match in held if match.state == MatchState.UNSURE}
            for match in Match.objects.filter(person=merged_id).order_by("pk"):
                state = match.state
                is_second = has_standing and state in STANDING
                is_asked_twice = state == MatchState.UNSURE and match.elector_id in asked
                if is_second or is_asked_twice:
                    moved.setdefault(f"{_MOVED} {state}", []).append(match.pk)
                    state = MatchState.SUPERSEDED
                Match.objects.filter(pk=match.pk).update(person_id=kept_id, state=state)
                moved[_MOVED].append(match.pk)
        return moved

    def unmerge(self, *, kept_id: int, merged_id: int, moved: dict[str, list[int]]) -> None:
        """Hand exactly those matches back, in the states they had."""
        with transaction.atomic():
            mine = Match.objects.filter(pk__in=moved.get(_MOVED, []), person=kept_id)
            mine.update(person_id=merged_id)
            for state in _STATES:
                pks = moved.get(f"{_MOVED} {state.value}", [])
                Match.objects.filter(pk__in=pks, person=merged_id, state=MatchState.SUPERSEDED).update(
                    state=state
                )


def _electors(person_id: int) -> list[int]:
    """The electors to whom the person is joined."""
    return list(
        Match.objects.filter(person=person_id, state__in=STANDING).values_list("elector_id", flat=True)
    )


def _entry(elector_id: int) -> dict[str, Any] | None:
    try:
        entry = entry_of(elector_id=elector_id, on=clock().today_in_uk())
    except (RegisterNotHeld, EntitlementExpired):
        return {_("note"): _("We hold no register that we may read at present.")}
    if entry is None:
        return None
    return {
        _("elector number"): str(entry),
        _("name"): f"{entry.forename} {entry.surname}".strip(),
        _("address"): entry.address,
        _("postcode"): entry.postcode,
        _("letters beside the name"): entry.markers,
        _("may vote from"): entry.attains_on.isoformat() if entry.attains_on else "",
        _("also in the file"): entry.extra,
    }


SOCKET = RegisterSocket()
