"""What phone banks hold about a person: for which phone banks they were rung, and how often."""

from datetime import datetime
from typing import Any

from hustings.outreach.phonebank.models import Call, CallResult, CallState


class PhoneBankSocket:
    """Answers for calls of phone banks.

    Erasing takes the person off every list; that they were rung, without who they were, stays in the figures. Merging hands the
    rows over, but for banks that would ring the kept person twice: there the merged person's row stays, and the gate refuses it.
    """

    app_label = "outreach"
    models: tuple[str, ...] = ("outreach.Call",)

    def export(self, *, person_id: int) -> dict[str, list[dict[str, Any]]]:
        """Each phone bank with its tries."""
        calls = Call.objects.filter(person_id=person_id).select_related("bank").order_by("pk")
        return {
            "Phone banks in which you were to be rung": [
                {
                    "phone bank": call.bank.title,
                    "state": call.get_state_display(),
                    "result": call.get_result_display(),
                    "rung": [
                        {"at": one.at.isoformat(), "result": one.get_result_display()}
                        for one in call.made.all()
                    ],
                }
                for call in calls
            ]
        }

    def erase(self, *, person_id: int, now: datetime) -> int:
        """Take the person off every list."""
        return (
            Call.objects.filter(person_id=person_id)
            .exclude(state=CallState.DONE)
            .update(
                state=CallState.DONE,
                hold=None,
                held_by=None,
                held_until=None,
                result=CallResult.REFUSED,
                reason="erased",
            )
        )

    def merge(self, *, kept_id: int, merged_id: int, now: datetime) -> dict[str, list[int]]:
        """Hand over the rows of banks in which the kept person has none."""
        rows = Call.objects.filter(person_id=merged_id).exclude(
            bank__in=Call.objects.filter(person_id=kept_id).values("bank")
        )
        moved = list(rows.order_by("pk").values_list("pk", flat=True))
        Call.objects.filter(pk__in=moved).update(person_id=kept_id)
        return {"outreach.Call": moved}

    def unmerge(self, *, kept_id: int, merged_id: int, moved: dict[str, list[int]]) -> None:
        """Hand exactly those rows back."""
        Call.objects.filter(pk__in=moved.get("outreach.Call", []), person_id=kept_id).update(
            person_id=merged_id
        )


SOCKET = PhoneBankSocket()
