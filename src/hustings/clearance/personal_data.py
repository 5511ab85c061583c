"""What this app holds about a person: the gate's answers."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from hustings.clearance.models import ClearanceVerdict
from hustings.clearance.rules.reason_words import words_of
from hustings.register.models import STANDING, Match


class ClearanceSocket:
    """Answers for the gate's verdicts.

    Erasing keeps them: without the person's row they name nobody, and the counts of every clearance must
    still add up.
    """

    app_label = "clearance"
    models: tuple[str, ...] = ("clearance.ClearanceVerdict",)

    def export(self, *, person_id: int) -> dict[str, list[dict[str, Any]]]:
        """When it was asked whether you may be contacted, and what the answer was."""
        electors = Match.objects.filter(person=person_id, state__in=STANDING).values("elector")
        verdicts = ClearanceVerdict.objects.filter(
            Q(person_id=person_id) | Q(elector__in=electors)
        ).select_related("clearance")
        return {
            "Whether we might contact you": [
                {
                    "at": verdict.clearance.at.isoformat(),
                    "channel": verdict.clearance.get_channel_display(),
                    "purpose": verdict.clearance.get_purpose_display(),
                    "answer": words_of(reason=verdict.reason, channel=verdict.clearance.channel)
                    if verdict.reason
                    else "yes",
                    "rule": verdict.rule,
                }
                for verdict in verdicts.order_by("clearance__at", "pk")
            ]
        }

    def erase(self, *, person_id: int, now: datetime) -> int:
        """Keep everything: nothing here tells who somebody was."""
        return 0

    def merge(self, *, kept_id: int, merged_id: int, now: datetime) -> dict[str, list[int]]:
        """Point the merged person's verdicts at the kept one; where one pass answered for both, each keeps
        its own.
        """
        taken = ClearanceVerdict.objects.filter(person_id=kept_id).values("clearance")
        rows = ClearanceVerdict.objects.filter(person_id=merged_id).exclude(clearance__in=taken)
        moved = list(rows.order_by("pk").values_list("pk", flat=True))
        ClearanceVerdict.objects.filter(pk__in=moved).update(person_id=kept_id)
        return {"clearance.ClearanceVerdict": moved}

    def unmerge(self, *, kept_id: int, merged_id: int, moved: dict[str, list[int]]) -> None:
        """Point exactly the moved verdicts back."""
        ClearanceVerdict.objects.filter(
            pk__in=moved.get("clearance.ClearanceVerdict", []), person_id=kept_id
        ).update(person_id=merged_id)


SOCKET = ClearanceSocket()
