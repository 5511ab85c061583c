"""What the postroom holds about a person: messages written to them, and what came back."""

from datetime import datetime
from typing import Any

from django.db import transaction

from hustings.postroom.models import WAITING_STATES, Message, MessageState

ERASED = "erased"


class PostroomSocket:
    """Answers for messages.

    Erasing withdraws what waits and empties address and fields of the rest; that a message went out, when, and what became of
    it stays, because the figures of a sending must still add up.
    """

    app_label = "postroom"
    models: tuple[str, ...] = ("postroom.Message",)

    def export(self, *, person_id: int) -> dict[str, list[dict[str, Any]]]:
        """Messages as plain values."""
        rows = (
            Message.objects.filter(person_id=person_id).select_related("dispatch").order_by("queued_at", "pk")
        )
        return {
            "Messages to you": [
                {
                    "queued at": message.queued_at.isoformat(),
                    "address": message.address,
                    "what": message.dispatch.label if message.dispatch else message.template,
                    "subject": message.dispatch.subject if message.dispatch else "",
                    "purpose": message.get_purpose_display(),
                    "state": message.get_state_display(),
                    "reason": message.reason,
                    "ended at": message.ended_at.isoformat() if message.ended_at else "",
                    "came back at": message.bounced_at.isoformat() if message.bounced_at else "",
                    "you complained at": message.complained_at.isoformat() if message.complained_at else "",
                    "filled with": message.fields,
                }
                for message in rows
            ]
        }

    def erase(self, *, person_id: int, now: datetime) -> int:
        """Withdraw what waits; empty the rest."""
        with transaction.atomic():
            mine = Message.objects.filter(person_id=person_id)
            mine.filter(state__in=WAITING_STATES).update(
                state=MessageState.WITHDRAWN, reason=ERASED, ended_at=now
            )
            return mine.exclude(address="").update(address="", domain="", fields={})

    def merge(self, *, kept_id: int, merged_id: int, now: datetime) -> dict[str, list[int]]:
        """Point the merged person's messages at the kept one; where both got the same sending, each keeps its own."""
        with transaction.atomic():
            kept = Message.objects.filter(person_id=kept_id, dispatch__isnull=False).values("dispatch")
            rows = Message.objects.filter(person_id=merged_id).exclude(dispatch__in=kept)
            moved = list(rows.order_by("pk").values_list("pk", flat=True))
            Message.objects.filter(pk__in=moved).update(person_id=kept_id)
        return {"postroom.Message": moved}

    def unmerge(self, *, kept_id: int, merged_id: int, moved: dict[str, list[int]]) -> None:
        """Point exactly the moved messages back."""
        Message.objects.filter(pk__in=moved.get("postroom.Message", ())).update(person_id=merged_id)


SOCKET = PostroomSocket()
