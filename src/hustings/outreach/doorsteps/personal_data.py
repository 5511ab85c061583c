"""What rounds hold about a person: at which canvasses they were to be visited, and what came of it."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from hustings.outreach.doorsteps.models import Door
from hustings.register.models import STANDING, Match


class DoorstepsSocket:
    """Answers for doors.

    A door holds no name and no address. Erasing keeps it: it counts in its round, shows nobody any more as the gate refuses
    whoever was erased, and the figures of the canvass must still add up.
    """

    app_label = "outreach"
    models: tuple[str, ...] = ("outreach.Door",)

    def export(self, *, person_id: int) -> dict[str, list[dict[str, Any]]]:
        """The canvasses in which the person, or the elector they were matched to, was to be visited."""
        electors = Match.objects.filter(person=person_id, state__in=STANDING).values("elector")
        doors = Door.objects.filter(Q(person_id=person_id) | Q(elector__in=electors)).select_related(
            "round__canvass"
        )
        return {
            "Visits at your door": [
                {
                    "canvass": door.round.canvass.title,
                    "days": f"{door.round.canvass.starts_on} to {door.round.canvass.ends_on}",
                    "what came of it": door.get_outcome_display() if door.outcome else "not visited",
                    "at": door.at.isoformat() if door.at else "",
                }
                for door in doors.order_by("pk")
            ]
        }

    def erase(self, *, person_id: int, now: datetime) -> int:
        """Keep everything: nothing here tells who somebody was."""
        return 0

    def merge(self, *, kept_id: int, merged_id: int, now: datetime) -> dict[str, list[int]]:
        """Hand over the doors of canvasses in which the kept person has none; at the others one visit is enough."""
        taken = Door.objects.filter(person_id=kept_id).values("round__canvass")
        rows = Door.objects.filter(person_id=merged_id).exclude(round__canvass__in=taken)
        moved = list(rows.order_by("pk").values_list("pk", flat=True))
        Door.objects.filter(pk__in=moved).update(person_id=kept_id)
        return {"outreach.Door": moved}

    def unmerge(self, *, kept_id: int, merged_id: int, moved: dict[str, list[int]]) -> None:
        """Hand exactly those doors back."""
        Door.objects.filter(pk__in=moved.get("outreach.Door", []), person_id=kept_id).update(
            person_id=merged_id
        )


SOCKET = DoorstepsSocket()
